"""The log-in as a finite model, walked through whole: session, device and request together, under every event.

Other than the attacker's run, which draws its steps, this one takes every step from every state that can be reached.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

from fourcorners.devices.errors import FactorNotAsked, RequestOver
from fourcorners.devices.policy import number
from fourcorners.devices.rules import (
    Bound,
    Event,
    Factor,
    Happening,
    Knock,
    Status,
    advance,
    choose,
    is_trusted,
    lets_in,
    opens,
)

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
LATER = number("request", "lifetime_minutes")
AFTER_PASS = 6
"""Minutes after which a pass of the face is over (FR1), and the request is not."""

LAPSED = timedelta(days=number("trust", "unused_days"))
EITHER = (False, True)


@dataclass(frozen=True)
class LogIn:
    """One device at the door. `minutes`: the age of its request; `unused`: has trust lapsed?

    `honest` holds the factors that were truly shown for this request, `face_at` the minute of the last pass: the
    model's own book, which no rule reads.
    """

    session: str
    trusted: bool
    unused: bool
    minutes: int
    knock: Knock | None
    honest: frozenset[Factor]
    face_at: int | None = None
    came_in: str = ""


EVENTS = ["arrive", "sign out", "remove", "cancel", "deny", "time", "month", "sign in"]
EVENTS += [f"{what} {factor}" for what in (Happening.SHOWN, Happening.WRONG) for factor in Factor]


def step(state: LogIn, event: str, bound: Bound) -> LogIn:
    """What the actions do, with the rules alone."""
    now = NOW + timedelta(minutes=state.minutes)
    if event == "arrive":
        return arrive(state, now, bound)
    if event == "sign in":
        return replace(state, session="half", knock=None, honest=frozenset(), face_at=None, minutes=0, came_in="")
    if event == "sign out":
        return replace(state, session="none", came_in="")
    if event == "remove":
        return replace(state, trusted=False, session="none" if state.session == "whole" else state.session, came_in="")
    if event in ("time", "month"):
        passed = LATER if event == "month" or state.minutes else AFTER_PASS
        return replace(state, minutes=passed, unused=state.unused or event == "month")
    if state.knock is None:
        return state
    what, _, factor = event.partition(" ")
    happening = {"cancel": Happening.CANCELLED, "deny": Happening.DENIED}.get(what) or Happening(what)
    try:
        knock = advance(state.knock, Event(happening, Factor(factor) if factor else None), now)
    except (RequestOver, FactorNotAsked):
        return state
    shown = {Factor(factor)} if happening is Happening.SHOWN else set()
    if Factor.FACE in shown:
        state = replace(state, face_at=state.minutes)
    ended = happening in (Happening.DENIED, Happening.CANCELLED) and state.session == "half"
    return replace(state, knock=knock, honest=state.honest | shown, session="none" if ended else state.session)


def arrive(state: LogIn, now: datetime, bound: Bound) -> LogIn:
    """The device shows its key."""
    if state.session != "half":
        return state
    used = now - LAPSED if state.unused else now
    if is_trusted(NOW if state.trusted else None, used, None, now):
        return replace(state, session="whole", came_in="trusted", unused=False)
    if state.knock is None:
        decided = frozenset({Factor.PERSON}) if bound.let_in_by_person else frozenset[Factor]()
        knock = opens(choose(bound), NOW, decided)
        return replace(state, knock=knock, honest=decided, minutes=0)  # the model's clock begins anew
    if lets_in(state.knock, now):
        return replace(state, session="whole", came_in="asked", trusted=True, unused=False)
    return state


def test_no_path_leads_in_without_trust_or_every_factor():
    """DEV2, DEV3, DEV9 to DEV11: for every kind of account, known and unknown devices, every event in every state."""
    states = steps = 0
    for face, devices, phone, authenticator, person, known in product(EITHER, (0, 2), *[EITHER] * 4):
        bound = Bound(face, True, devices, phone, authenticator, person)
        start = LogIn("half", known, False, 0, None, frozenset())
        reached, waiting, ways = {start}, [start], set()
        while waiting:
            state = waiting.pop()
            for event in EVENTS:
                steps += 1
                after = step(state, event, bound)
                if after.session == "whole" and state.session != "whole":
                    assert event == "arrive"
                    assert state.session == "half"
                    if after.came_in == "trusted":
                        assert state.trusted
                        assert not state.unused
                    else:
                        assert state.honest >= choose(bound).needed
                        assert state.knock is not None
                        assert state.knock.status is Status.APPROVED
                        assert state.minutes < LATER
                        if Factor.FACE in choose(bound).needed:
                            assert state.face_at is not None
                            assert state.minutes - state.face_at <= 5
                    ways.add(after.came_in)
                if after not in reached:
                    reached.add(after)
                    waiting.append(after)
        assert ways == {"trusted", "asked"}, bound
        states += len(reached)
    assert states > 5_000
    assert steps == len(EVENTS) * states
