"""Whom a letter is for, what sentences and cells of forms tell, and who wrote it. Names and companies are invented."""

import pytest
from placed_lines import read


def column(*texts: str, x: float = 80, y: float = 200) -> list[tuple[float, float, str]]:
    return [(x, y + 22 * i, text) for i, text in enumerate(texts)]


LETTERS = {
    "a region below the city": (
        (
            "Mr Rajesh Venkataraman",
            "S/O K Venkataraman",
            "No 42, 3rd Cross",
            "Indiranagar",
            "Bengaluru - 560038",
            "Karnataka",
        ),
        ("Rajesh Venkataraman", "No 42, 3rd Cross, Indiranagar, Bengaluru - 560038, Karnataka"),
    ),
    "a postcode alone in its line": (
        ("MRS N DLAMINI", "7 PROTEA CRESCENT", "PINELANDS", "7405"),
        ("N DLAMINI", "7 PROTEA CRESCENT, PINELANDS, 7405"),
    ),
    "no postcode at all": (
        ("Mr. Hassan Al Marri", "P.O. Box 11822", "Villa 27, Street 14B", "Dubai, United Arab Emirates"),
        ("Hassan Al Marri", "P.O. Box 11822, Villa 27, Street 14B, Dubai, United Arab Emirates"),
    ),
    "a house with a name": (
        ("Mlle Océane BOURDIN", "Résidence Les Tilleuls", "4 allée du Verger", "35700 RENNES"),
        ("Océane BOURDIN", "Résidence Les Tilleuls, 4 allée du Verger, 35700 RENNES"),
    ),
    "a county is not care of somebody": (
        ("Ms Aoife Ní Bhriain", "Carraig Mór", "Ballyvaughan", "Co. Clare", "H91 X2K4"),
        ("Aoife Ní Bhriain", "Carraig Mór, Ballyvaughan, Co. Clare, H91 X2K4"),
    ),
    "two people": (
        ("JENNIFER L HOLLOWAY", "OR BRIAN T HOLLOWAY", "5521 WINDING BROOK LN", "DUBLIN OH 43017-8842"),
        ("JENNIFER L HOLLOWAY OR BRIAN T HOLLOWAY", "5521 WINDING BROOK LN, DUBLIN OH 43017-8842"),
    ),
    "a name that found no room": (
        ("Sr. CAMILO ROJAS", "VALDEBENITO", "Av. Irarrázaval 24", "8320000 Santiago"),
        ("CAMILO ROJAS VALDEBENITO", "Av. Irarrázaval 24, 8320000 Santiago"),
    ),
    "the city below its postcode": (
        ("Sr. JOSÉ HERNÁNDEZ", "AV. INSURGENTES 1457 INT 8", "COL. DEL VALLE", "C.P. 03100", "CIUDAD DE MEXICO"),
        ("JOSÉ HERNÁNDEZ", "AV. INSURGENTES 1457 INT 8, COL. DEL VALLE, C.P. 03100, CIUDAD DE MEXICO"),
    ),
}


@pytest.mark.parametrize("about", LETTERS)
def test_poa5_all_below_the_person_is_the_address(about: str) -> None:
    texts, expected = LETTERS[about]
    reading = read((80, 60, "Octavia Energy", 40), *column(*texts), (700, 244, "Bill date: 3 March 2024"))
    assert (reading.name.value, reading.address.value) == expected
    assert reading.issuer.value == "Octavia Energy"


def test_the_letters_address_is_taken_where_it_tells_more_than_that_of_supply() -> None:
    reading = read(
        *column("Erik Sjöstrand", "Björkvägen 12 lgh 1102", "903 38 UMEÅ"),
        (80, 400, "Anläggningsadress: Björkvägen 12, Umeå. Anläggnings-id 735999100012"),
    )
    assert (reading.name.value, reading.address.value) == ("Erik Sjöstrand", "Björkvägen 12 lgh 1102, 903 38 UMEÅ")


def test_the_senders_line_over_a_window_names_the_issuer_and_nobody_elses_address() -> None:
    reading = read(
        (80, 184, "Sparbank Oberschwaben, Marktplatz 1, 88212 Ravensburg", 13),
        *column("Frau", "Dr. Annegret Seidel", "Hauptstr. 112", "88250 Weingarten"),
        (80, 400, "Kontoauszug 8/2026", 34),
    )
    assert (reading.name.value, reading.address.value) == ("Annegret Seidel", "Hauptstr. 112, 88250 Weingarten")
    assert reading.issuer.value == "Sparbank Oberschwaben"


