"""Every source of a document's fields, brought together."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fourcorners.formats.states import find_state
from fourcorners.vision.fields.century import settle_century
from fourcorners.vision.fields.countries import country_of, licence_country
from fourcorners.vision.fields.date_order import date_order
from fourcorners.vision.fields.kinds import Kind, kind_of
from fourcorners.vision.fields.labels import coded_labels
from fourcorners.vision.fields.machine import aamva_of, barcode_fields, mrz_fields, trusted_mrz
from fourcorners.vision.fields.printed import read_printed
from fourcorners.vision.fields.reading import DocumentReading, ReadField, ordered
from fourcorners.vision.fields.values import Context
from fourcorners.vision.text import TextLine

if TYPE_CHECKING:
    from fourcorners.vision.document import DocumentFrame

__all__ = ["read_document"]

NORTH_AMERICA = ("USA", "CAN")


def read_document(frame: "DocumentFrame") -> DocumentReading:
    """Kind, country and fields of one side of a document; the frame's day settles the century of two-digit years."""
    lines = frame.text
    mrz = trusted_mrz(frame.mrz)
    found = aamva_of(frame.barcodes)
    machine = [_settled(f, lines) for f in (*mrz_fields(frame.mrz, frame.today), *barcode_fields(frame.barcodes))]
    kind = kind_of(lines, mrz, found[0] if found else None, _aspect(frame), _numbered(lines))
    state = next((f.value for f in machine if f.name == "issuing_state"), None)
    country = state if state and find_state(state) else _printed_country(frame, kind)
    known = {f.name: f.value for f in reversed(machine)}
    context = Context(frame.today, date_order([line.text for line in lines], country))
    printed = [
        ReadField(p.name, p.value, "print", p.confidence, frame.page.to_photo(p.quad))
        for p in read_printed(lines, known, context, _scheme(kind, country))
    ]
    return DocumentReading(kind.name, kind.evidence, country, ordered([*machine, *printed]))


def _settled(entry: ReadField, lines: Sequence[TextLine]) -> ReadField:
    if entry.name != "birth_date" or entry.source != "mrz" or len(entry.value) != len("1974-08-12"):
        return entry
    return replace(entry, value=settle_century(entry.value, lines))


def _printed_country(frame: "DocumentFrame", kind: Kind) -> str | None:
    named = country_of(frame.text, frame.page.pixels.shape[0])
    if named is None and kind.name in ("driving_licence", "identity_card"):
        return licence_country(frame.text)
    return named


def _aspect(frame: "DocumentFrame") -> float | None:
    """Width over height of the document, where its outline was found."""
    if frame.outline is None:
        return None
    h, w = frame.page.pixels.shape[:2]
    return float(max(h, w) / min(h, w))


def _numbered(lines: Sequence[TextLine]) -> int:
    """How many different field numbers of a driving licence begin a line."""
    return len({label.field for line in lines for label in coded_labels(line.text, "eu") if label.start == 0})


def _scheme(kind: Kind, country: str | None) -> str | None:
    if kind.name != "driving_licence":
        return None
    return "us" if country in NORTH_AMERICA else "eu"
