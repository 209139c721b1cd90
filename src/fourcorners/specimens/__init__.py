"""Fictional documents with exact ground truth, and how people photograph them."""

from fourcorners.specimens.capture import capture
from fourcorners.specimens.documents import draw
from fourcorners.specimens.model import (
    CaptureKind,
    Document,
    DocumentKind,
    Holder,
    Side,
    Specimen,
    SpecimenError,
    Truth,
)
from fourcorners.specimens.saving import save

__all__ = [
    "CaptureKind",
    "Document",
    "DocumentKind",
    "Holder",
    "Side",
    "Specimen",
    "SpecimenError",
    "Truth",
    "capture",
    "draw",
    "save",
]
