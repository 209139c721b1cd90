"""Pages of accounts, and the guards by which every other area knows who asks."""

from pathlib import Path

from fastapi import APIRouter

from fourcorners.web.accounts import keys, security, sign_in, staff
from fourcorners.web.area import Area

__all__ = ["AREA"]

_router = APIRouter()
for _part in (sign_in, security, staff, keys):
    _router.include_router(_part.router)

AREA = Area("accounts", Path(__file__).parent, _router)