def test_what_a_letter_is_about_did_not_write_it() -> None:
    reading = read(
        (80, 60, "Groenstroom Nederland", 30),
        *column("De heer P.J. van der Velden", "Nieuwe Gracht 88-2", "3512 LS Utrecht"),
        (80, 330, "Jaarnota elektriciteit en gas", 36),
    )
    assert reading.issuer.value == "Groenstroom Nederland"
    assert reading.name.value.endswith("P.J. van der Velden")


CONTRACTS = {
    "GB": (
        (
            "This agreement is made between",
            '(1) MARGATE LETTINGS LIMITED of 2 Fort Hill, Margate CT9 1HD ("the Landlord"); and',
            '(2) OLIVIA GRACE HARTLEY ("the Tenant")',
            "The Landlord lets the property known as Ground Floor Flat, 9 Dalby",
            'Square, Margate, Kent CT9 2ES ("the Property") for a term of twelve months.',
        ),
        (
            "OLIVIA GRACE HARTLEY",
            "Ground Floor Flat, 9 Dalby Square, Margate, Kent CT9 2ES",
            "MARGATE LETTINGS LIMITED",
        ),
    ),
    "US, a name over two lines": (
        (
            "This Lease is made on March 28, 2026 by and between Oakmont",
            'Property Management LLC ("Landlord") and Darnell Thompson and Keisha Thompson ("Tenant").',
            "Landlord leases to Tenant the premises located at 4410 Peachtree Walk NE, Unit",
            '207, Atlanta, GA 30319 (the "Premises").',
        ),
        (
            "Darnell Thompson and Keisha Thompson",
            "4410 Peachtree Walk NE, Unit 207, Atlanta, GA 30319",
            "Oakmont Property Management LLC",
        ),
    ),
    "IT, where somebody was born stands between name and role": (
        (
            "Il sig. Paolo Ricci, nato a Torino il 03/04/1960, di seguito denominato locatore,",
            "alla sig.ra Giulia Bernardi, nata a Novara il 21/09/1991, di seguito denominata conduttore,",
            "l'unità immobiliare sita in Torino, Via Nizza 88, piano 4, CAP 10126, composta di n. 3 vani.",
        ),
        ("Giulia Bernardi", "Torino, Via Nizza 88, piano 4, CAP 10126", "Paolo Ricci"),
    ),
}


@pytest.mark.parametrize("about", CONTRACTS)
def test_poa5_a_contract_names_its_parties_and_the_home_in_sentences(about: str) -> None:
    texts, expected = CONTRACTS[about]
    reading = read(*column(*texts))
    assert (reading.name.value, reading.address.value, reading.issuer.value) == expected


def test_poa5_an_employers_letter_names_whom_it_is_about_in_a_sentence() -> None:
    reading = read(
        *column(
            "This is to certify that Ms Zainab Hussain has been employed by Harwick Tools Ltd as a quality",
            "engineer since 4 May 2021. She is residing at 62 Ashfield Terrace, Shipley, BD18 3QX.",
        )
    )
    assert "Zainab Hussain" in reading.name.value
    assert reading.address.value == "62 Ashfield Terrace, Shipley, BD18 3QX"


def test_poa5_cells_of_a_certificate_are_put_together() -> None:
    cells = (
        ("Nombre y apellidos", "LUCÍA FERNÁNDEZ IBARRA"),
        ("DNI", "***8822**"),
        ("Domicilio", "CALLE MAYOR 14, 2º B"),
        ("Código postal", "41350"),
        ("Municipio", "VILLANUEVA DEL RÍO"),
    )
    placed = [(x, 300 + 40 * i, text) for i, row in enumerate(cells) for x, text in zip((80, 500), row, strict=True)]
    reading = read(*placed)
    assert reading.name.value == "LUCÍA FERNÁNDEZ IBARRA"
    assert reading.address.value == "CALLE MAYOR 14, 2º B, 41350, VILLANUEVA DEL RÍO"


