"""Fields from the parts of a document that are made for machines: the MRZ and the AAMVA barcode."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from fourcorners.formats.aamva import Aamva, AamvaError, parse
from fourcorners.formats.mrz import LAYOUTS, Mrz, MrzFormat
from fourcorners.kit.geometry import Quad
from fourcorners.vision.barcodes import Barcode
from fourcorners.vision.fields.reading import FIELD_NAMES, ReadField
from fourcorners.vision.mrz import MrzReading

__all__ = ["aamva_of", "barcode_fields", "mrz_fields", "trusted_mrz"]

TEXT_FIELDS = (
    "document_number",
    "family_name",
    "given_names",
    "sex",
    "nationality",
    "issuing_state",
    "personal_number",
)
DATE_FIELDS = ("birth_date", "expiry_date", "issue_date")

UNSURE = 0.5
"""Confidence of a zone with another plausible reading, or with a check digit that does not agree."""

FIELDS_MIN = 3
"""A barcode with fewer fields is some other text that happens to look like an element."""

CHECKS_MIN = 2
"""Check digits that must agree in a zone that is not sure: one in ten agrees by chance, and one format has only one."""

LINE_MIN = 0.4
"""Chance of each line being right from which an unsure zone with wrong check digits is still taken for one: other print
that looks like a zone stays below 0.25, a real one whose digits were printed wrong comes to 0.5 and more."""

DAMAGED = 0.7
"""Confidence of a barcode whose envelope had to be guessed; the symbol itself is protected by error correction."""


def mrz_fields(found: MrzReading | None, today: date) -> tuple[ReadField, ...]:
    """What the machine-readable zone says; a date of which a part is unknown comes as YYYY-MM or YYYY."""
    mrz = trusted_mrz(found)
    if found is None or mrz is None:
        return ()
    confidence = min(found.confidence, default=1.0) if found.sure else UNSURE
    if not found.check_digits_agree:
        confidence = min(confidence, UNSURE)
    values = {name: getattr(mrz, name) or "" for name in TEXT_FIELDS}
    for name in DATE_FIELDS:
        raw = getattr(mrz, name)
        values[name] = "" if raw is None else raw.value(today) or ""
    quads = {**found.field_quads, **_name_quads(found)}
    return tuple(ReadField(n, values[n], "mrz", confidence, quads.get(n)) for n in FIELD_NAMES if values.get(n))


def trusted_mrz(found: MrzReading | None) -> Mrz | None:
    """The zone, unless it may be other print: not sure, its lines unlikely, and its check digits no witness either."""
    if found is None or found.mrz is None:
        return None
    agreeing = sum(check.agrees for check in found.mrz.checks)
    proven = agreeing >= max(CHECKS_MIN, len(found.mrz.checks) / 2)
    return found.mrz if found.sure or proven or min(found.confidence, default=0.0) >= LINE_MIN else None


def _name_quads(found: MrzReading) -> dict[str, Quad]:
    """Where the two names stand inside the one name field; its letters are all of one width."""
    field = LAYOUTS[MrzFormat(found.format)].fields.get("name")
    quad = found.field_quads.get("name")
    if field is None or quad is None:
        return {}
    raw = field.of(found.lines)
    family = len(raw.partition("<<")[0])
    end = len(raw.rstrip("<"))
    spans = {"family_name": (0, family), "given_names": (min(family + 2, end), end)}
    return {name: _along(quad, start / len(raw), stop / len(raw)) for name, (start, stop) in spans.items()}


def _along(quad: Quad, start: float, stop: float) -> Quad:
    """The part of a quad between two shares (0..1) of its length."""
    a, b, c, d = quad
    return np.array([a + start * (b - a), a + stop * (b - a), d + stop * (c - d), d + start * (c - d)])


def aamva_of(barcodes: Sequence[Barcode]) -> tuple[Aamva, Barcode] | None:
    """The first barcode that holds a driving licence's or an identity card's data, parsed."""
    for barcode in barcodes:
        try:
            aamva = parse(barcode.data)
        except AamvaError:
            continue
        if len(aamva.fields) >= FIELDS_MIN:
            return aamva, barcode
    return None


def barcode_fields(barcodes: Sequence[Barcode]) -> tuple[ReadField, ...]:
    """What an AAMVA barcode says."""
    found = aamva_of(barcodes)
    if found is None:
        return ()
    aamva, barcode = found
    confidence = DAMAGED if aamva.version is None else 1.0
    return tuple(
        ReadField(name, aamva.fields[name], "barcode", confidence, barcode.quad)
        for name in FIELD_NAMES
        if aamva.fields.get(name)
    )
