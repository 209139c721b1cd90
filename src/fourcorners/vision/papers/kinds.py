"""Which kind of paper it is, and the words that say so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from fourcorners.kit.data import load_toml
from fourcorners.vision.papers.folding import folded, holds
from fourcorners.vision.papers.line import PaperLine

__all__ = ["KINDS", "Kind", "find_kind"]

OPEN = ("invoice", "other")
"""Kinds that are taken only where no particular kind speaks up."""

WORDS_SHOWN = 6
MARGIN_FULL = 6.0
"""Lead over the next kind, in weight, from which the kind is sure."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is one of KINDS. `words` decided it, heaviest first, each with the line it stands in."""

    name: str
    confidence: float
    words: tuple[tuple[str, PaperLine], ...]


def find_kind(lines: Sequence[PaperLine], page_height: float) -> Kind:
    """The kind of a paper from all its lines; `page_height` in pixels is that of the first page."""
    rule = _table()["rule"]
    scores, words = {}, {}
    texts = [(line, folded(line.text)) for line in lines]
    whole = "".join(text for _, text in texts)
    usual = sorted(line.height for line in lines)[len(lines) // 2] if lines else 0.0
    for kind, phrases in _phrases().items():
        found: dict[str, tuple[float, PaperLine]] = {}
        for phrase, weight in phrases:
            for line, text in texts if holds(whole, phrase) else ():
                if holds(text, phrase):
                    large = line.height > 1.25 * usual and line.page == 0 and line.middle < rule["head"] * page_height
                    value = weight * (rule["title"] if large else 1.0)
                    if value > found.get(phrase, (0.0, line))[0]:
                        found[phrase] = (value, line)
        found = _longest_only(found)
        scores[kind] = sum(value for value, _ in found.values())
        words[kind] = sorted(((v, p, at) for p, (v, at) in found.items()), key=lambda w: (-w[0], w[1]))
    name = _chosen(scores, rule)
    rival = max((s for k, s in scores.items() if k != name and k not in OPEN), default=0.0)
    sure = min(1.0, max(0.0, scores.get(name, 0.0) - (0.0 if name in OPEN else rival)) / MARGIN_FULL)
    return Kind(name, round(0.5 + 0.5 * sure, 3), tuple((p, at) for _, p, at in words.get(name, [])[:WORDS_SHOWN]))


def _chosen(scores: Mapping[str, float], rule: Mapping[str, float]) -> str:
    particular = {kind: score for kind, score in scores.items() if kind not in OPEN}
    best = max(particular, key=lambda kind: (particular[kind], -KINDS.index(kind)))
    plain = scores["invoice"]
    if particular[best] >= max(rule["enough"], rule["share"] * plain, scores["other"]):
        return best
    return "invoice" if plain >= rule["invoice_enough"] and plain >= scores["other"] else "other"


def _longest_only(found: Mapping[str, tuple[float, PaperLine]]) -> dict[str, tuple[float, PaperLine]]:
    """Without phrases that stand inside a longer one that was found: WATER BILL does not count as WATER again."""
    return {
        phrase: entry
        for phrase, entry in found.items()
        if not any(phrase != other and f" {phrase} " in f" {other} " for other in found)
    }


@cache
def _phrases() -> Mapping[str, tuple[tuple[str, float], ...]]:
    def stored(phrase: str) -> str:
        return phrase if phrase.isascii() else folded(phrase).strip()

    return {
        kind: tuple((stored(p), float(weight)) for weight, phrases in _table()[kind].items() for p in phrases)
        for kind in KINDS
    }


def _table() -> Mapping[str, Mapping[str, Any]]:
    return load_toml("fourcorners.vision.papers", "kinds.toml")


KINDS = tuple(name for name in _table() if name != "rule")
"""All kinds, in the order in which they win a draw."""
