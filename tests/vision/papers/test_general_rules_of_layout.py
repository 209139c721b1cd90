"""Rules that hold whatever the labels say: captions by numbers, columns, units, sentences. Names are invented."""

import pytest
from placed_lines import read

from fourcorners.formats.dates import find_dates
from fourcorners.vision.papers.kinds import find_kind
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.prose import told_name
from fourcorners.vision.papers.rows import is_measured, tells_a_day

PAPERS = {
    "the caption of a number beside a form of address is no name, and 41/2/17 is no day": (
        read(
            (80, 60, "Donauverlag GmbH", 30),
            (110, 230, "Frau"),
            (680, 230, "SV-Nr."),
            (900, 230, "4177 17 04 85"),
            (110, 252, "Mag. Leopoldine Strohwald"),
            (680, 258, "Eintritt"),
            (900, 258, "01.09.2014"),
            (110, 274, "Hernalser Gürtel 41/2/17"),
            (680, 286, "Geburtsdatum"),
            (900, 286, "17.04.1985"),
            (110, 296, "1170 Wien"),
            (80, 500, "LOHNABRECHNUNG Jänner"),
        ),
        ("Leopoldine Strohwald", "Hernalser Gürtel 41/2/17, 1170 Wien"),
    ),
    "of two labelled addresses that under the issuer's name is not the holder's": (
        read(
            (80, 60, "CÔNG TY CỔ PHẦN CẤP NƯỚC SÔNG NGHÉ"),
            (80, 85, "Mã số thuế: 0304177203"),
            (80, 110, "Địa chỉ: 97 Phạm Hữu Chí, Phường 12, Quận 5, TP. Hồ Chí Minh"),
            (80, 250, "Họ tên khách hàng: Nguyễn Thị Bích Hoa"),
            (80, 275, "Địa chỉ: 417/20 Lê Văn Sỹ, Phường 12, Quận 3, TP. Hồ Chí Minh"),
        ),
        ("Nguyễn Thị Bích Hoa", "417/20 Lê Văn Sỹ, Phường 12, Quận 3, TP. Hồ Chí Minh"),
    ),
    "a house number of four digits is no postcode": (
        read(
            (80, 60, "Aguas del Sur S.A.", 40),
            (80, 217, "Señor (a)"),
            (80, 244, "Scarlett Antilef Rojas"),
            (80, 266, "Pasaje Los Copihues 0417"),
            (80, 288, "Villa El Roble"),
            (80, 310, "Temuco"),
            (80, 340, "Ruta: 12-0417-7203 Sector 4"),
        ),
        ("Scarlett Antilef Rojas", "Pasaje Los Copihues 0417, Villa El Roble, Temuco"),
    ),
    "a post box and a city over a person are the sender's": (
        read(
            (80, 60, "Pohjantähti-Turva", 40),
            (120, 270, "PL 417, 33101 TAMPERE Priority"),
            (120, 292, "Yli-Hukka Päivi-Kaarina"),
            (120, 314, "Hämeenpuisto 41 C 77"),
            (120, 336, "33200 TAMPERE"),
        ),
        ("Yli-Hukka Päivi-Kaarina", "Hämeenpuisto 41 C 77, 33200 TAMPERE"),
    ),
    "an address in a sentence may have no postcode": (
        read(
            (700, 60, "Gurara Engineering Ltd"),
            (120, 310, "16th February, 2026"),
            (120, 700, "She resides at 12B Yakubu Crescent, Asokoro, Abuja, FCT, and has been granted leave"),
        ),
        (None, "12B Yakubu Crescent, Asokoro, Abuja, FCT"),
    ),
    "the window tells the city that the row of the service leaves out": (
        read(
            (80, 60, "Ridge Electric", 40),
            (80, 460, "Service for: LAKEISHA M STURDY"),
            (80, 484, "Service address: 2214 PEACHBLOSSOM TRL APT 316"),
            (80, 1400, "LAKEISHA M STURDY"),
            (80, 1422, "2214 PEACHBLOSSOM TRL APT 316"),
            (80, 1444, "CHATTANOOGA TN 37421-4417"),
        ),
        ("LAKEISHA M STURDY", "2214 PEACHBLOSSOM TRL APT 316, CHATTANOOGA TN 37421-4417"),
    ),
}


@pytest.mark.parametrize(("reading", "expected"), PAPERS.values(), ids=PAPERS)
def test_layouts_are_read_by_what_they_look_like(reading, expected):
    assert (reading.name and reading.name.value, reading.address and reading.address.value) == expected


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("Витоша Водоснабдяване АД", "ФАКТУРА", "Доставяне на вода 6,4 м³"), "water_bill"),
        (("Capivara Energia", "NOTA FISCAL", "Consumo 204kWh", "Bandeira amarela"), "electricity_bill"),
        (("Moravský plyn", "Faktura", "Vyúčtování dodávky zemního plynu", "2,171 MWh"), "gas_bill"),
        (("CellAfrika", "TAX INVOICE", "RED 2GB 300min subscription"), "mobile_bill"),
    ],
)
def test_kinds_are_told_by_units_and_stems_where_no_title_does(texts, kind):
    lines = [PaperLine(text, (60, 60 + 40 * i, 60 + 9 * len(text), 78 + 40 * i)) for i, text in enumerate(texts)]
    assert find_kind(lines, 1684).name == kind


def test_whatever_stands_between_certifying_and_its_sentence_the_name_is_found():
    line = PaperLine("Vi bekrefter herved gjerne at Ingrid Bakke Haugen er ansatt hos oss", (60, 60, 900, 80))
    named = told_name([line])
    assert named is not None
    assert named.text == "Ingrid Bakke Haugen"


def test_days_of_taiwan_count_from_1911_and_streets_with_stairs_are_no_days():
    assert find_dates("115/02/26")[0].candidates == ("2026-02-26",)
    assert not tells_a_day("Hernalser Gürtel 41/2/17")
    assert tells_a_day("Datum 31/12/25")


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("Consumo de água 9 m3", True),
        ("Total $33.55", True),
        ("Kerkstraat 44 bus 3.01", False),
        ("12 High Street", False),
    ],
)
def test_quantities_and_amounts_are_no_addresses(text, measured):
    assert is_measured(text) is measured
