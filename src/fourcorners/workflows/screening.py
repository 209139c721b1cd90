"""Who is screened and when: applicants with each submission, and everybody again when lists or rules have changed."""

import json
from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Any

from sqlalchemy import or_, select

from fourcorners.clearance.actions import hits_found
from fourcorners.clearance.queries import latest_run
from fourcorners.evidence.queries import read_verdict
from fourcorners.formats.names import fold
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import KeyDestroyed
from fourcorners.infra.floor import Floor
from fourcorners.people import State
from fourcorners.people.models import Applicant, Verification
from fourcorners.people.queries import get_applicant, get_verification, read_claims
from fourcorners.people.rules import flow
from fourcorners.screening import Kind, Subject, screen
from fourcorners.screening.actions import keep, screen_case
from fourcorners.screening.lists import against, lists_in_force, loaded
from fourcorners.screening.models import ScreenedSubject

__all__ = ["screen_again", "screen_applicant", "screen_everybody_again", "subject_of"]

SCREENED_STATES = (
    State.IN_PROGRESS,
    State.UNDER_REVIEW,
    State.ACTION_REQUIRED,
    State.VERIFIED,
    State.EXPIRED_REVERIFY,
)
AT_ONCE = 500


def subject_of(db: ReadSession, verification: Verification) -> Subject | None:
    """The applicant as they named themselves, and as their document names them where that differs.

    None in the sandbox, for somebody without a name, and for somebody who was erased.
    """
    if get_applicant(db, verification.applicant_id).sandbox:
        return None
    try:
        claims = read_claims(db, verification)
        printed = _names_read(db, verification.id)
    except KeyDestroyed:
        return None
    latin = " ".join(filter(None, (claims.get("given_names"), claims.get("family_name"))))
    typed = list(dict.fromkeys(filter(None, (latin, claims.get("local_name", "")))))
    if not typed:
        return None
    folded = {fold(name): name for name in [*reversed(printed), *typed]}
    names = (*typed, *(name for name in folded.values() if name not in typed))
    codes = (verification.nationality, verification.residence, verification.document_country)
    known = dict.fromkeys(code for code in codes if code and code != flow()["specimen"]["country"])
    return Subject(verification.id, Kind.PERSON, names, _day(claims.get("birth_date")), tuple(known))


def screen_applicant(floor: Floor, verification_id: str) -> None:
    """Screen one applicant against the lists in force, and keep what was found."""
    with floor.database.read() as db:
        verification = get_verification(db, verification_id)
        owner, subject = verification.applicant_id, subject_of(db, verification)
    if subject is not None:
        screen_case(
            floor.database, floor.blobs, case_id=verification_id, owner_id=owner, subjects=[subject], then=hits_found
        )


def screen_again(floor: Floor, payload: Mapping[str, Any]) -> None:
    """Lists have changed: everybody again."""
    screen_everybody_again(floor)


def screen_everybody_again(floor: Floor) -> None:
    """Screen all applicants whose last screening was against other lists or rules, so many at once as one question."""
    after = ""
    while True:
        with floor.database.read() as db:
            mark = against({one.name: str(one.number) for one in lists_in_force(db)})
            due = _due(db, mark, after)
            subjects = [(v, subject) for v in due if (subject := subject_of(db, v)) is not None]
        if not due:
            return
        after = due[-1].id
        found = screen(loaded(floor.database, floor.blobs), [subject for _, subject in subjects])
        with floor.database.write() as db:
            for (verification, subject), screening in zip(subjects, found, strict=True):
                owner = verification.applicant_id
                opened = keep(db, case_id=verification.id, owner_id=owner, subjects=[subject], found=[screening])
                hits_found(db, verification.id, opened)


def _due(db: ReadSession, mark: str, after: str) -> list[Verification]:
    stale = or_(ScreenedSubject.against.is_(None), ScreenedSubject.against != mark)
    query = (
        select(Verification)
        .join(Applicant, Applicant.id == Verification.applicant_id)
        .outerjoin(ScreenedSubject, ScreenedSubject.subject_id == Verification.id)
        .where(Verification.state.in_([s.value for s in SCREENED_STATES]), Applicant.sandbox.is_(False), stale)
        .where(Verification.submitted_at.is_not(None), Verification.id > after)
    )
    return list(db.scalars(query.order_by(Verification.id).limit(AT_ONCE)))


def _names_read(db: ReadSession, verification_id: str) -> list[str]:
    """Each name that the document of the latest checks bears, as print, zone and barcode have it."""
    run = latest_run(db, verification_id)
    if run is None or run.verdict is None:
        return []
    fields = (json.loads(read_verdict(db, run)).get("read") or {}).get("fields") or {}
    given, family, whole = (_sources(fields.get(part)) for part in ("given_names", "family_name", "full_name"))
    found = []
    for source in dict.fromkeys([*given, *family]):
        parts = product(given.get(source, [""]), family.get(source, [""]))
        found += [" ".join(filter(None, pair)) for pair in parts]
    return [name for name in dict.fromkeys([*found, *(name for names in whole.values() for name in names)]) if name]


def _sources(field: Mapping[str, Any] | None) -> dict[str, list[str]]:
    """The values of a field that was read, by where they stand on the document."""
    told: dict[str, list[str]] = {}
    for entry in [field, *field.get("others", ())] if field else ():
        value = str(entry.get("value") or "").strip()
        if value:
            told.setdefault(str(entry.get("source") or ""), []).append(value)
    return told


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
