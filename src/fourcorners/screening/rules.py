"""What a hit may become, as pure rules."""

from collections.abc import Mapping
from enum import StrEnum

__all__ = ["BLOCKING", "DECIDED", "State", "state_after_screening"]


class State(StrEnum):
    """Where a hit stands. `gone` was never decided and is no longer found."""

    OPEN = "open"
    TRUE_MATCH = "true_match"
    NOT_SAME = "not_same"
    GONE = "gone"


DECIDED = frozenset({State.TRUE_MATCH, State.NOT_SAME})
BLOCKING = frozenset({State.OPEN, State.TRUE_MATCH})
"""With a hit in such a state nothing is approved by itself."""

_FOUND_AGAIN: Mapping[State, State] = {
    State.OPEN: State.OPEN,
    State.GONE: State.OPEN,
    State.TRUE_MATCH: State.TRUE_MATCH,
    State.NOT_SAME: State.NOT_SAME,
}


def state_after_screening(state: State, *, is_found: bool, is_unchanged: bool) -> State:
    """The state after another screening: a decision stands while neither the entry nor the subject has changed.

    A confirmed match that is no longer found stays confirmed until a person says otherwise.
    """
    if not is_found:
        return State.GONE if state is State.OPEN else state
    return _FOUND_AGAIN[state] if is_unchanged else State.OPEN
