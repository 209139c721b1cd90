"""Do two sources say the same about one field? Which rule applies follows from the field's name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fourcorners.checks.finding import Fact
from fourcorners.checks.limits import Limits
from fourcorners.formats.agreement import (
    Agreement,
    dates_agree,
    names_agree,
    numbers_agree,
    sexes_agree,
    states_agree,
)
from fourcorners.vision.fields import DocumentReading, ReadField

__all__ = ["Comparison", "agree", "compare_sources", "credible"]

RULES: Mapping[str, Callable[[str, str], Agreement]] = MappingProxyType(
    {
        "family_name": names_agree,
        "given_names": names_agree,
        "birth_date": dates_agree,
        "expiry_date": dates_agree,
        "issue_date": dates_agree,
        "document_number": numbers_agree,
        "personal_number": numbers_agree,
        "nationality": states_agree,
        "issuing_state": states_agree,
        "sex": sexes_agree,
        "address": names_agree,
    }
)


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
        return Fact(self.name, self.values, ", ".join((self.agreement.outcome, *self.agreement.reasons)))


def agree(name: str, a: str, b: str) -> Agreement:
    """Compare two values of the field `name`."""
    return RULES[name](a, b)


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
        if name in RULES and mine and theirs:
            values = ((mine.source, mine.value), (theirs.source, theirs.value))
            agreement = agree(name, mine.value, theirs.value)
            found.append(Comparison(name, values, agreement, min(mine.confidence, theirs.confidence)))
    return tuple(found)


def _first(entries: Iterable[ReadField], sources: Sequence[str]) -> ReadField | None:
    known = {entry.source: entry for entry in reversed(tuple(entries))}
    return next((known[s] for s in sources if s in known), None)
