"""The settings of letting devices in, read from policy.toml."""

from datetime import timedelta
from typing import Any

from fourcorners.kit.data import load_toml

__all__ = ["number", "span", "text"]


def number(section: str, key: str) -> int:
    """A whole number, such as `number("request", "wrong_codes_max")`."""
    value: int = _table()[section][key]
    return value


def text(section: str, key: str) -> str:
    """Words, such as `text("call", "confirm_key")`."""
    value: str = _table()[section][key]
    return value


def span(section: str, key: str) -> timedelta:
    """A span of time; the key ends in its unit, such as `lifetime_minutes` or plainly `hours`."""
    return timedelta(**{key.rsplit("_", 1)[-1]: number(section, key)})


def _table() -> dict[str, Any]:
    return load_toml("fourcorners.devices", "policy.toml")
