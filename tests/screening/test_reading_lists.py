"""Files of operators become entries; what is wrong in them is told with its line."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourcorners.screening import Entry, Kind, ListedName, Strength
from fourcorners.screening.errors import ListFormUnknown, ListUnreadable
from fourcorners.screening.reading import BadRow, Form, Reading, columns, form_of, read_entries


def ftm(schema: str = "Person", identity: object = "q1", **properties: list[str]) -> str:
    return json.dumps({"id": identity, "schema": schema, "properties": properties})


def read(lines: list[str], form: Form = Form.FOLLOW_THE_MONEY) -> tuple[list[Entry], Reading]:
    reading = Reading()
    return list(read_entries(lines, form, reading)), reading


def test_a_person_of_follow_the_money() -> None:
    line = ftm(
        name=["Vladimir Orlov"],
        alias=["Владимир Орлов", "Vladimir Orlov"],
        weakAlias=["Vova"],
        birthDate=["1960-05-12", "1961"],
        nationality=["ru"],
        country=["ru", "by"],
        topics=["sanction"],
        sourceUrl=["https://example.org/1"],
    )
    (entry,), reading = read([line, "", ftm("Vessel", "v1", name=["Orlova"]), ftm("Vessel", "v2", name=["Orlova"])])
    assert entry == Entry(
        "q1",
        Kind.PERSON,
        (
            ListedName("Vladimir Orlov"),
            ListedName("Владимир Орлов", Strength.ALIAS),
            ListedName("Vova", Strength.WEAK_ALIAS),
        ),
        ("1960-05-12", "1961"),
        ("RU", "BY"),
        ("sanction",),
        "https://example.org/1",
    )
    assert Entry.from_dict(json.loads(json.dumps(entry.to_dict()))) == entry
    assert (reading.entries, reading.left_out, reading.bad) == (1, {"Vessel": 2}, 0)


@pytest.mark.parametrize(
    ("schema", "kind"),
    [("Person", "person"), ("Company", "entity"), ("Organization", "entity"), ("LegalEntity", "either")],
)
def test_kinds(schema: str, kind: str) -> None:
    assert read([ftm(schema, name=["Anybody"])])[0][0].kind == kind


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "no JSON"),
        ("[1]", "no JSON object"),
        (json.dumps({"id": "a"}), "no schema"),
        (json.dumps({"id": "a", "schema": "Person"}), "no properties"),
        (ftm(name=["..."]), "no name with letters"),
        (ftm(identity=None, name=["Anybody"]), "no id"),
        (ftm(identity="known", name=["Anybody"]), "used before"),
    ],
)
def test_a_bad_row_is_told_with_its_line(line: str, why: str) -> None:
    entries, reading = read([ftm(identity="known", name=["Somebody"]), "", line])
    assert len(entries) == 1
    (row,) = reading.told
    assert (row.line, reading.bad, row.is_kept) == (3, 1, False)
    assert why in row.why


def test_a_value_that_is_none_is_left_out_and_the_entry_stays() -> None:
    line = ftm(name=["Anybody"], birthDate=["soon", "1960"], country=["r1"], sourceUrl=["javascript:alert(1)"])
    (entry,), reading = read([line])
    assert (entry.birth_dates, entry.countries, entry.source_url) == (("1960",), (), "")
    assert (reading.bad, reading.dropped_values) == (0, 3)


def test_csv_with_its_columns() -> None:
    lines = [
        ",".join(columns()),
        'x1,person,"Orlov, Vladimir",Vova Orlov;V. Orlov,Vova,1960-05-12;1961,ru;by,sanction,https://example.org',
        "x2,,Acme Ltd,,,,,,",
        "x3,robot,Acme Ltd,,,,,,",
        "x4,entity,,,,,,,",
        "x5,entity,Acme,,,,,,,,more",
    ]
    entries, reading = read(lines, Form.CSV)
    assert [entry.id for entry in entries] == ["x1", "x2"]
    assert entries[0].names[0] == ListedName("Orlov, Vladimir")
    assert [name.strength for name in entries[0].names[1:]] == ["alias", "alias", "weak_alias"]
    assert entries[1].kind is Kind.EITHER
    assert [row.line for row in reading.told] == [4, 5, 6]
    assert reading.told[0] == BadRow(4, "there is no kind 'robot'")


@pytest.mark.parametrize("head", ["id,kind", "id,name,colour", ""])
def test_columns_that_are_missing_or_unknown_stop_it(head: str) -> None:
    with pytest.raises(ListUnreadable):
        read([head, "a,b"], Form.CSV)


def test_the_form_is_told_by_the_ending() -> None:
    assert (form_of(Path("a.CSV")), form_of(Path("a.ftm.json"))) == (Form.CSV, Form.FOLLOW_THE_MONEY)
    with pytest.raises(ListFormUnknown):
        form_of(Path("list.pdf"))


PLAIN = st.none() | st.integers() | st.text(max_size=8) | st.lists(st.text(max_size=8), max_size=2)
KEYS = ["id", "schema", "properties", "caption"]
VALUES = (
    PLAIN | st.sampled_from(["Person"]) | st.dictionaries(st.sampled_from(["name", "birthDate"]), PLAIN, max_size=2)
)
JSON = PLAIN | st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4)


@settings(deadline=None)
@given(st.lists(JSON.map(json.dumps) | st.text(max_size=30), max_size=5))
def test_no_file_breaks_the_reader(lines: list[str]) -> None:
    _, reading = read(lines)
    assert reading.entries + reading.bad <= len(lines)
