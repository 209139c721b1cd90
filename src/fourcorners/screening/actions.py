"""What is done: a case is screened, what was found is kept, a person decides a hit."""

from collections.abc import Callable, Sequence

from sqlalchemy import delete, select

from fourcorners.infra.audit import audit
from fourcorners.infra.blobs import Blobs
from fourcorners.infra.db import Database, WriteSession
from fourcorners.infra.sealing import fingerprint, seal_json
from fourcorners.kit.canonical import canonical_json
from fourcorners.kit.ids import new_id
from fourcorners.screening.errors import ReasonMissing
from fourcorners.screening.lists import against, loaded
from fourcorners.screening.matching import Hit, Outcome, Screening, screen
from fourcorners.screening.model import Subject
from fourcorners.screening.models import ScreenedSubject, ScreeningHit
from fourcorners.screening.queries import HIT, NOTE, get_hit
from fourcorners.screening.rules import DECIDED, State, state_after_screening

__all__ = ["SCREENER", "decide_hit", "forget", "keep", "screen_case"]

SCREENER = "system"
SUBJECT = "screened subject"
NOTE_LETTERS_MAX = 4000


def screen_case(
    database: Database,
    blobs: Blobs,
    *,
    case_id: str,
    owner_id: str,
    subjects: Sequence[Subject],
    then: Callable[[WriteSession, str, Sequence[ScreeningHit]], None] | None = None,
) -> list[Screening]:
    """Screen everybody of a case against the lists in force, and keep what was found. A second time changes nothing.

    Subjects that the case no longer has are forgotten, but for hits that were decided. `then` is done in the same
    transaction, with the id of the case and the hits that wait for a decision now and did not before.
    """
    found = screen(loaded(database, blobs), subjects)
    with database.write() as db:
        opened = keep(db, case_id=case_id, owner_id=owner_id, subjects=subjects, found=found)
        if then is not None:
            then(db, case_id, opened)
    return found


def keep(
    db: WriteSession, *, case_id: str, owner_id: str, subjects: Sequence[Subject], found: Sequence[Screening]
) -> list[ScreeningHit]:
    """Keep what `screen` found for the subjects of a case. Gives the hits that wait now and did not before."""
    opened: list[ScreeningHit] = []
    for subject, screening in zip(subjects, found, strict=True):
        print_ = fingerprint(db, canonical_json(subject.to_dict()).decode(), SUBJECT)
        _keep_subject(db, case_id, owner_id, subject, screening, print_)
        opened += _keep_hits(db, case_id, owner_id, screening, print_)
    present = [subject.id for subject in subjects]
    left = select(ScreeningHit).where(ScreeningHit.case_id == case_id, ScreeningHit.subject_id.not_in(present))
    for hit in db.scalars(left):
        hit.state = state_after_screening(State(hit.state), is_found=False, is_unchanged=True)
    gone = delete(ScreenedSubject).where(ScreenedSubject.case_id == case_id, ScreenedSubject.subject_id.not_in(present))
    db.execute(gone)
    db.flush()
    return opened


def decide_hit(db: WriteSession, hit_id: str, *, actor: str, same: bool, note: str) -> ScreeningHit:
    """A person says whether the entry is the subject, and why. Who may is asked by `clearance`.

    Saying the same again changes nothing. Raises NotFound, ReasonMissing.
    """
    hit = get_hit(db, hit_id, lock=True)
    said = State.TRUE_MATCH if same else State.NOT_SAME
    why = note.strip()
    if not 1 <= len(why) <= NOTE_LETTERS_MAX:
        raise ReasonMissing(f"Please say why, in 1 to {NOTE_LETTERS_MAX} characters.")
    if hit.state == said:
        return hit
    before, hit.state = hit.state, said
    hit.note = seal_json(db, hit.owner_id, why, f"{NOTE} {hit.id}")
    hit.decided_by, hit.decided_at = actor, db.now
    db.flush()
    details = {"hit": hit.id, "list": hit.list_name, "entry": hit.entry_id, "was": before, "is": said.value}
    audit(db, actor=actor, action="hit.decided", subject=hit.case_id, owner=hit.owner_id, details=details)
    return hit


def forget(db: WriteSession, owner_id: str) -> None:
    """Remove what was found for somebody whose data are erased: on which list they stood would still tell of them."""
    db.execute(delete(ScreeningHit).where(ScreeningHit.owner_id == owner_id))
    db.execute(delete(ScreenedSubject).where(ScreenedSubject.owner_id == owner_id))


def _keep_subject(
    db: WriteSession, case_id: str, owner_id: str, subject: Subject, screening: Screening, print_: str
) -> None:
    mark = against(screening.lists)
    row = db.get(ScreenedSubject, subject.id, with_for_update=True)
    if row is not None and (row.against, row.subject_print) == (mark, print_):
        return
    if row is None:
        row = ScreenedSubject(subject_id=subject.id)
        db.add(row)
    row.case_id, row.owner_id, row.kind, row.at = case_id, owner_id, subject.kind.value, db.now
    row.outcome, row.lists, row.against = screening.outcome.value, dict(screening.lists), mark
    row.subject_print, row.hits, row.more = print_, len(screening.hits), screening.more
    db.flush()
    details = {"subject": subject.id, "outcome": row.outcome, "lists": row.lists, "hits": row.hits}
    audit(db, actor=SCREENER, action="case.screened", subject=case_id, owner=owner_id, details=details)


def _keep_hits(db: WriteSession, case_id: str, owner_id: str, screening: Screening, print_: str) -> list[ScreeningHit]:
    opened = []
    query = select(ScreeningHit).where(ScreeningHit.subject_id == screening.subject).with_for_update()
    known = {(hit.list_name, hit.entry_id): hit for hit in db.scalars(query)}
    for found in screening.hits:
        row = known.pop((found.list_name, found.entry.id), None)
        print_of_entry = found.entry.fingerprint()
        was = None if row is None else State(row.state)
        if row is None:
            row = ScreeningHit(id=new_id("hit"), subject_id=screening.subject, found_at=db.now, state=State.OPEN)
            row.case_id, row.owner_id, row.list_name, row.entry_id = case_id, owner_id, found.list_name, found.entry.id
            is_unchanged = False
        else:
            is_unchanged = (row.entry_sha256, row.subject_print) == (print_of_entry, print_)
        row.state = state_after_screening(State(row.state), is_found=True, is_unchanged=is_unchanged)
        _write(db, row, found, print_of_entry, print_)
        db.add(row)
        if row.state == State.OPEN and was is not State.OPEN:
            opened.append(row)
        if was in DECIDED and row.state == State.OPEN:
            details = {"hit": row.id, "list": row.list_name, "entry": row.entry_id}
            audit(db, actor=SCREENER, action="hit.reopened", subject=case_id, owner=owner_id, details=details)
    if screening.outcome is not Outcome.NOT_SCREENED:
        for row in known.values():
            row.state = state_after_screening(State(row.state), is_found=False, is_unchanged=True)
    db.flush()
    return opened


def _write(db: WriteSession, row: ScreeningHit, found: Hit, print_of_entry: str, print_: str) -> None:
    row.list_number, row.score = int(found.list_version), found.score
    row.entry_sha256, row.subject_print = print_of_entry, print_
    row.told = seal_json(db, row.owner_id, found.to_dict(), f"{HIT} {row.id}")
