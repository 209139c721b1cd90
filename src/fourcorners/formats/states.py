"""Issuing states and nationalities: the codes of ICAO Doc 9303-3, section 5, and the names behind them."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from fourcorners.kit.data import load_toml

__all__ = ["State", "find_state", "states"]


CHARACTERS_MAX = 100
"""No state's name is longer."""


@dataclass(frozen=True, slots=True)
class State:
    """A code as printed in the machine-readable zone. `kind` is "iso", "special" (no state) or "former"."""

    code: str
    name: str
    alpha2: str | None
    also: tuple[str, ...]
    kind: str


@cache
def states() -> Mapping[str, State]:
    """All of them by code: three letters, but `D` for Germany."""
    tables = load_toml("fourcorners.formats", "states.toml")
    return MappingProxyType(
        {
            code: State(code, entry["name"], entry.get("alpha2"), tuple(entry.get("also", ())), kind)
            for kind, table in tables.items()
            for code, entry in table.items()
        }
    )


def find_state(text: str) -> State | None:
    """The state that a code (one to three letters, `<` allowed), a name or a nationality stands for, if known."""
    if len(text) > CHARACTERS_MAX:
        return None
    code = text.strip(" <").upper()
    return states().get(code) or _by_name().get(_folded(text))


@cache
def _by_name() -> Mapping[str, State]:
    found: dict[str, State] = {}
    for state in states().values():
        for name in (state.name, state.alpha2, *state.also):
            if name:
                found.setdefault(_folded(name), state)
    return found


def _folded(name: str) -> str:
    plain = (c for c in unicodedata.normalize("NFKD", name.casefold()) if c.isalnum())
    return "".join(plain)
