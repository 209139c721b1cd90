"""Limits of the checks of institutions' papers, and the rules of each kind: data with a version."""

from collections.abc import Mapping
from dataclasses import dataclass

from fourcorners.checks.limits import Limits
from fourcorners.kit.data import load_toml

from .words import PACKAGE

__all__ = ["PaperRules", "limits_of", "limits_version", "rules_of"]


@dataclass(frozen=True, slots=True)
class PaperRules:
    """What is asked of a kind of paper: an entry of rules.toml, which explains the fields."""

    compare: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    months: int | None = None
    dated: bool = False
    signed: bool = False
    lists: str = ""
    expires: bool = False
    source: str = ""


def limits_of(check: str) -> Limits:
    """The limits of a check; empty where it has none."""
    values: Mapping[str, object] = load_toml(PACKAGE, "limits.toml").get(check, {})
    return Limits(values)


def limits_version() -> str:
    """The version of limits.toml and rules.toml: it goes into every answer."""
    versions = [load_toml(PACKAGE, name)["version"] for name in ("limits.toml", "rules.toml")]
    return f"limits-{versions[0]} rules-{versions[1]}"


def rules_of(kind: str) -> PaperRules:
    """The rules of a kind of paper; none are asked for where the table has none."""
    entry = dict(load_toml(PACKAGE, "rules.toml")["kinds"].get(kind, {}))
    for key in ("compare", "needed", "usual"):
        entry[key] = tuple(entry.get(key, ()))
    return PaperRules(**entry)
