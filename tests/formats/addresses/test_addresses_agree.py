"""POA3: number, street, postcode and city are equal, however they are written."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fourcorners.formats.addresses import addresses_agree

SAME = [
    ("Hauptstr. 12 a, 10115 Berlin", "Hauptstraße 12A\n10115 Berlin\nDeutschland", {"abbreviation", "country"}),
    ("12 Main Street, Springfield IL 62704", "12 Main St., Springfield, IL 62704", {"abbreviation"}),
    ("ul. Długa 12, 00-238 Warszawa", "UL. DLUGA 12, 00-238 WARSZAWA", {"case", "diacritics"}),
    ("5 rue de la Paix, 75002 Paris", "5, rue de la Paix\n75002 PARIS", {"case"}),
    ("ул. Ленина 5, Москва 101000", "ul. Lenina 5, Moskva 101000", {"transliteration"}),
]
COMPATIBLE = [
    ("12 Main Street Apt 4, Springfield IL 62704", "12 Main Street, Springfield IL 62704", "unit"),
    ("12 Main St, Springfield, IL 62704", "12 Main St, Springfield, IL 62704-1234", "postcode"),
    ("10 Downing St, London SW1A 2AA", "10 Downing Street\nWestminster\nLondon\nSW1A 2AA", "words"),
    ("Marienplatz 1, 80331 München", "Marienplatz 1, 80331 Munich", "transliteration"),
]
DIFFERENT = [
    ("12 Main Street, Springfield IL 62704", "14 Main Street, Springfield IL 62704", "house_number"),
    ("Sessamestreet 32, 1025 RX Amsterdam", "Prinsengracht 32, 1025 RX Amsterdam", "street"),
    ("Lindenstr. 1, 10115 Berlin", "Lindenstr. 1, 10117 Berlin", "postcode"),
    ("Lindenstr. 1, 10115 Berlin", "Lindenstr. 1, 10115 Potsdam", "city"),
    ("12 High Street, Flat 4, Leeds LS6 3QT", "12 High Street, Flat 5, Leeds LS6 3QT", "unit"),
    ("P.O. Box 12, Riyadh 11564", "12 King Road, Riyadh 11564", "post_box"),
]


@pytest.mark.parametrize(("a", "b", "reasons"), SAME)
def test_poa3_one_address_in_two_spellings(a: str, b: str, reasons: set[str]) -> None:
    agreement = addresses_agree(a, b)
    assert agreement.outcome == "same"
    assert set(agreement.reasons) <= reasons | {"order", "spacing", "abbreviation", "case"}
    assert addresses_agree(b, a).outcome == "same"


@pytest.mark.parametrize(("a", "b", "reason"), COMPATIBLE)
def test_poa3_one_side_says_less(a: str, b: str, reason: str) -> None:
    agreement = addresses_agree(a, b)
    assert agreement.outcome == "compatible"
    assert reason in agreement.reasons


@pytest.mark.parametrize(("a", "b", "part"), DIFFERENT)
def test_poa3_the_part_that_differs_is_told(a: str, b: str, part: str) -> None:
    agreement = addresses_agree(a, b)
    assert agreement.outcome == "different"
    assert part in agreement.reasons


def test_a_street_that_differs_by_a_letter_is_told_so() -> None:
    near = addresses_agree("ul. Dhuga 126, 00-238 Warszawa", "ul. Długa 126, 00-238 Warszawa")
    assert (near.outcome, near.reasons) == ("different", ("street", "one_letter"))


def test_nothing_agrees_with_nothing() -> None:
    assert addresses_agree(None, "1 High Street").outcome == "missing"
    assert addresses_agree("  ", "1 High Street").outcome == "missing"


@given(st.text(max_size=120))
def test_an_address_is_itself(text: str) -> None:
    assert addresses_agree(text, text).outcome in ("same", "missing", "compatible")


@given(st.text(max_size=80), st.text(max_size=80))
@example("0:0", "0:A")
def test_the_order_does_not_matter(a: str, b: str) -> None:
    assert addresses_agree(a, b).outcome == addresses_agree(b, a).outcome
