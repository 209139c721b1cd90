"""Idempotency keys on every POST: the first answer is kept with what it tells of, and given again byte for byte."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, Header, Request
from pydantic import BaseModel
from starlette.responses import Response

from fourcorners.accounts.answers import Asked, Kept, find_answer, keep_answer, one_at_a_time
from fourcorners.infra import Floor
from fourcorners.infra.db import WriteSession
from fourcorners.infra.sealing import HOUSE

__all__ = ["Answered", "Once", "OnceHere"]

REPLAYED = "idempotency-replayed"
LETTERS_MAX = 200


class Answered(Exception):
    """This was asked before: carries the answer out to the route. No refusal, and no bug."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(kept.status)
        self.kept = kept

    def answer(self) -> Response:
        """The same bytes once more."""
        return _answer(self.kept.body, self.kept.status, {REPLAYED: "true"})


class Once:
    """Does what is asked in one transaction with the answer, so that both are there or neither."""

    def __init__(self, floor: Floor, asked: Asked | None) -> None:
        self.floor, self.asked = floor, asked

    def look(self) -> None:
        """Before something slow: was it answered already? Raises Answered, IdempotencyConflict."""
        if self.asked is not None:
            with self.floor.database.read() as db:
                if kept := find_answer(db, self.asked):
                    raise Answered(kept)

    @contextmanager
    def write(self) -> Iterator[WriteSession]:
        """The transaction. Whoever asks the same at this moment waits here. Raises Answered, IdempotencyConflict."""
        with self.floor.database.write() as db:
            if self.asked is not None:
                one_at_a_time(db, self.asked)
                if kept := find_answer(db, self.asked):
                    raise Answered(kept)
            yield db

    def answer(self, db: WriteSession, shape: BaseModel, *, status: int = 201, owner: str = HOUSE) -> Response:
        """The answer, kept in the transaction, sealed for `owner`: the applicant that it tells of."""
        body = shape.model_dump_json().encode()
        if self.asked is not None:
            keep_answer(db, self.asked, owner=owner, status=status, body=body)
        return _answer(body, status, {})


async def once_of(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1,
            max_length=LETTERS_MAX,
            pattern=r"^[!-~]+$",
            description="Any text of your own, such as a UUID. For a day, the same key and body give the first answer "
            "again and nothing is done twice; another body is a conflict.",
        ),
    ] = None,
) -> Once:
    """What the request is about, for every POST; the guard of the key has run before."""
    floor: Floor = request.app.state.floor
    if idempotency_key is None:
        return Once(floor, None)
    asked = hashlib.sha256()
    address = f"{request.method} {request.url.path}?{request.url.query}"
    for part in (address.encode(), request.headers.get("content-type", "").encode(), await request.body()):
        asked.update(f"{len(part)}:".encode() + part)
    return Once(floor, Asked(request.state.key.id, idempotency_key, asked.hexdigest()))


OnceHere = Annotated[Once, Depends(once_of)]


def _answer(body: bytes, status: int, headers: dict[str, str]) -> Response:
    return Response(body, status, headers=headers, media_type="application/json")
