"""Cases made by hand: pictures that show nothing, with readings put where the networks would have put them."""

from datetime import date

import numpy as np
import pytest

from fourcorners.checks.subject import Case
from fourcorners.formats import mrz
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.fields import DocumentReading, ReadField
from fourcorners.vision.mrz import MrzReading
from fourcorners.vision.page import rectify
from fourcorners.vision.picture import Picture
from fourcorners.vision.selfie import SelfieFrame

TODAY = date(2026, 11, 22)
QUAD = np.array([[10.0, 10], [90, 10], [90, 20], [10, 20]])


def blank(shade: int = 200, sha256: str = "0" * 64) -> Picture:
    return Picture(np.full((64, 100, 3), shade, np.uint8), "JPEG", 1234, sha256)


def entry(name: str, value: str, source="mrz", confidence: float = 1.0) -> ReadField:
    return ReadField(name, value, source, confidence, QUAD)


def reading(kind: str = "passport", country: str = "UTO", **fields) -> DocumentReading:
    """`name="value"` for a sure reading in the machine-readable zone, or a tuple of entries."""
    entries = {n: (entry(n, v),) if isinstance(v, str) else v for n, v in fields.items()}
    return DocumentReading(kind, ("made by hand",), country, entries)


def document(
    read: DocumentReading | None = None, zone: MrzReading | None = None, barcodes=(), **picture
) -> DocumentFrame:
    frame = DocumentFrame(blank(**picture))
    known = {
        "reading": read or reading(),
        "mrz": zone,
        "barcodes": tuple(barcodes),
        "outline": None,
        "faces": (),
        "text": (),
    }
    corners = np.array([[0.0, 0], [100, 0], [100, 64], [0, 64]]) - 0.5
    frame.__dict__.update(known, page=rectify(frame.picture.pixels, corners))
    return frame


def selfie() -> SelfieFrame:
    return SelfieFrame(blank())


def case(front: DocumentFrame | None = None, **parts) -> Case:
    return Case(today=parts.pop("today", TODAY), front=front, **parts)


def zone(sure: bool = True, lines: tuple[str, ...] | None = None) -> MrzReading:
    """A passport's zone, as it stands in ICAO Doc 9303-4 appendix B, unless other lines are given."""
    lines = lines or ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    parsed = mrz.parse(lines)
    return MrzReading(
        mrz=parsed,
        format=parsed.format.value,
        lines=lines,
        check_digits_agree=parsed.check_digits_agree,
        sure=sure,
        confidence=(0.99,) * len(lines),
        line_quads=(QUAD, QUAD + np.array([0, 15])),
        quarter_turns=0,
    )


@pytest.fixture
def make():
    """The builders of this file, so that tests need not import a conftest."""
    import types

    return types.SimpleNamespace(
        TODAY=TODAY,
        QUAD=QUAD,
        blank=blank,
        entry=entry,
        reading=reading,
        document=document,
        selfie=selfie,
        case=case,
        zone=zone,
    )
