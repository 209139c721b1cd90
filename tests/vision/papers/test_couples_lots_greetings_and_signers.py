"""Couples in a letter's window, houses by their lot, whom a letter greets, who only signs, captions on photos."""

import pytest
from placed_lines import read


@pytest.mark.parametrize(
    ("form", "one", "other", "street", "town"),
    [
        ("Herr und Frau", "Beat Frei", "Monique Frei-Favre", "Dorfstrasse 112", "3715 Adelboden"),
        ("Monsieur et Madame", "Luc Morel", "Anne Morel-Petit", "12 rue des Lilas", "69003 Lyon"),
        ("Herrn und Frau", "Jens Adler-Voss", "Karin Voss", "Lindenweg 9", "36088 Hünfeld"),
    ],
)
def test_two_people_of_one_family_stand_over_their_address(
    form: str, one: str, other: str, street: str, town: str
) -> None:
    reading = read(
        (80, 90, "Bergtal Bank AG", 34), (780, 300, form), (780, 324, one), (780, 348, other), (780, 372, street),
        (780, 396, town), (80, 560, "Kontoauszug", 26),
    )  # fmt: skip
    assert reading.address is not None
    assert reading.address.value == f"{street}, {town}"
    assert reading.name is not None
    assert {*one.split(), *other.split()} <= set(reading.name.value.replace(",", "").split())


@pytest.mark.parametrize(
    "address",
    [
        "Blk 9 Lot 22 Sampaguita St., Villa Verde Subd., Brgy. San Isidro, Cainta, Rizal 1900",
        "Block 4 Lot 11 Acacia Lane, Greenfields Village, Brgy. Santo Tomas, Calamba City 4027",
        "Phase 2 Block 7 Lot 3 Mabini St., Sunrise Homes, Dasmariñas, Cavite 4114",
    ],
)
def test_a_house_told_by_its_lot_stands_in_one_long_line_below_its_holder(address: str) -> None:
    reading = read((80, 60, "Kawayan Water District", 40), (80, 173, "Maricel D. Bautista"), (80, 195, address))
    assert reading.address is not None
    assert reading.address.value == address


@pytest.mark.parametrize("greeting", ["Tēnā koe Wiremu", "Dear Wiremu", "Kia ora Wiremu,", "Bula Mr Ngata"])
def test_of_two_windows_that_one_is_the_holders_whose_name_the_letter_greets(greeting: str) -> None:
    reading = read(
        (127, 131, "Fiordland College", 40), (809, 153, "Student Records"), (809, 179, "133 Tay Street, Invercargill"),
        (809, 203, "9810"), (127, 302, "Wiremu Tamihana Ngata"), (127, 326, "2/85 Elles Road"), (127, 350, "Richmond"),
        (127, 374, "Invercargill 9812"), (127, 470, greeting), (127, 540, "Confirmation of enrolment"),
    )  # fmt: skip
    assert reading.address is not None
    assert reading.address.value == "2/85 Elles Road, Richmond, Invercargill 9812"
    assert reading.name is not None
    assert reading.name.value == "Wiremu Tamihana Ngata"


@pytest.mark.parametrize(
    ("caption", "date", "number"),
    [
        ("Billed to", "Invoice date: 1 November 2026", "Customer no: KF 60 2218"),
        ("Bill to", "Date: 14 March 2026", "Customer number: 60 2218"),
    ],
)
def test_a_day_beside_the_label_of_an_address_is_not_its_value(caption: str, date: str, number: str) -> None:
    reading = read(
        (75, 60, "Karoo Fibre (Pty) Ltd", 40), (75, 180, caption), (802, 180, date), (75, 202, "Nomvula Dlamini"),
        (75, 224, "Unit 14, Protea Heights"), (862, 224, number), (75, 246, "203 Main Road"), (75, 268, "Kenilworth"),
        (75, 290, "Cape Town"), (75, 312, "7708"),
    )  # fmt: skip
    assert reading.address is not None
    assert reading.address.value.startswith("Unit 14, Protea Heights, 203 Main Road")


@pytest.mark.parametrize(
    ("town", "county", "postcode"), [("WEXBRIDGE", "Wexbridge", "WX2 7LN"), ("Ashford", "Ashford", "TN23 1PL")]
)
def test_a_town_in_an_address_is_not_the_council_that_is_called_after_it(town: str, county: str, postcode: str) -> None:
    reading = read(
        (850, 118, county, 40), (850, 161, "District Council", 40), (113, 316, "Miss Priya S Chaudhary"),
        (113, 340, "Flat 3"), (113, 364, "The Old Maltings"), (113, 388, "41 Wharf Lane"), (113, 412, town),
        (113, 436, postcode), (113, 530, "Dear Miss Chaudhary"),
    )  # fmt: skip
    assert reading.address is not None
    assert reading.address.value == f"Flat 3, The Old Maltings, 41 Wharf Lane, {town}, {postcode}"


