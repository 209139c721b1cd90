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

__all__ = ["INTER_EYE_PX", "FaceView", "Mask", "median_colour", "view_of", "widened"]

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
    def edges(self) -> NDArray[np.float32]:
        """Size of the gradient of `light` (Sobel, 8 times L* a pixel)."""
        across = cv2.Sobel(self.light, cv2.CV_32F, 1, 0)
        return np.asarray(cv2.magnitude(across, cv2.Sobel(self.light, cv2.CV_32F, 0, 1)), dtype=np.float32)

    @cached_property
    def rows(self) -> NDArray[np.float32]:
        """Row number of every pixel."""
        return np.broadcast_to(np.arange(HEIGHT_PX, dtype=np.float32)[:, None], (HEIGHT_PX, WIDTH_PX))

    @cached_property
    def columns(self) -> NDArray[np.float32]:
        """Column number of every pixel."""
        return np.broadcast_to(np.arange(WIDTH_PX, dtype=np.float32), (HEIGHT_PX, WIDTH_PX))

    def sample(self, values: NDArray[np.float32], points: tuple[int, ...]) -> NDArray[np.float32]:
        """`values` at these mesh points; points outside the view take the nearest pixel."""
        x, y = np.round(self.points[list(points)]).astype(int).T
        at = np.clip(y, 0, HEIGHT_PX - 1), np.clip(x, 0, WIDTH_PX - 1)
        return np.asarray(values[at], dtype=np.float32)

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
    ys, xs = np.mgrid[0:HEIGHT_PX, 0:WIDTH_PX]
    places = apply_affine(to_photo, np.column_stack([xs.ravel(), ys.ravel()]).astype(np.float64))
    inside = (places >= -0.5).all(axis=1) & (places <= np.array([w, h]) - 0.5).all(axis=1)
    points = apply_affine(invert_affine(to_photo), mesh.points[:, :2])
    return FaceView(view, points, inside.reshape(HEIGHT_PX, WIDTH_PX), to_photo, float(np.hypot(*along)))


def median_colour(view: FaceView, where: Mask) -> NDArray[np.float32]:
    """Median L*, a*, b* of the pixels `where`; of the whole view when there are hardly any."""
    pixels = view.lab[where] if np.count_nonzero(where) > 10 else view.lab.reshape(-1, 3)
    return np.median(pixels, axis=0)


def widened(mask: Mask, by_px: int) -> Mask:
    """The mask and everything within `by_px` of it (square)."""
    kernel = np.ones((2 * by_px + 1, 2 * by_px + 1), dtype=np.uint8)
    return cv2.dilate(mask.astype(np.uint8), kernel).astype(bool)
