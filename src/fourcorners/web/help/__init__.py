"""The help centre's pages and routes."""

from pathlib import Path

from fastapi import APIRouter

from fourcorners.web.area import Area
from fourcorners.web.help.api import api
from fourcorners.web.help.pages import pages

__all__ = ["AREA"]

_both = APIRouter()
_both.include_router(pages)
_both.include_router(api)

AREA = Area("help", Path(__file__).parent, _both)
