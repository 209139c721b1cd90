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
ELSEWHERE = [
    (
        "4820, rue Saint-Denis, app. 3, Montréal (Québec) H2J 2L6",
        "4820 RUE SAINT-DENIS APP 3, MONTRÉAL QC H2J 2L6",
        "CA",
    ),
    ("BLK 415 ANG MO KIO AVE 10 #08-2231 SINGAPORE 560415", "Blk 415 Ang Mo Kio Ave 10, #08-2231, 560415", "SG"),
    ("C/ San Francisco, 14 - 5º C, 48003 Bilbao", "CL SAN FRANCISCO 14 5 C, 48003 BILBAO", "ES"),
    ("Travessa das Amoreiras, n.º 15, r/c Esq., 7000-804 Évora", "TV DAS AMOREIRAS 15 R/C ESQ, 7000-804 ÉVORA", "PT"),
    (
        "FLAT 12B, 18/F, LUCKY MANSION, 233 NATHAN ROAD, KOWLOON",
        "Flat 12B 18/F Lucky Mansion, 233 Nathan Road, Kowloon",
        "HK",
    ),
    ("No. 14, Jalan SS 2/24, 47300 Petaling Jaya", "NO 14 JALAN SS 2/24, 47300 PETALING JAYA", "MY"),
    (
        "Unit 1407 Tower 2, Sampaguita, 88 Shaw Blvd, Pasig 1600",
        "UNIT 1407 TOWER 2 SAMPAGUITA, 88 SHAW BLVD, PASIG 1600",
        "PH",
    ),
    ("Av. Corrientes 3247, piso 8, C1193AAE CABA", "Av. Corrientes 3247, piso 8, C1193AAE - CABA", "AR"),
    ("〒166-0003 東京都杉並区高円寺南4丁目27番11号 青荘203号室", "東京都杉並区高円寺南4-27-11 青荘203", "JP"),
    ("臺北市大安區和平東路二段107巷12號5樓 106", "台北市大安区和平東路二段107巷12号5楼", "TW"),
    ("浙江省杭州市西湖区文三路478号3幢502室 310012", "浙江省杭州市西湖区文三路478号", "CN"),
]
UNLIKE = [
    ("C/ Mayor 14, 5º C, 28013 Madrid", "Calle Mayor 14, 4º C, 28013 Madrid", "ES", "unit"),
    ("Calle Mayor 14 5 C, 28013 Madrid", "Calle Mayor 15 5 C, 28013 Madrid", "ES", "house_number"),
    ("東京都杉並区高円寺南4-27-11", "東京都杉並区高円寺南4-27-1", "JP", "house_number"),
    ("〒166-0003 東京都杉並区高円寺南4-27-11", "〒166-0004 東京都杉並区高円寺南4-27-11", "JP", "postcode"),
    ("臺北市大安區和平東路二段107巷12號", "臺北市大安區信義東路二段107巷12號", "TW", "street"),
    ("BLK 415 ANG MO KIO AVE 10 #08-2231 560415", "BLK 415 ANG MO KIO AVE 10 #09-2231 560415", "SG", "unit"),
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


@pytest.mark.parametrize(("a", "b", "country"), ELSEWHERE)
def test_poa3_one_address_as_its_country_writes_it(a: str, b: str, country: str) -> None:
    assert addresses_agree(a, b, country).holds
    assert addresses_agree(b, a, country).holds


@pytest.mark.parametrize(("a", "b", "country", "reason"), UNLIKE)
def test_poa3_two_addresses_of_one_country(a: str, b: str, country: str, reason: str) -> None:
    for agreement in (addresses_agree(a, b, country), addresses_agree(b, a, country)):
        assert (agreement.outcome, reason in agreement.reasons) == ("different", True)


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
