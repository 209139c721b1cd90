"""The front door, the demonstration's pages, and what machines ask: health, readiness, metrics."""

from pathlib import Path

from fastapi import APIRouter

from fourcorners.web.area import Area
from fourcorners.web.home import demo, front, probes, told

__all__ = ["AREA"]

_router = APIRouter()
for _part in (front, demo, told, probes):
    _router.include_router(_part.router)

AREA = Area("home", Path(__file__).parent, _router)
