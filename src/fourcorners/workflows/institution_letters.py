"""Letters to institutions from durable work: each once, however often the work is tried."""

from sqlalchemy import select

from fourcorners.infra.db import WriteSession
from fourcorners.infra.mail import Mail, write_mail
from fourcorners.institutions.letters import address_of, letter, name_of
from fourcorners.institutions.queries import get_institution

__all__ = ["write_once"]


def write_once(
    db: WriteSession, institution_id: str, mark: str, kind: str, origin: str, *, to: str | None = None, **values: object
) -> None:
    """Write the letter `kind` to the institution, or to `to`, unless one with this `mark` was written."""
    institution = get_institution(db, institution_id)
    if institution.erased_at is not None:
        return
    address = to or address_of(db, institution)
    written = select(Mail.id).where(Mail.owner == institution_id, Mail.kind == mark).limit(1)
    if address is None or db.scalar(written) is not None:
        return
    told = {"name": name_of(db, institution), "link": f"{origin}/institution", **values}
    subject, text = letter(institution.locale, kind, **told)
    write_mail(db, owner=institution_id, kind=mark, to=address, subject=subject, text=text)
