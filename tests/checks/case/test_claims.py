"""Claims are strict JSON: anything else is refused with one code."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.checks.claims import Claims, ClaimsRefused, parse_claims


def test_claims_are_optional_and_evened_out():
    claims = parse_claims('{"family_name": " Zoe\\u0308 ", "birth_date": "1990-02-28", "sex": null}')
    assert claims == Claims(family_name="Zoë", birth_date="1990-02-28")
    assert claims.given == {"family_name": "Zoë", "birth_date": "1990-02-28"}


def test_a_mapping_will_do_and_so_will_a_byte_order_mark():
    assert parse_claims({"sex": "X"}).sex == "X"
    assert parse_claims(b'\xef\xbb\xbf{"sex": "M"}').sex == "M"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '"text"',
        "{",
        '{"family_name": 3}',
        '{"family_name": ""}',
        '{"family_name": "   "}',
        '{"family_name": "' + "x" * 201 + '"}',
        '{"family_name": "a\\u0000b"}',
        '{"family_name": "\\ud800"}',
        '{"shoe_size": "44"}',
        '{"sex": "M", "sex": "F"}',
        '{"sex": "female"}',
        '{"birth_date": "1990-02-30"}',
        '{"birth_date": "19900228"}',
        '{"birth_date": "28.02.1990"}',
        '{"birth_date": "\\u0661\\u0669\\u0669\\u0660-01-01"}',
        "[" * 100_000,
        '{"address": "' + "x" * 70_000 + '"}',
    ],
)
def test_everything_else_is_refused(text):
    with pytest.raises(ClaimsRefused) as refused:
        parse_claims(text)
    assert refused.value.code == "claims_invalid"


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_else(data):
    with contextlib.suppress(ClaimsRefused):
        assert isinstance(parse_claims(data), Claims)


@given(st.dictionaries(st.text(max_size=12), st.recursive(st.none() | st.integers() | st.text(), st.lists), max_size=4))
def test_no_object_raises_anything_else(table):
    try:
        claims = parse_claims(json.dumps(table))
    except ClaimsRefused:
        return
    assert set(claims.given) <= set(table)
