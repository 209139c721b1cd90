"""What stands beside or under a letter's window, boxes at the post office, names and addresses in sentences."""

import pytest
from placed_lines import read

SUMMARY = (
    (700, 200, "Balance brought forward"),
    (980, 200, "1,284.07"),
    (700, 226, "Money paid in"),
    (980, 226, "88.10"),
)


@pytest.mark.parametrize(
    ("name", "window"),
    [
        ("Rosalind Pemberton", "Miss Rosalind Pemberton|Flat 3|41 Marlow Terrace|Heaton|NEWCASTLE|NE6 5RU"),
        ("Annegret Köhler", "Frau Annegret Köhler|Hinterhaus 2|Lindenstr. 14 a|04277 Leipzig"),
        ("Lwazi Dube", "Mr Lwazi Dube|Unit 4|12 Protea Road|Claremont|7708"),
    ],
)
def test_a_window_beside_a_summary_of_amounts_is_no_part_of_its_rows(name: str, window: str) -> None:
    lines = [(80, 176 + 25 * i, text) for i, text in enumerate(window.split("|"))]
    reading = read((80, 60, "Northern Bank plc", 34), *lines, *SUMMARY, (80, 500, "Account statement"))
    assert reading.name is not None
    assert reading.address is not None
    assert reading.name.value == name
    assert reading.address.value == ", ".join(window.split("|")[1:])


@pytest.mark.parametrize(
    ("post", "served"),
    [
        ("C.P. 44, O.P. 2|500500 Brașov", "Str. Zorilor nr. 15, bl. C4, ap. 26|500209 Brașov"),
        ("а/я 118|620014 Екатеринбург", "ул. Ленина, д. 45, кв. 118|620014 Екатеринбург"),
        ("GPO Box 219|HOBART TAS 7001", "5/88 Banksia Parade|Kingston TAS 7050"),
        ("Postfach 1204|8610 Uster", "Seestrasse 12|8610 Uster"),
    ],
)
def test_of_a_post_box_and_an_address_that_is_served_the_latter_is_where_somebody_lives(post: str, served: str) -> None:
    letter = [(700, 226 + 25 * i, text) for i, text in enumerate(["Cosmin Munteanu", *post.split("|")])]
    supply = [(80, 226 + 25 * i, text) for i, text in enumerate(served.split("|"))]
    reading = read(
        (80, 60, "Carpat Gaz S.A.", 34), (80, 200, "Supply address"), (700, 200, "Customer"), *supply, *letter
    )  # fmt: skip
    assert reading.address is not None
    assert reading.address.value == ", ".join(served.split("|"))
    assert reading.name is not None
    assert reading.name.value == "Cosmin Munteanu"


def test_of_two_people_over_a_post_box_both_are_read() -> None:
    reading = read(
        (80, 60, "Escarpment Energy Pty Ltd", 34), (80, 200, "Priya Nair & Joel Hart"), (80, 225, "PO Box 219"),
        (80, 250, "BULLI NSW 2516"), (700, 370, "Supply address"), (700, 396, "5/88 Banksia Parade"),
        (700, 422, "Thirroul NSW 2515"),
    )  # fmt: skip
    assert reading.name is not None
    assert reading.name.value == "Priya Nair & Joel Hart"


@pytest.mark.parametrize(
    "sentence",
    [
        "a trabalhadora Inês Quintela, com residência em |Rua do Loureiro, n.º 63, 2.º Dto., 3000-255 Coimbra|, está",
        "Que reside actualmente en la |Carrera 78A # 45-19, Interior 3, barrio La Ceja, Medellín|. Se expide",
        "Nous attestons que notre salariée réside depuis 2019 au |8 rue des Lilas, 69680 Chassieu|.",
        "La trabajadora vive en |calle Mayor 3, 2.º B, 30007 Murcia|.",
        "La nostra dipendente risiede stabilmente in |Via Garibaldi 12, 06081 Assisi|.",
        "Pracownik zamieszkuje na stałe przy |ul. Kwiatowa 8 m. 14, 60-791 Poznań|.",
    ],
)
def test_where_somebody_lives_is_told_by_any_form_of_the_verb(sentence: str) -> None:
    before, address, after = sentence.split("|")
    words = f"{before}{address}{after}".split(" ")
    reading = read((80, 60, "Tecidos do Norte, Lda.", 34), (80, 300, " ".join(words)))
    assert reading.address is not None
    assert reading.address.value.strip(",. ") == address


