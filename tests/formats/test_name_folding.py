import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.formats.names import fold, plain, romanised, spells, split_suffix, split_words


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("O'Brien-Łoś", "OBRIEN LOS"),
        ("d’Artagnan", "DARTAGNAN"),
        ("GARCÍA  LÓPEZ", "GARCIA LOPEZ"),
        ("ERIKSSON<<ANNA<MARIA", "ERIKSSON ANNA MARIA"),
        ("Eriksson, Anna", "ERIKSSON ANNA"),
        ("Nguyễn Văn", "NGUYEN VAN"),
        ("Jr.", "JR"),
        ("ışık", "ISIK"),
        ("Æbelø", "AEBELO"),
        ("ＡＮＮＡ", "ANNA"),
        ("-'.", ""),
    ],
)
def test_one_form_for_all_spellings_of_a_name(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("Müller", ["MUELLER", "MULLER", "MUXXLLER"]),
        ("Юлия", ["IULIIA", "YULIYA", "JULIJA", "YULIA"]),
        ("Γεώργιος", ["GEORGIOS"]),
        ("Đorđe", ["DORDE", "DJORDJE"]),
        ("محمد", ["MXHMD"]),
    ],
)
def test_every_way_of_printing_a_word_is_known(word: str, latin: list[str]) -> None:
    assert all(spells(word, way) for way in latin)
    assert not spells(word, latin[0] + "X")
    assert not spells(word, latin[0][:-1])


def test_a_word_in_plain_letters_has_one_spelling_only() -> None:
    assert not spells("MUELLER", "MULLER")


def test_suffixes_stand_last() -> None:
    assert split_suffix(["JOHN", "JR."]) == (["JOHN"], "JR.")
    assert split_suffix(["JR"]) == (["JR"], "")
    assert split_suffix(["III", "JOHN"]) == (["III", "JOHN"], "")


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    for word in split_words(name):
        assert not any(character.isspace() for character in plain(word))
        assert romanised(word).isascii()
