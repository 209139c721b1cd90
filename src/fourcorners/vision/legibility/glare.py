"""Where light that the surface mirrors has washed out what is printed.

A reflection is brighter than the document's own white, without colour, without print, and it fades out around its
middle. White paper is none of that: beside it there is paper just as white.
"""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad
from fourcorners.kit.quantiles import quantile
from fourcorners.vision.picture import Pixels, darkest_channel
from fourcorners.vision.pyramid import shrunk

__all__ = ["Glare", "find_glare", "lost_share"]

Mask = NDArray[np.uint8]

SIDE_PX = 512
"""Longest side of the copy that is looked at."""

SATURATED = 248
"""A pixel whose darkest channel reaches this has no print left; cameras stop a little under 255."""

PRINT = 180
PRINT_REACH_SHARE = 0.014
"""Around pixels as dark as PRINT, within about half a line, the paper is white but what stands on it can be read."""

BLOB_SHARE = 0.012
"""Least diameter of a reflection as a share of the longest side: smaller ones are the paper between letters."""

RING_SHARE = 0.02
"""Width of the rim in which a reflection fades, and how far beyond it the document's own white is taken."""

ABOVE_WHITE = 5.0
"""Grey levels that a reflection is at least brighter than the white around it."""

PAPER_SHARE = 0.2
"""Where more than this share of the surroundings is brighter than print, that is the paper; else the ground is dark."""

WHITE_QUANTILE = 0.5
"""... being the middle of what lies around it: half of that may be the reflection's own veil."""


@dataclass(frozen=True, eq=False)
class Glare:
    """Reflections on a page: `mask` (h, w) is 255 where print is lost, `scale` its pixels per page pixel."""

    mask: Mask
    scale: float

    @cached_property
    def are_there(self) -> bool:
        """Whether any was found."""
        return cv2.countNonZero(self.mask) > 0

    @property
    def places(self) -> tuple[Quad, ...]:
        """The upright boxes of the reflections in page pixels, largest first."""
        _, _, stats, _ = cv2.connectedComponentsWithStats(self.mask)
        boxes = sorted(stats[1:].tolist(), key=lambda s: -s[4])
        corners = [np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]]) for x, y, w, h, _ in boxes]
        return tuple(c / self.scale - 0.5 for c in corners)


def find_glare(page: Pixels) -> Glare:
    """The reflections on a page (h, w, 3)."""
    scale = min(1.0, SIDE_PX / max(page.shape[:2]))
    darkest = darkest_channel(shrunk(page, SIDE_PX))
    size = darkest.shape
    least = max(3, round(BLOB_SHARE * max(size)) | 1)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (least, least))
    around_print = round(2 * PRINT_REACH_SHARE * max(size)) | 1
    legible = cv2.dilate((darkest < PRINT).astype(np.uint8), np.ones((around_print, around_print), np.uint8))
    bright = cv2.morphologyEx(((darkest >= SATURATED) & (legible == 0)).astype(np.uint8), cv2.MORPH_OPEN, disc)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(bright)
    mask = np.zeros(bright.shape, np.uint8)
    for label in range(1, count):
        x, y, w, h, _ = stats[label].tolist()
        reach = 3 * max(2, round(RING_SHARE * max(size)))
        part = np.s_[max(0, y - reach) : y + h + reach, max(0, x - reach) : x + w + reach]
        blob = (labels[part] == label).astype(np.uint8)
        if _stands_out(darkest[part], blob, reach // 3):
            mask[part] = np.maximum(mask[part], blob * 255)
    return Glare(mask, scale)


def lost_share(glare: Glare, quad: Quad) -> float:
    """Share of a quad (page pixels) that lies under reflections, 0..1."""
    if not glare.are_there:
        return 0.0
    corners = np.round((quad + 0.5) * glare.scale - 0.5).astype(np.int32)
    height, width = glare.mask.shape
    low = np.clip(corners.min(axis=0), 0, [width - 1, height - 1])
    high = np.clip(corners.max(axis=0) + 1, low + 1, [width, height])
    inside = np.zeros((high[1] - low[1], high[0] - low[0]), np.uint8)
    cv2.fillConvexPoly(inside, corners - low.astype(np.int32), (255,))
    lost = cv2.countNonZero(cv2.bitwise_and(inside, glare.mask[low[1] : high[1], low[0] : high[0]]))
    return lost / max(1, cv2.countNonZero(inside))


def _stands_out(brightness: Mask, blob: Mask, ring: int) -> bool:
    """Is the blob brighter than the white around it, with a rim that fades?"""
    rim = cv2.dilate(blob, np.ones((2 * ring + 1, 2 * ring + 1), np.uint8))
    around = cv2.dilate(rim, np.ones((4 * ring + 1, 4 * ring + 1), np.uint8)) > rim
    if np.count_nonzero(around) < 16:
        return False  # it is all there is: white paper, or a page so bright that evenly_lit speaks
    ground = brightness[around]
    paper = ground[ground >= PRINT]
    white = quantile(paper if len(paper) > PAPER_SHARE * len(ground) else ground, WHITE_QUANTILE)
    return float(brightness[blob > 0].mean()) - white >= ABOVE_WHITE
