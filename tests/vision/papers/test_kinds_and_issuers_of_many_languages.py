"""Kinds by the words of many languages, by amounts and balances, and who issued a paper. All is invented."""

import pytest
from placed_lines import read

from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.kinds import find_kind
from fourcorners.vision.papers.ledger import ledger_rows
from fourcorners.vision.papers.line import PaperLine

AMOUNTS = "412,60 38,15 1.204,00"

KINDS = """
insurance|Застрахователна полица|Застраховател: Долина|Застрахована сума
insurance|Pojistka|Pojistník: Jana Malá|Číslo pojistné smlouvy 118
insurance|Prämienabrechnung|Versicherte Person|Obligatorische Krankenpflegeversicherung
rental_agreement|Договір найму житла|Наймодавець: Петренко|Наймач
rental_agreement|Contract de închiriere|Locator|Chirie lunară
rental_agreement|Bérleti szerződés|Bérbeadó|Bérlő
rental_agreement|ქირავნობის ხელშეკრულება|გამქირავებელი|დამქირავებელი
waste_bill|Factuur inzameling huishoudelijk restafval|GFT|Lediging
waste_bill|Računi za odvoz otpada|Komunalni otpad|Spremnik
water_bill|Rēķins|Ūdensapgāde|Notekūdeņi
water_bill|水道料金のお知らせ|使用水量|下水道使用料
gas_bill|Faktura za paliwo gazowe|Zużycie m3|Gaz ziemny
electricity_bill|繳費通知單|電號|用電地址
electricity_bill|Электр энергиясы|кВт сағ|шот
landline_bill|Factura de servicio telefónico|Línea telefónica|Larga distancia
internet_bill|Счёт|Домашний интернет|широкополосный доступ
mobile_bill|পোস্টপেইড বিল|মোবাইল বিল|কল
payslip|Výplatní páska|Hrubá mzda|Čistá mzda
payslip|Расчётный листок|Начислено|к выплате
employer_letter|在 职 及 居 住 证 明|兹证明|人力资源部
employer_letter|Служебна бележка|работи на трудов договор|Управител
government_letter|Адресная справка|паспортный стол|регистрация
government_letter|Elukoha tõend|Rahvastikuregister|vald
government_letter|Barangay clearance|Certificate of residency|Punong Barangay
ewallet_statement|Laporan Mutasi Saldo|Dompet|Top up
bank_statement|Movimientos de su cuenta|IBAN|Saldo anterior
bank_statement|Konto väljavõte|Algsaldo|Lõppsaldo
tax_document|Налоговое уведомление|Налогоплательщик|Налоговая база
"""


@pytest.mark.parametrize("paper", KINDS.strip().splitlines())
def test_poa5_a_kind_is_told_in_many_languages(paper: str) -> None:
    kind, *texts = paper.split("|")
    reading = read((900, 60, "12.10.2026"), *((80, 60 + 40 * n, text) for n, text in enumerate([*texts, AMOUNTS])))
    assert reading.kind.name == kind


def test_poa5_words_of_a_bill_without_amounts_make_no_bill() -> None:
    texts = ("Harshvardhan Kale", "Languages: English, Marathi", "Pile foundations, electricity line shifting")
    lines = [PaperLine(text, (80, 60 + 40 * n, 700, 80 + 40 * n)) for n, text in enumerate(texts)]
    assert find_kind(lines, 1684).name == "other"


LEDGER = (
    ("03 JUL", "BALANCE FORWARD", "", "2,411.09"),
    ("06 JUL", "POS TRALEE", "61.20", "2,349.89"),
    ("09 JUL", "D/D CELTSURE", "112.00", "2,237.89"),
    ("14 JUL", "SALARY", "2,880.14", "5,118.03"),
)


def _ledger(rows: tuple[tuple[str, ...], ...]) -> list[PaperLine]:
    return [
        PaperLine(text, (80 + 300 * c, 400 + 30 * r, 300 + 300 * c, 418 + 30 * r))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    ]


def test_poa5_balances_that_add_up_are_a_statement_whatever_its_words() -> None:
    lines = _ledger(LEDGER)
    assert ledger_rows(lines) == 3
    assert find_kind(lines, 1684).name == "bank_statement"
    assert (
        ledger_rows(_ledger((*LEDGER[:1], ("06 JUL", "A", "61.20", "2,340.89"), ("07 JUL", "B", "5.00", "9.00")))) == 0
    )


def test_letters_set_apart_are_words() -> None:
    assert folded("在 职 证 明") == folded("在职证明")
    assert folded("P R O F I L E of A B") == " PROFILE OF A B "


def test_poa5_a_slogan_a_chapter_and_a_title_issue_nothing() -> None:
    foot = (100, 1600, "Spark Energy Limited · 41 Queen Street, Masterton 5810")
    slogan = read((85, 48, "spark. power to the people of the valley", 39), (700, 240, "Tax invoice"), foot)
    assert slogan.issuer.value == "Spark Energy Limited"
    water = read((300, 200, "水道料金・下水道使用料のお知らせ", 30), (45, 1500, "深山市上下水道局 お客様センター"))
    assert water.issuer.value == "深山市上下水道局"


def test_poa5_a_landlord_with_initials_is_named_in_full_where_the_contract_does() -> None:
    reading = read(
        (400, 60, "Договір найму житла", 30),
        (80, 200, "Громадянка України Дутко Олена Миколаївна, що діє як власник житла, з однієї сторони"),
        (80, 1000, "Наймодавець"),
        (80, 1030, "Дутко О. М."),
    )
    assert reading.issuer.value == "Дутко Олена Миколаївна"


def test_poa5_a_turkish_form_of_address_is_that_of_the_holder() -> None:
    sheet = (113, 251, "Sayın Burak Doğan"), (113, 270, "Kızılay Caddesi No:61 D:5"), (113, 289, "01120 Seyhan / Adana")
    reading = read((113, 100, "Kapadokya Hizmet A.Ş.", 30), *sheet)
    assert reading.name is not None
    assert reading.name.value == "Burak Doğan"
    assert reading.address.value.startswith("Kızılay Caddesi No:61 D:5")
