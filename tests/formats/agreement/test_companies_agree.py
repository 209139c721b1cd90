"""Names of companies: forms, punctuation, short words, other scripts; and what makes two of them."""

import pytest

from fourcorners.formats.agreement import companies_agree, split_form

SAME = [
    ("Nordlicht Handel GmbH", "Nordlicht Handel Gesellschaft mit beschränkter Haftung"),
    ("Acme Ltd.", "ACME LIMITED"),
    ("Yıldız San. ve Tic. A.Ş.", "YILDIZ SANAYİ VE TİCARET ANONİM ŞİRKETİ"),
    ("Lumière S.A.", "LUMIERE SA"),
    ("Cantábrica S. L.", "Cantabrica SL"),
    ("A. Huber & Söhne KG", "A. Huber und Soehne KG"),
    ("Müller GmbH & Co. KG", "MUELLER GMBH UND CO KG"),
    ("ООО Ромашка", "OOO Romashka"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_company_may_be_written_in_many_ways(a, b):
    assert companies_agree(a, b).outcome == "same"
    assert companies_agree(b, a).outcome == "same"


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Acme Ltd", "Acme plc", "form"),
        ("Acme Ltd", "Acne Ltd", "one_letter"),
        ("Sea North Ltd", "North Sea Ltd", "order"),
    ],
)
def test_two_companies_are_told_apart_with_the_hint(a, b, reason):
    found = companies_agree(a, b)
    assert (found.outcome, found.reasons) == ("different", (reason,))


@pytest.mark.parametrize(
    ("a", "b", "reasons"),
    [("Acme Ltd", "Acme", ("form",)), ("North Sea Trading Ltd", "North Sea Ltd", ("words",))],
)
def test_what_is_left_out_is_told(a, b, reasons):
    found = companies_agree(a, b)
    assert (found.outcome, found.reasons) == ("compatible", reasons)


def test_nothing_is_no_company():
    assert companies_agree(None, "Acme").outcome == companies_agree("Acme", " - ").outcome == "missing"
    assert companies_agree("A" * 2000, "Acme").reasons == ("too_long",)
    assert split_form("Acme") == ("Acme", "")
    assert split_form("Ltd") == ("Ltd", "")
