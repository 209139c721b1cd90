"""Whose document it is, by the states' names that are printed on it."""

from collections.abc import Mapping, Sequence
from functools import cache

from fourcorners.formats.states import find_state
from fourcorners.kit.data import load_toml
from fourcorners.vision.fields.words import compact, split
from fourcorners.vision.text import TextLine

__all__ = ["country_of", "licence_country"]

WORDS_MAX = 7
LETTERS_MIN = 4
"""Shorter names are codes; these are printed for nationalities and places of birth as well."""

HEADING_SHARE = 0.35
"""Names in this upper part of the page count double: that is where documents say whose they are. Further down a name of
one word ("BRASIL") is as likely a nationality or a place of birth."""


def country_of(lines: Sequence[TextLine], page_height: float) -> str | None:
    """The ICAO code of the state whose name is printed largest and highest; None if no name of one is printed."""
    weights: dict[str, float] = {}
    for line in lines:
        if line.script == "unread":
            continue
        height = float(line.quad[2, 1] - line.quad[1, 1])
        in_heading = line.quad[:, 1].mean() < HEADING_SHARE * page_height
        for code, word_count in _named(line.text):
            if in_heading or word_count > 1:
                weights[code] = weights.get(code, 0.0) + height * word_count * (2 if in_heading else 1)
    return max(weights, key=lambda code: weights[code], default=None)


def licence_country(lines: Sequence[TextLine]) -> str | None:
    """The country of the first North American jurisdiction that is named: its licences do not name the country."""
    names = {
        compact(name): country for _, name, country in load_toml("fourcorners.formats.aamva", "issuers.toml").values()
    }
    for line in lines:
        words = split(line.text)
        for start in range(len(words)):
            for end in range(start + 1, min(start + 4, len(words)) + 1):
                country = names.get("".join(word.folded for word in words[start:end]))
                if country is not None:
                    return str(country)
    return None


def _named(text: str) -> list[tuple[str, int]]:
    """States named in a line, each with the number of words of its name; a name of one word must be a whole phrase."""
    words, found, i = split(text), [], 0
    while i < len(words):
        for end in range(min(i + WORDS_MAX, len(words)), i, -1):
            run = words[i:end]
            if run[0].phrase != run[-1].phrase:
                continue
            whole = (i == 0 or words[i - 1].phrase != run[0].phrase) and (
                end == len(words) or words[end].phrase != run[0].phrase
            )
            code = _code("".join(word.folded for word in run), text[run[0].start : run[-1].end])
            if code is not None and (whole or len(run) > 1):
                found.append((code, len(run)))
                i = end - 1
                break
        i += 1
    return found


def _code(folded: str, printed: str) -> str | None:
    if folded in _printed_names():
        return _printed_names()[folded]
    if len(folded) < LETTERS_MIN:
        return None
    state = find_state(printed)
    return None if state is None else state.code


@cache
def _printed_names() -> Mapping[str, str]:
    table = load_toml("fourcorners.vision.fields", "countries.toml")
    return {compact(name): code for code, names in table.items() for name in names}
