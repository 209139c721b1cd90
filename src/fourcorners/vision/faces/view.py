"""A face cut out upright at a fixed size, with its landmarks: every measure of quality and covering looks here."""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points
from fourcorners.vision.faces.crop import Affine, apply_affine, cut, invert_affine
from fourcorners.vision.faces.mesh import FaceMesh
from fourcorners.vision.picture import Pixels

__all__ = ["INTER_EYE_PX", "FaceView", "Mask", "linear_luminance", "view_of"]

WIDTH_PX, HEIGHT_PX = 256, 288
INTER_EYE_PX = 80.0
EYE_LINE_PX = 120.0
"""The face fills the view from a little above the hair line to below the chin."""

Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class FaceView:
    """`pixels` (288, 256, 3) RGB with the eyes level, 80 px apart at row 120; `points` (468, 2) the mesh in it.

    `inside` is false where the view reaches beyond the photo. `photo_px_per_px` above 1 says that the photo holds
    more detail than the view.
    """

    pixels: Pixels
    points: Points
    inside: Mask
    to_photo: Affine
    photo_px_per_px: float

    @cached_property
    def lab(self) -> NDArray[np.float32]:
        """CIE L*a*b* (288, 256, 3): L* 0..100, a* and b* about -100..100."""
        scaled = self.pixels.astype(np.float32) / 255
        return np.asarray(cv2.cvtColor(scaled, cv2.COLOR_RGB2LAB), dtype=np.float32)

    @cached_property
    def light(self) -> NDArray[np.float32]:
        """L* 0..100, smoothed by 1.2 px: what is finer is noise."""
        return np.asarray(cv2.GaussianBlur(self.lab[..., 0], (0, 0), 1.2), dtype=np.float32)

    @cached_property
    def luminance(self) -> Pixels:
        """Linear luminance (288, 256) on 0..255, as ISO/IEC 29794-5 counts it."""
        return linear_luminance(self.pixels)

    def area(self, *outlines: tuple[int, ...]) -> Mask:
        """The pixels inside polygons through these mesh points, and inside the photo."""
        mask = np.zeros(self.inside.shape, dtype=np.uint8)
        for outline in outlines:
            cv2.fillPoly(mask, [np.round(self.points[list(outline)]).astype(np.int32)], 1)
        return mask.astype(bool) & self.inside

    def in_photo(self, points: Points) -> Points:
        """View pixels (n, 2) as photo pixels."""
        return apply_affine(self.to_photo, np.asarray(points, dtype=np.float64))


def view_of(pixels: Pixels, mesh: FaceMesh) -> FaceView:
    """The view of the face with landmarks `mesh` in RGB `pixels`."""
    right, left = mesh.eye_centres
    along = (left - right) / INTER_EYE_PX  # one view pixel to the right, in the photo
    turn = np.array([[along[0], -along[1]], [along[1], along[0]]])
    middle = np.array([(WIDTH_PX - 1) / 2, EYE_LINE_PX])
    to_photo = np.column_stack([turn, (right + left) / 2 - turn @ middle])
    view = cut(pixels, to_photo, WIDTH_PX, HEIGHT_PX)
    h, w = pixels.shape[:2]
    columns, rows = np.arange(WIDTH_PX)[None], np.arange(HEIGHT_PX)[:, None]
    x, y = (a * columns + b * rows + c for a, b, c in to_photo)
    inside = (x >= -0.5) & (x <= w - 0.5) & (y >= -0.5) & (y <= h - 0.5)
    points = apply_affine(invert_affine(to_photo), mesh.points[:, :2])
    return FaceView(view, points, inside, to_photo, float(np.hypot(*along)))


def linear_luminance(pixels: Pixels) -> Pixels:
    """Luminance (h, w) uint8 of sRGB pixels without their gamma, by the weights of ITU-R BT.709."""
    linear = cv2.LUT(pixels, _LINEAR)
    return np.asarray(cv2.transform(linear, _BT709) * 255 + 0.5, dtype=np.uint8)


def _linear_levels() -> NDArray[np.float32]:
    """Linear light, 0..1, of the 256 levels of sRGB (IEC 61966-2-1)."""
    level = np.arange(256) / 255
    return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4).astype(np.float32)


_LINEAR = _linear_levels()
_BT709 = np.array([[0.2126, 0.7152, 0.0722]], dtype=np.float32)
