"""A device that waits for a person, as a finite model: every event in every state, in the hold and after (DEV8)."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from fourcorners.devices.by_hand import MOVES, Stage, Ticket, hand_in, judge, object_to, opens_door, stands_at, use
from fourcorners.devices.errors import SecondReviewer, TicketOver

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
HOURS = (0, 23, 24, 47, 48, 24 * 8, 24 * 9)
EVENTS = ["photos", "anna yes", "anna no", "bo yes", "object", "use"]


@dataclass(frozen=True)
class Told:
    """A ticket, the hour, and what truly happened: photos, who said yes, when the last did, whether anybody no."""

    ticket: Ticket
    hour: int = 0
    photos: bool = False
    yes: frozenset[str] = frozenset()
    decided: int | None = None
    no: bool = False
    used: bool = False


def step(told, event, four_eyes):
    now = NOW + timedelta(hours=told.hour)
    if event == "photos":
        return replace(told, ticket=hand_in(told.ticket, now), photos=True)
    if event == "object":
        return replace(told, ticket=object_to(told.ticket, now), no=True)
    if event == "use":
        return replace(told, ticket=use(told.ticket, now), used=True)
    by, said = event.split()
    ticket = judge(told.ticket, by, approve=said == "yes", four_eyes=four_eyes, now=now)
    yes = told.yes | {by} if said == "yes" else told.yes
    decided = told.hour if len(yes) == (2 if four_eyes else 1) else None
    return replace(told, ticket=ticket, yes=yes, decided=decided, no=told.no or said == "no")


@pytest.mark.parametrize("four_eyes", [False, True])
def test_no_path_leads_in_without_photos_everybody_s_yes_and_the_hold(four_eyes):
    start = Told(Ticket(NOW))
    reached, waiting, steps = {start}, [start], 0
    while waiting:
        told = waiting.pop()
        later = [replace(told, hour=hour) for hour in HOURS if hour > told.hour]
        for event, now in product([*EVENTS, "time"], [told]):
            steps += 1
            try:
                after = later if event == "time" else [step(now, event, four_eyes)]
            except (TicketOver, SecondReviewer):
                continue
            for each in after:
                if event != "time":
                    assert each.ticket.stage in MOVES[stands_at(told.ticket, NOW + timedelta(hours=told.hour)).stage]
                if each.used:
                    assert each.photos
                    assert len(each.yes) >= (2 if four_eyes else 1)
                    assert each.decided is not None
                    assert not told.no
                    assert event != "use" or 24 <= told.hour - told.decided < 24 * 8
                if each not in reached:
                    reached.add(each)
                    waiting.append(each)
    assert any(told.used for told in reached)
    assert {told.ticket.stage for told in reached} >= {Stage.OBJECTED, Stage.REFUSED, Stage.USED, Stage.APPROVED}
    assert steps > 1000


def test_photos_that_never_came_and_a_decision_that_nobody_used_lapse():
    ticket = Ticket(NOW)
    assert stands_at(ticket, NOW + timedelta(hours=24)).stage is Stage.LAPSED
    with pytest.raises(TicketOver):
        hand_in(ticket, NOW + timedelta(hours=24))
    approved = judge(hand_in(ticket, NOW), "anna", approve=True, four_eyes=False, now=NOW)
    assert not opens_door(approved, NOW + timedelta(hours=23, minutes=59))
    assert opens_door(approved, NOW + timedelta(hours=24))
    assert not opens_door(approved, NOW + timedelta(days=8))
    with pytest.raises(TicketOver):
        judge(approved, "bo", approve=False, four_eyes=False, now=NOW)
    assert not opens_door(object_to(approved, NOW), NOW + timedelta(hours=24))


def test_one_person_is_not_two():
    proposed = judge(hand_in(Ticket(NOW), NOW), "anna", approve=True, four_eyes=True, now=NOW)
    assert proposed.stage is Stage.PROPOSED
    with pytest.raises(SecondReviewer):
        judge(proposed, "anna", approve=True, four_eyes=True, now=NOW)
    assert judge(proposed, "bo", approve=True, four_eyes=True, now=NOW).approved_by == ("anna", "bo")
