"""The states of an application and what may follow what (INS3); which kind goes with which facts (INS8, INS15)."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from .errors import KindNotAllowed, TransitionNotAllowed
from .kinds import Kind

__all__ = ["TRANSITIONS", "Action", "Badge", "State", "badge", "can", "check_kind", "kind_problems", "next_state"]

STATE_MAJORITY = Fraction(1, 2)
"""From this share of a state on, an institution is government-owned (INS8)."""


class State(StrEnum):
    """Where an application is."""

    DRAFT = "draft"
    UNDER_REVIEW = "under_review"
    INFO_REQUESTED = "info_requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What somebody does to it: the applicant submits, answers, withdraws, reopens; a reviewer does the rest.

    `REVOKE` is a periodic review that ends badly: nothing else leads away from an approval.
    """

    SUBMIT = "submit"
    REQUEST_INFORMATION = "request_information"
    ANSWER = "answer"
    APPROVE = "approve"
    REJECT = "reject"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    REVOKE = "revoke"


class Badge(StrEnum):
    """What the applicant sees beside it."""

    CONTINUE = "continue"
    UNDER_REVIEW = "under_review"
    VERIFIED = "verified"
    FEEDBACK = "feedback"
    NONE = "none"


TRANSITIONS: Mapping[tuple[State, Action], State] = MappingProxyType(
    {
        (State.DRAFT, Action.SUBMIT): State.UNDER_REVIEW,
        (State.DRAFT, Action.WITHDRAW): State.WITHDRAWN,
        (State.UNDER_REVIEW, Action.REQUEST_INFORMATION): State.INFO_REQUESTED,
        (State.UNDER_REVIEW, Action.APPROVE): State.APPROVED,
        (State.UNDER_REVIEW, Action.REJECT): State.REJECTED,
        (State.UNDER_REVIEW, Action.WITHDRAW): State.WITHDRAWN,
        (State.INFO_REQUESTED, Action.ANSWER): State.UNDER_REVIEW,
        (State.INFO_REQUESTED, Action.REJECT): State.REJECTED,
        (State.INFO_REQUESTED, Action.WITHDRAW): State.WITHDRAWN,
        (State.REJECTED, Action.REOPEN): State.DRAFT,
        (State.APPROVED, Action.REVOKE): State.REJECTED,
    }
)

_BADGES = {
    State.DRAFT: Badge.CONTINUE,
    State.UNDER_REVIEW: Badge.UNDER_REVIEW,
    State.INFO_REQUESTED: Badge.FEEDBACK,
    State.APPROVED: Badge.VERIFIED,
    State.REJECTED: Badge.FEEDBACK,
    State.WITHDRAWN: Badge.NONE,
}


def next_state(state: State, action: Action) -> State:
    """The state after it. Raises TransitionNotAllowed."""
    if (state, action) not in TRANSITIONS:
        raise TransitionNotAllowed(
            f"An application that is {state.value.replace('_', ' ')} cannot be changed by: {action.value}.",
            state=state.value,
            action=action.value,
        )
    return TRANSITIONS[state, action]


def can(state: State, action: Action) -> bool:
    """May that be done now?"""
    return (state, action) in TRANSITIONS


def badge(state: State) -> Badge:
    """What the applicant is shown."""
    return _BADGES[state]


def kind_problems(kind: Kind, *, state_share: Fraction, listed: bool) -> list[str]:
    """Why a kind does not go with what is known of the institution, one sentence each (INS8)."""
    found = []
    if state_share >= STATE_MAJORITY and kind is not Kind.GOVERNMENT_OWNED:
        found.append(f"A state owns {float(state_share):.0%}: from half on it applies as government-owned enterprise.")
    if state_share < STATE_MAJORITY and kind is Kind.GOVERNMENT_OWNED:
        found.append(f"States own {float(state_share):.0%}: a government-owned enterprise is at least half theirs.")
    if listed and kind.is_private:
        found.append("Its shares are traded on an exchange: it cannot apply as a privately owned kind.")
    return found


def check_kind(kind: Kind, *, state_share: Fraction, listed: bool) -> None:
    """Raises KindNotAllowed with the first problem."""
    problems = kind_problems(kind, state_share=state_share, listed=listed)
    if problems:
        raise KindNotAllowed(problems[0], kind=kind.value, problems=problems)
