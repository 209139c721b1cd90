"""A hole punched through a corner: near it, a round spot that shows what lies beside the document."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.quantiles import median
from fourcorners.vision.picture import Pixels

__all__ = ["is_punched"]

HUE_MAX = 14.0
"""How far a colour may lie from that beside the document, of 255, brightness apart."""
DARKEST, BRIGHTEST = 0.6, 1.2
"""How bright a hole is, in parts of what lies beside the document: its rim throws a shadow."""
BESIDE_NEAR, BESIDE_FAR = 0.1, 0.72
"""Where beside the document its ground is looked at, in parts of what a patch shows there."""
WIDTH_MIN, WIDTH_MAX, FURTHEST = 0.075, 0.48, 0.46
"""A hole's width, and how far from the patch's start it begins, in parts of the patch (18.9 mm of a card)."""
WIDTH_ALIKE_MIN, FILLED_MIN, FILLED_MAX, ROUND_MIN = 0.72, 0.82, 1.14, 0.7
"""Width to height; area to that of the ellipse in its box, and to that of the smallest circle about it."""
STANDS_OUT_MIN = 16.0
"""Least difference of the median colours in a hole and about it, of 255 (RGB norm).

On photos of tuning templates these limits tell 47 of 71 holes, and no hole in 3,484 corners that have none. Loosening
hue, darkness, roundness or contrast by a tenth to a half tells at most three more, and none where none is.
"""
RING = np.ones((5, 5), np.uint8)
CELLS_ROUND = np.pi / 4

Mask = NDArray[np.uint8]


def is_punched(patch: Pixels, around: float) -> bool:
    """Whether a corner has a hole; `patch` (n, n, 3), `around` of it before the document begins, right and down."""
    side = len(patch)
    colours = patch.astype(np.float32)
    alike = _alike(colours, around * side)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(alike, connectivity=4)
    for i in range(1, count):
        if _may_be_hole(boxes[i].tolist(), side):
            spot = np.asarray(labels == i, dtype=np.uint8)
            if _is_round(spot) and _stands_out(colours, spot):
                return True
    return False


def _alike(colours: NDArray[np.float32], start: float) -> Mask:
    """Where the document, which begins at `start` px, has the colour of what lies beside it, darker or brighter."""
    near, far, within = max(1, round(BESIDE_NEAR * start)), round(BESIDE_FAR * start), round(start + 1.5)
    ground = np.concatenate([colours[near:far].reshape(-1, 3), colours[far:, near:far].reshape(-1, 3)])
    colour = np.array([median(ground[:, k]) for k in range(3)])
    strength = max(float((colour * colour).sum()), 1e-6)
    bright = cv2.transform(colours, colour[None] / strength)
    apart = cv2.transform(colours * colours, np.ones((1, 3))) - bright * bright * np.float32(strength)
    alike = ((apart < HUE_MAX**2) & (bright > DARKEST) & (bright < BRIGHTEST)).astype(np.uint8)
    alike[:within] = 0
    alike[:, :within] = 0
    return alike


def _may_be_hole(box: list[int], side: int) -> bool:
    """Whether a spot (x, y, width, height, area) is near the corner, off the patch's far edges, and about round."""
    x, y, width, height, area = box
    low, high = min(width, height), max(width, height)
    if low < WIDTH_MIN * side or high > WIDTH_MAX * side or low < WIDTH_ALIKE_MIN * high:
        return False
    if max(x, y) > FURTHEST * side or max(x + width, y + height) > 0.96 * side:
        return False
    return FILLED_MIN < area / (CELLS_ROUND * width * height) < FILLED_MAX


def _is_round(spot: Mask) -> bool:
    contours, _ = cv2.findContours(spot, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    _, radius = cv2.minEnclosingCircle(contours[0])
    return bool(cv2.contourArea(contours[0]) > ROUND_MIN * np.pi * radius**2)


def _stands_out(colours: NDArray[np.float32], spot: Mask) -> bool:
    near = cv2.dilate(spot, RING)
    about = cv2.dilate(near, RING) > near
    inside = spot > 0
    apart = [median(colours[..., k][about]) - median(colours[..., k][inside]) for k in range(3)]
    return float(np.linalg.norm(apart)) >= STANDS_OUT_MIN
