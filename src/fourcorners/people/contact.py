"""How an applicant is reached, and in which language."""

from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.sealing import seal_json
from fourcorners.people.queries import CONTACT, get_applicant

__all__ = ["change_contact"]


def change_contact(
    db: WriteSession, applicant_id: str, *, actor: str, email: str | None = None, locale: str | None = None
) -> None:
    """Another e-mail address, already checked, or another language. Raises NotFound, KeyDestroyed."""
    person = get_applicant(db, applicant_id)
    changed = [name for name, value in (("email", email), ("locale", locale)) if value is not None]
    if email is not None:
        person.contact = seal_json(db, person.id, {"email": email}, CONTACT)
    person.locale = locale or person.locale
    if changed:
        audit(
            db,
            actor=actor,
            action="contact.changed",
            subject=person.id,
            owner=person.id,
            details={"fields": changed},
        )
