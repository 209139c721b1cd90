"""National characters in the 26 letters of the machine-readable zone (ICAO Doc 9303-3, section 6)."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from fourcorners.kit.data import load_toml

from .errors import MrzFieldError

__all__ = ["alternatives", "transliterate"]

SHADDA = "\u0651"


def transliterate(word: str, state: str = "") -> str:
    """One word of a name in A-Z. `state` (three letters) selects the exceptions of table B.

    Punctuation is left out; Latin letters that the table lacks lose their marks. Raises MrzFieldError for a digit, and
    for a script that Doc 9303 does not transliterate.
    """
    table, initial, final = _table(state)
    written: list[str] = []
    characters = unicodedata.normalize("NFC", word).upper()
    for place, character in enumerate(characters, start=1):
        if "A" <= character <= "Z":
            written.append(character)
        elif character == SHADDA:
            written += written[-1:]
        elif not any(written) and character in initial:
            written.append(initial[character])
        elif place == len(characters) and character in final:
            written.append(final[character])
        elif character in table:
            written.append(table[character])
        else:
            written.append(_plain(character))
    return "".join(written)


@cache
def alternatives() -> Mapping[str, frozenset[str]]:
    """For every capital of the tables all that may be printed for it, in any state."""
    tables = load_toml("fourcorners.formats.mrz", "transliteration.toml")
    found: dict[str, set[str]] = {}
    groups = [tables[name] for name in ("latin", "latin_alternatives", "cyrillic", "arabic", "arabic_final")]
    for exceptions in tables["exceptions"].values():
        groups += [{k: v for k, v in exceptions.items() if k != "initial"}, exceptions.get("initial", {})]
    for group in groups:
        for character, printed in _inverted(group):
            found.setdefault(character, set()).add(printed)
    return {character: frozenset(printed) for character, printed in found.items()}


@cache
def _table(state: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    tables = load_toml("fourcorners.formats.mrz", "transliteration.toml")
    exceptions = dict(tables["exceptions"].get(state, {}))
    initial = dict(_inverted(exceptions.pop("initial", {})))
    table: dict[str, str] = {}
    for group in (tables["latin"], tables["cyrillic"], tables["arabic"], exceptions):
        table.update(_inverted(group))
    return table, initial, dict(_inverted(tables["arabic_final"]))


def _inverted(group: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    return [(character, printed) for printed, characters in group.items() for character in characters]


def _plain(character: str) -> str:
    base = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)).upper()
    if base and base.isascii() and base.isalpha():
        return base
    if unicodedata.category(character) != "Lm" and unicodedata.category(character)[0] in "LN":
        raise MrzFieldError(f"{character!r} has no place in a machine-readable zone.", character=character)
    return ""
