"""Marks that find the same person again (IND5): keyed hashes, from which nobody can read a number or a name."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from fourcorners.formats.names import fold
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.sealing import fingerprint
from fourcorners.kit.ids import new_id
from fourcorners.people.models import Applicant, IdentityMark, Verification

__all__ = ["MARKS", "holders_of", "keep_marks", "marks_of"]

MARKS = ("document", "person")


def marks_of(
    db: ReadSession, verification: Verification, claims: Mapping[str, str], number_read: str | None = None
) -> tuple[tuple[str, str], ...]:
    """The (kind, digest) of what was claimed, and of the number that was read where it is another one."""
    kind, country = verification.document_kind or "", verification.document_country or ""
    numbers = dict.fromkeys(_plain(n) for n in (claims.get("document_number"), number_read) if n and _plain(n))
    found = [("document", fingerprint(db, f"{kind}|{country}|{number}", "identity mark")) for number in numbers]
    name = " ".join(sorted(fold(f"{claims.get('given_names', '')} {claims.get('family_name', '')}").split()))
    if name and claims.get("birth_date"):
        person = f"{name}|{claims['birth_date']}|{verification.nationality or ''}"
        found.append(("person", fingerprint(db, person, "identity mark")))
    return tuple(found)


def holders_of(db: ReadSession, marks: Iterable[tuple[str, str]], but: Applicant) -> dict[str, list[str]]:
    """Other applicants with these marks, by kind of mark; those of the sandbox only among themselves."""
    found: dict[str, set[str]] = {kind: set() for kind in MARKS}
    for kind, digest in marks:
        query = (
            select(IdentityMark.applicant_id)
            .join(Applicant, Applicant.id == IdentityMark.applicant_id)
            .where(IdentityMark.kind == kind, IdentityMark.digest == digest)
            .where(Applicant.id != but.id, Applicant.sandbox == but.sandbox, Applicant.erased_at.is_(None))
        )
        found[kind].update(db.scalars(query))
    return {kind: sorted(holders) for kind, holders in found.items()}


def keep_marks(db: WriteSession, applicant_id: str, marks: Iterable[tuple[str, str]]) -> None:
    """Write them, once each: when somebody is verified."""
    for kind, digest in marks:
        query = select(IdentityMark.id).where(
            IdentityMark.applicant_id == applicant_id, IdentityMark.kind == kind, IdentityMark.digest == digest
        )
        if db.scalars(query).one_or_none() is None:
            db.add(IdentityMark(id=new_id("mar"), applicant_id=applicant_id, kind=kind, digest=digest, at=db.now))
            db.flush()


def _plain(number: str) -> str:
    return "".join(c for c in number.upper() if c.isalnum())
