"""How wide are the edges of print, beside the letters they make?

An edge blurred by a Gaussian of deviation s rises over its height H with a slope of at most H / (s * sqrt(2 pi)). So
height over slope gives s, whatever the contrast. Both are taken in small windows, slopes in eight directions: a shaken
camera leaves those along the movement steep. The picture is softened first by a known amount, later taken off in
quadrature, which keeps noise and JPEG from passing for detail; and all is in parts of the height of a letter, so that a
photo of twice the size measures the same.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad, homography
from fourcorners.kit.quantiles import quantile, quantiles
from fourcorners.vision.picture import Pixels

__all__ = ["edge_blur", "page_blur"]

Plane = NDArray[np.float32]

LINE_PX = 32
"""Lines are looked at with this height, larger ones shrunk to it: finer detail says nothing about legibility."""

LENGTH_MOST = 7
"""A line is looked at over at most this many times its height, about its middle."""

PLACES_MOST = 600
"""Places in a line whose slope is taken, evenly spread."""

SOFTEN_PX = 0.8
"""Known blur put on before measuring, in pixels of the line as it is looked at."""

STRIP_SHARE = 0.05
"""Height of a line of ordinary print as a share of the page's short side: about 3 mm of a card."""

STRIPS_LEAST = 4

PIXEL_BLUR_PX = 0.8
"""Blur, in pixels of the page, of the sharpest edge that pixels can show: a small photo is not a blurred one."""

DIRECTIONS = 8
CONTRAST_MIN = 18.0
"""Grey levels between paper and ink (of 255) under which a line has no edges worth measuring."""

STEEP_SHARE = 0.97
"""Of all places in a line the slope at this quantile counts: its best edges in each direction."""


def edge_blur(page: Pixels, quad: Quad) -> float | None:
    """Deviation of the blur of a printed line's edges, in parts of the line's height; None where it has no contrast.

    `page` (h, w, 3), `quad` (4, 2) of the line in page pixels, clockwise from its own top left. Sharp print lies near
    0.03, and letters can no longer be told apart above about 0.12.
    """
    line = _line(page, quad)
    if line is None:
        return None
    soft = cv2.GaussianBlur(line, (0, 0), SOFTEN_PX)
    window = np.ones((LINE_PX // 3, LINE_PX // 3), np.uint8)
    height = cv2.dilate(soft, window) - cv2.erode(soft, window)
    tall = quantile(height, 0.9)
    if tall < CONTRAST_MIN:
        return None
    printed = np.flatnonzero(height > 0.6 * tall)
    printed = printed[:: 1 + len(printed) // PLACES_MOST]
    slopes = [cv2.Scharr(soft, cv2.CV_32F, *axes).ravel()[printed] / 32 for axes in ((1, 0), (0, 1))]
    angles = np.arange(DIRECTIONS) * np.pi / DIRECTIONS
    steepness = np.abs(np.column_stack([np.cos(angles), np.sin(angles)]) @ np.stack(slopes)) / height.ravel()[printed]
    least_steep = float(quantiles(steepness, STEEP_SHARE).min())
    blur = float(1 / (max(least_steep, 1e-3) * np.sqrt(2 * np.pi)))
    own = PIXEL_BLUR_PX * line.shape[0] / float(np.linalg.norm(quad[3] - quad[0]))
    return float(np.sqrt(max(blur**2 - SOFTEN_PX**2 - own**2, 0.0)) / line.shape[0])


def page_blur(page: Pixels) -> float | None:
    """The same for a page on which no line could be found, as if it had lines of ordinary print all over.

    The typical value of the strips with the most contrast; None where there is too little of it anywhere.
    """
    height, width = page.shape[:2]
    high = STRIP_SHARE * min(height, width)
    strips = []
    for top in np.arange(0.1 * height, 0.9 * height - high, high):
        for left in np.linspace(0.08, 0.64, 3) * width:
            right = left + 0.28 * width
            quad = np.array([[left, top], [right, top], [right, top + high], [left, top + high]])
            blur = edge_blur(page, quad)
            if blur is not None:
                strips.append(blur)
    return quantile(np.array(strips), 0.25) if len(strips) >= STRIPS_LEAST else None


def _line(page: Pixels, quad: Quad) -> Plane | None:
    """The line upright in grey, LINE_PX high or, where the page has less, as high as it is there."""
    height = float(np.linalg.norm(quad[3] - quad[0]))
    width = float(np.linalg.norm(quad[1] - quad[0]))
    if height < 6 or width < height / 2:
        return None
    out_height = min(LINE_PX, round(height))
    part = min(1.0, LENGTH_MOST * height / width)
    along = (quad[1] - quad[0]) * (1 - part) / 2
    quad = quad + np.array([along, -along, -along, along])
    out_width = max(8, round(width * part * out_height / height))
    low = np.floor(quad.min(axis=0)).astype(int) - 2
    high = np.ceil(quad.max(axis=0)).astype(int) + 3
    low, high = np.clip(low, 0, None), np.clip(high, 0, [page.shape[1], page.shape[0]])
    if (high - low < 6).any():
        return None
    crop = cv2.cvtColor(page[low[1] : high[1], low[0] : high[0]], cv2.COLOR_RGB2GRAY)
    shrink = out_height / height
    if shrink < 0.9:
        size = max(4, round(crop.shape[1] * shrink)), max(4, round(crop.shape[0] * shrink))
        factor = np.array([size[0] / crop.shape[1], size[1] / crop.shape[0]])
        crop = cv2.resize(crop, size, interpolation=cv2.INTER_AREA)
    else:
        factor = np.ones(2)
    corners = np.array([[0, 0], [out_width, 0], [out_width, out_height], [0, out_height]], dtype=np.float64) - 0.5
    there = (quad - low + 0.5) * factor - 0.5
    try:
        matrix = homography(corners, there)
    except np.linalg.LinAlgError:
        return None
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    upright = cv2.warpPerspective(crop, matrix, (out_width, out_height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(upright, dtype=np.float32)
