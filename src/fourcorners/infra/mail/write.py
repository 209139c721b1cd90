"""Write a mail, and look at those that were written."""

from sqlalchemy import select

from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.handover import hand_over
from fourcorners.infra.mail.deliver import SEALED, Letter
from fourcorners.infra.mail.models import Mail
from fourcorners.infra.sealing import open_json, seal_json
from fourcorners.kit.ids import new_id

__all__ = ["DELIVER", "list_mails", "read_mail", "write_mail"]

DELIVER = "mail.deliver"
"""The kind of durable work that sends one mail; its payload is `{"mail": id}`."""


def write_mail(db: WriteSession, *, owner: str, kind: str, to: str, subject: str, text: str) -> Mail:
    """A mail to `to`, sealed for `owner`, sent after the commit. Line ends are taken out of `subject`."""
    letter = {"to": to, "subject": " ".join(subject.split()), "text": text}
    sealed = seal_json(db, owner, letter, SEALED)
    mail = Mail(id=new_id("mail"), owner=owner, kind=kind, sealed=sealed, created_at=db.now)
    db.add(mail)
    hand_over(db, DELIVER, {"mail": mail.id})
    return mail


def list_mails(db: ReadSession, owner: str | None = None, at_most: int = 50) -> list[Mail]:
    """The newest mails, of `owner` if given."""
    query = select(Mail).order_by(Mail.created_at.desc(), Mail.id.desc()).limit(at_most)
    return list(db.scalars(query if owner is None else query.where(Mail.owner == owner)))


def read_mail(db: ReadSession, mail_id: str) -> Letter:
    """A mail as it was written. Raises NotFound, KeyDestroyed."""
    mail = db.get(Mail, mail_id)
    if mail is None:
        raise NotFound("There is no such mail.")
    return Letter(mail.id, **open_json(db, mail.owner, mail.sealed, SEALED))
