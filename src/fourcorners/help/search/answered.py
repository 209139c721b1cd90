"""Is a question answered at all? Words that no article uses, and words met only in passing, speak against it."""

from collections.abc import Sequence
from dataclasses import dataclass

from fourcorners.help.search.prepared import Place
from fourcorners.help.search.weights import Answering

__all__ = ["Evidence", "covered", "is_answered"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How one article answers: for each word of the question where it stands (None: nowhere) and how much of it."""

    places: tuple[tuple[Place | None, float], ...]
    known: tuple[bool, ...]
    score: float


def is_answered(evidence: Sequence[Evidence], limits: Answering) -> bool:
    """Does one of these articles cover enough of the question?"""
    return max((covered(e, limits) for e in evidence), default=0.0) >= limits.covered_min


def covered(evidence: Evidence, limits: Answering) -> float:
    """The share of the question that an article covers, from 0 to 1: a word in its title in full, in passing less."""
    strength = {Place.TITLE: limits.title, Place.HEADING: limits.headings, Place.BODY: limits.body}
    weights = [1.0 if known else limits.unknown for known in evidence.known]
    gained = sum(
        weight * strength[place] * share
        for weight, (place, share) in zip(weights, evidence.places, strict=True)
        if place is not None
    )
    return gained / sum(weights) if weights else 0.0
