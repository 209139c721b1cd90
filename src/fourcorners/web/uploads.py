"""Files on their way in, by page or API: the virus scanner sees them first, then they are opened."""

from starlette.requests import HTTPConnection

from fourcorners.evidence.actions import check_file
from fourcorners.evidence.rules import size_max_bytes
from fourcorners.web.site import floor_of

__all__ = ["accept_file"]


def accept_file(asked: HTTPConnection, item: str, data: bytes, name: str = "") -> str:
    """The media type of a file that can stand for `item`; slow, so ask before a transaction begins.

    Raises FileInfected, ScannerUnavailable, and what `evidence.actions.check_file` raises.
    """
    scanner = floor_of(asked).scanner
    if scanner is not None and len(data) <= size_max_bytes(item):  # what is too large is refused unseen
        scanner.scan(data)
    return check_file(item, data, name)
