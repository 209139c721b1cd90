from datetime import date

import pytest

from fourcorners.vision.fields.date_order import date_order
from fourcorners.vision.fields.dates import dates_in
from fourcorners.vision.fields.values import Context, read_value

CONTEXT = Context(date(2026, 6, 1))


def value(field, text, context=CONTEXT):
    found = read_value(field, text, context)
    return None if found is None else found.text


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("birth_date", "12 AUG/AOÛT 74", "1974-08-12"),
        ("birth_date", "12.12.1982.", "1982-12-12"),
        ("birth_date", "28.03.1948 AMAUROT", "1948-03-28"),
        ("birth_date", "24 CEP/AUG 91", "1991-08-24"),
        ("birth_date", "01.01.2090", None),  # nobody is born in the future
        ("expiry_date", "19.05.2028", "2028-05-19"),
        ("issue_date", "19.05.2028", None),
        ("birth_date", "ERIKSSON", None),
        ("sex", "F", "F"),
        ("sex", "M/M", "M"),
        ("sex", "Weiblich", "F"),
        ("sex", "ERIKSSON", None),
        ("nationality", "UTOPIAN", "UTO"),
        ("nationality", "CANADIAN/CANADIENNE", "CAN"),
        ("nationality", "DEUTSCH", "D"),
        ("nationality", "AB", None),
        ("document_number", "L898902C3", "L898902C3"),
        ("document_number", "LRWNU6PQR", "LRWNU6PQR"),
        ("document_number", "121282-88882", "121282-88882"),
        ("document_number", "12.08.1974", None),
        ("document_number", "ERIKSSON", None),
        ("document_number", "Main Street 5", None),
        ("family_name", "O'BRIEN-ŁOŚ", "O'BRIEN-ŁOŚ"),
        ("family_name", "L898902C3", None),
        ("family_name", "YKPAIHA/UKRAINE", None),
        ("family_name", "TKA4EHKO/TKACHENKO", "TKACHENKO"),
        ("given_names", "Prénams", None),
        ("title", "anything", None),
        ("height", "180 cm", "180 cm"),
    ],
)
def test_what_a_text_means_for_a_field(field, text, expected):
    assert value(field, text) == expected


def test_a_date_of_unknown_order_is_less_certain_and_keeps_both_meanings():
    found = read_value("birth_date", "05/06/1980", CONTEXT)
    assert {found.text, *found.others} == {"1980-06-05", "1980-05-06"}
    assert found.certainty < 1
    american = read_value("birth_date", "05/06/1980", Context(CONTEXT.today, "MDY"))
    assert (american.text, american.certainty) == ("1980-05-06", 1.0)


def test_one_date_with_a_day_over_twelve_tells_the_order_of_all():
    assert date_order(["05/06/1980", "05/20/2018"], None) == "MDY"
    assert date_order(["05/06/1980", "20/05/2018"], None) == "DMY"
    assert date_order(["20/05/2018", "05/20/2018"], None) is None
    assert date_order(["05/06/1980"], "USA") == "MDY"
    assert date_order(["05/06/1980"], "FRA") == "DMY"
    assert date_order(["05/06/1980"], "UTO") is None
    assert date_order([], None) is None


def test_places_of_a_date_with_an_unknown_month_name_are_those_of_the_text():
    text = "24 CEP/AUG 91"
    (found,) = dates_in(text)
    assert text[found.start : found.end] == text
    assert dates_in("CEP/AUG") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("V/M", "M"), ("P-F", "F"), ("MIM", "M"), ("ZIF", "F"), ("M / F", None), ("F/M", None), ("M", "M"), ("F/F", "F")],
)
def test_of_two_letters_for_one_sex_the_second_counts(text, expected):
    found = read_value("sex", text, CONTEXT)
    assert (found.text if found else None) == expected


def test_the_rest_of_a_label_is_no_name():
    assert read_value("given_names", "dertrées", CONTEXT) is None
    assert read_value("family_name", "van der Berg", CONTEXT).text == "van der Berg"
