"""From data elements to the standard field names."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from fourcorners.formats.names import split_suffix
from fourcorners.kit.data import load_toml

from .model import Issuer, Problem

__all__ = ["read_fields", "truncated_fields"]

_SEXES = {"1": "M", "2": "F", "9": "X", "M": "M", "F": "F", "X": "X"}
_DATES = {"birth_date": "DBB", "expiry_date": "DBA", "issue_date": "DBD"}
_TRUNCATION = {"DDE": "family_name", "DDF": "given_names", "DDG": "given_names"}
_YEARS = range(1850, 2200)
_COUNTRIES = ("USA", "CAN", "MEX")


def read_fields(elements: Mapping[str, str], issuer: Issuer | None) -> tuple[dict[str, str], list[Problem]]:
    """What the elements mean, and what is wrong with them. Fields that are not there are left out."""
    said = {name: value for name, value in elements.items() if not _is_absent(value)}
    problems: list[Problem] = []
    fields = _names(said, issuer, problems)
    fields["document_number"] = said.get("DAQ") or said.get("DBJ", "")
    for field, element in _DATES.items():
        fields[field] = _date(element, said.get(element, ""), problems)
    fields["sex"] = _SEXES.get(said.get("DBC", "").upper(), "")
    country = said.get("DCG", "").upper()
    fields["issuing_state"] = country if country in _COUNTRIES else issuer.country if issuer else ""
    fields["address"] = _address(said)
    if issuer and country in _COUNTRIES and country != issuer.country:
        problems.append(Problem("country_contradicts_issuer", "DCG"))
    problems += [Problem("field_missing", name) for name in ("family_name", "document_number") if not fields[name]]
    return {name: value for name, value in fields.items() if value}, problems


def truncated_fields(elements: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that the card itself says it has cut (DDE, DDF, DDG: "T")."""
    return tuple(dict.fromkeys(field for element, field in _TRUNCATION.items() if elements.get(element) == "T"))


def _names(said: Mapping[str, str], issuer: Issuer | None, problems: list[Problem]) -> dict[str, str]:
    family = said.get("DCS") or said.get("DAB", "")
    given = " ".join(said[name] for name in ("DAC", "DAD") if name in said) or said.get("DCT", "")
    suffix = said.get("DCU") or said.get("DAE", "")
    if not family and "DAA" in said:
        family, given, suffix = _full_name(said["DAA"], issuer, problems)
    return {"family_name": _words(family), "given_names": _words(given), "name_suffix": _words(suffix)}


def _full_name(text: str, issuer: Issuer | None, problems: list[Problem]) -> tuple[str, str, str]:
    """Family name, given names, suffix. The standard of 2000 parts them by commas; some cards part them by spaces."""
    parts = [part.strip() for part in re.split("[,$@]", text) if part.strip()]
    if len(parts) > 1:
        words, suffix = split_suffix(" ".join(parts[1:]).split())
        return parts[0], " ".join(words), suffix
    words, suffix = split_suffix(text.split())
    given_first = issuer is not None and issuer.jurisdiction in _table()["name_order"]["given_first"]
    if not given_first:
        problems.append(Problem("name_order_assumed", "DAA"))
    family = words[-1:] if given_first else words[:1]
    return " ".join(family), " ".join(words[:-1] if given_first else words[1:]), suffix


def _words(name: str) -> str:
    return " ".join(name.replace(",", " ").split())


def _date(element: str, text: str, problems: list[Problem]) -> str:
    digits = re.sub(r"[-/. ]", "", text)
    if not digits.strip("0"):
        return ""
    if re.fullmatch(r"[0-9]{8}", digits):
        # The United States print month, day, year; Canada and the standard of 2000 year, month, day. As no year starts
        # with a month and a day, at most one of the two orders can be meant.
        for order, usual in (("mdy", True), ("ymd", True), ("ydm", False), ("dmy", False)):
            value = _in_order(digits, order)
            if value is not None:
                if not usual:
                    problems.append(Problem("date_order_unusual", element))
                return value
    problems.append(Problem("date_unreadable", element))
    return ""


def _in_order(digits: str, order: str) -> str | None:
    parts, position = {}, 0
    for part in order:
        length = 4 if part == "y" else 2
        parts[part] = int(digits[position : position + length])
        position += length
    try:
        return date(parts["y"], parts["m"], parts["d"]).isoformat() if parts["y"] in _YEARS else None
    except ValueError:
        return None


def _address(said: Mapping[str, str]) -> str:
    street, second, city, state, postcode = (
        said.get(mailing) or said.get(residence, "")
        for mailing, residence in (("DAG", "DAL"), ("DAH", "DAM"), ("DAI", "DAN"), ("DAJ", "DAO"), ("DAK", "DAP"))
    )
    if city and second.startswith(city):  # some cards repeat the place in the second line
        second = ""
    place = f"{state} {_postcode(postcode)}".strip()
    return ", ".join(part for part in (_words(street), _words(second), _words(city), place) if part)


def _postcode(text: str) -> str:
    compact = re.sub("[- ]", "", text)
    if re.fullmatch("(?:[A-Z][0-9]){3}", compact):  # Canada
        return f"{compact[:3]} {compact[3:]}"
    if len(compact) == 9 and compact.isdigit():
        return compact[:5] if compact.endswith("0000") else f"{compact[:5]}-{compact[5:]}"
    return text.strip()


def _is_absent(value: str) -> bool:
    return not value or value.upper() in _table()["absent"]["values"]


@cache
def _table() -> dict[str, Any]:
    return load_toml("fourcorners.formats.aamva", "elements.toml")
