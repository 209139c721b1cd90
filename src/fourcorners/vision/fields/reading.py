"""What was read off a document, and from where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from fourcorners.kit.geometry import Quad

__all__ = ["FIELD_NAMES", "DocumentReading", "ForeignLine", "ReadField", "Source", "merge"]

Source: TypeAlias = Literal["mrz", "barcode", "print"]

FIELD_NAMES = (
    "document_number",
    "family_name",
    "given_names",
    "birth_date",
    "expiry_date",
    "issue_date",
    "sex",
    "nationality",
    "issuing_state",
    "personal_number",
    "address",
    "birth_place",
    "authority",
)

TRUST: tuple[Source, ...] = ("mrz", "barcode", "print")
"""Which source speaks when several are equally confident: those with check digits or error correction first."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadField:
    """One field from one source.

    Dates are YYYY-MM-DD, states ICAO codes, sex M, F or X; `confidence` 0..1; `quad` (4, 2) in photo pixels of the
    picture it was read in, None where the place is not known.
    """

    name: str
    value: str
    source: Source
    confidence: float
    quad: Quad | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ForeignLine:
    """A line in another script than Latin, `confidence` 0..1, `quad` in photo pixels. No field comes from it."""

    text: str
    script: str
    confidence: float
    quad: Quad


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """`kind` is a name of `kinds.toml` or `unknown`, `kind_evidence` what spoke for it, `country` an ICAO code.

    `fields` holds, per field name, one entry for each source that gave it, the most trusted first. `unread_scripts`
    names the scripts (`cyrillic`, `arabic`, ...) of lines that stand there and could not be read; `foreign_lines` are
    those that could.
    """

    kind: str = "unknown"
    kind_evidence: tuple[str, ...] = ()
    country: str | None = None
    fields: Mapping[str, tuple[ReadField, ...]] = field(default_factory=dict)
    unread_scripts: tuple[str, ...] = ()
    foreign_lines: tuple[ForeignLine, ...] = ()

    @property
    def best(self) -> Mapping[str, ReadField]:
        """The one value per field that we would use."""
        return {name: entries[0] for name, entries in self.fields.items() if entries}


def merge(readings: Iterable[DocumentReading]) -> DocumentReading:
    """One reading of the front and back of one document. The first side that knows its kind or country says it."""
    sides = tuple(readings)
    kind = next((r for r in sides if r.kind != "unknown"), sides[0] if sides else DocumentReading())
    country = next((r.country for r in sides if r.country is not None), None)
    entries = ordered(e for r in sides for f in r.fields.values() for e in f)
    unread = tuple(dict.fromkeys(script for r in sides for script in r.unread_scripts))
    foreign = tuple(line for r in sides for line in r.foreign_lines)
    return DocumentReading(kind.kind, kind.kind_evidence, country, entries, unread, foreign)


def ordered(entries: Iterable[ReadField]) -> dict[str, tuple[ReadField, ...]]:
    """Entries by field name, each list by trust in its source, then by confidence."""
    by_name: dict[str, list[ReadField]] = {}
    for entry in entries:
        by_name.setdefault(entry.name, []).append(entry)
    return {
        name: tuple(sorted(by_name[name], key=lambda e: (TRUST.index(e.source), -e.confidence)))
        for name in FIELD_NAMES
        if name in by_name
    }
