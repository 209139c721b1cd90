import tomllib
from importlib.resources import files

import pytest

from fourcorners.vision.fields.labels import coded_labels, find_labels, resembles_label
from fourcorners.vision.fields.words import compact


def fields(text):
    return [label.field for label in find_labels(text)]


def table():
    return tomllib.loads(files("fourcorners.vision.fields").joinpath("labels.toml").read_text("utf-8"))


def test_every_label_of_the_table_is_found_as_its_own_field():
    for field, languages in table().items():
        if field == "codes":
            continue
        for labels in languages.values():
            for label in labels:
                assert fields(label) == [field], label


def test_no_label_stands_under_two_fields():
    seen = {}
    for field, languages in table().items():
        if field != "codes":
            for label in (label for labels in languages.values() for label in labels):
                assert seen.setdefault(compact(label), field) == field, label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Uzvārds/Surname/Nom", ["family_name"] * 3),
        ("Sex/Cinsiyet Nationality/Uyruğu", ["sex", "sex", "nationality", "nationality"]),
        ("IDENTITY CARD Date of birth", ["birth_date"]),
        ("4d DLN", ["document_number"]),
        ("1LN", ["family_name"]),
        ("3: Prénoms", ["given_names"]),
        ("Surname, Given names/Nom, Prénoms", ["full_name", "full_name"]),
        ("Sumame, Given names/Nam, Prénoms", ["full_name", "full_name"]),
        ("No. of Entries/Nombre dertrées", ["other", "other"]),
        ("No. Pengenalan / Identity No.", ["personal_number", "personal_number"]),
        ("Sex: M / Nationality: UTO", ["sex", "nationality"]),
        ("Passport Office", []),
        ("PASSPORT", ["title"]),
        ("39 LINDENALLEE, GRÜNFELD AM 94828", []),
        ("ANNA MARIA", []),
        ("", []),
    ],
)
def test_lines_as_documents_print_them(text, expected):
    assert fields(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sumame/Nomr", "family_name"),  # rn read as m
        ("Dato of birth", "birth_date"),
        ("5ex", None),
        ("Driedanes datums/Date of birth/Dete of maissance", "birth_date"),
        ("Netionality", "nationality"),
    ],
)
def test_labels_that_were_misread(text, expected):
    assert set(fields(text)) == ({expected} if expected else set())


def test_places_are_those_of_the_words():
    text = "Surname: MARTIN"
    (label,) = find_labels(text)
    assert text[label.start : label.end] == "Surname"
    assert label.likeness == 1.0


def test_bare_codes_of_licences():
    eu = [(label.field, label.start) for label in coded_labels("4a. 12.08.2019 4c. DVLA", "eu")]
    assert eu == [("issue_date", 0), ("authority", 15)]
    assert [label.field for label in coded_labels("5.", "eu")] == ["document_number"]
    assert [label.field for label in coded_labels("4d 1234567", "us")] == ["document_number"]
    assert coded_labels("12.08.2019", "eu") == ()
    assert coded_labels("12 MAIN STREET 8 B", "eu") == ()


def test_a_misread_label_is_told_from_a_name():
    assert resembles_label("Prénams")
    assert resembles_label("apeWdos")
    assert not resembles_label("ERIKSSON")
    assert not resembles_label("MARTIN")
    assert not resembles_label("Łukasz")
