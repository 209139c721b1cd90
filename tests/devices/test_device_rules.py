"""What the server asks for, how a request moves, how often anything may be tried (DEV2 to DEV5, DEV11)."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from fourcorners.devices.counters import (
    BY_HAND,
    CALLS,
    KNOCKS,
    WRONG_CODES,
    WRONG_TEXTS_DAY,
    again_at,
    check_counter,
    hold_until,
)
from fourcorners.devices.errors import FactorNotAsked, RequestOver, TooOften
from fourcorners.devices.policy import number
from fourcorners.devices.rules import (
    MOVES,
    Bound,
    Event,
    Factor,
    Happening,
    Knock,
    Method,
    Plan,
    Status,
    advance,
    choose,
    is_trusted,
    lets_in,
    opens,
    seen_at,
)

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
ITEMS = Plan(Method.ITEMS, frozenset({Factor.EMAIL, Factor.AUTHENTICATOR}))
EVENTS = [Event(what, factor) for what in (Happening.SHOWN, Happening.WRONG) for factor in (*Factor, None)] + [
    Event(Happening.DENIED),
    Event(Happening.CANCELLED),
]


def test_the_server_chooses_among_what_is_bound_and_always_asks_for_all_of_it():
    """DEV3, over every account that there can be."""
    for verified, face, devices, phone, authenticator, person in product(
        (False, True), (False, True), (0, 1, 3), *[(False, True)] * 3
    ):
        plan = choose(Bound(verified, face, devices, phone, authenticator, person))
        if person:
            assert plan == Plan(Method.PERSON, frozenset({Factor.PERSON}))
        elif verified and face:
            assert plan == Plan(Method.FACE, frozenset({Factor.FACE, Factor.EMAIL}))
        elif devices:
            assert plan == Plan(Method.DEVICE, frozenset({Factor.DEVICE}))
        else:
            expected = {Factor.EMAIL} | ({Factor.PHONE} if phone else set())
            assert plan.method is Method.ITEMS
            assert plan.needed == expected | ({Factor.AUTHENTICATOR} if authenticator else set())
        assert plan.needed


def test_every_state_of_every_request_under_every_event():
    """A finite model, walked through whole: all plans, all events, before and after the time has run out.

    No path leads in without every factor that was asked for, each shown by an event of its own.
    """
    plans = {
        choose(Bound(verified, True, devices, phone, authenticator, person))
        for verified, devices, phone, authenticator, person in product((False, True), (0, 1), *[(False, True)] * 3)
    }
    assert len(plans) == 7
    late = NOW + timedelta(minutes=number("request", "lifetime_minutes"))
    moves = 0
    for plan in plans:
        waiting: list[tuple[Knock, frozenset[Factor]]] = [(opens(plan, NOW), frozenset())]
        reached = set(waiting)
        while waiting:
            knock, honest = waiting.pop()
            assert lets_in(knock, NOW) == (honest >= plan.needed and knock.status is Status.APPROVED)
            assert knock.shown == honest
            assert not lets_in(knock, late)
            assert lets_in(knock, NOW) or knock.status is not Status.APPROVED
            for event, moment in product(EVENTS, (NOW, late)):
                moves += 1
                try:
                    after = advance(knock, event, moment)
                except RequestOver:
                    assert seen_at(knock, moment).status is not Status.PENDING
                    continue
                except FactorNotAsked:
                    assert event.factor not in plan.needed
                    continue
                assert moment == NOW
                assert after.status is knock.status or after.status in MOVES[knock.status]
                shown = honest | ({event.factor} if event.what is Happening.SHOWN else frozenset())
                if (after, shown) not in reached:
                    reached.add((after, shown))
                    waiting.append((after, shown))
        assert {knock.status for knock, _ in reached} == set(Status) - {Status.EXPIRED}
        assert max(knock.wrong for knock, _ in reached) == number("request", "wrong_codes_max")
    assert moves > 2000


def test_a_face_is_good_for_five_minutes_and_only_with_the_mailbox():
    """FR1: then it must be shown again, also when everything was shown in time and nobody came in."""
    plan = Plan(Method.FACE, frozenset({Factor.FACE, Factor.EMAIL}))
    face, link = Event(Happening.SHOWN, Factor.FACE), Event(Happening.SHOWN, Factor.EMAIL)
    early = advance(opens(plan, NOW), face, NOW)
    later = NOW + timedelta(minutes=6)
    assert seen_at(early, NOW + timedelta(minutes=5)).missing == {Factor.EMAIL}
    assert seen_at(early, later).missing == plan.needed
    mailed = advance(early, link, later)
    assert (mailed.status, mailed.missing) == (Status.PENDING, {Factor.FACE})
    assert lets_in(advance(mailed, face, later), later)
    both = advance(advance(opens(plan, NOW), link, NOW), face, NOW)
    assert both.status is Status.APPROVED
    assert lets_in(both, NOW + timedelta(minutes=5))
    assert not lets_in(both, later)


def test_a_request_runs_out_and_is_locked_by_the_fifth_wrong_code():
    """DEV2, DEV4."""
    knock = opens(ITEMS, NOW)
    assert seen_at(knock, NOW + timedelta(minutes=9, seconds=59)).status is Status.PENDING
    assert seen_at(knock, NOW + timedelta(minutes=10)).status is Status.EXPIRED
    for tries in range(1, 6):
        knock = advance(knock, Event(Happening.WRONG, Factor.AUTHENTICATOR), NOW)
        assert (knock.wrong, knock.status) == (tries, Status.LOCKED if tries == 5 else Status.PENDING)
    with pytest.raises(RequestOver):
        advance(knock, Event(Happening.SHOWN, Factor.AUTHENTICATOR), NOW)


def test_what_the_sign_in_has_proved_counts_and_what_nobody_asked_for_does_not():
    mail_only = Plan(Method.ITEMS, frozenset({Factor.EMAIL}))
    assert opens(mail_only, NOW, frozenset({Factor.EMAIL})).status is Status.APPROVED
    by_person = Plan(Method.PERSON, frozenset({Factor.PERSON}))
    assert opens(by_person, NOW, frozenset({Factor.PERSON})).status is Status.APPROVED
    knock = opens(ITEMS, NOW, frozenset({Factor.EMAIL, Factor.FACE}))
    assert (knock.status, knock.missing) == (Status.PENDING, {Factor.AUTHENTICATOR})
    with pytest.raises(FactorNotAsked):
        advance(opens(ITEMS, NOW), Event(Happening.SHOWN, Factor.DEVICE), NOW)


def test_an_approval_is_not_kept_for_later():
    knock = advance(
        opens(Plan(Method.DEVICE, frozenset({Factor.DEVICE})), NOW), Event(Happening.SHOWN, Factor.DEVICE), NOW
    )
    assert lets_in(knock, NOW + timedelta(minutes=9))
    assert not lets_in(knock, NOW + timedelta(minutes=10))


def test_trust_lapses_unused_and_ends_when_it_is_taken_away():
    """DEV11."""
    assert is_trusted(NOW, NOW, None, NOW + timedelta(days=29, hours=23))
    assert not is_trusted(NOW, NOW, None, NOW + timedelta(days=30))
    assert not is_trusted(NOW, NOW, NOW, NOW)
    assert not is_trusted(None, NOW, None, NOW)


def test_the_sixth_call_within_an_hour_waits_until_the_first_is_an_hour_old():
    """DEV5."""
    calls = [NOW + timedelta(minutes=5 * i) for i in range(5)]
    check_counter(CALLS, calls[:4], NOW + timedelta(minutes=21))
    with pytest.raises(TooOften) as refused:
        check_counter(CALLS, calls, NOW + timedelta(minutes=21))
    assert refused.value.fields == {"what": "call", "again_at": (NOW + timedelta(hours=1)).isoformat()}
    assert again_at(CALLS, calls, NOW + timedelta(minutes=59)) == NOW + timedelta(hours=1)
    assert again_at(CALLS, calls, NOW + timedelta(hours=1)) is None


def test_a_reset_holds_withdrawals_for_a_day():
    """DEV11."""
    assert hold_until(NOW) == NOW + timedelta(hours=24)


def test_guessing_succeeds_at_most_once_in_a_million_accounts_and_days():
    """The bar, by arithmetic over the data: for whoever has the password and every factor but one."""
    in_force = number("authenticator", "steps_early") + 1 + number("authenticator", "steps_late")
    authenticator = WRONG_CODES.most * in_force / 10 ** number("authenticator", "digits")
    recovery = number("recovery", "wrong_in_a_day_max") * number("recovery", "codes") / 2 ** number("recovery", "bits")
    assert WRONG_CODES.within == timedelta(days=1)
    assert authenticator + recovery <= 1e-6
    text = WRONG_TEXTS_DAY.most / 10 ** number("text", "digits")  # the latest code is the only one in force
    assert WRONG_TEXTS_DAY.within == timedelta(days=1)
    assert text <= 1e-6
    links = KNOCKS.most * number("mail", "mails_a_request_max")
    requests_a_day = 24 * 3600 * 10_000  # more than any server answers for one account
    assert links * requests_a_day / 2 ** number("mail", "secret_bits") <= 1e-60
    calls = 24 * CALLS.most
    assert calls * requests_a_day / 2 ** number("call", "secret_bits") <= 1e-60
    assert BY_HAND.most * requests_a_day / 2 ** number("hand", "secret_bits") <= 1e-60
    typed = KNOCKS.most * number("request", "wrong_codes_max") / 10 ** number("code", "digits")
    assert typed * 2**-128 <= 1e-40  # the code of a new device is typed on a trusted one, which signs for it as well
