"""An institution's paper, read: its kind, its fields with places, who is listed, its signature, its marks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from fourcorners.kit.errors import Refusal
from fourcorners.kit.lazy import lazy
from fourcorners.vision.papers import Kind, Paper, PaperField, PaperLine, PaperReading, open_paper
from fourcorners.vision.papers.line import Box
from fourcorners.vision.papers.pdf import INSTITUTION

from .bills import read_bill
from .days import find_days
from .kinds import BUSINESS_ADDRESS, find_form, find_kind
from .limits import limits_of
from .marks import Signature, find_marks, find_signature
from .names import find_name
from .numbers import find_lei, find_number
from .people import Listed, Listing, find_listed
from .places import find_address
from .words import Labelled, labelled_values, told

__all__ = ["FIELDS", "Reading", "read_paper"]

Source = bytes | str | Path

FIELDS = (
    "legal_name",
    "registration_number",
    "tax_number",
    "lei",
    "incorporation_date",
    "issue_date",
    "expiry_date",
    "registered_address",
    "business_address",
    "authorised_person",
)
"""Every field that is looked for, in the order shown to people."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What a paper says; of a file that was `refused`, nothing.

    `kind.name` is one of KINDS, `form` says which of two forms of it ("letter" or "board_resolution"), or "". `fields`
    holds those of FIELDS that were found, dates as YYYY-MM-DD. `marks` are stamps and notes (certified copy, sworn
    translation, ...) with the line that bears them. `rows` are the lines of tables of holders or directors.
    """

    name: str
    paper: Paper | None = None
    refused: Refusal | None = None
    kind: Kind = field(default_factory=lambda: Kind("other", 0.5, ()))
    form: str = ""
    fields: Mapping[str, PaperField] = field(default_factory=dict)
    listed: tuple[Listed, ...] = ()
    marks: Mapping[str, PaperLine] = field(default_factory=dict)
    rows: tuple[PaperLine, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages the file has."""
        if self.paper is None:
            return 0
        return len(self.paper.pages) if self.paper.pdf is None else self.paper.pdf.pages

    @lazy
    def signature(self) -> Signature | None:
        """How it is signed; None for a file that was refused."""
        if self.paper is None:
            return None
        return find_signature(self.paper, limits_of("paper_is_signed")["print_confidence_min"])

    def day(self, name: str) -> date | None:
        """One of the dates among the fields."""
        found = self.fields.get(name)
        return None if found is None else date.fromisoformat(found.value)

    def to_dict(self) -> dict[str, object]:
        """Plain values for JSON; places in pixels of the file's picture, or of its page drawn at 144 dpi."""
        if self.paper is None:
            refusal = self.refused
            return {"file": self.name, "refused": None if refusal is None else refusal.code}
        signature = self.signature
        return {
            "file": self.name,
            "sha256": self.paper.sha256,
            "format": self.paper.format,
            "pages": self.pages,
            "kind": self.kind.name,
            "kind_confidence": self.kind.confidence,
            "kind_words": [{"words": said, **self.place(line.box, line.page)} for said, line in self.kind.words],
            "form": self.form,
            "fields": {name: self._field(self.fields.get(name)) for name in FIELDS},
            "listed": [self._listed(entry) for entry in self.listed],
            "signature": None if signature is None else _signature(signature),
            "marks": {
                name: {"text": line.text, **self.place(line.box, line.page)} for name, line in self.marks.items()
            },
        }

    def place(self, box: Box, page: int) -> dict[str, object]:
        """A box of a page read as a place for JSON: the quad's corners, and the page of the file, from 1."""
        assert self.paper is not None  # noqa: S101 - what was read has a paper
        quad = self.paper.pages[page].place(box)
        return {
            "box": [[round(float(x), 1), round(float(y), 1)] for x, y in quad],
            "page": self.paper.page_number(page),
        }

    def _field(self, found: PaperField | None) -> Mapping[str, object] | None:
        if found is None:
            return None
        return {"value": found.value, "confidence": round(found.confidence, 3), **self.place(found.box, found.page)}

    def _listed(self, entry: Listed) -> Mapping[str, object]:
        return {
            "name": self._field(entry.name),
            "share": None if entry.share is None else share_text(entry.share),
            "role": entry.role,
            "of": entry.of,
        }


