"""What a selfie is, and what is true of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.specimens.model import Pixels
from fourcorners.specimens.shapes import Points

__all__ = ["Selfie", "SelfieKind", "SelfieTruth"]


class SelfieKind(StrEnum):
    """How a selfie was taken."""

    GENUINE = "genuine"
    MASK = "mask"
    SUNGLASSES = "sunglasses"
    GLASSES = "glasses"
    HAT = "hat"
    HAND = "hand"
    DARK = "dark"
    BACKLIT = "backlit"
    BLURRED = "blurred"
    OFF_CENTRE = "off_centre"
    TWO_FACES = "two_faces"
    NO_FACE = "no_face"
    SCREEN_PHOTO = "screen_photo"
    PRINT = "print"


@dataclass(frozen=True)
class SelfieTruth:
    """What is true of a selfie. `faces` are boxes from forehead to chin, the applicant's first; points in pixels."""

    person: int
    capture: SelfieKind
    severity: float
    seed: int
    size: tuple[int, int]
    faces: tuple[Quad, ...]
    landmarks: Mapping[str, Points] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    attack: bool = False

    @property
    def from_camera(self) -> bool:
        """All selfies leave a camera untouched."""
        return True

    def to_json(self) -> str:
        """The truth as one JSON object."""
        values = {
            "person": self.person,
            "capture": self.capture,
            "severity": self.severity,
            "seed": self.seed,
            "size": list(self.size),
            "attack": self.attack,
            "faults": list(self.faults),
            "faces": [np.round(face, 2).tolist() for face in self.faces],
            "landmarks": {name: np.round(point, 2).tolist() for name, point in self.landmarks.items()},
        }
        return json.dumps(values, indent=1)


@dataclass(frozen=True)
class Selfie:
    """A selfie and the truth about it; `encoded` is the file before metadata, `pixels` its content."""

    pixels: Pixels
    truth: SelfieTruth
    encoded: bytes
