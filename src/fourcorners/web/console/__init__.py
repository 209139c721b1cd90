"""The review console: overview, queue, cases side by side, policy. For members of staff."""

from pathlib import Path

from fastapi import APIRouter

from fourcorners.web.area import Area
from fourcorners.web.console import (
    cases,
    devices,
    hits,
    institution_cases,
    overview,
    pictures,
    policy,
    queue,
    user_changes,
)

__all__ = ["AREA"]

_router = APIRouter()
for _part in (overview, queue, pictures, cases, institution_cases, user_changes, devices, hits, policy):
    _router.include_router(_part.router)

AREA = Area("console", Path(__file__).parent, _router)
