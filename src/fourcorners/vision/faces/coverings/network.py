"""The covering network: what is worn, and where something lies over the face."""

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points
from fourcorners.vision.faces.coverings.window import SIDE_PX, window_at
from fourcorners.vision.faces.crop import Affine, apply_affine, cut, invert_affine
from fourcorners.vision.faces.face import Face
from fourcorners.vision.faces.mesh import FaceMesh
from fourcorners.vision.networks.onnx import onnx_session
from fourcorners.vision.picture import Pixels

__all__ = ["COVERINGS", "Coverings", "face_log_odds", "find_coverings"]

COVERINGS = ("mask", "sunglasses", "glasses", "hat", "hand", "hair", "glare")
"""`mask` stands for whatever covers the mouth, `hat` for whatever covers the head, `hand` for anything held before the
face; `hair` is hair over an eye, `glare` light on glasses that hides one."""

PRESENCE_TRUSTED = 3.0
"""Below it (a logit) the landmarks of a covered face may lie anywhere."""


@dataclass(frozen=True, eq=False)
class Coverings:
    """`log_odds` of each of COVERINGS (natural; 0 is as likely as not), and `cells` (8, 8): how likely each part of the
    window is covered, 0..1. `to_photo` takes pixels of the window into the photo.
    """

    log_odds: Mapping[str, float]
    cells: NDArray[np.float32]
    points: Points
    to_photo: Affine

    def covered_share(self, *outlines: tuple[int, ...]) -> float:
        """Share, 0..1, of the polygons through these mesh points that is covered."""
        inside = np.zeros((SIDE_PX, SIDE_PX), dtype=np.uint8)
        points = apply_affine(invert_affine(self.to_photo), self.points)
        for outline in outlines:
            cv2.fillPoly(inside, [np.round(points[list(outline)]).astype(np.int32)], (1,))
        return float(self._smooth()[inside > 0].mean()) if inside.any() else 0.0

    def outline(self) -> Points | None:
        """The outline (n, 2), in photo pixels, of the largest part that is rather covered than not."""
        over = (self._smooth() > 0.5).astype(np.uint8)
        contours, _ = cv2.findContours(over, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        if not contours:
            return None
        largest = max(contours, key=cv2.contourArea)
        return apply_affine(self.to_photo, np.asarray(largest, dtype=np.float64).reshape(-1, 2))

    def _smooth(self) -> NDArray[np.float32]:
        return np.asarray(cv2.resize(self.cells, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def find_coverings(pixels: Pixels, mesh: FaceMesh, face: Face | None = None) -> Coverings:
    """What lies over the face with landmarks `mesh` in RGB `pixels`; about 4 ms.

    Where the landmark network hardly knows a face, the eyes of the detected `face` place the window.
    Raises WeightsMissing, WeightsTampered.
    """
    eyes = mesh.eye_centres if face is None or mesh.presence >= PRESENCE_TRUSTED else face.points[:2]
    to_photo = window_at(eyes)
    values, cells = _look(pixels, to_photo)
    log_odds = {name: float(value) for name, value in zip(COVERINGS, values, strict=False)}
    return Coverings(log_odds, cells, mesh.points[:, :2], to_photo)


def face_log_odds(pixels: Pixels, eyes: Points) -> float:
    """How likely a face, covered or not, stands upright about these right and left eyes (2, 2)."""
    return float(_look(pixels, window_at(eyes))[0][-1])


def _look(pixels: Pixels, to_photo: Affine) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Log odds of the coverings and, last, of a face; and how likely each place is covered (8, 8)."""
    window = cut(pixels, to_photo, SIDE_PX)
    worn, covered = onnx_session("coverings").run(None, {"window": window[None].astype(np.float32)})
    return worn[0], np.asarray(1 / (1 + np.exp(-np.clip(covered[0], -60, 60))), dtype=np.float32)
