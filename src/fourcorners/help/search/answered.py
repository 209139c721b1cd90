"""Is a question answered at all? Words that no article uses, and words met only in passing, speak against it."""

from collections.abc import Sequence
from dataclasses import dataclass

from fourcorners.help.search.prepared import Place
from fourcorners.help.search.question import Unit
from fourcorners.help.search.weights import Answering

__all__ = ["Evidence", "covered", "is_answered"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How one article answers: for each unit of the question where it stands (None: nowhere) and how much of it."""

    units: tuple[Unit, ...]
    places: tuple[Place | None, ...]
    shares: tuple[float, ...]


def is_answered(evidence: Sequence[Evidence], limits: Answering) -> bool:
    """Do these articles, the best first, cover enough of the question?"""
    return covered(evidence, limits) >= limits.covered_min


def covered(evidence: Sequence[Evidence], limits: Answering) -> float:
    """The share of the question that the best articles cover, from 0 to 1.

    A word in a title counts in full, one in passing less; what only another article says than the one that covers most
    counts `beside` of it.
    """
    if not evidence:
        return 0.0
    units = evidence[0].units
    strengths = [[_strength(*parts, limits) for parts in zip(units, e.places, e.shares, strict=True)] for e in evidence]
    weights = [_weight(unit, limits) for unit in units]
    best = max(strengths, key=lambda found: sum(s * w for s, w in zip(found, weights, strict=True)))
    gained = 0.0
    for number, (unit, weight) in enumerate(zip(units, weights, strict=True)):
        other = limits.beside * max(found[number] for found in strengths)
        gained += weight * max(best[number], other, limits.beyond if unit.known and not unit.elsewhere else 0.0)
    return gained / sum(weights) if weights else 0.0


def _weight(unit: Unit, limits: Answering) -> float:
    if unit.elsewhere:
        return limits.elsewhere
    return unit.weight if unit.known else limits.unknown


def _strength(unit: Unit, place: Place | None, share: float, limits: Answering) -> float:
    if not unit.known or unit.elsewhere or place is None:
        return 0.0
    strength = {Place.TITLE: limits.title, Place.HEADING: limits.headings, Place.BODY: limits.body}[place]
    return strength * share * (limits.mended if unit.mended else 1.0)
