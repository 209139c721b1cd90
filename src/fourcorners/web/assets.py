"""Files for the browser, under an address that holds the hash of them all: kept for a year, and never out of date.

One hash for all files, not one each: so ES modules and style sheets name each other by their relative paths.
"""

import hashlib
import mimetypes
from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fourcorners.web.area import Area
from fourcorners.web.errors import PageMissing

__all__ = ["Assets"]

TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
FOREVER = "public, max-age=31536000, immutable"


class Assets:
    """The files of `static/` of every area, in memory; `house/site.css` is site.css of the area `house`."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self.files = {
            f"{area.name}/{path.relative_to(area.folder / 'static').as_posix()}": path.read_bytes()
            for area in areas
            for path in sorted((area.folder / "static").rglob("*"))
            if path.is_file()
        }
        whole = hashlib.sha256()
        for name, content in sorted(self.files.items()):
            whole.update(f"{name}\0{len(content)}\0".encode() + content)
        self.version = whole.hexdigest()[:16]

    def url(self, name: str) -> str:
        """The address of a file, for a template. Raises KeyError: a template that names no file is a bug."""
        if name not in self.files:
            raise KeyError(name)
        return f"/static/{self.version}/{name}"

    def serve(self, request: Request) -> Response:
        """The route: a file, or the way to its present version for a page that was opened before an upgrade."""
        version, name = request.path_params["version"], request.path_params["name"]
        if name not in self.files:
            raise PageMissing("There is no such file.")
        if version != self.version:
            return RedirectResponse(self.url(name), status_code=307)
        kind = TYPES.get(f".{name.rsplit('.', 1)[-1]}") or mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(self.files[name], media_type=kind, headers={"cache-control": FOREVER})
