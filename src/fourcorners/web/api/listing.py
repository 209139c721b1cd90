"""Lists in pages: the newest first, each page beginning after an id, so that what is added meanwhile moves nothing."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query
from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from fourcorners.infra.db import ReadSession
from fourcorners.kit.ids import is_id
from fourcorners.web.errors import RequestInvalid

__all__ = ["Paging", "PagingHere", "paged"]

LIMIT, LIMIT_MAX = 25, 100
Row = TypeVar("Row")


class Paging:
    """Which page: `limit` things, after the one that the cursor stands for."""

    def __init__(
        self,
        limit: Annotated[int, Query(ge=1, le=LIMIT_MAX, description="How many on a page.")] = LIMIT,
        cursor: Annotated[
            str | None, Query(max_length=100, description="`next_cursor` of the page before; its form may change.")
        ] = None,
    ) -> None:
        self.limit = limit
        self.after = _opened(cursor)


PagingHere = Annotated[Paging, Depends()]


def paged(
    db: ReadSession, query: Select[Row], order: InstrumentedAttribute[str], page: Paging
) -> tuple[list[Row], str | None]:
    """The rows of the page, and the cursor of the next one if there is one."""
    if page.after is not None:
        query = query.where(order < page.after)
    found: list[Any] = list(db.scalars(query.order_by(order.desc()).limit(page.limit + 1)))
    rows = found[: page.limit]
    more = len(found) > page.limit
    return rows, _closed(getattr(rows[-1], order.key)) if more else None


def _closed(last: str) -> str:
    return urlsafe_b64encode(f"1:{last}".encode()).decode().rstrip("=")


def _opened(cursor: str | None) -> str | None:
    if cursor is None:
        return None
    try:
        text = urlsafe_b64decode(cursor.encode("ascii") + b"==").decode("ascii")
    except (binascii.Error, UnicodeError, ValueError):
        text = ""
    version, _, last = text.partition(":")
    if version != "1" or not is_id(last):
        raise RequestInvalid("This is no cursor of ours.", errors=[{"where": "query/cursor", "what": "unknown"}])
    return last
