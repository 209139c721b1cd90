"""Pages of devices: the step between password and account, the owner's list, the links of mails."""

from pathlib import Path

from fastapi import APIRouter

from fourcorners.web.area import Area
from fourcorners.web.devices import authenticator, by_hand, face, live, mailed, owned, pending, proving, telephone

__all__ = ["AREA"]

_router = APIRouter()
for _part in (pending, face, by_hand, proving, authenticator, telephone, mailed, owned, live):
    _router.include_router(_part.router)

AREA = Area("devices", Path(__file__).parent, _router)
