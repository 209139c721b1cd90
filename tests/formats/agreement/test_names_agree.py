import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.formats.agreement import names_agree

SAME = [
    ("Eriksson", "Eriksson", ()),
    ("Eriksson", "ERIKSSON", ("case",)),
    ("JOSÉ", "JOSE", ("diacritics",)),
    ("Łoś", "LOS", ("case", "diacritics")),
    ("NGUYỄN VĂN", "NGUYEN VAN", ("diacritics",)),
    ("MÜLLER", "MUELLER", ("transliteration",)),
    ("WEIẞ", "WEISS", ("diacritics",)),
    ("Åström", "AASTROEM", ("case", "transliteration")),
    ("O'BRIEN", "OBRIEN", ("spacing",)),
    ("O'BRIEN", "O BRIEN", ("spacing",)),
    ("MARIE-CLAIRE", "MARIE CLAIRE", ("spacing",)),
    ("MARIE-CLAIRE", "MARIECLAIRE", ("spacing",)),
    ("ERIKSSON<ANNA", "ERIKSSON ANNA", ("spacing",)),
    ("ШЕВЧЕНКО", "SHEVCHENKO", ("transliteration",)),
    ("Шевченко", "Ševčenko", ("transliteration",)),
    ("ЮЛІЯ", "YULIIA", ("transliteration",)),
    ("ΓΕΩΡΓΙΟΣ", "GEORGIOS", ("transliteration",)),
]
COMPATIBLE = [
    ("ANNA MARIA", "MARIA ANNA", ("order",)),
    ("JOSE MARIA GARCIA LOPEZ", "GARCIA LOPEZ JOSE MARIA", ("order",)),
    ("ANNA MARIA", "ANNA", ("omitted",)),
    ("GARCIA LOPEZ", "GARCIA", ("omitted",)),
    ("ANNA MARIA", "MARIA", ("omitted",)),
    ("ANNA MARIA", "ANNA M", ("initials",)),
    ("J R SMITH", "JOHN ROBERT SMITH", ("initials",)),
    ("DE LA CRUZ", "CRUZ", ("particle",)),
    ("VAN DER BERG", "BERG VAN DER", ("order",)),
    ("JOHN SMITH JR", "JOHN SMITH", ("suffix",)),
    ("DR ANNA SMITH", "ANNA SMITH", ("title",)),
    ("CHRISTELLE HELENE LAUR", "CHRISTELLE HELENE LAURENCE", ("truncation",)),
    ("CHAYAPA DEJTHAMRONG K", "CHAYAPA DEJTHAMRONG KRASUANG", ("initials",)),
    ("SM1TH", "SMITH", ("look_alike",)),
    ("O0NA", "OONA", ("look_alike",)),
    ("MULLER", "MUELLER", ("romanisation",)),
    ("محمد", "MOHAMMED", ("romanisation",)),
    ("王小明", "WANG XIAOMING", ("romanisation", "spacing")),
]
DIFFERENT = [
    ("SMITH", "JONES", ()),
    ("SMITH", "SMYTH", ("one_letter",)),
    ("ANNA", "ANAN", ("one_letter",)),
    ("MEIER", "MEYER", ("one_letter",)),
    ("SCHMIDT", "SHMIT", ()),
    ("KHARYTIA", "HARITIA", ("romanisation",)),
    ("GARCIA LOPEZ", "GARCIA PEREZ", ()),
    ("ANNA MARIA", "BERTA MARIA", ()),
    ("AN", "ANNABELLE", ()),
    ("A B", "ANNA CLARA", ()),
    ("J", "SMITH JOHN", ()),
    ("DAN", "OAN", ("one_letter",)),
    ("JOHN SMITH JR", "JOHN SMITH SR", ("one_letter",)),
    ("JOHN SMITH II", "JOHN SMITH IV", ("one_letter",)),
]


@pytest.mark.parametrize(("a", "b", "reasons"), SAME)
def test_ways_of_writing_one_name_are_the_same(a: str, b: str, reasons: tuple[str, ...]) -> None:
    """IND3: names are equal after case, diacritic and spacing folding."""
    assert (names_agree(a, b).outcome, names_agree(a, b).reasons) == ("same", reasons)
    assert names_agree(b, a) == names_agree(a, b)


@pytest.mark.parametrize(("a", "b", "reasons"), COMPATIBLE)
def test_names_of_which_one_says_less_are_compatible(a: str, b: str, reasons: tuple[str, ...]) -> None:
    assert (names_agree(a, b).outcome, names_agree(a, b).reasons) == ("compatible", reasons)
    assert names_agree(b, a) == names_agree(a, b)


@pytest.mark.parametrize(("a", "b", "hint"), DIFFERENT)
def test_two_names_are_different_however_alike(a: str, b: str, hint: tuple[str, ...]) -> None:
    assert (names_agree(a, b).outcome, names_agree(a, b).reasons) == ("different", hint)
    assert names_agree(b, a) == names_agree(a, b)


@pytest.mark.parametrize("nothing", [None, "", "  ", "<<<", "-", "'"])
def test_without_a_name_there_is_nothing_to_compare(nothing: str | None) -> None:
    assert names_agree(nothing, "SMITH").outcome == "missing"
    assert names_agree("SMITH", nothing).outcome == "missing"


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_are_compared_the_same_both_ways(a: str, b: str) -> None:
    assert names_agree(a, b).outcome == names_agree(b, a).outcome
    assert names_agree(a, a).outcome in ("same", "missing")


def test_no_pair_of_texts_takes_long() -> None:
    started = time.perf_counter()
    for text in ("Ь" * 10_000, "ЯЮЩ " * 5000, "a b " * 5000, "é" * 100_000, "SCH" * 30_000):
        names_agree(text, "J" * 79 + "X " + text[::-1])
    assert time.perf_counter() - started < 5
