"""Links, QR codes and cookies that let somebody act for one applicant without an account."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select, update

from fourcorners.accounts.secret import hash_of, new_secret
from fourcorners.infra.audit import audit
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.kit.ids import new_id
from fourcorners.people.errors import LinkInvalid
from fourcorners.people.models import Applicant, Grant
from fourcorners.people.queries import get_applicant
from fourcorners.people.rules import flow

__all__ = ["KINDS", "end_grants", "find_grant", "grant_access", "redeem"]

KINDS = ("link", "phone", "browser")
SECRET_LETTERS_MAX = 100


def grant_access(db: WriteSession, applicant_id: str, kind: str, *, actor: str) -> str:
    """A new secret of that `kind` for one applicant. It is given back once; only its hash is kept. Raises NotFound."""
    person = get_applicant(db, applicant_id)
    secret = new_secret()
    grant = Grant(
        id=new_id("gra"),
        applicant_id=person.id,
        kind=kind,
        digest=hash_of(secret),
        created_at=db.now,
        expires_at=db.now + timedelta(hours=flow()["access"][f"{kind}_h"]),
    )
    db.add(grant)
    db.flush()
    audit(db, actor=actor, action="access.granted", subject=grant.id, owner=person.id, details={"kind": kind})
    return secret


def find_grant(db: ReadSession, secret: str, kinds: Collection[str]) -> Grant | None:
    """The grant behind a secret, while it is good and the applicant is still there."""
    if not secret or len(secret) > SECRET_LETTERS_MAX:
        return None
    grant = db.scalars(select(Grant).where(Grant.digest == hash_of(secret))).one_or_none()
    if grant is None or grant.kind not in kinds or grant.ended_at is not None or grant.expires_at <= db.now:
        return None
    person = db.get(Applicant, grant.applicant_id)
    return grant if person is not None and person.erased_at is None else None


def redeem(db: WriteSession, secret: str) -> str:
    """Turn a link or a QR code into the secret of a browser's cookie. Raises LinkInvalid."""
    grant = find_grant(db, secret, ("link", "phone"))
    if grant is None:
        raise LinkInvalid("This link has run out or was replaced by a newer one. Please ask for another.")
    return grant_access(db, grant.applicant_id, "browser", actor=grant.applicant_id)


def end_grants(db: WriteSession, applicant_id: str, kinds: Collection[str], *, actor: str) -> None:
    """Take back what was granted: a new QR code replaces the one before it, an erasure takes everything."""
    good = (Grant.applicant_id == applicant_id, Grant.kind.in_(kinds), Grant.ended_at.is_(None))
    ended = list(db.scalars(select(Grant.id).where(*good)))
    if ended:
        db.execute(update(Grant).where(Grant.id.in_(ended)).values(ended_at=db.now))
        audit(
            db, actor=actor, action="access.ended", subject=applicant_id, owner=applicant_id, details={"grants": ended}
        )
