"""IDP1, IDP4, IND3: expiry and age on the day of the case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.checks.case import birth_date_present, in_date, old_enough
from fourcorners.checks.finding import Outcome
from fourcorners.checks.limits import Limits, limits_for


def judge(check, case, **changes):
    limits = limits_for("case", check.NAME)
    return check.check(case, Limits({**limits.values, **changes}))


@pytest.mark.parametrize(
    ("expiry", "outcome"),
    [
        ("2026-11-22", Outcome.PASS),
        ("2026-11-23", Outcome.PASS),
        ("2026-11-21", Outcome.FAIL),
        ("1999-01-01", Outcome.FAIL),
    ],
)
def test_idp4_a_document_is_good_on_its_last_day(make, expiry, outcome):
    finding = judge(in_date, make.case(make.document(make.reading(expiry_date=expiry))))
    assert finding.outcome is outcome
    assert finding.reason == (None if outcome is Outcome.PASS else "document_expired")
    assert finding.raw == (date.fromisoformat(expiry) - make.TODAY).days


def test_idp4_a_country_can_ask_for_days_that_are_left(make):
    case = make.case(make.document(make.reading(country="UTO", expiry_date="2026-12-22")))
    assert judge(in_date, case).outcome is Outcome.PASS
    asked = judge(in_date, case, remaining_days_min={"default": 0, "UTO": 60})
    assert (asked.outcome, asked.threshold, asked.margin) == (Outcome.FAIL, 60, -30)


def test_a_date_read_without_confidence_does_not_expire_a_document(make):
    doubtful = (make.entry("expiry_date", "2020-01-01", "print", 0.5),)
    finding = judge(in_date, make.case(make.document(make.reading(expiry_date=doubtful))))
    assert (finding.outcome, finding.reason) == (Outcome.UNSURE, "expiry_unreadable")


def test_fai8_a_missing_expiry_is_a_reason_unless_the_kind_may_lack_it(make):
    assert judge(in_date, make.case(make.document())).reason == "expiry_unreadable"
    card = make.case(make.document(make.reading(kind="identity_card")))
    assert judge(in_date, card).outcome is Outcome.PASS


def test_the_finding_names_the_side_that_the_date_was_read_on(make):
    front = make.document(make.reading(kind="identity_card"))
    back = make.document(make.reading(kind="unknown", expiry_date="2030-01-01"))
    assert judge(in_date, make.case(front, back=back)).subject == "back"


def test_idp1_a_birth_date_may_come_from_any_source(make):
    read = make.reading(birth_date=(make.entry("birth_date", "1990-01-01", "print", 0.6),))
    assert judge(birth_date_present, make.case(make.document(read))).outcome is Outcome.PASS
    assert judge(birth_date_present, make.case(make.document())).reason == "birth_date_missing"


@pytest.mark.parametrize(
    ("birth", "outcome"), [("2008-11-22", Outcome.PASS), ("2008-11-23", Outcome.FAIL), ("2030-01-01", Outcome.FAIL)]
)
def test_ind3_eighteen_on_the_birthday_itself(make, birth, outcome):
    finding = judge(old_enough, make.case(make.document(make.reading(birth_date=birth))))
    assert finding.outcome is outcome
    assert finding.reason == (None if outcome is Outcome.PASS else "underage")


def test_ind3_the_minimum_age_is_a_country_parameter(make):
    case = make.case(make.document(make.reading(birth_date="2006-01-01")))
    assert judge(old_enough, case).outcome is Outcome.PASS
    assert judge(old_enough, case, countries={"UTO": 21}).reason == "underage"


def test_nobody_is_underage_by_a_doubtful_reading(make):
    doubtful = (make.entry("birth_date", "2015-01-01", confidence=0.5),)
    contested = (make.entry("birth_date", "2015-01-01"), make.entry("birth_date", "1975-01-01", "print"))
    for entries in (doubtful, contested):
        finding = judge(old_enough, make.case(make.document(make.reading(birth_date=entries))))
        assert (finding.outcome, finding.reason) == (Outcome.UNSURE, "age_uncertain")


def test_a_month_or_a_year_alone_decides_only_where_every_day_of_it_does(make):
    def expiring(text):
        return judge(in_date, make.case(make.document(make.reading(expiry_date=text)))).outcome

    assert [expiring(t) for t in ("2026-12", "2026-11", "2026-10", "2027", "2026", "2025")] == [
        *(Outcome.PASS, Outcome.UNSURE, Outcome.FAIL),
        *(Outcome.PASS, Outcome.UNSURE, Outcome.FAIL),
    ]

    def born(text):
        return judge(old_enough, make.case(make.document(make.reading(birth_date=text)))).outcome

    assert [born(t) for t in ("2008-10", "2008-11", "2008-12", "2007", "2008", "2009")] == [
        *(Outcome.PASS, Outcome.UNSURE, Outcome.FAIL),
        *(Outcome.PASS, Outcome.UNSURE, Outcome.FAIL),
    ]


@given(birth=st.dates(date(1900, 1, 1), date(2020, 1, 1)), years=st.integers(0, 100))
def test_age_rises_by_one_on_the_birthday(birth, years):
    try:
        birthday = birth.replace(year=birth.year + years)
    except ValueError:
        birthday = date(birth.year + years, 3, 1)
    assert old_enough.age_on(birthday, birth) == years
    assert old_enough.age_on(birthday - timedelta(days=1), birth) == years - 1


def test_scales_of_both_ages_keep_their_sense():
    scale = limits_for("case", "old_enough").scale()
    assert scale.passes(18)
    assert scale.fails(17)
    assert replace(scale, pass_at=21.0, fail_at=21.0).fails(20)
