"""Cyrillic and Greek words that come out as confident Latin ones are told apart from Latin names."""

from datetime import date

import pytest
from printed_lines import column, line

from fourcorners.vision.fields.labels import find_labels
from fourcorners.vision.fields.pieces import cut_up
from fourcorners.vision.fields.printed import read_printed
from fourcorners.vision.fields.scripts import looks_foreign, script_of_page, told_apart, unread_scripts
from fourcorners.vision.fields.values import Context

TODAY = date(2026, 6, 1)


def pieces(*lines):
    return cut_up(lines, [find_labels(entry.text) for entry in lines])[1]


def read(lines, script, known=None):
    return {p.name: p for p in read_printed(lines, known or {}, Context(TODAY, script=script))}


@pytest.mark.parametrize(
    "text", ["TKA4EHKO", "AHHA", "MOCKBA", "YKPAïHA", "ΠETPEHKO", "WEB4EHKO", "HATAIIIA", "KOBA4", "TOMA"]
)
def test_cyrillic_as_the_network_reads_it_looks_cyrillic(text):
    assert looks_foreign(text, "cyrillic")


@pytest.mark.parametrize("text", ["TKACHENKO MARIANA", "BORISOV", "PASSPORT", "Toma", "12 04 1988", "SRB", "AB"])
def test_latin_words_and_numbers_do_not(text):
    assert not looks_foreign(text, "cyrillic")


def test_the_script_follows_from_the_state_or_shows_itself():
    assert script_of_page([], "UKR") == "cyrillic"
    assert script_of_page([], "GEO") == "georgian"
    assert script_of_page([line("Επώνυμο"), line("Όνομα")], "FRA") is None
    assert script_of_page([line("Eπώνυμο/Surname"), line("TOKATΛIΔHΣ")], None) == "greek"
    assert script_of_page([line("ΠETPEHKO"), line("ΓEOPΓIEB")], None) == "cyrillic"
    assert script_of_page([line("Surname"), line("MÜLLER 5α")], None) is None


def test_unread_lines_are_put_down_to_the_script_of_the_state():
    lines = [line("uuLO", confidence=0.4, script="unread")] * 3
    assert unread_scripts(lines, "georgian") == ("georgian",)
    assert unread_scripts(lines[:2], "georgian") == ()
    assert unread_scripts(lines, None) == ()
    assert unread_scripts([line("AHHA"), line("MOCKBA"), line("TKA4EHKO")], "cyrillic") == ("cyrillic",)


def test_of_a_name_in_two_scripts_the_latin_one_is_read():
    for script, original, latin in (("greek", "XATZHNIKOΛAOY", "CHATZINIKOLAOU"), ("greek", "NIKHTAKH", "NIKITAKI")):
        lines = [line("Surname", y=100, height=18), line(original, y=122, height=28), line(latin, y=152, height=28)]
        found = read(lines, script)["family_name"]
        assert found.value == latin
        assert found.confidence > 0.8


def test_a_name_that_may_be_of_either_script_has_a_low_confidence():
    lines = column("Surname", "TOMA", "Given names", "BORIS")
    found = read(lines, "cyrillic")
    assert found["family_name"].confidence < 0.6 < found["given_names"].confidence
    assert read(lines, None)["family_name"].confidence > 0.9
    assert read(lines, "cyrillic", {"family_name": "TOMA"})["family_name"].confidence > 0.9  # the zone says so too


def test_words_with_greek_letters_are_no_latin_values():
    assert "family_name" not in read(column("Surname", "TOKATΛIΔHΣ"), "greek")
    assert [p.text for p in told_apart(pieces(line("EΛΛHNIKH / HELLENIC")), "greek", ())] == ["EΛΛHNIKH / HELLENIC"]


def test_two_surnames_that_are_one_both_stay():
    kept = told_apart(pieces(line("TAPIA", y=100), line("TAPIA", y=130)), "greek", ())
    assert [piece.text for piece in kept] == ["TAPIA", "TAPIA"]
