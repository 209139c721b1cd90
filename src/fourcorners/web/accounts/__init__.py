"""Pages of accounts, and the guards by which every other area knows who asks."""

from pathlib import Path

from fastapi import APIRouter, Depends

from fourcorners.web.accounts import keys, security, sign_in, staff
from fourcorners.web.area import Area
from fourcorners.web.who import signed_writes

__all__ = ["AREA"]

_router = APIRouter()
for _part in (sign_in, security):
    _router.include_router(_part.router)
for _part in (staff, keys):  # who may come in, and what programs may do: never by a stolen cookie
    _router.include_router(_part.router, dependencies=[Depends(signed_writes)])

AREA = Area("accounts", Path(__file__).parent, _router)
