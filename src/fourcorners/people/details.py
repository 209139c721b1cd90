"""The personal data that an applicant types in: what is asked, and what is wrong with an answer, field by field."""

from collections.abc import Mapping
from datetime import date

from fourcorners.checks.claims import ClaimsRefused, parse_claims
from fourcorners.people.errors import DetailsInvalid
from fourcorners.people.rules import flow

__all__ = ["FIELDS", "NEEDED", "claims_for_checks", "parse_details"]

FIELDS = (
    "given_names",
    "family_name",
    "single_name",
    "local_name",
    "birth_date",
    "sex",
    "document_number",
    "address",
)
"""Every field, in the order in which it is asked for, read once more, and named when something is wrong with it."""
OPTIONAL = ("single_name", "local_name", "sex")
NEEDED = tuple(name for name in FIELDS if name not in OPTIONAL)
CHECKED = ("family_name", "given_names", "birth_date", "document_number", "sex", "address")
LOCAL_NAME_LETTERS_MAX = 200
SINGLE_NAME_FLAGS = ("true", "false")


def parse_details(given: Mapping[str, str], today: date) -> dict[str, str]:
    """The details with spaces folded. `single_name` = "true" is for people of one name: `given_names` stays empty.

    Raises DetailsInvalid, whose `problems` maps each field to `unknown`, `missing`, `invalid` or `in_future`.
    """
    details = {name: " ".join(str(value).split()) for name, value in given.items()}
    single = details.get("single_name") == "true"
    problems = {name: "unknown" for name in details if name not in FIELDS}
    for name in NEEDED:
        if not details.get(name) and not (name == "given_names" and single):
            problems[name] = "missing"
    for name in (n for n in CHECKED if details.get(n) and n not in problems):
        try:
            parse_claims({name: details[name]})
        except ClaimsRefused:
            problems[name] = "invalid"
    if len(details.get("local_name", "")) > LOCAL_NAME_LETTERS_MAX:
        problems["local_name"] = "invalid"
    if details.get("single_name", "false") not in SINGLE_NAME_FLAGS:
        problems["single_name"] = "invalid"
    if "birth_date" not in problems and date.fromisoformat(details["birth_date"]) > today:
        problems["birth_date"] = "in_future"
    if problems:
        raise DetailsInvalid("Some of the details are missing or not in order.", problems=problems)
    return {name: value for name, value in details.items() if value}


def claims_for_checks(
    details: Mapping[str, str], nationality: str | None, document_kind: str | None, issuing_state: str | None
) -> dict[str, str]:
    """The details as the library's claims: what a document can agree or disagree with."""
    specimen = flow()["specimen"]
    claims = {name: details[name] for name in CHECKED if details.get(name) and name != "address"}
    nationality, issuing_state = (
        specimen["state"] if code == specimen["country"] else code for code in (nationality, issuing_state)
    )
    others = {"nationality": nationality, "document_kind": document_kind, "issuing_state": issuing_state}
    return {**claims, **{name: value for name, value in others.items() if value}}
