"""The applicant's side: from the link to the result, phone first, as plain forms; script only drives the camera."""

from pathlib import Path

from fastapi import APIRouter

from fourcorners.web.applicant import addresses, captures, choices, entry, hints, live, outcome, own_data, questions
from fourcorners.web.area import Area

__all__ = ["AREA"]

_routes = APIRouter()
for _part in (entry, choices, captures, addresses, hints, live, questions, outcome, own_data):
    _routes.include_router(_part.router)

AREA = Area("applicant", Path(__file__).parent, _routes)
