"""Issuers beside titles and at the foot, postcodes alone or in brackets, holiday homes, names in capitals."""

import pytest
from placed_lines import read

from fourcorners.vision.papers.companies import company_in
from fourcorners.vision.papers.letter import looks_like_person
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.no_names import could_name
from fourcorners.vision.papers.towns import is_city

WINDOW = ((700, 250, "Ann Cole"), (700, 275, "12 Oak Street"), (700, 300, "Totnes"), (700, 325, "TQ9 5AA"))


@pytest.mark.parametrize(
    "title", ["FACTURE D'EAU BASSE PRESSION", "e-ARŞİV FATURA — DOĞAL GAZ FATURASI", "信用卡对账单", "فاتورة مبسطة"]
)
def test_a_heading_that_begins_or_ends_with_what_a_bill_is_called_is_nobody(title: str) -> None:
    assert not could_name(title)
    assert could_name("Northern Waterworks")


def test_a_company_in_the_last_sentence_at_the_foot_is_found_and_one_in_an_entry_is_not() -> None:
    foot = "Interest is charged after the day on which payment falls due, as law tells. Norrtele AB, Storgatan 31"
    company = company_in(
        PaperLine(foot, (80, 1500, 1100, 1518), places=tuple((i + 0.5) / len(foot) for i in range(len(foot))))
    )
    assert company is not None
    assert company.text == "Norrtele AB"
    entries = [(80, 600 + 30 * i, "Alta Build Ltd") for i in range(5)]
    amounts = [(900, 600 + 30 * i, f"{100 + i}.20") for i in range(5)]
    statement = read(*WINDOW, (80, 120, "Account statement"), *entries, *amounts, (80, 1500, foot))
    assert statement.issuer is not None
    assert statement.issuer.value == "Norrtele AB"


def test_a_name_over_two_lines_that_stands_in_one_elsewhere_is_read_whole() -> None:
    tax = read(
        (80, 60, "Arden Vale", 26),
        (80, 90, "BOROUGH COUNCIL", 34),
        *WINDOW,
        (80, 900, "Pay Arden Vale Borough Council"),
    )
    assert tax.issuer is not None
    assert tax.issuer.value == "Arden Vale BOROUGH COUNCIL"


def test_a_holiday_home_is_supplied_and_the_letter_goes_home() -> None:
    gas = read(
        (80, 60, "Vysočina Plyn, a.s.", 30), (700, 60, "Vyúčtování dodávky plynu", 24),
        (700, 250, "Zdeňka Hrubešová"), (700, 275, "Na Výsluní 1174/22"), (700, 300, "586 01 Jihlava"),
        (80, 420, "Odběrné místo"), (80, 440, "Horní Kosov 310, 586 01 Jihlava – rekreační objekt"),
    )  # fmt: skip
    assert gas.address is not None
    assert gas.address.value == "Na Výsluní 1174/22, 586 01 Jihlava"


def test_a_postcode_alone_over_an_address_of_asia_belongs_to_it() -> None:
    bill = read(
        (80, 60, "関東電力", 30),
        (80, 300, "〒852-8021"),
        (80, 325, "長崎市城山台3丁目14-27"),
        (80, 390, "宮脇 沙也加 様"),
    )
    assert bill.address is not None
    assert bill.address.value.startswith("〒852-8021, 長崎市")


def test_a_postcode_in_brackets_stands_before_its_town() -> None:
    assert is_city("(4200) SANTIAGO DEL ESTERO")
    assert not is_city("(4200) 18:30")


def test_an_address_follows_its_word_in_a_sentence_without_a_verb() -> None:
    letter = read(
        (80, 60, "Emajõe Puit OÜ", 24),
        (80, 300, "Tõendame, et Jaan Tamm (isikukood 1), elukoht Kase tn 12-4, 50411 Tartu, töötab."),
    )
    assert letter.address is not None
    assert letter.address.value == "Kase tn 12-4, 50411 Tartu"


def test_small_words_in_capitals_make_no_name_too_long() -> None:
    assert looks_like_person("QUIROGA SOSA MARÍA DE LOS ÁNGELES")
    assert not looks_like_person("ONE TWO THREE FOUR FIVE SIX")


def test_a_sentence_that_ends_in_a_small_word_is_no_place_before_a_day() -> None:
    text = "Du har søgt om støtte til boligen den 2. august 2026."
    letter = read((80, 60, "Vestby Kommune", 30), *WINDOW, (80, 200, "14. august 2026"), (80, 500, text))
    assert letter.issue_date is not None
    assert letter.issue_date.value == "2026-08-14"
