"""What the published schema definition asks of `verified_claims`, in our own words, as far as we write it.

Source: OpenID Identity Assurance Schema Definition 1.0 (2024), sections 5.2 to 5.7; dates are those of ISO 8601.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

__all__ = ["check_verified_claims"]

CHECK_METHODS = ("vpip", "vpiruv", "vri", "vdig", "vcrypt", "data", "auth", "token", "kbv", "pvp", "pvr", "bvp", "bvr")
DOCUMENT_TYPES = ("passport", "idcard", "driving_permit", "residence_permit")
COUNTRY = re.compile(r"[A-Z]{3}")


def check_verified_claims(given: Mapping[str, Any]) -> list[str]:
    """What is wrong with it, each with its place; empty if nothing is."""
    whole = given.get("verified_claims")
    if not isinstance(whole, Mapping):
        return ["verified_claims: must be an object"]
    wrong = [f"{name}: must be an object" for name in ("verification", "claims") if not _is_object(whole.get(name))]
    if wrong:
        return wrong
    if not whole["claims"]:
        wrong.append("claims: must not be empty")
    wrong += _verification(whole["verification"])
    if "birthdate" in whole["claims"] and not _is_date(whole["claims"]["birthdate"]):
        wrong.append("claims/birthdate: must be a date")
    codes = whole["claims"].get("nationalities", [])
    wrong += [f"claims/nationalities: {code} is no code of three letters" for code in codes if not _is_country(code)]
    return wrong


def _verification(told: Mapping[str, Any]) -> list[str]:
    wrong = []
    if not isinstance(told.get("trust_framework"), str) or not told["trust_framework"]:
        wrong.append("verification/trust_framework: is required")
    if "time" in told and not _is_moment(told["time"]):
        wrong.append("verification/time: must be a time with a zone")
    evidence = told.get("evidence", [])
    if not isinstance(evidence, list) or ("evidence" in told and not evidence):
        return [*wrong, "verification/evidence: must be a list with something in it"]
    for number, entry in enumerate(evidence):
        wrong += [f"verification/evidence/{number}/{problem}" for problem in _evidence(entry)]
    return wrong


def _evidence(told: Mapping[str, Any]) -> list[str]:
    if told.get("type") != "document":
        return ["type: we write documents only"]
    wrong = []
    checks = told.get("check_details", [])
    if not checks:
        wrong.append("check_details: must say what was checked")
    for check in checks:
        if check.get("check_method") not in CHECK_METHODS:
            wrong.append("check_details: check_method is required, and must be one that is defined")
        if "time" in check and not _is_moment(check["time"]):
            wrong.append("check_details: time must have a zone")
    document = told.get("document_details", {})
    if document.get("type") not in DOCUMENT_TYPES:
        wrong.append("document_details: type is required, and must be one that is defined")
    dates = [name for name in ("date_of_issuance", "date_of_expiry") if name in document]
    wrong += [f"document_details/{name}: must be a date" for name in dates if not _is_date(document[name])]
    if "issuer" in document and not _is_country(document["issuer"].get("country_code", "")):
        wrong.append("document_details/issuer: country_code must have three letters")
    return wrong


def _is_object(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_country(value: object) -> bool:
    return isinstance(value, str) and COUNTRY.fullmatch(value) is not None


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
