"""Every area that is mounted, in order. A new one is written here."""

from fourcorners.web import accounts, applicant, help
from fourcorners.web.area import Area

__all__ = ["AREAS"]

AREAS: tuple[Area, ...] = (accounts.AREA, applicant.AREA, help.AREA)
