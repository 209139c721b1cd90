"""The day of a statement without one, parties before whose names their role stands, offices. Names are invented."""

import pytest
from placed_lines import read

from fourcorners.formats.addresses import street_in
from fourcorners.formats.dates import find_dates

STATEMENT = ((80, 60, "Prairie Bank", 40), (80, 140, "Account statement", 30), (80, 300, "Opening balance"))

DAYS = {
    "a month stands behind day and year": ((700, 200, "June 1, 2026 – June 30, 2026"), "2026-06-30"),
    "drawn up later": ((700, 200, "From 01.06.2026 to 30.06.2026"), "2026-06-30"),
}


@pytest.mark.parametrize("about", DAYS)
def test_poa5_a_statement_without_a_day_of_its_own_is_of_its_periods_end(about):
    period, day = DAYS[about]
    reading = read(*STATEMENT, period, (80, 1500, "Generated on: 04.07.2026 09:12"))
    assert reading.kind.name == "bank_statement"
    assert reading.issue_date.value == day


def test_poa5_a_day_of_printing_that_has_its_own_label_stays_the_statements():
    reading = read(*STATEMENT, (700, 200, "01.06.2026 – 30.06.2026"), (700, 240, "Print date: 04.07.2026"))
    assert reading.issue_date.value == "2026-07-04"


def test_poa5_the_day_of_another_paper_in_a_sentence_is_not_the_letters():
    reading = read(
        (80, 60, "Borough Hospital", 40),
        (80, 200, "Date: 12 October 2026"),
        (80, 400, "Following a referral from your doctor, dated 21 September 2026, an appointment was made for you."),
    )
    assert reading.issue_date.value == "2026-10-12"


def test_poa5_numbers_of_forms_and_hours_are_no_days():
    reading = read(
        (80, 60, "Finanzamt Talheim", 30),
        (700, 60, "70790 Talheim, 02.07.2026"),
        (80, 300, "Bescheid über Einkommensteuer"),
        (80, 1500, "Mo-Mi 8-15.30"),
        (80, 1530, "HO 04 61 (10/00)"),
    )
    assert reading.issue_date.value == "2026-07-02"


def test_poa5_a_party_may_follow_its_role():
    reading = read(
        (80, 60, "CONTRATO DE ARRENDAMIENTO DE VIVIENDA", 30),
        (80, 200, "DE UNA PARTE, como ARRENDADORA, Inmobiliaria Etxe Berria, S.L., con domicilio social en Getxo."),
        (80, 240, "Y DE OTRA, como ARRENDATARIO, D. Unai Solaun Prieto, mayor de edad."),
    )
    assert reading.name.value == "Unai Solaun Prieto"
    assert reading.issuer.value.startswith("Inmobiliaria Etxe Berria")


def test_poa5_two_people_in_two_lines_are_joined_and_lose_their_titles():
    reading = read(
        (80, 60, "Mutuelle du Lac", 40),
        (650, 263, "M. Basile Abadie"),
        (650, 285, "Mme Odile Sarrat"),
        (650, 307, "158 boulevard Jean Moulin"),
        (650, 329, "31000 TOULOUSE"),
    )
    assert reading.name.value == "Basile Abadie & Odile Sarrat"


def test_poa5_an_office_under_the_name_of_its_authority_is_the_sender():
    reading = read(
        (80, 60, "RÉPUBLIQUE FRANÇAISE"),
        (700, 60, "AVIS D'IMPÔT 2026", 30),
        (80, 193, "DIRECTION GÉNÉRALE DES FINANCES PUBLIQUES"),
        (80, 215, "SIP VALMONT-SUR-LYS"),
        (80, 237, "14 AVENUE DU GENERAL LECLERC"),
        (80, 259, "59000 LILLE"),
        (650, 361, "VASSEUR BRUNO"),
        (650, 383, "22 RUE DU MOULIN A HUILE"),
        (650, 405, "59000 LILLE"),
    )
    assert reading.name.value == "VASSEUR BRUNO"
    assert reading.address.value == "22 RUE DU MOULIN A HUILE, 59000 LILLE"


def test_a_street_without_numbers_is_a_street_and_two_days_are_two():
    assert street_in("CONTRADA SANTA CHIARA SNC")
    assert [day.candidates[0] for day in find_dates("May 1, 2026 - May 30, 2026")] == ["2026-05-01", "2026-05-30"]
