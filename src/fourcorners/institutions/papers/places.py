"""The registered address on a paper: by its label, by a sentence, or as the block under the institution's name."""

from collections.abc import Sequence

from fourcorners.formats.addresses import parse_address, street_in
from fourcorners.formats.agreement import companies_agree
from fourcorners.formats.dates import find_dates
from fourcorners.vision.papers import PaperField, PaperLine
from fourcorners.vision.papers.blocks import address_blocks, is_contact
from fourcorners.vision.papers.fields import joined

from .words import Labelled, run_on, told

__all__ = ["find_address"]

GENERAL = ("ADDRESS", "ADRESSE", "ADRES", "ADRESI", "ANSCHRIFT", "DIRECCION", "DOMICILIO", "SITZ DER GESELLSCHAFT")
"""Labels that may stand over anybody's address: taken where no label says more."""


def find_address(
    lines: Sequence[PaperLine], labelled: Sequence[Labelled], name: PaperField | None, country: str
) -> PaperField | None:
    """The address as its lines, parted by commas; None where none was found."""
    by_label = _by_label(lines, labelled, country)
    if by_label is not None:
        return by_label
    for found in told(lines, "registered_address"):
        if _is_place(found.value, country):
            return found
    if name is None:
        return None
    for block in address_blocks(lines):
        over = " ".join(n.text for n in block.names)
        if over and companies_agree(over, name.value).holds:
            return joined(block.address, 0.75)
    return None


def _by_label(lines: Sequence[PaperLine], labelled: Sequence[Labelled], country: str) -> PaperField | None:
    entries = [e for e in labelled if e.kind == "registered_address" and e.sure]
    for entry in sorted(entries, key=lambda e: e.words in GENERAL):
        for value in entry.values:
            if is_contact(value.text):
                continue
            going = (value,) if entry.parts else run_on(value, lines)
            for end in range(len(going), 0, -1):
                field = joined(going[:end], 0.93)
                if entry.parts:
                    field = PaperField(field.value, field.confidence, entry.parts)
                if _is_place(field.value, country) and not any(is_contact(o.text) for o in going[1:end]):
                    return field
    return None


def _is_place(text: str, country: str) -> bool:
    if find_dates(text):
        return False
    found = parse_address(text, country or None)
    return found.is_whole or (street_in(text) and any(c.isdigit() for c in text))
