"""The rules of the individual flow: every move, every age, every cap."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.people.details import claims_for_checks, parse_details
from fourcorners.people.errors import (
    CountryUnsupported,
    DetailsInvalid,
    DocumentUnsupported,
    TriggerUnknown,
    Underage,
    WrongState,
)
from fourcorners.people.rules import (
    MOVES,
    Item,
    ItemState,
    State,
    Step,
    check_age,
    check_country,
    check_document,
    check_move,
    check_trigger,
    full_years,
    items_asked,
    limits_of,
    may_submit_again_at,
    may_use,
    steps,
)

ALLOWED = {  # IND2, as it is written there
    ("not_started", "in_progress"),
    ("in_progress", "under_review"),
    ("under_review", "verified"),
    ("under_review", "action_required"),
    ("under_review", "rejected_final"),
    ("action_required", "under_review"),
    ("verified", "expired_reverify"),
    ("expired_reverify", "in_progress"),
}
GOOD = {
    "family_name": "Eriksson",
    "given_names": "Anna",
    "birth_date": "1974-08-12",
    "document_number": "L898902C3",
    "address": "Storgatan 1, Stockholm",
}
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(("state", "to"), list(product(State, State)))
def test_only_the_moves_of_ind2_are_allowed(state, to):
    """IND2: all 49 pairs."""
    if (state.value, to.value) in ALLOWED:
        check_move(state, to)
        assert to in MOVES[state]
    else:
        with pytest.raises(WrongState):
            check_move(state, to)


@pytest.mark.parametrize(
    ("birth", "today", "years"),
    [
        ("2008-11-01", "2026-11-01", 18),
        ("2008-11-02", "2026-11-01", 17),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
    ],
)
def test_age_is_counted_on_the_day(birth, today, years):
    """IND3: 18 on the day of submission."""
    assert full_years(date.fromisoformat(birth), date.fromisoformat(today)) == years
    if years < 18:
        with pytest.raises(Underage):
            check_age(date.fromisoformat(birth), "SE", date.fromisoformat(today))


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 2), date(2040, 1, 1)))
def test_a_birthday_comes_once_a_year(birth, today):
    assert 0 <= full_years(birth, today + timedelta(days=1)) - full_years(birth, today) <= 1


def test_prohibited_countries_stop_the_flow():
    """IND4."""
    check_country("SE", "FR")
    for pair in (("KP", "SE"), ("SE", "KP")):
        with pytest.raises(CountryUnsupported):
            check_country(*pair)


def test_kinds_of_document_go_by_issuing_country():
    """IDP1: in the US a passport, a licence, a state ID."""
    check_document("identity_card", "DE")
    with pytest.raises(DocumentUnsupported):
        check_document("residence_permit", "US")
    with pytest.raises(DocumentUnsupported):
        check_document("voter_card", "SE")


def test_two_sided_documents_ask_for_the_back():
    """IDP5."""
    assert Item.DOCUMENT_BACK in items_asked("identity_card", "SE", 2)
    assert Item.DOCUMENT_BACK not in items_asked("passport", "SE", 2)


def test_a_proof_of_address_is_asked_from_level_three():
    """IND10."""
    assert Item.PAPER not in items_asked("passport", "SE", 2)
    assert Item.PAPER in items_asked("passport", "SE", 3)
    assert Item.LIVE not in items_asked("passport", "SE", 3, live=False)


@pytest.mark.parametrize(("level", "may"), [(0, False), (1, False), (2, True), (3, True)])
def test_levels_open_what_the_table_says(level, may):
    """IND10."""
    assert may_use(level, "withdraw") is may
    assert may_use(level, "view")


def test_five_submissions_a_day():
    """IND7."""
    earlier = [NOW - timedelta(hours=hours) for hours in (1, 2, 3, 23)]
    assert may_submit_again_at(earlier, NOW) is None
    assert may_submit_again_at([*earlier, NOW - timedelta(hours=30)], NOW) is None
    assert may_submit_again_at([*earlier, NOW], NOW) == NOW + timedelta(hours=1)


def test_the_progress_bar_shows_each_step():
    """IND1."""
    asked = items_asked("identity_card", "SE", 3)
    states = {Item.CLAIMS: ItemState.GIVEN, Item.DOCUMENT_FRONT: ItemState.GIVEN, Item.SELFIE: ItemState.REDO}
    assert steps(states, asked, residence=True, document=False) == {
        Step.RESIDENCE: "complete",
        Step.DETAILS: "complete",
        Step.DOCUMENT: "empty",
        Step.CAPTURE: "partial",
        Step.SELFIE: "redo",
        Step.ADDRESS: "empty",
    }


def test_details_fold_spaces_and_keep_the_local_name():
    """IND3: the name in local script is kept beside the Latin one."""
    parsed = parse_details({**GOOD, "family_name": "  van  der  Berg ", "local_name": "王小明"}, NOW.date())
    assert parsed["family_name"] == "van der Berg"
    assert parsed["local_name"] == "王小明"
    assert "local_name" not in claims_for_checks(parsed, "NL", "passport", "NL")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"family_name": " "}, {"family_name": "missing"}),
        ({"birth_date": "1974-13-01"}, {"birth_date": "invalid"}),
        ({"birth_date": "2030-01-01"}, {"birth_date": "in_future"}),
        ({"given_names": ""}, {"given_names": "missing"}),
        ({"password": "x"}, {"password": "unknown"}),
        ({"single_name": "perhaps"}, {"single_name": "invalid"}),
        ({"local_name": "x" * 201}, {"local_name": "invalid"}),
    ],
)
def test_each_field_says_what_is_wrong(change, problem):
    """IND3: all fields are non-empty."""
    with pytest.raises(DetailsInvalid) as refused:
        parse_details({**GOOD, **change}, NOW.date())
    assert refused.value.fields["problems"] == problem


def test_somebody_may_have_one_name():
    assert "given_names" not in parse_details({**GOOD, "given_names": "", "single_name": "true"}, NOW.date())


def test_limits_are_a_table_by_level_and_country():
    """IND10: hitting one opens the next step, where there is one with more."""
    told = [limits_of(level, "SE") for level in range(4)]
    assert [each.withdraw_daily_minor for each in told] == [0, 0, 1_000_000, 10_000_000]
    assert [each.next_level for each in told] == [2, 2, 3, None]
    assert ["withdraw" in each.may for each in told] == [False, False, True, True]
    assert limits_of(2, None) == told[2]


def test_only_reasons_of_the_table_verify_somebody_anew():
    """IND9: residence, location, risk, periodic review; what the house itself finds is not for others to say."""
    for trigger in ("residence_changed", "unusual_location", "risk", "periodic_review", "higher_level"):
        check_trigger(trigger)
    for trigger in ("overruled", "listed", "document_expired", "", "boredom"):
        with pytest.raises(TriggerUnknown):
            check_trigger(trigger)
