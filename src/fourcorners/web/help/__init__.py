"""The help centre's pages and routes."""

from pathlib import Path

from fastapi import APIRouter

from fourcorners.web.area import Area
from fourcorners.web.help.api import api
from fourcorners.web.help.editing import editing
from fourcorners.web.help.pages import pages

__all__ = ["AREA"]

_routes = APIRouter()
for _part in (pages, editing, api):
    _routes.include_router(_part)

AREA = Area("help", Path(__file__).parent, _routes)
