"""Is a question answered at all?

Words that no article uses, and words met only in passing, speak against it; so does what was learned of what the words
are used for elsewhere (`about.py`) and of what such sentences mean (`meaning.py`), but not of words that an article of
the operator's own tells of.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fourcorners.help.search.about import Model
from fourcorners.help.search.meaning import understood
from fourcorners.help.search.prepared import Layout, Place, marks_of
from fourcorners.help.search.question import Question, Reading, Unit
from fourcorners.help.search.weights import Answering

__all__ = ["Evidence", "covered", "evidence_of", "is_answered", "told"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How one article answers: for each unit of the question where it stands (None: nowhere) and how much of it.

    `own` says for which units that is news: the article is the operator's, or says there what the shipped one does not.
    """

    units: tuple[Unit, ...]
    places: tuple[Place | None, ...]
    shares: tuple[float, ...]
    own: tuple[bool, ...]


def evidence_of(question: Question, marks: str, layout: Layout, own: frozenset[str]) -> Evidence:
    """How an article, of which `own` are the terms that are news, answers to a question."""
    places: list[Place | None] = []
    shares: list[float] = []
    news: list[bool] = []
    for unit in question.units:
        found = [(share, reading) for reading in unit.readings if (share := _share(marks, reading))]
        share, best = max(found, key=lambda pair: pair[0], default=(0.0, None))
        terms = [term for slot in best.slots for term in slot] if best else []
        places.append(_best_place(layout, marks_of(marks, terms)) if best else None)
        shares.append(share)
        news.append(not own.isdisjoint(terms))
    return Evidence(question.units, tuple(places), tuple(shares), tuple(news))


def _share(marks: str, reading: Reading) -> float:
    """How much of a reading an article has, from 0 to 1."""
    has = [any(f"\n{term}\t" in marks for term in slot) for slot in reading.slots]
    return sum(has) / len(has) if has else 0.0


def _best_place(layout: Layout, spans: Sequence[tuple[int, int]]) -> Place:
    return max((Place(layout.places[bisect_right(layout.starts, a) - 1]) for a, _ in spans), default=Place.BODY)


def is_answered(
    question: Question, evidence: Sequence[Evidence], model: Model, limits: Answering, sentence: str
) -> bool:
    """Is the question ours, and do these articles, the best first, cover enough of it?

    What only the operator's own articles tell is enough by itself if it covers the question: nobody has learned of it.
    What the `sentence` means counts by the share of it that they do not tell of. Where no article has any of the
    words it must be plain: letters without sense mean something to a network as well. Raises WeightsMissing,
    WeightsTampered.
    """
    if not evidence:
        return False
    if any(map(any, (one.own for one in evidence))) and covered(_only_own(evidence), limits) >= limits.own_min:
        return True
    own = told(evidence, limits)
    learned = 1 - len(own) / len(question.units)
    about = limits.words * model.score(question, own)
    about += limits.meaning * learned * understood(sentence).ours if learned and sentence else 0.0
    if not any(place is not None for one in evidence for place in one.places):
        return about >= limits.alone_min
    return about + limits.covered * covered(evidence, limits) >= limits.answered_min


def _only_own(evidence: Sequence[Evidence]) -> list[Evidence]:
    """What is left if only that counts which is news."""
    return [
        replace(one, places=tuple(place if own else None for place, own in zip(one.places, one.own, strict=True)))
        for one in evidence
    ]


def told(evidence: Sequence[Evidence], limits: Answering) -> dict[int, float]:
    """The units that articles of the operator's own tell of, and what that says for an answer."""
    found: dict[int, float] = {}
    for one in evidence:
        for number, (place, own) in enumerate(zip(one.places, one.own, strict=True)):
            if own and place is not None:
                found[number] = max(found.get(number, 0.0), limits.own * _of_place(place, limits))
    return found


def covered(evidence: Sequence[Evidence], limits: Answering) -> float:
    """The share of the question that the best articles cover, from 0 to 1.

    A word in a title counts in full, one in passing less; what only another article says than the one that covers most
    counts `beside` of it.
    """
    if not evidence:
        return 0.0
    units = evidence[0].units
    own = told(evidence, limits)
    units = tuple(replace(u, elsewhere=False) if u.elsewhere and n in own else u for n, u in enumerate(units))
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
    return _of_place(place, limits) * share * (limits.mended if unit.mended else 1.0)


def _of_place(place: Place, limits: Answering) -> float:
    return {Place.TITLE: limits.title, Place.HEADING: limits.headings, Place.BODY: limits.body}[place]
