"""A new device decided by a person, as pure rules: photos by a mailed link, one or two people, a hold (DEV8)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from fourcorners.devices.errors import SecondReviewer, TicketOver
from fourcorners.devices.policy import span

__all__ = ["MOVES", "Stage", "Ticket", "hand_in", "judge", "object_to", "opens_door", "stands_at", "use"]


class Stage(StrEnum):
    """Where a ticket stands."""

    ASKED = "asked"  # the link is in the mailbox
    HANDED_IN = "handed_in"  # the photos are there; a person is to look
    PROPOSED = "proposed"  # one person said yes; a second must
    APPROVED = "approved"  # the hold runs, then the device may come in once
    REFUSED = "refused"
    OBJECTED = "objected"  # the owner said that it is not them
    LAPSED = "lapsed"
    USED = "used"


_OBJECT = frozenset({Stage.OBJECTED, Stage.LAPSED})

MOVES: Mapping[Stage, frozenset[Stage]] = {
    Stage.ASKED: frozenset({Stage.HANDED_IN}) | _OBJECT,
    Stage.HANDED_IN: frozenset({Stage.PROPOSED, Stage.APPROVED, Stage.REFUSED}) | _OBJECT,
    Stage.PROPOSED: frozenset({Stage.APPROVED, Stage.REFUSED}) | _OBJECT,
    Stage.APPROVED: frozenset({Stage.USED}) | _OBJECT,
    **{end: frozenset() for end in (Stage.REFUSED, Stage.OBJECTED, Stage.LAPSED, Stage.USED)},
}
"""Every move that is allowed."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One device that waits for a person. `approved_by` are those who said yes, in order."""

    opened_at: datetime
    stage: Stage = Stage.ASKED
    decided_at: datetime | None = None
    approved_by: tuple[str, ...] = ()


def stands_at(ticket: Ticket, now: datetime) -> Ticket:
    """The ticket as it stands at `now`: photos that never came, and a decision that nobody used, have lapsed."""
    if ticket.stage is Stage.ASKED and now - ticket.opened_at >= span("hand", "link_hours"):
        return replace(ticket, stage=Stage.LAPSED)
    if ticket.stage is Stage.APPROVED and ticket.decided_at is not None:
        last = ticket.decided_at + span("hand", "hold_hours") + span("hand", "usable_days")
        return replace(ticket, stage=Stage.LAPSED) if now >= last else ticket
    return ticket


def hand_in(ticket: Ticket, now: datetime) -> Ticket:
    """The photos came by the link, once. Raises TicketOver."""
    return _moved(ticket, Stage.HANDED_IN, now)


def judge(ticket: Ticket, by: str, *, approve: bool, four_eyes: bool, now: datetime) -> Ticket:
    """A person decides. With `four_eyes` the first yes only proposes. Raises TicketOver, SecondReviewer."""
    if not approve:
        return replace(_moved(ticket, Stage.REFUSED, now), decided_at=now)
    if by in ticket.approved_by:
        raise SecondReviewer("Four eyes: another person must look at what you proposed.")
    enough = not four_eyes or bool(ticket.approved_by)
    moved = _moved(ticket, Stage.APPROVED if enough else Stage.PROPOSED, now)
    return replace(moved, decided_at=now if enough else None, approved_by=(*ticket.approved_by, by))


def object_to(ticket: Ticket, now: datetime) -> Ticket:
    """The owner says that it is not them: as long as it was not used. Raises TicketOver."""
    return _moved(ticket, Stage.OBJECTED, now)


def opens_door(ticket: Ticket, now: datetime) -> bool:
    """May the device come in on it? After approval and the hold, and before it lapses."""
    current = stands_at(ticket, now)
    if current.stage is not Stage.APPROVED or current.decided_at is None:
        return False
    return now - current.decided_at >= span("hand", "hold_hours")


def use(ticket: Ticket, now: datetime) -> Ticket:
    """The device came in: good once. Raises TicketOver, also while the hold runs."""
    if not opens_door(ticket, now):
        raise TicketOver("This decision is not in force.", stage=stands_at(ticket, now).stage.value)
    return _moved(ticket, Stage.USED, now)


def _moved(ticket: Ticket, to: Stage, now: datetime) -> Ticket:
    current = stands_at(ticket, now)
    if to not in MOVES[current.stage]:
        raise TicketOver("This was decided, or has run out.", stage=current.stage.value)
    return replace(current, stage=to)
