"""Whether two names of companies are one: legal forms, "&" and the usual short words aside."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from fourcorners.formats.names import plain, romanised, split_words
from fourcorners.kit.data import load_toml

from .model import DIFFERENT, MISSING, TOO_LONG, Agreement, is_blank, is_too_long
from .names import names_agree

__all__ = ["companies_agree", "split_form"]

WORDS_MAX: Final = 30
FORM_WORDS_MAX: Final = 5


def companies_agree(a: str | None, b: str | None) -> Agreement:
    """Compare two names of companies or other institutions, in any script.

    Same: they differ only in how the legal form is written ("GmbH", "Gesellschaft mit beschränkter Haftung"), in
    `punctuation` (full stops, "&" and "and"), in `case`, `diacritics`, `transliteration`, `spacing`, or in the usual
    short words (`abbreviation`: "San. ve Tic."). Compatible: one leaves out the `form` or `words`, or as for names.
    Different, with the hint `form` where only the forms are two: a GmbH is no AG of the same name.
    """
    if is_too_long(a, b):
        return TOO_LONG
    if a is None or b is None or is_blank(a) or is_blank(b):
        return MISSING
    if " ".join(a.split()) == " ".join(b.split()):
        return Agreement("same")
    (first, form_a), (second, form_b) = split_form(a), split_form(b)
    if not first or not second:
        return names_agree(a, b)
    told: list[str] = []
    if form_a != form_b:
        if form_a and form_b:
            bare = _bare_agree(first, second)
            return Agreement("different", ("form",)) if bare.outcome == "same" else DIFFERENT
        told.append("form")
    bare = _bare_agree(first, second)
    if not bare.holds:
        return bare
    reasons = tuple(dict.fromkeys((*bare.reasons, *told)))
    loose = bool(told) or bare.outcome == "compatible"
    return Agreement("compatible" if loose else "same", reasons or ("punctuation",))


def split_form(name: str) -> tuple[str, str]:
    """The name without its legal form, and the form as our table knows it ("" where there is none)."""
    words = _words(name)
    for length in range(min(FORM_WORDS_MAX, len(words) - 1), 0, -1):
        for start in (len(words) - length, 0):
            form = _forms().get(" ".join(map(_key, words[start : start + length])))
            if form is not None and (start > 0 or form in LEADING):
                return " ".join(words[:start] + words[start + length :]), form
    return " ".join(words), ""


LEADING: Final = ("PT", "OOO", "STICHTING", "AB")
"""Forms that stand before the name."""


def _bare_agree(a: str, b: str) -> Agreement:
    if a == b:
        return Agreement("same")
    first, second = ([w for w in text.split() if _key(w) not in _small()] for text in (a, b))
    long_a, long_b = (" ".join(_short().get(_key(w), w) for w in words) for words in (first, second))
    if first and [*map(_key, first)] == [*map(_key, second)]:
        return Agreement("same", () if a == b else ("punctuation",))
    if first and [*map(_key, long_a.split())] == [*map(_key, long_b.split())]:
        return Agreement("same", ("abbreviation",))
    found = names_agree(long_a or a, long_b or b)
    # Words of a company's name have an order, and each counts: "North Sea Trading" is no "North Sea".
    if "order" in found.reasons or "initials" in found.reasons:
        return Agreement("different", found.reasons)
    return Agreement(found.outcome, tuple("words" if r == "omitted" else r for r in found.reasons))


def _words(name: str) -> list[str]:
    """The words; single letters put together, since full stops and spaces part them ("S. A." is "SA")."""
    return _joined(split_words(re.sub(r"[&+()]", " ", name))[:WORDS_MAX])


def _key(word: str) -> str:
    """A word as the tables have it."""
    bare = plain(word)
    return bare if bare.isascii() else romanised(word)


def _joined(words: Sequence[str]) -> list[str]:
    joined: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1:
            run.append(word)
            continue
        joined += ["".join(run)] if len(run) > 1 else run
        run = []
        joined += [word] if word else []
    return joined


@cache
def _forms() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for groups in _table()["forms"].values():
        for spellings in groups:
            for spelling in spellings:
                found.setdefault(" ".join(_joined(spelling.split())), spellings[0])
    return found


@cache
def _small() -> frozenset[str]:
    return frozenset(_table()["words"]["small"])


@cache
def _short() -> Mapping[str, str]:
    short: Mapping[str, str] = _table()["words"]["short"]
    return short


def _table() -> dict[str, Any]:
    return load_toml("fourcorners.formats", "company_forms.toml")
