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
    """Does one of these articles cover enough of the question?"""
    return max((covered(e, limits) for e in evidence), default=0.0) >= limits.covered_min


def covered(evidence: Evidence, limits: Answering) -> float:
    """The share of the question that an article covers, from 0 to 1: a word in its title in full, in passing less."""
    gained = weighed = 0.0
    for unit, place, share in zip(evidence.units, evidence.places, evidence.shares, strict=True):
        weight = unit.weight if unit.known else limits.unknown
        weighed += weight
        gained += weight * _strength(unit, place, share, limits)
    return gained / weighed if weighed else 0.0


def _strength(unit: Unit, place: Place | None, share: float, limits: Answering) -> float:
    if not unit.known:
        return 0.0
    if place is None:
        return limits.elsewhere
    strength = {Place.TITLE: limits.title, Place.HEADING: limits.headings, Place.BODY: limits.body}[place]
    return strength * share * (limits.mended if unit.mended else 1.0)
