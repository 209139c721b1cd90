from datetime import date

import pytest

from fourcorners.formats import mrz
from fourcorners.formats.mrz.names import read_name, write_name

ANNA = {
    "document_code": "P",
    "issuing_state": "UTO",
    "nationality": "UTO",
    "family_name": "Eriksson",
    "given_names": "Anna Maria",
    "document_number": "L898902C3",
    "birth_date": date(1974, 8, 12),
    "sex": "F",
    "expiry_date": date(2012, 4, 15),
    "optional_data": "ZE184226B",
}


def test_the_passport_of_the_standard_is_written_as_printed_there() -> None:
    assert mrz.write(mrz.MrzFormat.TD3, **ANNA) == (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    )


def test_the_card_of_the_standard_with_a_long_number_is_written_as_printed_there() -> None:
    card = ANNA | {"document_code": "I", "document_number": "D23145890734", "optional_data": ""}
    assert mrz.write(mrz.MrzFormat.TD1, **card)[0] == "I<UTOD23145890<7349<<<<<<<<<<<"
    assert mrz.write(mrz.MrzFormat.TD2, **card)[1] == "D23145890<UTO7408122F12041597349<<<2"


def test_the_french_specimens_are_written_as_published() -> None:
    berthier = ANNA | {
        "document_code": "ID",
        "issuing_state": "FRA",
        "family_name": "Berthier",
        "given_names": "Corinne",
        "document_number": "880692310285",
        "birth_date": date(1965, 12, 6),
        "optional_data": "",
    }
    assert mrz.write(mrz.MrzFormat.FRID, **berthier)[1] == "8806923102858CORINNE<<<<<<<6512068F6"
    martin = berthier | {
        "document_code": "D1",
        "family_name": "Martin",
        "document_number": "13AA00002",
        "expiry_date": date(2018, 12, 31),
    }
    assert mrz.write(mrz.MrzFormat.EUDL1, **martin) == ("D1FRA13AA000026181231MARTIN<<9",)


@pytest.mark.parametrize(
    ("family", "given", "written"),
    [  # the first five as in Doc 9303-4, 4.2.3
        ("ERIKSSON", "ANNA MARIA", "ERIKSSON<<ANNA<MARIA"),
        ("van der Muellen", "Martina", "VAN<DER<MUELLEN<<MARTINA"),
        ("D'Artagnan", "Jacques-Yves", "DARTAGNAN<<JACQUES<YVES"),
        ("Arkfreith", "", "ARKFREITH"),
        ("Nilavadhanananda", "Chayapa Dejthamrong Krasuang", "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"),
        ("", "Madonna", "MADONNA"),
        ("Bennelong Wooloomooloo Warrandyte Warnambool", "Dingo Potoroo", "BENNELONG<WOOLOOMOOLOO<WARRANDYT<W<<D<P"),
        ("A" * 50, "", "A" * 39),
        ("A" * 50, "Bo Cy", "A" * 34 + "<<B<C"),
        ("A" * 36, "Bo Cy", "A" * 36 + "<<B"),
        ("A" * 35, "B Cy", "A" * 34 + "<<B<C"),
    ],
)
def test_names_are_cut_so_that_a_letter_stands_last(family: str, given: str, written: str) -> None:
    assert write_name(family, given, 39) == written.ljust(39, "<")
    assert read_name(write_name(family, given, 39))[2] == (len(written) == 39)


@pytest.mark.parametrize(
    ("name", "state", "printed"),
    [
        ("Çelik Ünal", "TUR", "CELIK<UENAL"),
        ("Straße", "D", "STRASSE"),
        ("Łukasiewicz", "POL", "LUKASIEWICZ"),
        ("Þórsdóttir", "ISL", "THORSDOTTIR"),
        ("Åsa Ørsted Æbelø", "DNK", "AASA<OERSTED<AEBELOE"),
        ("Nguyễn", "VNM", "NGUYEN"),
        ("Щербакова", "RUS", "SHCHERBAKOVA"),
        ("Щербакова", "BGR", "SHTERBAKOVA"),
        ("Гоголь", "UKR", "HOHOL"),
        ("Юрій Їжакевич", "UKR", "YURII<YIZHAKEVYCH"),
        ("Жуков", "SRB", "ZUKOV"),
        ("محمّد", "", "MXHMMD"),
        ("فاطمة", "", "FAXTTMXAH"),
    ],
)
def test_names_are_transliterated_as_the_standard_recommends(name: str, state: str, printed: str) -> None:
    assert write_name(name, "", 39, state).rstrip("<") == printed


@pytest.mark.parametrize(
    "change",
    [
        {"document_number": "TOOLONGNUMBER"},
        {"document_number": "ÄÖ"},
        {"family_name": "", "given_names": ""},
        {"family_name": "王"},
        {"family_name": "X2"},
        {"sex": "W"},
        {"optional_data": "1" * 15},
        {"issuing_state": "UTOPIA"},
    ],
)
def test_what_cannot_be_written_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(mrz.MrzFieldError) as refused:
        mrz.write(mrz.MrzFormat.TD3, **(ANNA | change))
    assert refused.value.code == "mrz_unwritable_field"


def test_a_number_that_runs_on_must_still_fit() -> None:
    with pytest.raises(mrz.MrzFieldError):
        mrz.write(mrz.MrzFormat.TD2, **(ANNA | {"document_number": "A" * 15, "optional_data": ""}))
    with pytest.raises(mrz.MrzFieldError):
        mrz.write(mrz.MrzFormat.TD1, **(ANNA | {"document_number": "1234567890 1", "optional_data": ""}))
