"""When work that failed is tried again (retries.toml)."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from fourcorners.kit.data import load_toml

__all__ = ["Retries", "retries_of", "rules"]


@dataclass(frozen=True, slots=True)
class Retries:
    """The rules of one kind of work; times in seconds."""

    queue: str
    tries: int
    first_s: float
    factor: float
    longest_s: float

    def wait_s(self, tried: int) -> float | None:
        """How long to wait after `tried` tries that failed (1, 2, ...); None: give up."""
        if tried >= self.tries:
            return None
        wait = self.first_s
        for _ in range(tried - 1):
            wait = min(wait * self.factor, self.longest_s)
        return min(wait, self.longest_s)


@cache
def retries_of(kind: str) -> Retries:
    """The rules of this kind of work, or the default ones."""
    kinds = rules()["kinds"]
    return Retries(**kinds.get(kind, kinds["DEFAULT"]))


def rules() -> dict[str, Any]:
    """retries.toml, which explains the fields."""
    return load_toml("fourcorners.workflows", "retries.toml")
