"""The web edge: the only room that knows of HTTP.

Each feature's pages and JSON routes live in a folder of their own here, an area: `web/<area>/` with `pages.py`,
`api.py`, `templates/`, `messages/` and `static/`, all optional. Everything that areas share lies beside this file.
"""

from fourcorners.web.app import create_app
from fourcorners.web.area import Area
from fourcorners.web.site import Site

__all__ = ["Area", "Site", "create_app"]
