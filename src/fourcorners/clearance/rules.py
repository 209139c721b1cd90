"""What a decision does, as pure rules."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from fourcorners.clearance.errors import ReasonUnknown
from fourcorners.people import Item, State
from fourcorners.verdict import catalogue

__all__ = ["FURTHER_REVIEW", "HITS", "OUTCOMES", "STATES", "Outcome", "Standing", "check_reasons", "items_to_redo"]


class Outcome(StrEnum):
    """How a case is decided. `REVIEW` is not final: it hands the case to a person."""

    APPROVE = "approve"
    RESUBMIT = "resubmit"
    REVIEW = "review"
    REJECT = "reject"


class Standing(StrEnum):
    """Whether a decision holds: proposed (needs a second person), effective, or overruled by a later one."""

    PROPOSED = "proposed"
    EFFECTIVE = "effective"
    OVERRULED = "overruled"


OUTCOMES = tuple(Outcome)
FURTHER_REVIEW = "further_review"
"""The reason where hits on lists, or a hold, stand against approval; its name and words tell the applicant nothing."""
HITS = "hits"
"""The kind of a review of somebody who was cleared already, for hits on lists alone."""
STATES: Mapping[Outcome, State] = {
    Outcome.APPROVE: State.VERIFIED,
    Outcome.RESUBMIT: State.ACTION_REQUIRED,
    Outcome.REJECT: State.REJECTED_FINAL,
}
"""The state of a verification to which a final outcome leads."""


def items_to_redo(because: Iterable[Mapping[str, object]]) -> dict[Item, list[str]]:
    """The items of a verdict's `because` (`verdict.Verdict.to_dict`) that are to be done again, with their reasons."""
    redo: dict[Item, list[str]] = {}
    for entry in because:
        if entry["effect"] == Outcome.RESUBMIT and entry["redo"]:
            reasons = redo.setdefault(Item(str(entry["redo"])), [])
            if entry["reason"] not in reasons:
                reasons.append(str(entry["reason"]))
    return redo


def check_reasons(outcome: Outcome, items: Mapping[Item, Iterable[str]], reasons: Iterable[str]) -> None:
    """A refusal needs reasons, all of them from the catalogue; a resubmission needs at least one item (FAI16).

    Raises ReasonUnknown.
    """
    named = [*reasons, *(code for codes in items.values() for code in codes)]
    if unknown := sorted({code for code in named if code not in catalogue()}):
        raise ReasonUnknown("Reasons come from the catalogue.", unknown=unknown)
    if outcome in (Outcome.RESUBMIT, Outcome.REJECT) and not named:
        raise ReasonUnknown("A refusal needs at least one reason.")
    if outcome is Outcome.RESUBMIT and not all(items.values()):
        raise ReasonUnknown("Each item that is to be done again needs a reason.")
    if outcome is Outcome.RESUBMIT and not items:
        raise ReasonUnknown("Name the items that are to be done again.")
