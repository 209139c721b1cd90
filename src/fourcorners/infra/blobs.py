"""Files: bytes under a name, on this machine's disk or in an S3-like store. Whatever is put here is sealed already."""

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, MemoryStore, S3Store, from_url

from fourcorners.infra.errors import NotFound, StoreUnavailable

__all__ = ["Blobs", "open_blobs"]


class Blobs:
    """A store of files by key (`ver_.../upl_...`). Writing a key again with the same bytes is harmless."""

    def __init__(self, store: LocalStore | MemoryStore | S3Store) -> None:
        self.store = store

    def put(self, key: str, data: bytes) -> None:
        """Store `data`, all of it or nothing. Raises StoreUnavailable."""
        try:
            obstore.put(self.store, key, data)
        except (BaseError, OSError) as error:
            raise StoreUnavailable("The file could not be stored. Nothing was changed.") from error

    def get(self, key: str) -> bytes:
        """The bytes. Raises NotFound, StoreUnavailable."""
        try:
            return bytes(obstore.get(self.store, key).bytes())
        except (NotFoundError, FileNotFoundError) as error:
            raise NotFound("The file is not there (any more).", key=key) from error
        except (BaseError, OSError) as error:
            raise StoreUnavailable("The file store does not answer just now.") from error

    def delete(self, key: str) -> None:
        """Remove it; no matter if it is not there. Raises StoreUnavailable."""
        try:
            obstore.delete(self.store, key)
        except (NotFoundError, FileNotFoundError):
            return
        except (BaseError, OSError) as error:
            raise StoreUnavailable("The file store does not answer just now.") from error

    def list(self, prefix: str = "") -> list[str]:
        """The keys that begin with `prefix` (whole parts between slashes), sorted. Raises StoreUnavailable."""
        try:
            return sorted(str(entry["path"]) for page in obstore.list(self.store, prefix or None) for entry in page)
        except (BaseError, OSError) as error:
            raise StoreUnavailable("The file store does not answer just now.") from error


def open_blobs(url: str, s3_endpoint: str = "") -> Blobs:
    """The store at `url`: `file:///folder`, `s3://bucket/prefix` (keys and region from the environment), `memory:///`."""
    if url.startswith("memory:"):
        return Blobs(MemoryStore())
    if url.startswith("s3:"):
        options = {"endpoint": s3_endpoint, "virtual_hosted_style_request": False} if s3_endpoint else {}
        plain = {"client_options": {"allow_http": True}} if s3_endpoint.startswith("http:") else {}
        return Blobs(S3Store.from_url(url, **options, **plain))  # type: ignore[arg-type]
    return Blobs(from_url(url, mkdir=True, automatic_cleanup=True))  # type: ignore[arg-type]
