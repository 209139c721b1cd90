"""Whether statements are well formed by the Beneficial Ownership Data Standard 0.4: our own reading of its reference.

The schema's text is not in this repository; `shape.toml` says the same in our own notation, and a test holds the two to
one answer on thousands of statements, good and broken.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from fourcorners.kit.data import load_toml

__all__ = ["problems"]


def problems(statements: object) -> list[str]:
    """What is wrong, one line each with its place; [] if nothing is."""
    if not isinstance(statements, list):
        return ["A file of statements is a list."]
    found: list[str] = []
    for number, statement in enumerate(statements):
        found += _object(statement, "statement", f"[{number}]")
        if isinstance(statement, dict) and statement.get("recordType") in _shape()["codes"]["record_type"]:
            details = statement.get("recordDetails")
            place = f"[{number}].recordDetails"
            found += _object(details, statement["recordType"], place)
            found += _together(statement["recordType"], details, place)
        elif isinstance(statement, dict) and not isinstance(statement.get("recordDetails", {}), dict):
            found.append(f"[{number}].recordDetails is no object.")
    return found


def _object(told: object, name: str, place: str) -> Iterator[str]:
    if not isinstance(told, dict):
        yield f"{place} is no object."
        return
    shape = _shape()[name]
    for key in shape.get("required", ()):
        if key not in told:
            yield f"{place} lacks {key}."
    if "any_of" in shape and not any(key in told for key in shape["any_of"]):
        yield f"{place} has none of {', '.join(shape['any_of'])}."
    for key, form in shape["fields"].items():
        if key in told:
            yield from _value(told[key], form, f"{place}.{key}")
    if name == "annotation" and isinstance(told.get("motivation"), str):
        if told["motivation"] == "linking" and "url" not in told:
            yield f"{place} lacks url."
        if told["motivation"] != "transformation" and told.get("transformedContent"):
            yield f"{place}.transformedContent goes with a transformation only."


def _value(told: object, form: str, place: str) -> Iterator[str]:
    if "|" in form:
        ways = [list(_value(told, way, place)) for way in form.split("|")]
        if all(ways):
            yield ways[1][0] if isinstance(told, dict) else ways[0][0]
    elif form.startswith("["):
        if not isinstance(told, list):
            yield f"{place} is no list."
            return
        for number, entry in enumerate(told):
            yield from _value(entry, form[1:-1], f"{place}[{number}]")
    elif form.startswith("@"):
        yield from _object(told, form[1:], place)
    elif not _fits(told, form):
        yield f"{place} is no {form.replace('_', ' ')}: {str(told)[:60]!r}."


def _fits(told: object, form: str) -> bool:
    if form in _shape()["codes"]:
        return isinstance(told, str) and told in _shape()["codes"][form]
    if form == "flag":
        return isinstance(told, bool)
    if form == "percent":
        return isinstance(told, int | float | Decimal) and not isinstance(told, bool) and 0 <= told <= 100
    if not isinstance(told, str):
        return False
    if form.startswith("text:"):
        least, most = form[5:].split("-")
        return int(least) <= len(told) <= int(most)
    if form == "version":
        return re.search(r"^\d+\.\d+$", told) is not None
    if form == "address":
        return re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", told) is not None
    if form == "birthday" and re.fullmatch(r"\d{4}(-(1[0-2]|0[1-9]))?", told):
        return True
    return form == "text" or _is_day(told) or (form == "moment" and _is_moment(told))


def _is_day(told: str) -> bool:
    try:
        return re.fullmatch(r"\d{4}-\d\d-\d\d", told) is not None and bool(date.fromisoformat(told))
    except ValueError:
        return False


def _is_moment(told: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", told):
        return False
    try:
        return bool(datetime.fromisoformat(re.sub(r"\.\d+", "", told).upper()))
    except ValueError:
        return False


def _together(record: str, details: object, place: str) -> Iterator[str]:
    """What fields say of each other."""
    if not isinstance(details, dict):
        return
    kind: Any = details.get("entityType")
    if record == "entity" and isinstance(kind, dict) and isinstance(kind.get("subtype"), str):
        allowed: Mapping[str, list[str]] = _shape()["subtypes"]
        if isinstance(kind.get("type"), str) and kind["subtype"] not in allowed.get(kind["type"], [kind["subtype"]]):
            yield f"{place}.entityType: {kind['subtype']} does not go with {kind['type']}."
    if record == "relationship" and details.get("isComponent") is True and details.get("componentRecords", []) != []:
        yield f"{place}: a component has no components of its own."


def _shape() -> dict[str, Any]:
    return load_toml("fourcorners.institutions.ownership.bods", "shape.toml")
