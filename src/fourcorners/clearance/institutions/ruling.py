"""A reviewer accepts or refuses each item of an application, with reasons (INS16)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fourcorners.accounts.rules import Actor
from fourcorners.clearance.cases import get_case
from fourcorners.clearance.errors import CaseChanged, NotInReview
from fourcorners.clearance.permissions import check_can_act
from fourcorners.clearance.phases import Act, Phase, check_allows
from fourcorners.clearance.queries import find_review
from fourcorners.infra.audit import audit
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.sealing import open_sealed, seal
from fourcorners.institutions.models import ItemRuling
from fourcorners.institutions.queries import RULING, list_rulings
from fourcorners.institutions.reading import item_marks
from fourcorners.institutions.reasons import check_reasons_for
from fourcorners.kit.ids import new_id

__all__ = ["Standing", "read_ruling_note", "rule_item", "standings"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one item stands: `accepted` is None while nobody ruled on it, or when it was changed since.

    `mark` is the fingerprint of what the item is now: who rules on it says which one they saw.
    """

    item: str
    accepted: bool | None = None
    reasons: tuple[str, ...] = ()
    by: str = ""
    at: datetime | None = None
    ruling: str = ""
    mark: str = ""


def standings(db: ReadSession, institution_id: str) -> dict[str, Standing]:
    """Every item that must be ruled on: sections, people, papers. Hits on lists are decided by `decide_hit`."""
    marks = item_marks(db, institution_id)
    found = {item: Standing(item, mark=mark) for item, mark in marks.items()}
    for ruling in list_rulings(db, institution_id):
        if marks.get(ruling.item) == ruling.of:
            found[ruling.item] = Standing(
                ruling.item, ruling.accepted, tuple(ruling.reasons), ruling.by, ruling.at, ruling.id, ruling.of
            )
    return found


def rule_item(
    db: WriteSession,
    case_id: str,
    item: str,
    *,
    actor: Actor,
    accepted: bool,
    reasons: Iterable[str] = (),
    note: str = "",
    seen: str | None = None,
) -> Standing:
    """Accept or refuse one item (`section:addresses`, `party:pty_...`, `paper:pap_...`).

    Said twice, kept once. A later ruling replaces the one before it, which stays on record. `seen` is the mark of the
    item as it was looked at: another one now is refused.
    Raises NotAllowed, CaseTaken, NotInReview, AlreadyDecided, CaseChanged, InstitutionReasonUnknown, NotFound.
    """
    case = get_case(db, case_id, lock=True)
    if case.institution is None:
        raise NotInReview("Only an institution's case has items of this kind.", phase=Phase.ABSENT.value)
    review = find_review(db, case_id, lock=True)
    check_can_act(actor, Act.DECIDE, assignee=review.assignee if review else None)
    check_allows(case.phase_and_proposals(db)[0], Act.DECIDE)
    marks = item_marks(db, case_id)
    if item not in marks:
        raise NotFound("There is nothing of this name in the application (any more).")
    if seen is not None and seen != marks[item]:
        raise CaseChanged("This was changed after you opened the case. Please look again.")
    codes = [] if accepted else check_reasons_for(item.partition(":")[0], reasons)
    before = standings(db, case_id)[item]
    if before.accepted is accepted and list(before.reasons) == codes and not note.strip():
        return before
    for earlier in list_rulings(db, case_id):
        if earlier.item == item:
            earlier.replaced_at = db.now
    ruling = ItemRuling(
        id=new_id("rul"),
        institution_id=case_id,
        item=item,
        of=marks[item],
        accepted=accepted,
        reasons=codes,
        by=actor.id,
        at=db.now,
    )
    if note.strip():
        ruling.note = seal(db, case_id, note.strip().encode(), f"{RULING} {ruling.id}")
    db.add(ruling)
    db.flush()
    details = {"item": item, "accepted": accepted, "reasons": codes, "ruling": ruling.id}
    audit(db, actor=actor.id, action="item.ruled", subject=case_id, owner=case_id, details=details)
    return standings(db, case_id)[item]


def read_ruling_note(db: ReadSession, ruling_id: str) -> str:
    """What the reviewer wrote beside a ruling; empty where nothing was. Raises NotFound, KeyDestroyed."""
    ruling = db.get(ItemRuling, ruling_id)
    if ruling is None:
        raise NotFound("There is no such ruling.")
    if ruling.note is None:
        return ""
    return open_sealed(db, ruling.institution_id, ruling.note, f"{RULING} {ruling.id}").decode()
