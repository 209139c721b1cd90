"""What the decoder makes of chances of characters (IDP: read right or say so; never repair what is printed)."""

import time
from datetime import date

import numpy as np
import pytest

from fourcorners.formats.mrz import ALPHABET, MrzFormat, check_digit, parse, write
from fourcorners.vision.mrz.decoder import decode

PASSPORT = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
CARD = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
VISA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
FRENCH = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6")


def chances(lines, doubts=(), certain=0.9999):
    """Log chances that say `lines`; a doubt is (line, column, {character: chance})."""
    made = []
    for line in lines:
        table = np.full((len(line), len(ALPHABET)), (1 - certain) / (len(ALPHABET) - 1))
        table[np.arange(len(line)), [ALPHABET.index(c) for c in line]] = certain
        made.append(table)
    for row, column, chance in doubts:
        made[row][column] = 1e-6
        for character, share in chance.items():
            made[row][column, ALPHABET.index(character)] = share
    return [np.log(table) for table in made]


def replaced(lines, row, column, character):
    return tuple(text[:column] + character + text[column + 1 :] if i == row else text for i, text in enumerate(lines))


@pytest.mark.parametrize(
    ("lines", "name"),
    [(PASSPORT, "TD3"), (CARD, "TD1"), (VISA, "MRVA"), (FRENCH, "FRID")],
)
def test_clear_lines_are_read_as_they_are_and_surely(lines, name):
    decoded = decode(chances(lines))
    assert (decoded.format, decoded.lines) == (name, lines)
    assert decoded.chance > 0.99
    assert len(decoded.line_chances) == len(lines)


def card(**fields: str) -> tuple[str, ...]:
    """The zone of Anna Eriksson's identity card with these fields."""
    return write(
        MrzFormat.TD1,
        document_code="I",
        issuing_state="UTO",
        nationality="UTO",
        family_name="Eriksson",
        given_names="Anna",
        birth_date=date(1974, 8, 12),
        sex="F",
        expiry_date=date(2030, 4, 15),
        **fields,
    )


def test_a_check_digit_settles_a_smudged_character():
    doubt = (1, 7, {"C": 0.4, "G": 0.6})
    decoded = decode(chances(PASSPORT, [doubt]))
    assert decoded.lines == PASSPORT
    assert decoded.chance > 0.97


def test_only_the_composite_digit_covers_optional_data_and_settles_it():
    lines = card(document_number="D23145890", optional_data="AB12")
    column = lines[0].index("AB12") + 1
    decoded = decode(chances(lines, [(0, column, {"8": 0.55, "B": 0.45})]))
    assert decoded.lines == lines
    assert decoded.chance > 0.97


def test_a_wrong_check_digit_that_is_clearly_printed_is_not_repaired():
    printed = replaced(PASSPORT, 1, 9, "7")
    decoded = decode(chances(printed, certain=0.999999))
    assert decoded.lines == printed
    assert decoded.chance > 0.98
    assert not parse(decoded.lines).check_digits_agree


def test_a_wrong_check_digit_beside_a_doubtful_character_is_not_sure():
    printed = replaced(PASSPORT, 1, 7, "G")
    decoded = decode(chances(printed, [(1, 7, {"G": 0.999, "C": 0.001})]))
    assert decoded.chance < 0.95
    assert PASSPORT in {decoded.lines, *decoded.alternatives}


def test_grammar_tells_letters_from_digits_in_names_and_dates():
    doubts = [(0, 5, {"E": 0.3, "6": 0.7}), (1, 13, {"7": 0.4, "Z": 0.6})]
    decoded = decode(chances(PASSPORT, doubts))
    assert decoded.lines == PASSPORT


def test_a_doubt_in_a_name_is_not_sure_and_names_the_other_reading():
    decoded = decode(chances(PASSPORT, [(0, 6, {"R": 0.7, "B": 0.3})]))
    assert decoded.chance < 0.75
    assert decoded.alternatives[0] == replaced(PASSPORT, 0, 6, "B")
    assert decoded.line_chances[0] < decoded.line_chances[1]


