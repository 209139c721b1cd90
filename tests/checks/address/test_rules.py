"""POA1 and POA2: the table of rules, and calendar months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.checks.address.calendar_months import months_later
from fourcorners.checks.address.rules import all_rules, rules_for
from fourcorners.vision.papers import KINDS

MONTHS = [
    (date(2026, 5, 31), -3, date(2026, 2, 28)),
    (date(2024, 5, 31), -3, date(2024, 2, 29)),
    (date(2026, 3, 31), -1, date(2026, 2, 28)),
    (date(2026, 1, 15), -3, date(2025, 10, 15)),
    (date(2026, 12, 31), 2, date(2027, 2, 28)),
    (date(2026, 8, 31), -6, date(2026, 2, 28)),
    (date(2026, 11, 1), 0, date(2026, 11, 1)),
    (date(2026, 1, 31), 12, date(2027, 1, 31)),
]


@pytest.mark.parametrize(("day", "months", "expected"), MONTHS)
def test_poa2_calendar_months(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


@given(st.dates(date(1900, 1, 1), date(2190, 1, 1)), st.integers(0, 48))
def test_later_is_never_earlier(day: date, months: int) -> None:
    assert months_later(day, months) >= day >= months_later(day, -months)


ROWS = [
    (None, "individual", "DEFAULT-individual", 3),
    ("GB", "individual", "DEFAULT-individual", 3),
    ("DE", "individual", "EEA-individual", 6),
    ("US", "individual", "US-individual", 3),
    ("SA", "individual", "SA-individual", 3),
    ("TR", "individual", "DEFAULT-individual", 3),
    ("TR", "institution", "TR-institution", 3),
    ("FR", "institution", "DEFAULT-institution", 3),
]


@pytest.mark.parametrize(("country", "applicant", "name", "months"), ROWS)
def test_poa1_the_row_of_a_country(country: str | None, applicant: str, name: str, months: int) -> None:
    rules = rules_for(country, applicant)
    assert (rules.name, rules.months) == (name, months)
    assert rules.source


def test_poa1_rules_name_kinds_that_exist() -> None:
    for rules in all_rules().values():
        assert set(rules.kinds) <= set(KINDS)
        assert {*rules.kind_months, *rules.only_with} <= set(rules.kinds)
        assert "mobile_bill" not in rules.kinds


def test_poa1_what_the_united_states_add() -> None:
    here, there = (set(rules_for(c, "individual").kinds) for c in (None, "US"))
    assert there - here == {"insurance", "government_letter", "employer_letter", "ewallet_statement"}


def test_poa2_leases_and_insurance_of_institutions_may_be_a_year_old() -> None:
    rules = rules_for("DE", "institution")
    assert (rules.months_for("insurance"), rules.months_for("rental_agreement"), rules.months_for("gas_bill")) == (
        12,
        12,
        3,
    )
