"""How far away a face is by its own perspective, once it has come nearer: near things grow more than far ones.

Points of the face at place p and height z over it move, between the far look and the near one, by what a flat thing
would (a homography), by what a small turn makes of the height (z), and by the perspective of the height, k z p. With
distances in eye spans, k is 1 / near - 1 / far. Landmarks cannot tell that, for the network that places them expects a
face; what moved is measured in the picture itself (dense inverse search, Kroeger et al. 2016).
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points
from fourcorners.vision.picture import Pixels

__all__ = ["FaceLook", "look_at_shape", "nearness"]

SIDE = 160
EYE_SPAN = 64.0
"""Pixels of a look, and of the distance between the eyes' outer corners in it."""
MIDDLE = (33, 263, 61, 291, 1)
EYES = (33, 263)
SOFT, LOCAL = 1.2, 8.0
"""Pixels over which the picture is softened, and over which its brightness and contrast are evened out."""
FLAW = 9.0
THERE_AND_BACK_PX = 1.5
POINTS_MIN = 120
ROUNDS = 6

Field = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class FaceLook:
    """A face cut out upright and of one size: grey levels, its landmarks in them, and their height in eye spans."""

    grey: NDArray[np.uint8]
    points: Points
    height: Field
    span_px: float


def look_at_shape(pixels: Pixels, points: Points) -> FaceLook:
    """The look of a face with landmarks (468, 3) in RGB pixels."""
    span_px = float(np.linalg.norm(points[EYES[0]] - points[EYES[1]]))
    across = points[EYES[1], :2] - points[EYES[0], :2]
    c, s = across / max(float(np.hypot(*across)), 1e-6)
    turn = np.array([[c, s], [-s, c]]) * EYE_SPAN / max(float(np.hypot(*across)), 1e-6)
    matrix = np.column_stack([turn, SIDE / 2 - turn @ points[list(MIDDLE), :2].mean(axis=0)])
    cut = cv2.warpAffine(pixels, matrix, (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE)
    grey = np.asarray(cv2.cvtColor(cut, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    height = (points[list(EYES), 2].mean() - points[:, 2]) / span_px
    return FaceLook(_even(grey), points[:, :2] @ turn.T + matrix[:, 2], np.asarray(height, dtype=np.float64), span_px)


def nearness(far: FaceLook, near: FaceLook) -> float:
    """One over the distance of the near face, in eye spans, by its perspective: about 0 for a flat picture.

    Heads of arm's length and nearer have 0.1 to 0.3. NaN where too little of the face is found again.
    """
    moved = _moved(far.grey, near.grey)
    at = np.round(far.points).astype(int)
    inside = np.flatnonzero(((at > 2) & (at < SIDE - 3)).all(axis=1))
    there = moved[at[inside, 1], at[inside, 0]]
    found = np.isfinite(there).all(axis=1)
    if found.sum() < POINTS_MIN or near.span_px <= far.span_px:
        return float("nan")
    index = inside[found]
    return _perspective(
        (far.points[index] - SIDE / 2) / EYE_SPAN, far.height[index], there[found] / EYE_SPAN
    ) / (1 - far.span_px / near.span_px)  # fmt: skip


def _perspective(places: Points, height: Field, moved: Points) -> float:
    """k of least absolute deviations nearly: weights fall with what is left, as (1 + r^2)^-1/2."""
    x, y = places.T
    none, one = np.zeros_like(x), np.ones_like(x)
    flat = [(one, none), (x, none), (y, none), (none, one), (none, x), (none, y), (x * x, x * y), (x * y, y * y)]
    raised = [(height, none), (none, height), (height * x, height * y)]
    columns = np.stack([np.concatenate(pair) for pair in [*flat, *raised]], axis=1)
    values = np.concatenate(moved.T)
    weights: Field = np.ones(len(values))
    fit: Field = np.zeros(columns.shape[1])
    for _ in range(ROUNDS):
        solved = np.linalg.lstsq(columns * weights[:, None], values * weights, rcond=None)[0]
        fit = np.asarray(solved, dtype=np.float64)
        left = values - columns @ fit
        usual = max(1.5 * float(np.median(np.abs(left))), 1e-3)
        weights = (1 + (left / (2 * usual)) ** 2) ** -0.5
    return float(fit[-1])


def _moved(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Where each pixel went (side, side, 2); NaN where the way back leads elsewhere."""
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    there, back = (
        np.asarray(search.calc(one, other, np.zeros((SIDE, SIDE, 2), np.float32)))
        for one, other in ((before, after), (after, before))
    )
    x, y = np.meshgrid(np.arange(SIDE, dtype=np.float32), np.arange(SIDE, dtype=np.float32))
    again = cv2.remap(back, x + there[..., 0], y + there[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    astray = np.hypot(*np.moveaxis(there + again, -1, 0)) > THERE_AND_BACK_PX
    return np.where(astray[..., None], np.float32(np.nan), there)


def _even(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Without what light and exposure make of it: only what is brighter or darker than about it."""
    soft = cv2.GaussianBlur(grey, (0, 0), SOFT).astype(np.float32)
    apart = soft - cv2.GaussianBlur(soft, (0, 0), LOCAL)
    usual = np.sqrt(cv2.GaussianBlur(apart * apart, (0, 0), LOCAL) + FLAW)
    return np.asarray(np.clip(128 + 40 * apart / usual, 0, 255), dtype=np.uint8)
