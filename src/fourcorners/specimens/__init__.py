"""Fictional documents with exact ground truth, and how people photograph them.

document = draw("id_card", seed=7)
photo = capture(document, "glare", 0.6, seed=7, size=(1024, 768))
photo.truth.corners, photo.truth.fields, photo.truth.hidden
save(photo, Path("glare.jpg"))
"""

from fourcorners.specimens.capture import capture
from fourcorners.specimens.documents import draw
from fourcorners.specimens.model import (
    Camera,
    CaptureKind,
    Document,
    DocumentKind,
    Holder,
    Side,
    Specimen,
    SpecimenError,
    Truth,
)
from fourcorners.specimens.saving import file_bytes, save
from fourcorners.specimens.scenes import scene_set
from fourcorners.specimens.selfie_model import Selfie, SelfieKind, SelfieTruth
from fourcorners.specimens.selfies import selfie

__all__ = [
    "Camera",
    "CaptureKind",
    "Document",
    "DocumentKind",
    "Holder",
    "Selfie",
    "SelfieKind",
    "SelfieTruth",
    "Side",
    "Specimen",
    "SpecimenError",
    "Truth",
    "capture",
    "draw",
    "file_bytes",
    "save",
    "scene_set",
    "selfie",
]
