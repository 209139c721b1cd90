"""Does the case allow it? Where a review stands, and what can be done there. Who may is asked in `permissions`."""

from collections.abc import Mapping
from enum import StrEnum

from fourcorners.clearance.errors import AlreadyDecided, NotInReview
from fourcorners.institutions.rules import State as InstitutionState
from fourcorners.people import State

__all__ = ["ALLOWED", "OVERRULED_TO", "Act", "Phase", "allows", "check_allows", "institution_phase_of", "phase_of"]


class Phase(StrEnum):
    """Where the review of a case stands."""

    ABSENT = "absent"  # not handed in, or the machine still works on it
    WAITING = "waiting"  # for a person
    PROPOSED = "proposed"  # one person decided; a second must
    DISPUTED = "disputed"  # two persons disagree; a senior must
    DECIDED = "decided"
    LISTED = "listed"  # nothing to decide on the case, but hits on lists of somebody who was cleared


class Act(StrEnum):
    """What somebody does to a case."""

    SEE = "see"
    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    DECIDE = "decide"
    SECOND = "second"
    SETTLE = "settle"
    OVERRULE = "overrule"
    EXEMPT = "exempt"
    NOTE = "note"
    ASK = "ask"
    LIFT = "lift"


_OPEN = frozenset({Phase.WAITING, Phase.PROPOSED, Phase.DISPUTED, Phase.LISTED})
_EVER = frozenset(Phase)

ALLOWED: Mapping[Act, frozenset[Phase]] = {
    Act.SEE: _EVER,
    Act.CLAIM: _OPEN,
    Act.RELEASE: _OPEN,
    Act.ASSIGN: _OPEN,
    Act.DECIDE: frozenset({Phase.WAITING}),
    Act.SECOND: frozenset({Phase.PROPOSED}),
    Act.SETTLE: frozenset({Phase.DISPUTED}),
    Act.OVERRULE: frozenset({Phase.DECIDED, Phase.LISTED}),
    Act.EXEMPT: frozenset({Phase.WAITING}),
    Act.NOTE: _EVER,
    Act.ASK: frozenset({Phase.WAITING, Phase.PROPOSED}),
    Act.LIFT: _EVER,
}
"""What can be done where; nothing else can."""

OVERRULED_TO: Mapping[State, frozenset[str]] = {
    State.ACTION_REQUIRED: frozenset({"approve", "reject"}),
    State.VERIFIED: frozenset({"resubmit"}),
}
"""What a decision in force can be overruled to: only along the moves that a verification has (IND2).

A final refusal stays; whoever was verified is held and verified anew.
"""


def phase_of(state: State, *, open_review: bool, proposals: int, for_hits: bool = False) -> Phase:
    """Where a review stands: the state of the verification, whether a person's turn has come, decisions that wait.

    `for_hits`: the review is there for hits on lists alone.
    """
    if open_review and for_hits:
        return Phase.LISTED
    if state is State.UNDER_REVIEW:
        if not open_review:
            return Phase.ABSENT
        return (Phase.WAITING, Phase.PROPOSED)[proposals] if proposals < 2 else Phase.DISPUTED
    return Phase.DECIDED if state in (State.ACTION_REQUIRED, State.VERIFIED, State.REJECTED_FINAL) else Phase.ABSENT


def institution_phase_of(state: InstitutionState, *, open_review: bool, proposals: int) -> Phase:
    """The same for an institution; one that is approved is looked at again from time to time, and stays approved."""
    looked_at = (InstitutionState.UNDER_REVIEW, InstitutionState.INFO_REQUESTED, InstitutionState.APPROVED)
    if state in looked_at and open_review:
        return (Phase.WAITING, Phase.PROPOSED)[proposals] if proposals < 2 else Phase.DISPUTED
    return Phase.DECIDED if state in (InstitutionState.APPROVED, InstitutionState.REJECTED) else Phase.ABSENT


def allows(phase: Phase, act: Act) -> bool:
    """Can it be done there?"""
    return phase in ALLOWED[act]


def check_allows(phase: Phase, act: Act) -> None:
    """Raises AlreadyDecided where somebody was quicker, NotInReview where nothing waits for a person."""
    if allows(phase, act):
        return
    if phase is Phase.DECIDED:
        raise AlreadyDecided("This case was decided a moment ago.", phase=phase.value)
    raise NotInReview(f"This cannot be done while the case is {phase}.", phase=phase.value)
