"""Every check there is, by group, in the order shown to people."""

from collections.abc import Mapping
from functools import cache
from types import ModuleType

from fourcorners.checks import address, case, document, match, selfie
from fourcorners.kit.errors import Refusal

__all__ = ["FRONT_ONLY", "REGISTRY", "CheckUnknown", "checks_for", "group_of", "names", "require_known"]

REGISTRY: Mapping[str, tuple[ModuleType, ...]] = {
    "document": document.CHECKS,
    "selfie": selfie.CHECKS,
    "match": match.CHECKS,
    "case": case.CHECKS,
    "address": address.CHECKS,
}

FRONT_ONLY = frozenset({"portrait_present", "portrait_clear", "signature_present", "kind_known"})
"""Document checks that ask for something which only the front (or data page) carries."""


class CheckUnknown(Refusal):
    """A check was asked for that does not exist."""

    code = "check_unknown"


def names() -> tuple[str, ...]:
    """All names, in order, each once (a document and a selfie can both be `sharp`)."""
    return tuple(dict.fromkeys(module.NAME for modules in REGISTRY.values() for module in modules))


def checks_for(subject: str) -> tuple[ModuleType, ...]:
    """The checks made on one picture: `front`, `back` or `selfie`."""
    if subject == "back":
        return tuple(m for m in REGISTRY["document"] if m.NAME not in FRONT_ONLY)
    return REGISTRY["document" if subject == "front" else subject]


@cache
def group_of(check: str, subject: str) -> str:
    """The group of a finding's check; of the names that two groups share, the subject says which is meant."""
    groups = [group for group, modules in REGISTRY.items() if check in (m.NAME for m in modules)]
    return groups[0] if len(groups) == 1 else "selfie" if subject == "selfie" else "document"


def require_known(wanted: tuple[str, ...]) -> None:
    """Raise CheckUnknown for a name that no check has."""
    if unknown := sorted(set(wanted) - set(names())):
        raise CheckUnknown(f"There is no check called {', '.join(unknown)}. There are: {', '.join(names())}.")
