"""Whether two values of a field say the same, by the one set of rules in formats."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from fourcorners.formats.agreement import (
    Agreement,
    dates_agree,
    names_agree,
    numbers_agree,
    sexes_agree,
    states_agree,
)

__all__ = ["agree"]

RULES: Mapping[str, Callable[[str, str], Agreement]] = MappingProxyType(
    {
        "family_name": names_agree,
        "given_names": names_agree,
        "birth_date": dates_agree,
        "issue_date": dates_agree,
        "expiry_date": dates_agree,
        "document_number": numbers_agree,
        "personal_number": numbers_agree,
        "sex": sexes_agree,
        "nationality": states_agree,
        "issuing_state": states_agree,
        "address": names_agree,
    }
)


def agree(field: str, a: str, b: str) -> bool:
    """Same or compatible; False for fields that are not compared."""
    return field in RULES and RULES[field](a, b).holds
