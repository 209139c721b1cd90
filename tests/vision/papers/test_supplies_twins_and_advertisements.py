"""The address supplied against that of the letter, parcels, two owners, issuers in two languages, advertisements."""

import pytest
from placed_lines import read

from fourcorners.vision.papers.postcodes_alone import is_lone_postcode, is_worded_postcode
from fourcorners.vision.papers.reading import PaperReading
from fourcorners.vision.papers.rows import is_chapter, opens_chapter


def _column(x: float, y: float, text: str, height: float = 18.0) -> list[tuple[float, float, str, float]]:
    return [(x, y + 25 * i, line, height) for i, line in enumerate(text.split("|"))]


def _fields(reading: PaperReading) -> tuple[str | None, str | None]:
    name, address = reading.name, reading.address
    return name.value if name else None, address.value if address else None


POWER = (
    (80, 60, "Ashford Energy Ltd", 34), (700, 60, "Electricity bill", 26), (700, 120, "Bill date: 12 October 2026"),
    (80, 900, "Electricity used 412 kWh"), (700, 900, "£ 118.40"),
)  # fmt: skip
LETTER = _column(80, 200, "Mr Owen Hart|4 Chapel Lane|Totnes|TQ9 5AA")


@pytest.mark.parametrize(
    ("supply", "address"),
    [
        (_column(700, 200, "Supply address|19 Mill Road|Cambridge|CB1 2AB"), "19 Mill Road, Cambridge, CB1 2AB"),
        ([(80, 500, "Supply address: 19 Mill Road, Cambridge, CB1 2AB")], "19 Mill Road, Cambridge, CB1 2AB"),
        ([(80, 500, "Supply address: 4 Chapel Lane, TQ9 5AA")], "4 Chapel Lane, Totnes, TQ9 5AA"),
        ([(80, 500, "Supply address: Meter cupboard, level 2")], "4 Chapel Lane, Totnes, TQ9 5AA"),
    ],
)
def test_a_bill_of_energy_proves_the_address_that_is_supplied_where_the_letter_goes_elsewhere(
    supply: list[tuple[float, float, str]], address: str
) -> None:
    assert _fields(read(*POWER, *LETTER, *supply)) == ("Owen Hart", address)


def test_a_tax_on_a_property_proves_where_the_letter_goes() -> None:
    tax = read(
        (80, 60, "Totnes Town Council", 34), (700, 60, "Council tax bill", 26), *LETTER,
        (80, 500, "Property: 19 Mill Road, Cambridge, CB1 2AB"), (700, 120, "Date: 12 October 2026"),
    )  # fmt: skip
    assert _fields(tax) == ("Owen Hart", "4 Chapel Lane, Totnes, TQ9 5AA")


PARCELS = (
    ("From:|Jane Poole|4 Dock Road|Bristol|BS1 6UT", "To:|Ann Cole|12 Oak Street|Totnes|TQ9 5AA"),
    ("От кого|Пётр Мороз|ул. Портовая, д. 4|190000 Москва", "Кому|Анна Гилева|ул. Полевая, д. 4|620014 Екатеринбург"),
    ("Feladó|Mora János|1051 Budapest|Kikötő utca 4.", "Címzett|Gál Anna|6720 Szeged|Mező utca 4."),
    ("Pošiljatelj|Ivo Mora|Lučka 4|21000 Split", "Primatelj|Ana Gil|Poljska 4|10000 Zagreb"),
)


@pytest.mark.parametrize(("sender", "recipient"), PARCELS)
@pytest.mark.parametrize(("left", "right"), [((80, 200), (700, 200)), ((80, 200), (80, 480)), ((80, 480), (80, 200))])
def test_a_parcel_is_for_its_recipient_wherever_the_sender_stands(
    sender: str, recipient: str, left: tuple[int, int], right: tuple[int, int]
) -> None:
    _, name, *address = recipient.split("|")
    parcel = read((80, 60, "Paket Express", 30), *_column(*left, sender), *_column(*right, recipient))
    assert _fields(parcel) == (name, ", ".join(address))


