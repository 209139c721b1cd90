"""May this person do it? By role, and by who did what in the case; whether the case allows it is asked in `phases`.

`can_` asks, for a button; `check_` raises NotAllowed, SecondPersonNeeded or CaseTaken with a sentence.
"""

from collections.abc import Collection

from fourcorners.accounts.rules import Actor, Permission, can, check_can
from fourcorners.clearance.errors import CaseTaken, SecondPersonNeeded
from fourcorners.clearance.phases import Act
from fourcorners.kit.errors import Refusal

__all__ = ["NEEDED", "can_act", "check_can_act", "sees_personal_data", "sees_who_is_alike"]

NEEDED: dict[Act, Permission] = {
    Act.SEE: Permission.SEE_CASES,
    Act.CLAIM: Permission.DECIDE_CASES,
    Act.RELEASE: Permission.DECIDE_CASES,
    Act.ASSIGN: Permission.ASSIGN_CASES,
    Act.DECIDE: Permission.DECIDE_CASES,
    Act.SECOND: Permission.DECIDE_CASES,
    Act.SETTLE: Permission.CONFIRM_DECISIONS,
    Act.OVERRULE: Permission.OVERRULE_DECISIONS,
    Act.EXEMPT: Permission.DECIDE_CASES,
    Act.NOTE: Permission.DECIDE_CASES,
    Act.ASK: Permission.DECIDE_CASES,
    Act.LIFT: Permission.OVERRULE_DECISIONS,
}
"""What each act needs of a role."""

OTHERS_ONLY = frozenset({Act.SECOND, Act.SETTLE})
"""What nobody does to their own decision."""

HELD = frozenset({Act.DECIDE, Act.SECOND, Act.SETTLE, Act.EXEMPT, Act.ASK, Act.RELEASE})
"""What is left to whoever has taken the case, and to those who assign cases."""


def check_can_act(actor: Actor, act: Act, *, assignee: str | None = None, decided_by: Collection[str] = ()) -> None:
    """May they? `assignee` has taken the case; `decided_by` proposed decisions that still wait."""
    check_can(actor, NEEDED[act])
    if act in OTHERS_ONLY and actor.id in decided_by:
        raise SecondPersonNeeded("Four eyes: another person must look at what you proposed.")
    if act in HELD and assignee not in (None, actor.id) and not can(actor, Permission.ASSIGN_CASES):
        raise CaseTaken("Somebody else is working on this case.")


def can_act(actor: Actor, act: Act, *, assignee: str | None = None, decided_by: Collection[str] = ()) -> bool:
    """May they?"""
    try:
        check_can_act(actor, act, assignee=assignee, decided_by=decided_by)
    except Refusal:
        return False
    return True


def sees_personal_data(actor: Actor) -> bool:
    """Names, numbers and pictures; others see codes and measures only."""
    return can(actor, Permission.SEE_PERSONAL_DATA)


def sees_who_is_alike(actor: Actor) -> bool:
    """Which other cases look like the same person: for those who answer for decisions only."""
    return can(actor, Permission.OVERRULE_DECISIONS)
