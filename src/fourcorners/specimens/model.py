"""What a specimen is: a drawn document, and a picture of it with the truth about it."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal
from fourcorners.kit.geometry import Quad

__all__ = [
    "MM_PER_INCH",
    "SIZE_MM",
    "STATE",
    "Camera",
    "CaptureKind",
    "Document",
    "DocumentKind",
    "Holder",
    "Pixels",
    "Plane",
    "Side",
    "Specimen",
    "SpecimenError",
    "Truth",
    "box_quad",
]

Pixels: TypeAlias = NDArray[np.uint8]
"""A colour picture, RGB, of shape (height, width, 3)."""
Plane: TypeAlias = NDArray[np.uint8]
"""One value a pixel, of shape (height, width)."""

MM_PER_INCH = 25.4
STATE = "UTO"
"""The state code that ICAO Doc 9303-3 keeps for specimens."""


class SpecimenError(Refusal):
    """A specimen cannot be made as asked."""

    code = "specimen_impossible"


class DocumentKind(StrEnum):
    """The kinds of document that can be drawn."""

    ID_CARD = "id_card"
    ID_CARD_TD2 = "id_card_td2"
    PASSPORT = "passport"
    DRIVING_LICENCE = "driving_licence"
    RESIDENCE_PERMIT = "residence_permit"
    VISA_A = "visa_a"
    VISA_B = "visa_b"


SIZE_MM: Mapping[DocumentKind, tuple[float, float]] = {
    DocumentKind.ID_CARD: (85.6, 53.98),
    DocumentKind.ID_CARD_TD2: (105.0, 74.0),
    DocumentKind.PASSPORT: (125.0, 88.0),
    DocumentKind.DRIVING_LICENCE: (85.6, 53.98),
    DocumentKind.RESIDENCE_PERMIT: (85.6, 53.98),
    DocumentKind.VISA_A: (120.0, 80.0),
    DocumentKind.VISA_B: (105.0, 74.0),
}
"""Width and height: ISO/IEC 7810 ID-1, ID-2, ID-3; visas at the most that ICAO Doc 9303-7 allows."""


class CaptureKind(StrEnum):
    """How a document came to be a picture: an honest photo, one spoiled by accident, or an attack."""

    GENUINE = "genuine"
    BLUR = "blur"
    MOTION_BLUR = "motion_blur"
    LOW_LIGHT = "low_light"
    NOISE = "noise"
    COLOUR_CAST = "colour_cast"
    GLARE = "glare"
    SHADOW = "shadow"
    FINGER = "finger"
    CUT_OFF = "cut_off"
    RECOMPRESSED = "recompressed"
    TWO_DOCUMENTS = "two_documents"
    NO_DOCUMENT = "no_document"
    GREY_COPY = "grey_copy"
    COLOUR_COPY = "colour_copy"
    SCREEN_PHOTO = "screen_photo"
    SCREENSHOT = "screenshot"
    SCAN = "scan"
    EDITED = "edited"
    LASER_PRINT = "laser_print"
    INKJET_PRINT = "inkjet_print"
    FM_PRINT = "fm_print"
    TONED_COPY = "toned_copy"
    LAMINATED_COPY = "laminated_copy"
    PHONE_SCREEN = "phone_screen"
    MONITOR_SCREEN = "monitor_screen"
    COVERED_CORNER = "covered_corner"
    PUNCHED = "punched"
    HELD = "held"
    LAMINATE_GLARE = "laminate_glare"
    PORTRAIT_SWAP = "portrait_swap"
    FAR = "far"


class Camera(StrEnum):
    """What turns light into a file. The physical ones are slower; see `effects/bayer.py`."""

    SIMPLE = "simple"
    """Softness, additive noise, sharpening, JPEG."""
    BAYER = "bayer"
    """A sensor with its colour mosaic, sharpening, JPEG."""
    BAYER_HEIC = "bayer_heic"
    """The same, kept by a codec that predicts within the picture, as HEIC does, and made a JPEG when it was sent."""


@dataclass(frozen=True)
class Holder:
    """A made-up person and what their document says."""

    family_name: str
    given_names: str
    birth_date: date
    sex: str
    birth_place: str
    nationality: str
    document_number: str
    personal_number: str
    issue_date: date
    expiry_date: date
    authority: str
    street: str
    city: str
    state: str
    postcode: str
    height_cm: int
    eyes: str


@dataclass(frozen=True)
class Side:
    """One side of a drawn document, flat and upright.

    `alpha` is 255 where there is document (corners may be round), `foil` 255 where it is optically variable, `laminate`
    how much the whole surface shines (0..1). `fields` holds what can be read on this side, dates as YYYY-MM-DD, and
    `printed` the same fields as they are printed. `regions` are quads in pixels of this picture: one for each printed
    field, and `portrait`, `ghost_portrait`, `signature`, `mrz`, `mrz_1`.., `barcode` where there are any.
    """

    pixels: Pixels
    alpha: Plane
    foil: Plane
    dpi: float
    laminate: float = 0.0
    fields: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, Quad] = field(default_factory=dict)
    mrz: tuple[str, ...] = ()
    barcode: bytes = b""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.pixels.shape[1], self.pixels.shape[0]


@dataclass(frozen=True)
class Document:
    """A drawn document. `back` is None where the back says nothing (a passport's data page)."""

    kind: DocumentKind
    design: str
    state: str
    holder: Holder
    front: Side
    back: Side | None
    seed: int


@dataclass(frozen=True)
class Truth:
    """What is true of a picture. All points are [x, y] in its pixels, and may lie outside it.

    `corners` is None where no document is shown, else four points clockwise from the document's own top left.
    `faults` names the checks that a careful judge would say this picture fails; `hidden` the regions that cannot be
    read in full; `altered` those that were forged after the photo; `others` the outlines of further documents. `fields`
    keeps what the original said. `hidden_corners` counts from the document's own top left clockwise (0..3): covered,
    cut off or outside the frame. `physics` holds the parameters of what was simulated, units in their names.
    """

    document: DocumentKind | None
    design: str | None
    side: str | None
    state: str | None
    capture: CaptureKind
    severity: float
    seed: int
    size: tuple[int, int]
    corners: Quad | None
    fields: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, Quad] = field(default_factory=dict)
    mrz: tuple[str, ...] = ()
    barcode: bytes = b""
    faults: tuple[str, ...] = ()
    attack: bool = False
    hidden: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    others: tuple[Quad, ...] = ()
    hidden_corners: tuple[int, ...] = ()
    camera: Camera = Camera.SIMPLE
    physics: Mapping[str, float | str] = field(default_factory=dict)

    @property
    def from_camera(self) -> bool:
        """True for what left a camera untouched: such a file carries EXIF."""
        return bool(load_toml("fourcorners.specimens", "captures.toml")[self.capture]["camera"])

    def to_json(self) -> str:
        """The truth as one JSON object; points rounded to a hundredth of a pixel, the barcode in base64."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1)

    def to_dict(self) -> dict[str, object]:
        """The truth as plain values."""
        return {
            "document": self.document,
            "design": self.design,
            "side": self.side,
            "state": self.state,
            "capture": self.capture,
            "severity": self.severity,
            "seed": self.seed,
            "size": list(self.size),
            "attack": self.attack,
            "faults": list(self.faults),
            "hidden": list(self.hidden),
            "altered": list(self.altered),
            "others": [_rounded(quad) for quad in self.others],
            "hidden_corners": list(self.hidden_corners),
            "camera": self.camera,
            "physics": dict(self.physics),
            "corners": None if self.corners is None else _rounded(self.corners),
            "fields": dict(self.fields),
            "printed": dict(self.printed),
            "mrz": list(self.mrz),
            "barcode_base64": b64encode(self.barcode).decode("ascii"),
            "regions": {name: _rounded(quad) for name, quad in self.regions.items()},
        }


@dataclass(frozen=True)
class Specimen:
    """A picture and the truth about it. `encoded` is the file as it was made, before metadata; `pixels` its content."""

    pixels: Pixels
    truth: Truth
    encoded: bytes = b""


def box_quad(x: float, y: float, width: float, height: float) -> Quad:
    """The four corners of an upright box, clockwise from its top left."""
    return np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], dtype=np.float64)


def _rounded(quad: Quad) -> list[list[float]]:
    return [[round(float(x), 2), round(float(y), 2)] for x, y in quad]
