import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.formats.agreement import COMPARED, dates_agree, fields_agree, numbers_agree, sexes_agree, states_agree
from fourcorners.formats.agreement.sexes import read_sex
from fourcorners.formats.states import find_state


@pytest.mark.parametrize(
    ("a", "b", "outcome", "reasons"),
    [
        ("1974-08-12", "1974-08-12", "same", ()),
        ("12.08.1974", "1974-08-12", "same", ("format",)),
        ("12 AUG/AOUT 1974", "1974-08-12", "same", ("format",)),
        ("08/12/1974", "08/12/1974", "same", ()),
        ("08/12/1974", "1974-08-12", "compatible", ("ambiguous",)),
        ("12 AUG 74", "1974-08-12", "compatible", ("ambiguous",)),
        ("1974-08", "1974-08-12", "compatible", ("partial",)),
        ("1974", "12 AUG 1974", "compatible", ("partial",)),
        ("1974-08-12", "1974-08-13", "different", ()),
        ("1974-08-12", "1974-12-08", "different", ("day_month_swapped",)),
        ("1974-08-12", "2074-08-12", "different", ("century",)),
        ("1974-08-12", "12 Eriksson", "different", ("unreadable",)),
        ("1974-08-12", "", "missing", ()),
        (None, "1974-08-12", "missing", ()),
    ],
)
def test_dates(a: str | None, b: str | None, outcome: str, reasons: tuple[str, ...]) -> None:
    for found in (dates_agree(a, b), dates_agree(b, a)):
        assert (found.outcome, found.reasons) == (outcome, reasons)


def test_a_date_may_be_given_as_such_and_its_use_settles_the_century() -> None:
    assert dates_agree(date(1974, 8, 12), "1974-08-12").outcome == "same"
    narrowed = dates_agree("12 AUG 74", date(1974, 8, 12), kind="birth", today=date(2026, 1, 1))
    assert (narrowed.outcome, narrowed.reasons) == ("same", ("format",))
    assert dates_agree("08/12/1974", "1974-08-12", order="MDY").reasons == ("format",)


@pytest.mark.parametrize(
    ("a", "b", "outcome", "reasons"),
    [
        ("L898902C3", "L898902C3", "same", ()),
        ("l898902c3", "L898902C3", "same", ("case",)),
        ("L 898-902.C3", "L898902C3", "same", ("spacing",)),
        ("L898902C3<<<", "L898902C3", "same", ("spacing",)),
        ("L8989O2C3", "L898902C3", "compatible", ("look_alike",)),
        ("00123456", "123456", "compatible", ("leading_zeros",)),
        ("D23145890734", "D23145890", "compatible", ("truncation",)),
        ("L898902C3", "L898902C4", "different", ("one_character",)),
        ("L898902C3", "L898920C3", "different", ("one_character",)),
        ("L898902C3", "X1234567", "different", ()),
        ("123", "1234567", "different", ()),
        ("000", "0000", "different", ("one_character",)),
        ("<<<", "L898902C3", "missing", ()),
    ],
)
def test_numbers(a: str, b: str, outcome: str, reasons: tuple[str, ...]) -> None:
    for found in (numbers_agree(a, b), numbers_agree(b, a)):
        assert (found.outcome, found.reasons) == (outcome, reasons)


@pytest.mark.parametrize(
    ("a", "b", "outcome", "reasons"),
    [
        ("UTO", "UTO", "same", ()),
        ("UTO", "uto", "same", ("case",)),
        ("UTO", "Utopia", "same", ("notation",)),
        ("UTO", "UTOPIAN", "same", ("notation",)),
        ("D<<", "DEU", "same", ("notation",)),
        ("DE", "Bundesrepublik Deutschland", "same", ("notation",)),
        ("ROM", "ROU", "compatible", ("former",)),
        ("GBN", "GBR", "compatible", ("british",)),
        ("FRA", "ITA", "different", ()),
        ("FRA", "Erewhon", "different", ("unknown",)),
        ("FRA", None, "missing", ()),
    ],
)
def test_states(a: str, b: str | None, outcome: str, reasons: tuple[str, ...]) -> None:
    for found in (states_agree(a, b), states_agree(b, a)):
        assert (found.outcome, found.reasons) == (outcome, reasons)


@pytest.mark.parametrize(
    ("a", "b", "outcome", "reasons"),
    [
        ("F", "F", "same", ()),
        ("F", "F/Ž", "same", ("notation",)),
        ("M", "Male", "same", ("notation",)),
        ("<", "X", "same", ("notation",)),
        ("X", "F", "compatible", ("unspecified",)),
        ("F", "M", "different", ()),
        ("F/M", "F", "different", ("unknown",)),
        ("Q", "F", "different", ("unknown",)),
        ("", "F", "missing", ()),
    ],
)
def test_sexes(a: str, b: str, outcome: str, reasons: tuple[str, ...]) -> None:
    for found in (sexes_agree(a, b), sexes_agree(b, a)):
        assert (found.outcome, found.reasons) == (outcome, reasons)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_are_compared(a: str, b: str) -> None:
    for agree in (dates_agree, numbers_agree, states_agree, sexes_agree):
        assert agree(a, b).outcome == agree(b, a).outcome
        assert agree(a, b).holds == (agree(a, b).outcome in ("same", "compatible"))


@pytest.mark.parametrize(
    ("name", "a", "b", "note"),
    [
        ("family_name", "Müller", "MUELLER", "same, case, transliteration"),
        ("birth_date", "1974-08-12", "1974-12-08", "different, day_month_swapped"),
        ("document_number", "C01 X00", "C01X00", "same, spacing"),
        ("sex", "F", "M", "different"),
        ("nationality", "DEU", "", "missing"),
    ],
)
def test_the_name_of_a_field_chooses_its_rule(name: str, a: str, b: str, note: str) -> None:
    assert fields_agree(name, a, b).note == note


def test_every_field_that_can_be_claimed_can_be_compared() -> None:
    from fourcorners.checks.claims import Claims

    assert {*Claims.__dataclass_fields__} - {"document_kind"} == COMPARED


@pytest.mark.parametrize("character", ["A", "\0", "<", "1", " ", "Ж", "ش ", "\n", "12.08.1974 ", "e\u0301", "\u200d"])
def test_ten_megabytes_are_answered_at_once(character: str) -> None:
    text = character * (10_000_000 // len(character))
    begun = time.perf_counter()
    for name in COMPARED:
        found = fields_agree(name, text, "ANNA")
        assert found == fields_agree(name, text, text)
        assert found.reasons == ("too_long",)
    assert find_state(text) is None
    assert read_sex(text) is None
    assert time.perf_counter() - begun < 0.1


@pytest.mark.parametrize("text", ["\0", "\u200d", "😀"])
def test_what_is_no_word_is_no_sex(text: str) -> None:
    assert read_sex(text) is None
    assert read_sex("<") == "X"
