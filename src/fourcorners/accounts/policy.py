"""The settings of signing in, read from policy.toml."""

from datetime import timedelta
from typing import Any

from fourcorners.kit.data import load_toml

__all__ = ["number", "span"]


def number(section: str, key: str) -> int:
    """A whole number of the policy, such as `number("password", "length_min")`."""
    value: int = _section(section)[key]
    return value


def span(section: str, key: str) -> timedelta:
    """A span of time of the policy; the key ends in its unit, such as `idle_minutes`."""
    unit = key.rsplit("_", 1)[-1]
    return timedelta(**{unit: number(section, key)})


def _section(section: str) -> dict[str, Any]:
    table: Any = load_toml("fourcorners.accounts", "policy.toml")
    for name in section.split("."):
        table = table[name]
    return dict(table)
