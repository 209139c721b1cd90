"""Do two sources say the same about each field, and what follows for a check?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fourcorners.checks.finding import Fact, Finding, fail, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.formats.agreement import COMPARED, Agreement, fields_agree
from fourcorners.vision.fields import DocumentReading, ReadField

__all__ = ["Comparison", "compare_sources", "conclude", "credible"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field in two sources. `confidence` is that of the less certain one, 0..1."""

    name: str
    values: tuple[tuple[str, str], ...]
    agreement: Agreement
    confidence: float

    @property
    def differs(self) -> bool:
        """Do they contradict each other?"""
        return self.agreement.outcome == "different"

    def certain(self, limits: Limits) -> bool:
        """Is a difference more than our misreading: read with confidence, and by more than a letter?"""
        slip = not set(limits["misreading_hints"]).isdisjoint(self.agreement.reasons)
        return self.confidence >= limits["confidence_min"] and not slip

    def fact(self) -> Fact:
        """The two values side by side; the note says how they agree."""
        return Fact(self.name, self.values, self.agreement.note)


def credible(entries: Iterable[ReadField], confidence_min: float) -> tuple[ReadField, ...]:
    """The entries that were read with confidence; all of them where none was. The most trusted source stays first."""
    known = tuple(entries)
    return tuple(e for e in known if e.confidence >= confidence_min) or known


def compare_sources(
    reading: DocumentReading, source: str, others: Sequence[str], limits: Limits
) -> tuple[Comparison, ...]:
    """Compare, field by field, what `source` says with the first of `others` that was read with confidence."""
    found = []
    for name, entries in reading.fields.items():
        mine = _first(entries, (source,))
        theirs = _first([e for e in entries if e.confidence >= limits["confidence_min"]], others)
        if name in COMPARED and mine and theirs:
            values = ((mine.source, mine.value), (theirs.source, theirs.value))
            agreement = fields_agree(name, mine.value, theirs.value)
            found.append(Comparison(name, values, agreement, min(mine.confidence, theirs.confidence)))
    return tuple(found)


def conclude(name: str, version: int, reason: str, compared: Sequence[Comparison], limits: Limits) -> Finding:
    """Pass where nothing differs, fail with `reason` where a difference is certain, else unsure; a fact a field."""
    facts = [c.fact() for c in compared]
    differing = [c for c in compared if c.differs]
    if not differing:
        return ok(name, version, facts)
    certain = any(c.certain(limits) for c in differing)
    return (fail if certain else unsure)(name, version, reason, facts)


def _first(entries: Iterable[ReadField], sources: Sequence[str]) -> ReadField | None:
    known = {entry.source: entry for entry in reversed(tuple(entries))}
    return next((known[s] for s in sources if s in known), None)