def test_a_residential_lease_says_nothing_of_where_somebody_lives() -> None:
    reading = read((80, 60, "Residential agreement for The Old Mill, 12 Mill Lane, Otley LS21 3AB"))
    assert reading.address is None or reading.address.value.startswith(("The Old Mill", "12 Mill Lane"))


def test_the_subject_of_a_letter_is_nobodys_name() -> None:
    reading = read(
        (80, 60, "TUMAINI EXPORTS LTD", 34), (80, 300, "RE: CONFIRMATION OF EMPLOYMENT AND RESIDENCE – MS. WANJIKU"),
        (80, 325, "GRACE NJOROGE"), (80, 380, "This is to confirm that Ms. Wanjiku Grace Njoroge has been employed"),
    )  # fmt: skip
    assert reading.name is not None
    assert reading.name.value == "Wanjiku Grace Njoroge"


@pytest.mark.parametrize(
    "heading", ["2. Vuokrauskohde", "2. Mietgegenstand", "§ 2 Mietsache", "2) Objeto del contrato"]
)
def test_the_heading_of_a_chapter_is_no_address(heading: str) -> None:
    reading = read(
        (80, 60, "RENTAL AGREEMENT", 34), (80, 200, "Tenant"), (80, 222, "Juho Petteri Lehtikangas"),
        (80, 270, heading), (80, 320, "Address"), (80, 342, "Tuomiokirkonkatu 31 B 17, 33100 Tampere"),
    )  # fmt: skip
    assert reading.address is not None
    assert reading.address.value == "Tuomiokirkonkatu 31 B 17, 33100 Tampere"


@pytest.mark.parametrize(
    "window",
    [
        "DE LEON, MARIBETH SANTIAGO|BLK 12 LOT 7 SAMPAGUITA ST.|VILLA AMIHAN SUBD.|BACOOR, CAVITE",
        "Mwangi, Peter Kamau|Plot 41, Block B|Mikocheni|Dar es Salaam",
        "QUISPE MAMANI, ROSA|JR. HUALLAGA 340 DPTO 12|CERCADO DE LIMA",
    ],
)
def test_a_name_may_stand_surname_first_with_a_comma(window: str) -> None:
    lines = [(80, 200 + 25 * i, text) for i, text in enumerate(window.split("|"))]
    reading = read((80, 60, "Amihan Water Services, Inc.", 34), *lines, (80, 600, "Water bill"))
    name, *address = window.split("|")
    assert reading.name is not None
    assert reading.name.value == name
    assert reading.address is not None
    assert reading.address.value == ", ".join(address)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("EN. AHMAD BIN ZAINUDDIN", "AHMAD BIN ZAINUDDIN"),
        ("คุณกิตติพงษ์ ศรีวัฒนกุล", "กิตติพงษ์ ศรีวัฒนกุล"),
        ("Mnr. Pieter van Wyk", "Pieter van Wyk"),
        ("NN Rao Gopal", "NN Rao Gopal"),
    ],
)
def test_forms_of_address_are_left_out(written: str, name: str) -> None:
    reading = read(
        (80, 60, "Rangkaian Berhad", 34), (80, 200, written), (80, 225, "NO 8, JALAN CEMPAKA"), (80, 250, "31400 IPOH")
    )
    assert reading.name is not None
    assert reading.name.value == name


def test_whose_name_a_register_writes_surname_first_is_not_the_issuer() -> None:
    reading = read(
        (80, 90, "Organismo de Recaudación del Vallès", 24), (600, 227, "NURIA CASTELLVÍ VIDAL", 24),
        (600, 254, "CL ALMOGÀVERS 54, PL 3 PT 2"), (600, 281, "08205 SABADELL (BARCELONA)"),
        (80, 315, "CASTELLVÍ VIDAL, NURIA"), (80, 386, "Objeto tributario"),
        (80, 405, "CL ALMOGÀVERS 54 Pl:03 Pt:02, uso residencial"),
    )  # fmt: skip
    assert reading.name is not None
    assert reading.name.value == "NURIA CASTELLVÍ VIDAL"
    assert reading.address is not None
    assert reading.address.value == "CL ALMOGÀVERS 54, PL 3 PT 2, 08205 SABADELL (BARCELONA)"
