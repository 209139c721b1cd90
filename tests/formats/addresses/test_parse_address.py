"""Addresses are taken apart by the rules of their country."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.formats.addresses import care_of, city_lines, country_of, is_post_box, parse_address, street_in

PARTS = [
    ("35 RUE du logiciel libre, 69100 VILLEURBANNE", "RUE du logiciel libre", "35", "69100", "VILLEURBANNE"),
    ("Sessamestreet 32, 1025 RX Amsterdam", "Sessamestreet", "32", "1025 RX", "Amsterdam"),
    ("215 Vine St, Scranton PA 18503, United States", "Vine St", "215", "18503", "Scranton"),
    ("Hauptstr. 12 a, 10115 Berlin", "Hauptstr.", "12 a", "10115", "Berlin"),
    ("Calle Mayor 5, 28013 Madrid", "Calle Mayor", "5", "28013", "Madrid"),
    ("Rua das Flores 10, 1200-123 Lisboa", "Rua das Flores", "10", "1200-123", "Lisboa"),
    ("ul. Długa 12 m. 5, 00-238 Warszawa", "ul. Długa", "12", "00-238", "Warszawa"),
    ("12 High Street\nLondon\nSW1A 1AA\nUnited Kingdom", "High Street", "12", "SW1A 1AA", "London"),
    ("Bahnhofstraße 01\n10115 Berlin\nDeutschland", "Bahnhofstraße", "01", "10115", "Berlin"),
]


@pytest.mark.parametrize(("text", "street", "number", "postcode", "city"), PARTS)
def test_an_address_is_taken_apart(text: str, street: str, number: str, postcode: str, city: str) -> None:
    address = parse_address(text)
    assert (address.street, address.house_number) == (street, number)
    assert (address.postcode, address.city) == (postcode, city)
    assert address.is_whole


def test_flats_and_floors_are_kept_apart() -> None:
    assert parse_address("123 Main St Apt 4B, Springfield, IL 62704").units == {"flat": "4B"}
    assert parse_address("12 High Street, Floor 2, Leeds LS6 3QT").units == {"floor": "2"}


@pytest.mark.parametrize("text", ["P.O. Box 12", "Postfach 12 34", "BP 12", "Apartado de correos 5", "صندوق بريد 12"])
def test_a_post_box_is_known(text: str) -> None:
    assert is_post_box(text)
    assert not is_post_box("12 Box Hill Road")


def test_words_before_a_name_are_taken_off() -> None:
    assert care_of("c/o Maria Gomez") == "Maria Gomez"
    assert care_of("T.a.v. bosd") == "bosd"
    assert care_of("Attorney General") is None


def test_countries_and_streets_are_known() -> None:
    assert country_of("Deutschland") == "DE"
    assert country_of("IN") is None, "the state of Indiana"
    assert street_in("12 High Street")
    assert not street_in("Thank you for your order")
    assert [c.city for c in city_lines("10115 Berlin", "DE")] == ["Berlin"]


@given(st.text(max_size=300))
def test_any_text_can_be_taken_apart(text: str) -> None:
    address = parse_address(text)
    assert len(address.lines) <= 12
