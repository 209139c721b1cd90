"""The limits of the web edge, read from limits.toml."""

import re
from dataclasses import dataclass
from functools import cache

from fourcorners.kit.data import load_toml

__all__ = ["BodyLimits", "RateLimit", "body_limits", "form_parts", "key_limits", "rate_keys_max", "rate_limits"]


@dataclass(frozen=True)
class BodyLimits:
    """How large a body may be, in bytes, and how long it may take, in seconds."""

    bytes_max: int
    idle_s_max: float
    total_s_max: float


@dataclass(frozen=True)
class RateLimit:
    """A bucket of `requests` that refills in `per_s` seconds, for the methods and paths that fit."""

    name: str
    methods: frozenset[str]
    pattern: re.Pattern[str]
    requests: int
    per_s: float

    def fits(self, method: str, path: str) -> bool:
        """Does this limit count such a request?"""
        return method in self.methods and self.pattern.search(path) is not None


def body_limits(path: str) -> BodyLimits:
    """What may be sent to `path`."""
    table = load_toml("fourcorners.web", "limits.toml")["body"]
    special = next((rule for rule in table["path"] if re.search(rule["pattern"], path)), table)
    return BodyLimits(special["bytes_max"], table["idle_s_max"], table["total_s_max"])


def form_parts() -> tuple[int, int]:
    """How many fields and how many files a form may have."""
    table = load_toml("fourcorners.web", "limits.toml")["body"]
    return table["fields_max"], table["files_max"]


@cache
def rate_limits() -> tuple[RateLimit, ...]:
    """Every limit of frequency, in order; the first that fits counts."""
    return _limits("limit")


@cache
def key_limits() -> tuple[RateLimit, ...]:
    """Every limit of what one API key may ask, in order; the first that fits counts."""
    return _limits("key")


def rate_keys_max() -> int:
    """How many addresses are remembered at once; beyond it, the longest unseen is forgotten."""
    keys_max: int = load_toml("fourcorners.web", "limits.toml")["rates"]["keys_max"]
    return keys_max


def _limits(kind: str) -> tuple[RateLimit, ...]:
    return tuple(
        RateLimit(e["name"], frozenset(e["methods"]), re.compile(e["pattern"]), e["requests"], e["per_s"])
        for e in load_toml("fourcorners.web", "limits.toml")["rates"][kind]
    )
