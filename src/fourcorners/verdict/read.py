"""What was read off the document, as plain JSON values: each field with all its sources, and where it stands."""

from base64 import b64encode
from collections.abc import Mapping

from fourcorners.checks.subject import Case
from fourcorners.kit.geometry import Quad
from fourcorners.vision.fields import ForeignLine, ReadField

__all__ = ["read_out"]


def read_out(case: Case) -> Mapping[str, object]:
    """Kind, country, fields, machine-readable zone and barcodes of both sides; `side` names the picture of a box."""
    reading = case.reading
    fields = {}
    for name, entries in reading.fields.items():
        best, *others = (_entry(case, entry) for entry in entries)
        fields[name] = {**best, "others": others}
    return {
        "document": {
            "kind": reading.kind,
            "country": reading.country,
            "because": list(reading.kind_evidence),
            "unread_scripts": list(reading.unread_scripts),
            "foreign_lines": [_foreign(line) for line in reading.foreign_lines],
        },
        "fields": fields,
        "mrz": _mrz(case),
        "barcodes": [
            {"side": side, "format": b.format, "bytes_base64": b64encode(b.data).decode("ascii"), "box": _box(b.quad)}
            for side, frame in case.sides.items()
            for b in frame.barcodes
        ],
    }


def _entry(case: Case, entry: ReadField) -> dict[str, object]:
    return {
        "value": entry.value,
        "source": entry.source,
        "confidence": round(entry.confidence, 3),
        "side": case.side_of(entry),
        "box": _box(entry.quad),
    }


def _foreign(line: ForeignLine) -> dict[str, object]:
    return {
        "text": line.text,
        "script": line.script,
        "confidence": round(line.confidence, 3),
        "box": _box(line.quad),
    }


def _mrz(case: Case) -> Mapping[str, object] | None:
    if case.mrz is None:
        return None
    side, found = case.mrz
    return {
        "side": side,
        "format": found.format,
        "lines": list(found.lines),
        "check_digits_agree": bool(found.check_digits_agree),
        "sure": bool(found.sure),
        "alternatives": [list(lines) for lines in found.alternatives],
    }


def _box(quad: Quad | None) -> list[list[float]] | None:
    return None if quad is None else [[round(float(x), 1), round(float(y), 1)] for x, y in quad]