def test_the_labels_of_a_table_are_nobodys_name() -> None:
    rows = (
        ("NAME", "ADEBAYO OLUWASEUN"),
        ("ADDRESS", "15 ADENIRAN OGUNSANYA STREET, SURULERE, LAGOS"),
        ("ACCOUNT NO", "0440/118/2277-01"),
        ("BILL DATE", "30-JUN-2026"),
    )
    placed = [(x, 300 + 24 * i, text) for i, row in enumerate(rows) for x, text in zip((80, 400), row, strict=True)]
    reading = read(*placed)
    assert reading.name.value == "ADEBAYO OLUWASEUN"
    assert reading.address.value == "15 ADENIRAN OGUNSANYA STREET, SURULERE, LAGOS"


def test_lines_that_a_camera_sees_close_together_are_parted_by_what_they_say_and_by_wider_gaps() -> None:
    """Read off a picture, a sender's small line is as high as the others, and no empty line stands between."""
    german = read(
        (80, 200, "Sparbank Oberschwaben, Marktplatz 1, 88212 Ravensburg"),
        *column("Frau", "Dr. Annegret Seidel", "Hauptstr. 112", "88250 Weingarten", y=222),
    )
    assert (german.name.value, german.address.value) == ("Annegret Seidel", "Hauptstr. 112, 88250 Weingarten")
    hungarian = read(
        (80, 184, "8600 Siófok, Tanácsház u. 7."),
        *column("KOVÁCSNÉ NAGY ILDIKÓ", "SIÓFOK", "PETŐFI SÁNDOR UTCA 18. 2/5", "8600", y=218),
    )
    assert hungarian.name.value == "KOVÁCSNÉ NAGY ILDIKÓ"
    assert hungarian.address.value == "SIÓFOK, PETŐFI SÁNDOR UTCA 18. 2/5, 8600"


def test_the_number_of_an_account_is_no_part_of_an_address() -> None:
    reading = read(
        *column(
            "Service Identification Number (SIN): 202011877",
            "Customer: MARIA TERESA D. SANTOS",
            "Address: 12 SAMPAGUITA ST, BRGY SAN ISIDRO, CAINTA, RIZAL 1900",
        )
    )
    assert reading.name.value == "MARIA TERESA D. SANTOS"
    assert reading.address.value == "12 SAMPAGUITA ST, BRGY SAN ISIDRO, CAINTA, RIZAL 1900"


def test_a_table_of_what_is_paid_for_is_no_part_of_an_address() -> None:
    rows = (("Balance at last bill", "€96.10"), ("Payment received", "-€96.10"), ("Gas 1,204 kWh", "€117.99"))
    table = [(x, 330 + 24 * i, text) for i, row in enumerate(rows) for x, text in zip((80, 700), row, strict=True)]
    reading = read(*column("GIMENEZ MARIA LAURA", "AV RIVADAVIA 4820 PISO 7 DPTO B", "C1424CEJ - BUENOS AIRES"), *table)
    assert reading.name.value == "GIMENEZ MARIA LAURA"
    assert reading.address.value == "AV RIVADAVIA 4820 PISO 7 DPTO B, C1424CEJ - BUENOS AIRES"


def test_who_lives_with_somebody_is_the_holder() -> None:
    reading = read(*column("Anna-Karin Lindqvist", "c/o Berg", "Sveavägen 118, 4 tr", "113 50 Stockholm"))
    assert (reading.name.value, reading.address.value) == (
        "Anna-Karin Lindqvist",
        "c/o Berg, Sveavägen 118, 4 tr, 113 50 Stockholm",
    )


def test_a_company_whose_form_comes_first_issued_the_paper() -> None:
    reading = read((80, 60, "ПАО «Волгаэнергосбыт» ИНН 6450118822"), (80, 200, "Плательщик: Смирнова Ольга Викторовна"))
    assert reading.issuer.value == "ПАО «Волгаэнергосбыт»"
    assert reading.name.value == "Смирнова Ольга Викторовна"


def test_a_partys_particulars_may_stand_between_its_name_and_its_role() -> None:
    reading = read(
        *column(
            "Entre João Carlos Antunes, residente na Rua do Ouro, 40, 1100-063 Lisboa, adiante designado senhorio, e",
            "Beatriz Sousa Lopes, solteira, portadora do NIF 118822771, adiante designada arrendatária,",
            "é celebrado o contrato relativo à fração sita na Avenida da República, 118, 1050-191 Lisboa.",
        )
    )
    assert reading.name.value == "Beatriz Sousa Lopes"
    assert reading.address.value == "Avenida da República, 118, 1050-191 Lisboa"
