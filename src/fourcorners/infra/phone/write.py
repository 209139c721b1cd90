"""Write a call or text, and look at those that were written."""

from datetime import timedelta

from sqlalchemy import select

from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.handover import hand_over
from fourcorners.infra.phone.deliver import SEALED, Saying
from fourcorners.infra.phone.models import PhoneMessage
from fourcorners.infra.sealing import open_json, seal_json
from fourcorners.kit.ids import new_id

__all__ = ["PLACE", "list_phone_messages", "read_phone_message", "write_phone_message"]

PLACE = "phone.place"
"""The kind of durable work that places one call or text; its payload is `{"message": id}`."""


def write_phone_message(
    db: WriteSession,
    *,
    owner: str,
    kind: str,
    to: str,
    text: str,
    locale: str,
    good_for: timedelta,
    answer_url: str = "",
    keys: tuple[str, ...] = (),
) -> PhoneMessage:
    """A call or text to `to`, sealed for `owner`, placed after the commit and not later than `good_for` from now."""
    said = {"to": to, "text": " ".join(text.split()), "locale": locale, "answer_url": answer_url, "keys": list(keys)}
    message = PhoneMessage(
        id=new_id("tel"),
        owner=owner,
        kind=kind,
        sealed=seal_json(db, owner, said, SEALED),
        created_at=db.now,
        expires_at=db.now + good_for,
    )
    db.add(message)
    hand_over(db, PLACE, {"message": message.id})
    return message


def list_phone_messages(db: ReadSession, owner: str | None = None, at_most: int = 50) -> list[PhoneMessage]:
    """The newest calls and texts, of `owner` if given."""
    query = select(PhoneMessage).order_by(PhoneMessage.created_at.desc(), PhoneMessage.id.desc()).limit(at_most)
    return list(db.scalars(query if owner is None else query.where(PhoneMessage.owner == owner)))


def read_phone_message(db: ReadSession, message_id: str) -> Saying:
    """A call or text as it was written. Raises NotFound, KeyDestroyed."""
    message = db.get(PhoneMessage, message_id)
    if message is None:
        raise NotFound("There is no such call or text.")
    said = open_json(db, message.owner, message.sealed, SEALED)
    return Saying(message.id, message.kind, **{**said, "keys": tuple(said["keys"])})
