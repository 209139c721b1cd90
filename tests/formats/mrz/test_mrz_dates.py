from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.formats import mrz
from fourcorners.formats.mrz.dates import MrzDate

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("raw", "kind", "value"),
    [
        ("740812", "birth", "1974-08-12"),
        ("260310", "birth", "2026-03-10"),
        ("260311", "birth", "1926-03-11"),
        ("260311", "issue", "1926-03-11"),
        ("351231", "expiry", "2035-12-31"),
        ("941101", "expiry", "1994-11-01"),
        ("760101", "expiry", "2076-01-01"),
        ("770101", "expiry", "1977-01-01"),
        ("8806<<", "issue", "1988-06"),
        ("88<<<<", "birth", "1988"),
        ("<<<<<<", "birth", None),
        ("<<0812", "birth", None),
        ("000000", "birth", None),
        ("741301", "birth", None),
        ("740231", "birth", None),
        ("7402A1", "birth", None),
        ("000229", "birth", "2000-02-29"),
        ("010229", "birth", None),
    ],
)
def test_two_digits_of_a_year_mean_the_likely_century(raw: str, kind: str, value: str | None) -> None:
    assert MrzDate(raw, kind).value(TODAY) == value


def test_a_leap_day_that_only_another_century_has_is_no_date() -> None:
    assert MrzDate("000229", "birth").resolve(date(2000, 2, 1)) is None  # 1900 had no 29 February


def test_a_document_for_life_does_not_expire() -> None:
    spanish = mrz.parse(
        ("IDESPBAA000589599999999R<<<<<<", "4001014F9901018ESP<<<<<<<<<<<0", "ESPANOLA<ESPANOLA<<CARMEN<<<<<")
    )
    assert spanish.expiry_date is not None
    assert spanish.expiry_date.resolve(TODAY) == date(9999, 12, 31)
    assert spanish.expiry_date.value(TODAY) == "9999-12-31"


@given(st.dates(date(1927, 1, 1), TODAY))
def test_every_birth_of_the_last_99_years_reads_back(day: date) -> None:
    assert MrzDate(f"{day:%y%m%d}", "birth").resolve(TODAY) == day


@given(st.dates(date(1977, 1, 1), date(2076, 12, 31)))
def test_every_expiry_within_50_years_reads_back(day: date) -> None:
    assert MrzDate(f"{day:%y%m%d}", "expiry").resolve(TODAY) == day


@given(st.text(st.sampled_from(mrz.ALPHABET), min_size=6, max_size=6), st.sampled_from(["birth", "expiry", "issue"]))
def test_any_six_characters_are_read_or_not_without_an_error(raw: str, kind: str) -> None:
    value = MrzDate(raw, kind)
    resolved = value.resolve(TODAY)
    assert resolved is None or value.is_possible
    assert resolved is None or value.value(TODAY) == resolved.isoformat()
