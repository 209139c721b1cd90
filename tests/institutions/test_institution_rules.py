"""INS3 and INS11: the transition table, and what fields accept."""

from datetime import date
from itertools import product

import pytest

from fourcorners.institutions import (
    TRANSITIONS,
    Action,
    Badge,
    State,
    TransitionNotAllowed,
    badge,
    can,
    field_problem,
    next_state,
)


def test_only_what_the_table_names_can_be_done():
    """INS3: all pairs."""
    for state, action in product(State, Action):
        assert can(state, action) is ((state, action) in TRANSITIONS)
        if can(state, action):
            assert next_state(state, action) is TRANSITIONS[state, action]
        else:
            with pytest.raises(TransitionNotAllowed):
                next_state(state, action)


def test_a_rejected_application_is_opened_again_and_an_approved_one_can_only_be_revoked():
    assert next_state(State.REJECTED, Action.REOPEN) is State.DRAFT
    assert [action for action in Action if can(State.APPROVED, action)] == [Action.REVOKE]
    assert (badge(State.DRAFT), badge(State.APPROVED), badge(State.REJECTED)) == (
        Badge.CONTINUE,
        Badge.VERIFIED,
        Badge.FEEDBACK,
    )


@pytest.mark.parametrize(
    ("field", "country", "right", "wrong"),
    [
        ("registration_number", "FR", "732 829 320", "732 829 321"),
        ("registration_number", "CH", "CHE-100.155.212", "CHE-100.155.213"),
        ("registration_number", "XX", "A 12-34", "none"),
        ("tax_number", "DE", "DE136695976", "DE136695970"),
        ("lei", "", "213800KUD8LAJWSQ9D15", "213800KUD8LAJWSQ9D14"),
        ("postcode", "CH", "3011", "30111"),
        ("postcode", "GB", "ls6 3qt", "12345"),
        ("past_date", "", "2026-10-31", "2026-11-02"),
        ("past_date", "", "2020-02-29", "29.2.2020"),
    ],
)
def test_a_field_takes_what_is_right_and_says_what_is_wrong(field, country, right, wrong):
    """INS11."""
    today = date(2026, 11, 1)
    assert field_problem(field, right, country=country, today=today) == ""
    assert field_problem(field, wrong, country=country, today=today).endswith(".")
    assert field_problem(field, " ", country=country, today=today)
