"""Do the eyes look as their landmarks promise?"""

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points
from fourcorners.vision.faces.crop import apply_affine, invert_affine
from fourcorners.vision.faces.mesh import FaceMesh
from fourcorners.vision.faces.view import FaceView

__all__ = ["eye_patterns"]

PATTERN_HALF_PX = (22, 13)
PATTERN_SHIFT_PX = 3


def eye_patterns(view: FaceView, mesh: FaceMesh) -> tuple[float, float]:
    """How well the right and the left eye match, -1..1, what their landmarks promise: dark iris and lash lines.

    Correlation of the lightness with a drawing of lids and iris, best of shifts up to 3 px. 0 when out of sight.
    """
    to_view = invert_affine(view.to_photo)
    right, left = (
        _pattern(view, apply_affine(to_view, e.lids), apply_affine(to_view, e.iris))
        for e in (mesh.right_eye, mesh.left_eye)
    )
    return right, left


def _pattern(view: FaceView, lids: Points, iris: Points) -> float:
    half_w, half_h = PATTERN_HALF_PX
    x0, y0 = (round(v) - half for v, half in zip(lids.mean(axis=0), PATTERN_HALF_PX, strict=True))
    shift = PATTERN_SHIFT_PX
    window = view.light[
        max(0, y0 - shift) : y0 + 2 * half_h + 1 + shift, max(0, x0 - shift) : x0 + 2 * half_w + 1 + shift
    ]
    if window.shape != (2 * (half_h + shift) + 1, 2 * (half_w + shift) + 1):
        return 0.0
    drawing = _drawing(lids - (x0, y0), iris - (x0, y0), (2 * half_h + 1, 2 * half_w + 1))
    match = cv2.matchTemplate(np.ascontiguousarray(window), drawing, cv2.TM_CCOEFF_NORMED)
    return float(np.nan_to_num(match).max())


def _drawing(lids: Points, iris: Points, shape: tuple[int, int]) -> NDArray[np.float32]:
    drawing = np.zeros(shape, dtype=np.float32)
    for path, dark, width in (((0, *range(9, 16), 8), -0.8, 4), (tuple(range(9)), -0.35, 2)):
        line = np.round(lids[list(path)] * 4).astype(np.int32)
        cv2.polylines(drawing, [line], False, dark, width, cv2.LINE_AA, 2)
    opening = np.zeros(shape, dtype=np.uint8)
    outline = lids[[*range(9), *range(15, 8, -1)]]
    cv2.fillPoly(opening, [np.round(outline).astype(np.int32)], 1)
    ys, xs = np.mgrid[0 : shape[0], 0 : shape[1]]
    radius = float(np.linalg.norm(iris[1:] - iris[0], axis=1).mean())
    disc = (np.hypot(xs - iris[0, 0], ys - iris[0, 1]) < radius) & (opening > 0)
    drawing = np.minimum(drawing, np.where(disc, np.float32(-1), np.float32(0)))
    return np.asarray(cv2.GaussianBlur(drawing, (0, 0), 1.5), dtype=np.float32)
