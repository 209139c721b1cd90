"""What lies over the document: a finger, a pen, a coin.

Where something lies across the document's edge, the edge is gone: just inside there is the colour of just outside, and
neither is that of the rest of this side. From such places the thing is followed inwards by its colour.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad, homography
from fourcorners.vision.picture import Pixels

__all__ = ["Cover", "find_cover"]

Plane = NDArray[np.float32]
Mask = NDArray[np.uint8]

SIDE_PX = 224
"""Longest side of the document as it is looked at."""

MARGIN_PX = 20
"""What is looked at around it."""

NEAR_PX, FAR_PX = 4, 13
"""Between these distances from the edge, to both sides, colours are compared."""

WINDOW_PX = 5
"""Length along the edge over which a colour is taken."""

LIGHTNESS_WEIGHT = 0.6
"""Things are rounded and shaded: lightness tells less than colour."""

ALIKE, UNLIKE = 12.0, 14.0
"""CIE 1976 colour differences (lightness weighted) under which colours are one thing's, above which not."""

BACKGROUND_UNLIKE = 7.0
"""The same for what is outside, beside the rest of the ground; without it an outline drawn too wide would do."""

TINT_UNLIKE = 0.1
"""Least change of log(red / blue) beside the rest of the side: a shadow changes brightness but hardly the tint."""

REACH = (24.0, 11.0, 11.0)
"""How far in L*, a*, b* a thing's colour may stray from where it crosses the edge."""

SHARE_MOST = 0.35
"""What seems to cover more of a page is no thing but its own ground, taken for foreign in bad light."""

THIN_PX = 7
"""Strips narrower than this are the outline's own inaccuracy."""


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """Things over a page: `share` of its area, and their upright boxes (4, 2) in photo pixels, largest first."""

    share: float
    places: tuple[Quad, ...]


def find_cover(photo: Pixels, quad: Quad) -> Cover:
    """Look along the document's edges; `quad` (4, 2) in pixels of the photo (h, w, 3)."""
    view, to_photo, (width, height) = _surroundings(photo, quad)
    colour = _weighted(view)
    seeds = np.vstack([_crossings(turned, index) for index, turned in enumerate(_turns(colour))])
    if not len(seeds):
        return Cover(0.0, ())
    page = np.zeros(view.shape[:2], np.uint8)
    page[MARGIN_PX : MARGIN_PX + height, MARGIN_PX : MARGIN_PX + width] = 1
    mask = _followed(colour, page, seeds)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    things = [s for s in stats[1:].tolist() if s[4] < SHARE_MOST * width * height]
    boxes = sorted(things, key=lambda s: -s[4])
    corners = (np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]]) - 0.5 for x, y, w, h, _ in boxes)
    places = tuple(cv2.perspectiveTransform(c[None].astype(np.float64), to_photo)[0] for c in corners)
    return Cover(sum(s[4] for s in things) / (width * height), places)


def _surroundings(photo: Pixels, quad: Quad) -> tuple[Pixels, NDArray[np.float64], tuple[int, int]]:
    """The document flat and small with a margin around it, the way back to the photo, and its width and height."""
    edges = np.linalg.norm(quad - np.roll(quad, -1, axis=0), axis=1)
    across, down = max(edges[0], edges[2]), max(edges[1], edges[3])
    scale = SIDE_PX / max(across, down, 1.0)
    width, height = max(4 * THIN_PX, round(across * scale)), max(4 * THIN_PX, round(down * scale))
    shrink = min(1.0, 1.5 * scale)
    step = max(1, int(0.5 / shrink))  # half of the pixels each way are enough to average over, and cost a quarter
    thinned = np.dstack([photo[::step, ::step, channel] for channel in range(3)])  # a quarter of OpenCV's time for it
    size = max(1, round(photo.shape[1] * shrink)), max(1, round(photo.shape[0] * shrink))
    small = cv2.resize(thinned, size, interpolation=cv2.INTER_AREA) if shrink < 0.7 else photo
    factor = np.array([small.shape[1] / photo.shape[1], small.shape[0] / photo.shape[0]])
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64) - 0.5 + MARGIN_PX
    to_photo = homography(corners, quad)
    to_small = homography(corners, (quad + 0.5) * factor - 0.5)
    size = width + 2 * MARGIN_PX, height + 2 * MARGIN_PX
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    view = cv2.warpPerspective(small, to_small, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(view, dtype=np.uint8), to_photo, (width, height)


def _weighted(view: Pixels) -> Plane:
    """CIELAB, softened, its lightness weighted; and log(red / blue)."""
    soft = cv2.GaussianBlur(view, (0, 0), 1.2).astype(np.float32) / 255
    lab = cv2.cvtColor(soft, cv2.COLOR_RGB2LAB) * [LIGHTNESS_WEIGHT, 1, 1]
    tint = np.log((soft[..., 0] + 0.03) / (soft[..., 2] + 0.03))
    return np.dstack([lab, tint]).astype(np.float32)


def _turns(colour: Plane) -> list[Plane]:
    """The view turned so that each side of the document in turn is its upper one."""
    return [np.rot90(colour, k) for k in range(4)]


def _crossings(colour: Plane, turn: int) -> NDArray[np.int64]:
    """Points [x, y], just inside the upper side, at which something crosses it; in the view before it was turned."""
    height, width = colour.shape[:2]
    reach = np.s_[MARGIN_PX + NEAR_PX : width - MARGIN_PX - NEAR_PX]
    rows = np.arange(NEAR_PX, FAR_PX)
    inside = cv2.blur(np.median(colour[MARGIN_PX + rows], axis=0)[None], (WINDOW_PX, 1))[0][reach]
    outside = cv2.blur(np.median(colour[MARGIN_PX - 1 - rows], axis=0)[None], (WINDOW_PX, 1))[0][reach]
    from_paper, from_ground = inside - np.median(inside, axis=0), outside - np.median(outside, axis=0)
    alike = np.linalg.norm((inside - outside)[:, :3], axis=1) < ALIKE
    foreign = np.linalg.norm(from_paper[:, :3], axis=1) > UNLIKE
    foreign &= np.linalg.norm(from_ground[:, :3], axis=1) > BACKGROUND_UNLIKE
    foreign &= np.abs(from_paper[:, 3]) > TINT_UNLIKE
    places = np.flatnonzero(alike & foreign) + reach.start
    at = np.column_stack([places, np.full(len(places), MARGIN_PX + (NEAR_PX + FAR_PX) // 2)])
    size = np.array([width, height])
    for _ in range(turn):  # undo one quarter turn counter-clockwise
        at = np.column_stack([size[1] - 1 - at[:, 1], at[:, 0]])
        size = size[::-1]
    return at.astype(np.int64)


def _followed(colour: Plane, page: Mask, seeds: NDArray[np.int64]) -> Mask:
    """Pixels of the page that hang together with a seed and have about its colour."""
    found = np.zeros_like(page)
    reach = np.array(REACH, dtype=np.float32) * [LIGHTNESS_WEIGHT, 1, 1]
    for x, y in seeds:
        if found[y, x]:
            continue
        like = (np.abs(colour[..., :3] - colour[y, x, :3]) < reach).all(axis=2) & (page > 0)
        _, labels = cv2.connectedComponents(like.astype(np.uint8))
        if labels[y, x]:
            found |= (labels == labels[y, x]).astype(np.uint8)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (THIN_PX, THIN_PX))
    return np.asarray(cv2.morphologyEx(cv2.morphologyEx(found, cv2.MORPH_CLOSE, disc), cv2.MORPH_OPEN, disc))