@pytest.mark.parametrize(
    ("window", "name"),
    [
        ("Owen Hart|Priya Nair|4 Chapel Lane|Totnes|TQ9 5AA", "Owen Hart & Priya Nair"),
        ("Erika Lang|Jonas Weber|Am Hang 4|35037 Marburg", "Erika Lang & Jonas Weber"),
        ("MARTHA J OWENS|DIEGO ALVAREZ|118 ELM ST APT 4|KEENE NH 03431", "MARTHA J OWENS & DIEGO ALVAREZ"),
    ],
)
def test_a_second_person_over_a_street_with_a_number_shares_no_name_with_the_first(window: str, name: str) -> None:
    reading = read((80, 60, "County Savings Bank", 34), *_column(80, 200, window))
    assert _fields(reading) == (name, ", ".join(window.split("|")[2:]))


@pytest.mark.parametrize(
    "window",
    [
        "Owen Hart|Rose Cottage|4 Chapel Lane|Totnes|TQ9 5AA",
        "Owen Hart|Marlow Grange|Nether Wallop|Stockbridge|SO20 8ES",
    ],
)
def test_a_house_with_a_name_is_nobody(window: str) -> None:
    reading = read((80, 60, "County Savings Bank", 34), *_column(80, 200, window))
    assert _fields(reading) == ("Owen Hart", ", ".join(window.split("|")[1:]))


@pytest.mark.parametrize(
    ("left", "right", "issuer"),
    [
        ("Watermaatschappij Dijle", "Compagnie des Eaux de la Dyle", "Watermaatschappij Dijle"),
        ("Agentschap Wonen|en Energie", "Agence du Logement|et de l'Énergie", "Agentschap Wonen en Energie"),
    ],
)
def test_of_an_issuer_in_two_languages_beside_each_other_the_first_is_read_whole(
    left: str, right: str, issuer: str
) -> None:
    window = _column(700, 250, "Ann Cole|Kerkstraat 12|3000 Leuven")
    reading = read(*_column(80, 60, left, 26), *_column(700, 60, right, 26), *window, (80, 250, "Datum: 12/10/2026"))
    assert reading.issuer is not None
    assert reading.issuer.value == issuer


ADVERTISEMENTS = (
    ("Solar power for your home", "Cut your electricity bill: 4,000 kWh a year", "from £4,999", "Get a free quote"),
    ("Erdgas zum Festpreis", "Jetzt wechseln und 240 € Bonus sichern!", "Arbeitspreis 9,8 ct/kWh", "Grundpreis 120 €"),
    ("Electricity tariffs", "Standard 24.50 p/kWh", "Night saver 12.10 p/kWh", "Standing charge 53.80 p/day"),
    ("Seguro de hogar desde 9,90 €", "3 meses gratis", "Cobertura de continente y contenido", "Contrata ahora"),
)


@pytest.mark.parametrize("texts", ADVERTISEMENTS)
def test_a_paper_with_the_words_of_a_bill_that_is_made_out_to_nobody_is_none(texts: tuple[str, ...]) -> None:
    title, *lines = texts
    reading = read((80, 60, title, 44), *_column(80, 180, "|".join(lines)))
    assert reading.kind.name == "other"
    billed = read(
        (80, 60, title, 44),
        *_column(80, 180, "|".join(lines[:2])),
        *_column(80, 300, "Ann Cole|12 Oak Street|Totnes|TQ9 5AA"),
    )
    assert billed.kind.name != "other"


@pytest.mark.parametrize(
    "text", ["66220", "CP 66220", "〒390-0811", "SW1A 1AA", "T12 X417", "1011 AB", "C1425ABC", "PIN - 400001"]
)
def test_a_postcode_alone_in_its_line_is_told_by_one_rule(text: str) -> None:
    assert is_lone_postcode(text)
    assert not is_lone_postcode(f"{text} Ashby Road")
    assert is_worded_postcode(text) == text.startswith(("CP", "PIN"))


def test_the_number_of_a_chapter_is_told_by_one_rule() -> None:
    headings = (
        "2. Object of the lease",
        "IV. The rent and its payment",
        "§ 4 Mietzins und Kosten",
        "Art. 7 Duration of the lease",
    )
    assert all(map(opens_chapter, headings))
    assert all(map(is_chapter, headings))
    assert not any(map(is_chapter, ("2. OG links", "IV. kerület", "12 Oak Street", "Art Gallery Road 4")))
