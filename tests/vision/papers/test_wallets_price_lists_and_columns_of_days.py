"""Kinds whose papers have another kind's words, days in columns of captions, towns that write to who lives there."""

import pytest
from placed_lines import read

LEDGER = [
    ((80, 400 + 26 * i, f"{2 + i:02}/08"), (220, 400 + 26 * i, f"Bayar {i}"), (840, 400 + 26 * i, f"-{10 + i}.000"),
     (1000, 400 + 26 * i, f"{490 - sum(10 + k for k in range(i + 1))}.000"))
    for i in range(6)
]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Rekening Koran Dompet Elektronik", "ewallet_statement"),
        ("Rekening Koran", "bank_statement"),
        ("Extracto de cuenta - billetera digital", "ewallet_statement"),
        ("Výpis z účtu - elektronická peňaženka", "ewallet_statement"),
    ],
)
def test_a_wallets_statement_has_a_banks_words_as_well(title: str, kind: str) -> None:
    reading = read((700, 90, title, 24), (80, 90, "Lontar Nusantara", 50), *(cell for row in LEDGER for cell in row))
    assert reading.kind.name == kind


@pytest.mark.parametrize(
    "title",
    [
        "Cennik sprzedaży energii elektrycznej",
        "Preisliste Strom für Haushalte",
        "Cjenik električne energije",
        "Grille tarifaire - électricité",
    ],
)
def test_a_list_of_prices_is_no_bill(title: str) -> None:
    rows = [(80, 300 + 26 * i, f"G1{i} 0,50{i} 0,62{i} /kWh") for i in range(5)]
    assert read((80, 90, "Bursztyn Energia", 40), (80, 160, title, 36), *rows).kind.name == "other"


def test_the_tax_office_that_every_turkish_invoice_names_makes_it_no_paper_of_a_tax_office() -> None:
    reading = read(
        (80, 90, "Marmaris Ticaret Anonim Şirketi"), (560, 180, "e-Arşiv Fatura", 26),
        (80, 240, "Vergi Dairesi: Mesir VD"), (80, 264, "Miktar"), (300, 264, "Birim Fiyat"), (500, 264, "541,67 TL"),
    )  # fmt: skip
    assert reading.kind.name == "invoice"


@pytest.mark.parametrize(
    ("caption", "day"), [("Date of this bill", "19 Jan 2026"), ("Rechnungsdatum", "19.01.2026"), ("Datum", "19.1.2026")]
)
def test_a_day_under_its_caption_in_a_column_of_captions_is_no_row_of_a_table(caption: str, day: str) -> None:
    reading = read(
        (40, 90, "Sliabh Power", 40), (40, 392, caption), (40, 414, day), (40, 463, "Billing period"),
        (40, 485, "14.11.2025"), (40, 534, "Next reading"), (40, 556, "13.03.2026"), (400, 436, "€287.63"),
        (400, 500, "Electricity bill"),
    )  # fmt: skip
    assert reading.issue_date is not None
    assert reading.issue_date.value == "2026-01-19"


@pytest.mark.parametrize(
    "period", ["Periode 1 – 31 Agustus 2026", "Period 1 - 31 August 2026", "Periodo 1-31 agosto 2026"]
)
def test_the_first_day_of_a_month_that_is_told_has_no_year_behind_it(period: str) -> None:
    reading = read((80, 90, "Bank statement", 40), (80, 160, period), (80, 200, "Closing balance 503.88"))
    assert reading.issue_date is not None
    assert reading.issue_date.value == "2026-08-31"


def test_a_town_whose_mayor_signs_is_the_issuer_and_the_addresses_in_it_are_still_read() -> None:
    reading = read(
        (160, 138, "〒251-0038"), (160, 162, "神奈川県藤沢市鵠沼松が岡三丁目14番8号"), (160, 186, "コーポ潮風202"),
        (160, 265, "山口 美咲 様", 26), (890, 203, "藤沢市長 大庭 健一"), (434, 416, "市民税・県民税", 32),
        (710, 417, "税額決定通知書", 32), (80, 494, "年税額 225,700 円"),
    )  # fmt: skip
    assert reading.kind.name == "tax_document"
    assert reading.issuer is not None
    assert reading.issuer.value == "藤沢市"
    assert reading.address is not None
    assert "鵠沼松が岡三丁目14番8号" in reading.address.value


def test_what_a_car_costs_to_insure_is_a_paper_of_insurance() -> None:
    reading = read(
        (80, 90, "Vltavská pojišťovna", 40), (900, 90, "12. 10. 2026"),
        (80, 300, "Předpis pojistného – pojištění vozidla", 36),
        (80, 400, "Povinné ručení po bonusu"), (900, 400, "3 818 Kč"),
    )  # fmt: skip
    assert reading.kind.name == "insurance"