def test_the_post_box_to_which_letters_go_is_no_line_of_the_address_that_is_served() -> None:
    reading = read(
        (82, 83, "Aguas del Roble S.A. E.S.P.", 40), (93, 200, "Suscriptor: HERNÁN OCAMPO GIRALDO"),
        (93, 224, "Dirección de suministro: CALLE 14 # 23-48 APTO"), (93, 248, "302 BARRIO LOS ÁLAMOS PEREIRA"),
        (93, 272, "Dirección de envío: APARTADO AÉREO 1187"), (93, 296, "DOSQUEBRADAS"),
    )  # fmt: skip
    assert reading.address is not None
    assert reading.address.value == "CALLE 14 # 23-48 APTO, 302 BARRIO LOS ÁLAMOS PEREIRA"


@pytest.mark.parametrize(
    ("party", "text", "day"),
    [
        (
            "Inmobiliaria Barón SpA",
            "En Lugo, a 3 de marzo de 2026, entre {}, RUT 76.884, representada por doña",
            "03-03",
        ),
        ("Immobilien Taube GmbH", "Graz, am 4. März 2026, zwischen {}, vertreten durch", "03-04"),
    ],
)
def test_a_contract_opens_with_its_day_and_whoever_represents_a_party_is_not_it(
    party: str, text: str, day: str
) -> None:
    role, holder = ("la arrendadora", "el arrendatario") if "SpA" in party else ("Vermieterin", "Mieter")
    reading = read(
        (400, 163, "CONTRATO DE ARRENDAMIENTO" if "SpA" in party else "MIETVERTRAG", 28),
        (153, 221, text.format(party)),
        (153, 245, f"Ximena Urrutia Palma («{role}»), y don Luis Rey Soto («{holder}»)"),
        (153, 1250, f"p.p. {party}"),
    )  # fmt: skip
    assert reading.issuer is not None
    assert reading.issuer.value == party
    assert reading.issue_date is not None
    assert reading.issue_date.value == f"2026-{day}"


@pytest.mark.parametrize(
    ("due", "issued"),
    [("Vencimento", "Data de emissão"), ("Fälligkeit", "Rechnungsdatum"), ("Scadenza", "Data emissione")],
)
def test_on_a_slanted_photo_a_day_is_what_the_caption_right_above_it_says(due: str, issued: str) -> None:
    reading = read(
        (50, 60, "VelozNet Telecom Ltda.", 40), (1043, 377, due, 28), (550, 384, issued, 28),
        (1044, 402, "10/06/2026", 32), (549, 410, "25/05/2026", 32),
    )  # fmt: skip
    assert reading.issue_date is not None
    assert reading.issue_date.value == "2026-05-25"


@pytest.mark.parametrize("caption", ["Date d'envoi", "Data di spedizione", "Versanddatum"])
def test_the_day_on_which_a_bill_was_sent_is_its_day_of_issue_where_there_is_no_other(caption: str) -> None:
    reading = read(
        (80, 90, "Ville de Saint-Loup", 40),
        (80, 200, "Avis de taxe foncière", 30),
        (639, 352, f"{caption} : 2026-01-26"),
    )
    assert reading.issue_date is not None
    assert reading.issue_date.value == "2026-01-26"


@pytest.mark.parametrize("name", ["(주)한빛모바일", "Abfallwirtschaft Landkreis Mühlental"])
def test_a_sender_is_named_in_the_small_line_over_the_window_or_with_its_form_in_brackets_before(name: str) -> None:
    if name.startswith("("):
        reading = read((136, 134, "9월 이동통신 요금 청구서"), (104, 1400, f"{name} · 서울특별시 용산구 한강대로 32"))
    else:
        reading = read(
            (70, 188, f"{name} · Am Bauhof 3 · 36088 Hünfeld", 14), (70, 269, "Herrn Thomas Kraut"),
            (70, 293, "Lindenweg 9"),
            (70, 317, "36088 Hünfeld"), (70, 462, "Abfallgebührenbescheid", 30),
        )  # fmt: skip
    assert reading.issuer is not None
    assert reading.issuer.value == name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Si huele gas, llame sin cargo", "gas_bill"),
        ("Se sentir cheiro a gás ligue", "gas_bill"),
        ("о назначении адресной социальной помощи", "government_letter"),
        ("про призначення соціальної допомоги", "government_letter"),
    ],
)
def test_what_to_do_when_it_smells_and_social_aid_tell_the_kind(text: str, kind: str) -> None:
    rows = [(80, 400, "Cargo variable 118 m³"), (900, 400, "$ 24.117,08")] if kind == "gas_bill" else []
    assert read((80, 90, "Pampa", 40), (900, 90, "12/10/2026"), (80, 300, text), *rows).kind.name == kind
