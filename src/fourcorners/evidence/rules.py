"""What may be handed in for which item, and from where."""

from datetime import timedelta
from typing import Any

from fourcorners.evidence.errors import ItemUnknown, SourceNotAllowed, TooManyFiles
from fourcorners.kit.data import load_toml

__all__ = [
    "PICTURES",
    "SOURCES",
    "check_quota",
    "check_source",
    "group_of_item",
    "pages_max",
    "quota_span",
    "size_max_bytes",
    "sources_of",
    "types_of",
]

PICTURES = ("document_front", "document_back", "selfie", "live_portrait")
INSTITUTION = ("institution_paper", "institution_identity")
SOURCES = ("camera", "upload", "api")


def group_of_item(item: str) -> str:
    """`picture`, `paper` or `institution`: which limits hold. Raises ItemUnknown."""
    if item in PICTURES:
        return "picture"
    if item in INSTITUTION:
        return "institution"
    if item in _table()["sources"]:
        return "paper"
    raise ItemUnknown("There is nothing of this name to hand in.", item=item[:40])


def size_max_bytes(item: str) -> int:
    """The largest file that is taken for `item`. Raises ItemUnknown."""
    return int(_table()["items"][group_of_item(item)]["size_max_bytes"])


def types_of(item: str) -> tuple[str, ...]:
    """The media types that are taken for `item`. Raises ItemUnknown."""
    return tuple(_table()["items"][group_of_item(item)]["types"])


def pages_max() -> int:
    """How many pages a paper of an institution may have."""
    return int(_table()["items"]["institution"]["pages_max"])


def check_source(item: str, source: str) -> None:
    """May a file for `item` come from there (IDP7)? Raises SourceNotAllowed, ItemUnknown."""
    if source not in sources_of(item):
        raise SourceNotAllowed("This picture must be taken with the camera, here and now.", item=item, source=source)


def quota_span() -> timedelta:
    """Over what time files are counted."""
    return timedelta(hours=_table()["quota"]["within_h"])


def check_quota(item: str, files: int, bytes_given: int, size_bytes: int) -> None:
    """May one more file of this size come from somebody who gave so many in `quota_span`? Raises TooManyFiles."""
    quota = _table()["quota"]["institution" if group_of_item(item) == "institution" else "person"]
    if files + 1 > quota["files_max"] or bytes_given + size_bytes > quota["bytes_max"]:
        hours = int(quota_span() / timedelta(hours=1))
        raise TooManyFiles("That is more than is taken within a day. Please come back later.", within_h=hours)


def sources_of(item: str) -> tuple[str, ...]:
    """From where a file for `item` may come: `camera`, `upload`, `api`. Raises ItemUnknown."""
    group_of_item(item)
    return tuple(_table()["sources"][item])


def _table() -> dict[str, Any]:
    return load_toml("fourcorners.evidence", "uploads.toml")
