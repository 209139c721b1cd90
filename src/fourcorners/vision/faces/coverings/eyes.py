"""Can the eyes be seen? Dark glasses are darker than the skin around the eyes ever is, and hide lids and iris."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points
from fourcorners.vision.faces.coverings.regions import BETWEEN_BROWS, EYES, LOWER_CHEEKS
from fourcorners.vision.faces.coverings.rims import rim_contrast
from fourcorners.vision.faces.crop import apply_affine, invert_affine
from fourcorners.vision.faces.eyes import Eye
from fourcorners.vision.faces.mesh import FaceMesh
from fourcorners.vision.faces.view import FaceView, Mask, median_colour, widened

__all__ = ["eye_patterns", "measure_eyes"]

SKIN_CHROMA, SKIN_LIGHT = 9.0, 22.0
"""How far skin lies from the face's own median in a*, b* and in L*, at most, in ordinary light."""

PATTERN_HALF_PX = (22, 13)
PATTERN_SHIFT_PX = 3


def measure_eyes(view: FaceView, mesh: FaceMesh) -> dict[str, float]:
    """Means over both eyes, each about higher on bare eyes but `rim`.

    `around`, `below`: lightness (L*) round the eye and under it by that of the cheeks. `skin`: share of the pixels
    round the eye that have the colour of the cheeks. `white`: how much lighter the white is than the iris. `pattern`:
    see eye_patterns. `rim`: see rims.rim_contrast.
    """
    skin = median_colour(view, view.area(*LOWER_CHEEKS, BETWEEN_BROWS))
    each = [_one(view, eye, ring, skin) for eye, ring in zip((mesh.right_eye, mesh.left_eye), EYES, strict=True)]
    means = {name: float(np.mean([m[name] for m in each])) for name in each[0]}
    return {
        **means,
        "pattern": float(np.mean(eye_patterns(view, mesh))),
        "darker_around": min(m["around"] for m in each),
    }


def _one(view: FaceView, eye: Eye, ring: tuple[int, ...], skin: NDArray[np.float32]) -> dict[str, float]:
    opening = view.area(ring)
    x, y = view.points[list(ring)].mean(axis=0)
    dx, dy = view.columns - x, view.rows - y
    lens = (np.hypot(dx / 26, (dy - 4) / 17) < 1) & view.inside
    around = lens & ~widened(opening, 3)
    below = (np.abs(dx) < 18) & (dy > 12) & (dy < 24) & view.inside
    lightness = view.lab[..., 0]
    near = np.hypot(view.lab[..., 1] - skin[1], view.lab[..., 2] - skin[2]) < SKIN_CHROMA
    near &= np.abs(lightness - skin[0]) < SKIN_LIGHT
    iris = apply_affine(invert_affine(view.to_photo), eye.iris)
    radius = float(np.linalg.norm(iris[1:] - iris[0], axis=1).mean())
    from_iris = np.hypot(view.columns - iris[0, 0], view.rows - iris[0, 1])
    white, dark = opening & (from_iris > radius * 1.2), opening & (from_iris < radius * 0.8)
    return {
        "around": _median(lightness, around, skin[0]) / (skin[0] + 5),
        "below": _median(lightness, below, skin[0]) / (skin[0] + 5),
        "skin": float(near[around].mean()) if around.any() else 0.0,
        "white": _median(lightness, white, 0.0) - _median(lightness, dark, 0.0) if white.any() and dark.any() else 0.0,
        "contrast": float(np.subtract(*np.percentile(lightness[opening], [95, 5]))) if opening.any() else 0.0,
        "rim": rim_contrast(view, ring),
    }


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


def _median(values: NDArray[np.float32], where: Mask, otherwise: float) -> float:
    return float(np.median(values[where])) if np.count_nonzero(where) > 8 else float(otherwise)