def test_two_changes_that_the_check_digits_cannot_tell_apart_are_not_sure():
    # B counts 11, 8 counts 8: with weights 7 and 3 the two of them shift the sum by 30, a multiple of ten
    number = "BNDJBTCTC"
    printed = replaced(PASSPORT, 1, 9, check_digit(number))
    second = number + printed[1][9:]
    body = second[:10] + second[13:20] + second[21:43]
    lines = (PASSPORT[0], second[:43] + check_digit(body))
    doubts = [(1, 0, {"B": 0.6, "8": 0.4}), (1, 4, {"B": 0.6, "8": 0.4})]
    decoded = decode(chances(lines, doubts))
    assert decoded.chance < 0.8
    assert any("8NDJ8TCTC" in other[1] for other in (decoded.lines, *decoded.alternatives))


def test_the_list_of_states_settles_a_smudged_code_and_does_not_repair_a_clear_one():
    decoded = decode(chances(PASSPORT, [(1, 12, {"Q": 0.9, "O": 0.1})]))
    assert decoded.lines == PASSPORT
    unknown = replaced(PASSPORT, 1, 12, "Q")
    clear = decode(chances(unknown, certain=0.9999999))
    assert clear.lines == unknown
    assert clear.chance > 0.99


def test_issuers_avoid_the_letter_o_in_numbers():
    decoded = decode(chances(PASSPORT, [(1, 3, {"O": 0.6, "8": 0.4})]))
    assert decoded.lines == PASSPORT
    line = replaced(PASSPORT, 1, 3, "O")
    line = replaced(line, 1, 9, check_digit(line[1][:9]))
    body = line[1][:10] + line[1][13:20] + line[1][21:43]
    clear = replaced(line, 1, 43, check_digit(body))
    assert decode(chances(clear, certain=0.99999)).lines == clear


def test_a_long_document_number_runs_on_in_the_optional_data():
    lines = card(document_number="AB12345678901")
    decoded = decode(chances(lines, [(0, 16, {lines[0][16]: 0.45, "O": 0.55})]))
    assert decoded.lines == lines
    assert parse(decoded.lines).check_digits_agree


def test_a_hidden_stretch_is_never_sure_and_takes_bounded_time():
    hidden = {c: 1 / len(ALPHABET) for c in ALPHABET}
    began = time.process_time()
    decoded = decode(chances(PASSPORT, [(1, column, hidden) for column in range(6, 30)]))
    assert time.process_time() - began < 2.0
    assert decoded.chance <= 0.5


def test_lines_of_no_format_are_not_decoded():
    assert decode(chances(("A" * 30, "B" * 30))) is None


def test_a_smudged_nationality_is_rather_that_of_the_passport():
    serbian = replaced(replaced(replaced(PASSPORT, 0, 2, "S"), 0, 3, "R"), 0, 4, "B")
    serbian = replaced(replaced(serbian, 1, 11, "R"), 1, 12, "B")
    doubt = {"B": 0.5, "S": 0.5}  # Barbados and Serbia are both states
    decoded = decode(chances(serbian, [(1, 10, doubt)]))
    assert decoded.lines[1][10:13] == "SRB"
    assert decode(chances(serbian, [(1, 10, {"B": 0.9999})])).lines[1][10:13] == "BRB"


def test_nothing_follows_the_fillers_of_a_name_unless_it_is_clear():
    hidden = {"Q": 0.3, "<": 0.02}
    assert decode(chances(PASSPORT, [(0, 43, hidden)])).lines == PASSPORT
    assert decode(chances(replaced(PASSPORT, 0, 43, "Q"), certain=0.999999)).lines[0][43] == "Q"
    assert decode(chances(replaced(PASSPORT, 0, 13, "A"))).lines[0][13] == "A"
