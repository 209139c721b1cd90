"""The pages on which an institution applies: sections in any order, filled in by several, saved as they are typed."""

from pathlib import Path

from fastapi import APIRouter

from fourcorners.web.area import Area
from fourcorners.web.institutions import documents, editors, entry, filling, owning, people, reviewing, signing, users

__all__ = ["AREA"]

PARTS = (entry, reviewing, users, editors, people, owning, documents, signing, filling)
"""Their routes in order: the last one takes whatever section is left."""

_routes = APIRouter()
for _part in PARTS:
    _routes.include_router(_part.router)

AREA = Area("institutions", Path(__file__).parent, _routes)
