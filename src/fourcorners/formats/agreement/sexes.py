"""Whether two texts give one sex."""

from functools import cache

from fourcorners.formats.names import plain
from fourcorners.kit.data import load_toml

from .model import DIFFERENT, MISSING, TOO_LONG, Agreement, is_too_long

__all__ = ["read_sex", "sexes_agree"]

CHARACTERS_MAX = 60
FILLER = "<"
"""What the machine-readable zone prints for a sex that is not specified."""


def sexes_agree(a: str | None, b: str | None) -> Agreement:
    """Compare two sexes, as "M", "F", "X", or in words ("F/M" is not one). Same: `notation` if written in two ways.

    Compatible: `unspecified`, when one is X, as older documents and other states do not print it. Different: `unknown`.
    """
    if is_too_long(a, b):
        return TOO_LONG
    if a is None or b is None or not a.strip() or not b.strip():
        return MISSING
    first, second = read_sex(a), read_sex(b)
    if first is None or second is None:
        return Agreement("different", ("unknown",))
    if first == second:
        return Agreement("same") if a.strip() == b.strip() else Agreement("same", ("notation",))
    return Agreement("compatible", ("unspecified",)) if "X" in (first, second) else DIFFERENT


def read_sex(text: str) -> str | None:
    """ "M", "F" or "X" for what documents print, in several languages at once too ("F/Ž", "M / MALE"); else None."""
    if len(text) > CHARACTERS_MAX:
        return None
    meant = {"X" if word == FILLER else _words().get(plain(word)) for word in text.replace("/", " ").split()}
    return meant.pop() if len(meant) == 1 else None


@cache
def _words() -> dict[str, str]:
    table = load_toml("fourcorners.formats", "sexes.toml")
    return {plain(word): sex for sex, words in table.items() for word in (sex, *words) if plain(word)}
