"""The examples that ICAO Doc 9303 prints, and published specimens of the two other formats."""

from datetime import date

import pytest

from fourcorners.formats import mrz

TODAY = date(2026, 1, 15)

TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
TD1_LONG = ("I<UTOD23145890<7349<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
MRVA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
MRVB = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")
FRID = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6")
EUDL1 = ("D1FRA13AA000026181231MARTIN<<9",)

ALL = {"TD3": TD3, "TD2": TD2, "TD1": TD1, "MRVA": MRVA, "MRVB": MRVB, "FRID": FRID, "EUDL1": EUDL1}


@pytest.mark.parametrize("name", ALL)
def test_each_published_example_is_told_from_the_others_and_agrees(name: str) -> None:
    read = mrz.parse(ALL[name])
    assert read.format == name
    assert read.check_digits_agree
    assert read.problems == ()
    assert len(read.checks) == len(mrz.layout_for(read.format, read.issuing_state).checks)


def test_the_passport_reads_as_printed_in_the_standard() -> None:
    read = mrz.parse(TD3)
    assert (read.document_code, read.issuing_state, read.nationality) == ("P", "UTO", "UTO")
    assert (read.family_name, read.given_names, read.names_truncated) == ("ERIKSSON", "ANNA MARIA", False)
    assert (read.document_number, read.personal_number, read.sex) == ("L898902C3", "ZE184226B", "F")
    assert read.birth_date is not None
    assert read.birth_date.resolve(TODAY) == date(1974, 8, 12)
    assert read.expiry_date is not None
    assert read.expiry_date.value(TODAY) == "2012-04-15"


def test_a_long_number_runs_on_in_the_optional_data() -> None:
    read = mrz.parse(TD1_LONG)
    assert read.document_number == "D23145890734"
    assert read.optional_data == ""
    assert read.check_digits_agree
    moved = next(
        rule for rule in mrz.check_rules(mrz.LAYOUTS[read.format], read.lines) if rule.field == "document_number"
    )
    assert "".join(read.lines[line][column] for line, column in moved.positions) == "D23145890734"


def test_the_french_card_has_its_date_of_issue_in_its_number() -> None:
    read = mrz.parse(FRID)
    assert (read.family_name, read.given_names) == ("BERTHIER", "CORINNE")
    assert (read.document_number, read.nationality) == ("880692310285", "FRA")
    assert read.issue_date is not None
    assert read.issue_date.value(TODAY) == "1988-06"
    assert read.expiry_date is None


def test_driving_licences_differ_from_state_to_state() -> None:
    french, dutch = mrz.parse(EUDL1), mrz.parse(["D1NLD15094962111659VW87Z78NB84"])
    assert (french.family_name, french.document_number) == ("MARTIN", "13AA00002")
    assert french.expiry_date is not None
    assert french.expiry_date.resolve(TODAY) == date(2018, 12, 31)
    assert (dutch.document_number, dutch.optional_data, dutch.check_digits_agree) == (
        "5094962111",
        "659VW87Z78NB8",
        True,
    )


@pytest.mark.parametrize("name", ALL)
def test_any_changed_character_under_a_check_digit_is_noticed(name: str) -> None:
    """All but those that count the same modulo ten (0, `<`, A, K, U), which no check digit tells apart."""
    lines = ALL[name]
    layout = mrz.layout_for(mrz.parse(lines).format, lines[0][2:5])
    for line, column in {position for rule in layout.checks for position in rule.positions}:
        printed = lines[line][column]
        for other in "01<A5":
            text = lines[line][:column] + other + lines[line][column + 1 :]
            changed = mrz.parse([*lines[:line], text, *lines[line + 1 :]])
            alike = mrz.check_digit(printed) == mrz.check_digit(other) and changed.format == name
            if other != printed and not (other == "<" and "document_number" in name_of_check(layout, line, column)):
                assert changed.check_digits_agree == alike, (line, column, printed, other)


def name_of_check(layout: mrz.Layout, line: int, column: int) -> set[str]:
    return {rule.field for rule in layout.checks if rule.position == (line, column)}
