"""Every area that is mounted, in order. A new one is written here."""

from fourcorners.web import accounts, api, applicant, console, devices, home, institutions
from fourcorners.web.area import Area
from fourcorners.web.help import AREA as HELP

__all__ = ["AREAS"]

AREAS: tuple[Area, ...] = (
    home.AREA,
    accounts.AREA,
    api.AREA,
    devices.AREA,
    applicant.AREA,
    institutions.AREA,
    console.AREA,
    HELP,
)