def read_paper(source: Source, name: str | None = None, *, country: str = "") -> Reading:
    """Read a paper (a path, or the bytes of a file called `name`): PDF, JPG, PNG.

    `country` (ISO 3166-1 alpha-2) is where the institution is registered: its numbers are read by that country's rules,
    and dates of which day and month could be swapped in its order. Never raises for a bad file: the reading holds why
    it was refused.
    """
    shown = name if name is not None or isinstance(source, bytes) else Path(source).name
    code = country.upper()
    read: dict[str, _Lines] = {}

    def fields_of(lines: tuple[PaperLine, ...], page_height: float) -> PaperReading:
        read["whole"] = _read_lines(lines, page_height, code)
        return read["whole"].reading

    try:
        paper = open_paper(source, name, INSTITUTION, fields_of)
        _ = paper.reading
    except Refusal as refusal:
        return Reading(shown or "", refused=refusal)
    whole = read["whole"]
    return Reading(
        shown or "",
        paper,
        kind=whole.reading.kind,
        form=whole.form,
        fields=whole.fields,
        listed=whole.listing.people,
        marks=find_marks(paper.lines),
        rows=whole.listing.rows,
    )


def share_text(share: Fraction) -> str:
    """A share as a percentage with up to four decimals, without zeros behind them."""
    return f"{float(share * 100):.4f}".rstrip("0").rstrip(".") + " %"


@dataclass(frozen=True, slots=True)
class _Lines:
    reading: PaperReading
    form: str
    fields: Mapping[str, PaperField]
    listing: Listing


def _read_lines(lines: Sequence[PaperLine], page_height: float, country: str) -> _Lines:
    kind = find_kind(lines, page_height)
    if kind.name == BUSINESS_ADDRESS:
        return _bill(kind, read_bill(lines, page_height))
    listing = find_listed(lines)
    rows: Collection[PaperLine] = listing.rows
    free = [line for line in lines if line not in rows]
    labelled = list(labelled_values(free))
    name = find_name(free, labelled, rows, page_height)
    days = find_days(lines, kind.name, rows, page_height, country or None)
    incorporation = days.incorporation
    if incorporation is None and kind.name == "registration" and _is_this_day(lines):
        incorporation = days.issue
    found = {
        "legal_name": name,
        "registration_number": find_number("registration_number", free, labelled, country),
        "tax_number": find_number("tax_number", free, labelled, country),
        "lei": find_lei(lines),
        "incorporation_date": incorporation,
        "issue_date": days.issue,
        "expiry_date": days.expiry,
        "registered_address": find_address(free, labelled, name, country),
        "authorised_person": _authorised(free, labelled) if kind.name == "authorisation" else None,
    }
    fields = {key: value for key, value in found.items() if value is not None}
    further = {
        key: value for key, value in fields.items() if key not in ("legal_name", "registered_address", "issue_date")
    }
    if listing.people:
        cells = [line for p in listing.people for f in (p.name, p.share_field) if f is not None for line in f.lines]
        further["listed"] = PaperField(f"{len(listing.people)}", 0.9, tuple(cells))
    reading = PaperReading(kind, name, fields.get("registered_address"), None, days.issue, None, further)
    return _Lines(reading, find_form(lines, kind.name), fields, listing)


def _bill(kind: Kind, bill: PaperReading) -> _Lines:
    """A bill or statement: read as a proof of address is."""
    named = {"legal_name": bill.name, "business_address": bill.address, "issue_date": bill.issue_date}
    return _Lines(replace(bill, kind=kind), "", {key: f for key, f in named.items() if f is not None}, Listing())


def _is_this_day(lines: Sequence[PaperLine]) -> bool:
    """Does a certificate say that the institution is incorporated on the day on which it is given?"""
    return any("this day" in line.text.casefold() for line in lines)


def _authorised(lines: Sequence[PaperLine], labelled: Sequence[Labelled]) -> PaperField | None:
    for said in told(lines, "authorised_person"):
        return said
    for entry in labelled:
        if entry.kind == "authorised_person" and entry.sure and entry.values:
            value = entry.values[0]
            if sum(c.isalpha() for c in value.text) > 3 and not any(c.isdigit() for c in value.text):
                return PaperField(value.text.strip(" ,;"), round(0.9 * value.confidence, 3), (value,))
    return None


def _signature(found: Signature) -> Mapping[str, object]:
    return {
        "pen": found.pen is not None,
        "in_file": found.in_file,
        "typed": found.typed is not None,
        "asked": found.asked is not None,
        "whole": found.whole,
    }
