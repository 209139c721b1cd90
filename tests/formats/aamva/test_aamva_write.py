import os
import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.formats import aamva
from fourcorners.kit.errors import Refusal

# ruff: noqa: S311 - seeded on purpose

ROUNDS = 100_000 if os.environ.get("FOURCORNERS_LONG") else 300
ANNA = {
    "issuer": "999999",
    "family_name": "Müller-O'Brien",
    "given_names": "Anna María",
    "document_number": "U1234567",
    "birth_date": date(1990, 2, 3),
    "expiry_date": date(2030, 2, 3),
    "issue_date": date(2022, 2, 3),
    "sex": "F",
    "street": "12 Main Street",
    "city": "Zenda",
    "state": "UT",
    "postcode": "12345",
}


@pytest.mark.parametrize("version", range(1, 11))
@pytest.mark.parametrize("country", ["USA", "CAN"])
def test_what_is_written_reads_back_without_a_problem(version: int, country: str) -> None:
    postcode = "K1A 0B1" if country == "CAN" else "12345-6789"
    read = aamva.parse(aamva.write(**(ANNA | {"version": version, "country": country, "postcode": postcode})))
    assert (read.version, read.issuer, read.document_type, read.truncated) == (version, "999999", "DL", ())
    assert [problem.code for problem in read.problems] == ["issuer_unknown"]
    assert dict(read.fields) == {
        "family_name": "MUELLER-O'BRIEN",
        "given_names": "ANNA MARIA",
        "document_number": "U1234567",
        "birth_date": "1990-02-03",
        "expiry_date": "2030-02-03",
        "issue_date": "2022-02-03",
        "sex": "F",
        "address": f"12 MAIN STREET, ZENDA, UT {postcode}",
    } | ({"issuing_state": country} if version > 1 else {})


def test_the_header_is_that_of_the_standard() -> None:
    payload = aamva.write(**ANNA, document_type="ID")
    assert payload.startswith(b"@\n\x1e\rANSI 999999100001ID0031")
    assert payload[31:36] == b"IDDAQ"
    assert int(payload[27:31]) == len(payload) - 31
    assert payload.endswith(b"\n\r")


def test_names_too_long_are_cut_and_flagged_from_version_4_on() -> None:
    long = ANNA | {"family_name": "Bennelong " * 6, "given_names": "Dingo " + "Potoroo " * 8}
    read = aamva.parse(aamva.write(**long))
    assert read.truncated == ("family_name", "given_names")
    assert read.elements["DCS"] == "BENNELONG BENNELONG BENNELONG BENNELONG"
    assert (read.elements["DDE"], read.elements["DDF"], read.elements["DDG"]) == ("T", "N", "T")
    assert len(aamva.parse(aamva.write(**long, version=3)).elements["DCS"]) <= 40


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "12345"},
        {"issuer": "12345٦"},
        {"version": 0},
        {"version": 11},
        {"document_type": "EN"},
        {"country": "UTO"},
        {"family_name": " "},
        {"family_name": "王"},
        {"document_number": ""},
        {"document_number": "A\nDBB01012000"},
        {"city": "A\0B"},
        {"street": "x" * 36},
        {"state": "UTO"},
    ],
)
def test_what_cannot_be_written_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(aamva.AamvaFieldError):
        aamva.write(**(ANNA | change))


def someone(random_: random.Random) -> dict[str, object]:
    name = "abcdefghijklmnopqrstuvwxyzéüñ -'"
    born = date(1930, 1, 1) + timedelta(days=random_.randint(0, 30_000))
    return {
        "issuer": f"{random_.randint(0, 999_999):06}",
        "version": random_.randint(1, 10),
        "document_type": random_.choice(["DL", "ID"]),
        "family_name": "q" + "".join(random_.choices(name, k=random_.randint(1, 18))),
        "given_names": "q" + "".join(random_.choices(name, k=random_.randint(1, 18))),
        "document_number": "".join(random_.choices("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", k=random_.randint(4, 20))),
        "birth_date": born,
        "issue_date": born + timedelta(days=7000),
        "expiry_date": born + timedelta(days=9000),
        "sex": random_.choice("MFX"),
        "street": f"{random_.randint(1, 9999)} Main St",
        "city": "Zenda",
        "state": "UT",
        "postcode": f"{random_.randint(1, 99999):05}",
        "country": random_.choice(["USA", "CAN"]),
    }


def test_many_people_are_written_and_read_back() -> None:
    random_ = random.Random("aamva")
    for _ in range(ROUNDS):
        fields = someone(random_)
        read = aamva.parse(aamva.write(**fields))
        for name in ("birth_date", "issue_date", "expiry_date"):
            assert read.fields[name] == fields[name].isoformat()
        assert read.fields["document_number"] == fields["document_number"]
        assert read.fields["sex"] == fields["sex"]
        assert read.fields["family_name"].startswith("Q")
        assert not {"date_unreadable", "field_missing", "header_damaged", "subfile_length_wrong"} & {
            problem.code for problem in read.problems
        }


def test_any_damage_is_read_or_refused() -> None:
    """Bytes lost, changed, doubled or moved: never an error, and dates are dates."""
    random_ = random.Random("damage")
    for _ in range(ROUNDS):
        payload = bytearray(aamva.write(**someone(random_)))
        for _ in range(random_.randint(1, 30)):
            place = random_.randrange(len(payload))
            match random_.randint(0, 3):
                case 0:
                    del payload[place : place + random_.randint(1, 5)]
                case 1:
                    payload[place] = random_.randint(0, 255)
                case 2:
                    payload[place:place] = payload[place : place + 3]
                case _:
                    payload[place:place] = bytes([random_.choice(b"\n\r\x1e\x1cDZ0 ")])
            payload = payload or bytearray(b"@")
        try:
            read = aamva.parse(bytes(payload))
        except Refusal:
            continue
        for name in ("birth_date", "issue_date", "expiry_date"):
            assert date.fromisoformat(read.fields.get(name, "2000-01-01"))
        assert read.fields.get("sex", "X") in "MFX"
        assert all(isinstance(value, str) and value for value in read.fields.values())


@given(
    st.one_of(st.text(), st.binary(), st.from_regex(r"@\n\x1e\rANSI [0-9]{10,12}(DL[0-9]{8}){0,3}.*", fullmatch=True))
)
def test_any_text_is_read_or_refused(text: str | bytes) -> None:
    try:
        read = aamva.parse(text)
    except Refusal:
        return
    assert read.elements
