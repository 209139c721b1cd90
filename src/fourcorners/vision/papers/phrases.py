"""Words that speak for kinds of paper, found in its lines and weighed: a table of any package that has a kinds.toml."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from fourcorners.kit.data import load_toml
from fourcorners.vision.papers.folding import folded, holds
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.rows import is_sentence
from fourcorners.vision.papers.words import one_of

__all__ = ["Spoken", "kind_names", "kind_rule", "weigh_phrases"]

LARGE = 1.25
"""Times the usual height from which a line in the head of the first page is a title."""

PROSE_WORDS = 6
"""A line with so many words beside a phrase's own mentions it; where a table has `prose`, that counts less."""


RUNS_ON = re.compile(r"(?=[^\W\d_])[a-zà-ÿ][\w'’-]*(?: [\w'’-]+){4,}[.]?$")
"""The end of a sentence, in a line of its own: "utility bill history and bank statement review."."""

DAY_FIRST = re.compile(r"\d{1,2}\s?[-/. ]\s?(?:\d{1,2}|[^\W\d_]{3,4}\.?)(?!\w)|\d{4}-\d{2}-\d{2}")
"""The day with which an entry of an account begins: "05-10", "28 Oct", "2026-09-05"."""


UNIT = re.compile(rf"(\d)({one_of('numbers', 'units')}\b)", re.IGNORECASE)
"""A unit written close to its number."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What speaks for one kind: the sum of the weights, and each phrase with the line it stands in, heaviest first."""

    score: float
    words: tuple[tuple[str, PaperLine], ...]


def weigh_phrases(lines: Sequence[PaperLine], page_height: float, package: str) -> dict[str, Spoken]:
    """What speaks for each kind of the kinds.toml in `package`; `page_height` in pixels is that of the first page."""
    rule = kind_rule(package)
    texts = [(line, folded(UNIT.sub(r"\1 \2", line.text))) for line in lines]
    whole = "".join(text for _, text in texts)
    usual = sorted(line.height for line in lines)[len(lines) // 2] if lines else 0.0
    by_kind: dict[str, dict[str, tuple[float, PaperLine]]] = {}
    rows = sorted(lines, key=_row)
    for kind, phrases in _phrases(package).items():
        found: dict[str, tuple[float, PaperLine]] = {}
        for phrase, weight in phrases:
            for line, text in texts if holds(whole, phrase) else ():
                if holds(text, phrase):
                    large = line.height > LARGE * usual and line.page == 0 and line.middle < rule["head"] * page_height
                    prose = (
                        not rule["prose_most"] < weight < rule["prose_title"]
                        and (is_sentence(line.text) or RUNS_ON.match(line.text) is not None)
                        if "prose_most" in rule
                        else text.count(" ") - phrase.count(" ") > PROSE_WORDS
                    )
                    value = weight * (rule["title"] if large else rule.get("prose", 1.0) if prose else 1.0)
                    if "entry" in rule and not large and _is_entry(line, rows):
                        value *= rule["entry"]
                    if value > found.get(phrase, (0.0, line))[0]:
                        found[phrase] = (value, line)
        by_kind[kind] = _longest_only(found)
    if rule.get("across"):
        by_kind = {kind: _without_parts(found, by_kind) for kind, found in by_kind.items()}
    return {kind: _spoken(found) for kind, found in by_kind.items()}


def _row(line: PaperLine) -> tuple[int, float]:
    return line.page, line.middle


def _is_entry(line: PaperLine, rows: Sequence[PaperLine]) -> bool:
    """Is a line an entry of an account: a day at its start or before it on its row, and a number behind it?

    `rows` are all lines, sorted by `_row`.
    """
    reach = 0.5 * line.height
    first = bisect_right(rows, (line.page, line.middle - reach), key=_row)
    row = rows[first : bisect_left(rows, (line.page, line.middle + reach), key=_row)]
    dated = any(DAY_FIRST.match(o.text) for o in row if o.box[0] <= line.box[0])
    return dated and any(o.box[0] > line.box[0] and o.text.strip()[-1:].isdigit() for o in row)


def kind_names(package: str) -> tuple[str, ...]:
    """All kinds of a table, in the order in which they win a draw."""
    return tuple(name for name, entry in _table(package).items() if isinstance(entry, dict) and name != "rule")


def kind_rule(package: str) -> Mapping[str, float]:
    """How a table's phrases are weighed."""
    rule: Mapping[str, float] = _table(package)["rule"]
    return rule


def _spoken(found: Mapping[str, tuple[float, PaperLine]]) -> Spoken:
    heaviest = sorted(((v, p, at) for p, (v, at) in found.items()), key=lambda w: (-w[0], w[1]))
    return Spoken(sum(value for value, _ in found.values()), tuple((p, at) for _, p, at in heaviest))


def _without_parts(
    found: Mapping[str, tuple[float, PaperLine]], by_kind: Mapping[str, Mapping[str, tuple[float, PaperLine]]]
) -> dict[str, tuple[float, PaperLine]]:
    """Without phrases that stand, in the same line, inside a longer one of another kind."""
    return {
        phrase: (value, line)
        for phrase, (value, line) in found.items()
        if not any(
            phrase != longer and f" {phrase} " in f" {longer} " and line is where
            for other in by_kind.values()
            for longer, (_, where) in other.items()
        )
    }


def _longest_only(found: Mapping[str, tuple[float, PaperLine]]) -> dict[str, tuple[float, PaperLine]]:
    """Without phrases that stand inside a longer one that was found: WATER BILL does not count as WATER again.

    The longer one weighs what the heaviest of them does.
    """
    parts = {phrase: [other for other in found if other != phrase and _is_within(other, phrase)] for phrase in found}
    within = {part for inside in parts.values() for part in inside}
    return {
        phrase: (max(found[p][0] for p in (phrase, *parts[phrase])), line)
        for phrase, (_, line) in found.items()
        if phrase not in within
    }


def _is_within(phrase: str, longer: str) -> bool:
    return f" {phrase} " in f" {longer} " or (phrase.endswith("*") and f" {phrase[:-1]}" in f" {longer}")


@cache
def _phrases(package: str) -> Mapping[str, tuple[tuple[str, float], ...]]:
    def stored(phrase: str) -> str:
        return phrase if phrase.isascii() else folded(phrase).strip() + "*" * phrase.endswith("*")

    return {
        kind: tuple((stored(p), float(weight)) for weight, phrases in _table(package)[kind].items() for p in phrases)
        for kind in kind_names(package)
    }


def _table(package: str) -> Mapping[str, Any]:
    return load_toml(package, "kinds.toml")
