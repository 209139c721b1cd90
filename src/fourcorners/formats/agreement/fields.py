"""Which rule compares two values follows from the name of their field."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from .dates import dates_agree
from .model import Agreement
from .names import names_agree
from .numbers import numbers_agree
from .sexes import sexes_agree
from .states import states_agree

__all__ = ["COMPARED", "fields_agree"]


def _addresses_agree(a: str, b: str) -> Agreement:
    from fourcorners.formats.addresses import addresses_agree  # it compares names of streets with our rules

    return addresses_agree(a, b)


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
        "address": _addresses_agree,
    }
)

COMPARED = frozenset(RULES)
"""Names of the fields that can be compared."""


def fields_agree(name: str, a: str, b: str) -> Agreement:
    """Compare two values of the field `name`, one of `COMPARED`."""
    return RULES[name](a, b)
