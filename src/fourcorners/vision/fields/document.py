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
from fourcorners.vision.fields.reading import DocumentReading, ForeignLine, ReadField, ordered
from fourcorners.vision.fields.rereading import reread
from fourcorners.vision.fields.scripts import script_of_page, unread_scripts
from fourcorners.vision.fields.values import Context
from fourcorners.vision.text import TextLine

if TYPE_CHECKING:
    from fourcorners.vision.document import DocumentFrame

__all__ = ["read_document"]

NORTH_AMERICA = ("USA", "CAN")

LETTERED = frozenset({"issue_date", "expiry_date", "authority", "personal_number"})
"""Fields whose numbers on a driving licence are 4a to 4d."""


def read_document(frame: "DocumentFrame", *, print_only: bool = False) -> DocumentReading:
    """Kind, country and fields of one side of a document; the frame's day settles the century of two-digit years.

    With `print_only` the fields are read as if there were no machine-readable zone and no barcode.
    """
    lines = frame.text
    zone, barcodes = (None, ()) if print_only else (frame.mrz, frame.barcodes)
    mrz, found = trusted_mrz(zone), aamva_of(barcodes)
    machine = [_settled(f, lines) for f in (*mrz_fields(zone, frame.today), *barcode_fields(barcodes))]
    kind = kind_of(lines, mrz, found[0] if found else None, _aspect(frame), _numbered(lines))
    state = next((f.value for f in machine if f.name == "issuing_state"), None)
    country = state if state and find_state(state) else _printed_country(frame, kind)
    known = {f.name: f.value for f in reversed(machine)}
    script = script_of_page(lines, country)
    context = Context(frame.today, date_order([line.text for line in lines], country), script, kind.name)
    printed = [
        ReadField(p.name, p.value, "print", p.confidence, frame.page.to_photo(p.quad))
        for p in read_printed(lines, known, context, _scheme(kind, country), frame.labels)
    ]
    lines = reread(lines, frame.page.pixels, script)
    foreign = tuple(
        ForeignLine(line.text, line.script, line.confidence, frame.page.to_photo(line.quad))
        for line in lines
        if line.script == script
    )
    unread = unread_scripts(lines, script)
    return DocumentReading(kind.name, kind.evidence, country, ordered([*machine, *printed]), unread, foreign)


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
    """How many different field numbers of a driving licence begin a line; 0 without one that has a letter ("4b").

    Greek passports and Chinese permits number their fields too, but plainly.
    """
    begun = {label.field for line in lines for label in coded_labels(line.text, "eu") if label.start == 0}
    return len(begun) if not begun.isdisjoint(LETTERED) else 0


def _scheme(kind: Kind, country: str | None) -> str | None:
    if kind.name != "driving_licence":
        return None
    return "us" if country in NORTH_AMERICA else "eu"
