"""The document cut out of the photo, flat and upright."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from fourcorners.kit.geometry import Points, Quad, apply_homography, homography, rotate_quad
from fourcorners.vision.picture import Pixels, quarter_turned
from fourcorners.vision.pyramid import pyramid

__all__ = ["Page", "as_it_lies", "rectify", "turned", "warped"]

PAGE_SIDE_MAX_PX = 1600
"""Longest side of a rectified page: ID-1 at about 470 dpi, a passport page at 325 dpi. More costs time for nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """`pixels` (h, w, 3) RGB of the document; `quad` its corners in the photo, clockwise from the page's top left.

    `photo_px_per_page_px` above 1 says that the photo holds more detail than the page.
    """

    pixels: Pixels
    quad: Quad
    to_photo_matrix: NDArray[np.float64]
    photo_px_per_page_px: float

    def to_photo(self, points: ArrayLike) -> Points:
        """Page pixels (n, 2) as photo pixels."""
        return apply_homography(self.to_photo_matrix, np.asarray(points, dtype=np.float64))

    def to_page(self, points: ArrayLike) -> Points:
        """Photo pixels (n, 2) as page pixels."""
        inverse = np.asarray(np.linalg.inv(self.to_photo_matrix), dtype=np.float64)
        return apply_homography(inverse, np.asarray(points, dtype=np.float64))


def rectify(pixels: Pixels, quad: Quad, side_max: int = PAGE_SIDE_MAX_PX, levels: Sequence[Pixels] = ()) -> Page:
    """Cut `quad` (clockwise, page's top left first) out of the photo, flat.

    Side lengths follow the longer of the opposite edges. Parts outside the photo come out black.
    `levels` is the photo's pyramid, if it is at hand.
    Raises `numpy.linalg.LinAlgError` for a quad with three corners on a line.
    """
    edges = np.linalg.norm(quad - np.roll(quad, -1, axis=0), axis=1)
    width, height = max(edges[0], edges[2]), max(edges[1], edges[3])
    scale = min(1.0, side_max / max(width, height))
    w, h = max(8, round(width * scale)), max(8, round(height * scale))
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], dtype=np.float64) - 0.5
    matrix = homography(corners, np.asarray(quad, dtype=np.float64))
    source, warp = pixels, matrix
    if scale < 0.6:  # shrink first: one bilinear step over a big ratio would alias
        levels = levels or pyramid(pixels)
        level = min(int(np.log2(1 / max(scale, 0.05)) + 0.1), len(levels) - 1)
        share = 0.5**level
        # pixel centres: x' = (x + 0.5) * share - 0.5
        to_small = np.array([[share, 0, 0.5 * share - 0.5], [0, share, 0.5 * share - 0.5], [0, 0, 1]])
        source, warp = levels[level], to_small @ matrix
    flat = warped(source, warp, corners, (w, h))
    return Page(
        np.asarray(cv2.cvtColor(flat, cv2.COLOR_RGBA2RGB), dtype=np.uint8),
        np.asarray(quad, dtype=np.float64),
        matrix,
        1 / scale,
    )


def warped(
    photo: Pixels, matrix: NDArray[np.float64], corners: Quad, size: tuple[int, int], border: int = cv2.BORDER_CONSTANT
) -> Pixels:
    """What of a photo (h, w, 3) the `matrix` maps to a picture of `size` (width, height): RGBA.

    `corners` (4, 2) are those of the picture. Only the part of the photo that is shown is looked at, and with four
    channels: with three OpenCV takes half as long again, and far longer where rows are long.
    """
    height, width = photo.shape[:2]
    place = apply_homography(matrix, corners)
    left, top = np.clip(np.floor(place.min(axis=0)).astype(int) - 2, 0, [width - 1, height - 1]).tolist()
    right, bottom = np.clip(np.ceil(place.max(axis=0)).astype(int) + 3, [left + 1, top + 1], [width, height]).tolist()
    part = cv2.cvtColor(photo[top:bottom, left:right], cv2.COLOR_RGB2RGBA)
    to_part = np.array([[1.0, 0, -left], [0, 1, -top], [0, 0, 1]]) @ matrix
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(part, to_part, size, flags=flags, borderMode=border), dtype=np.uint8)


def as_it_lies(quad: Quad) -> Quad:
    """The quad from the corner on whose side runs most to the right in the photo.

    A page is cut out in half the time so, row by row of the photo, and turned after; and it comes out the same from
    whichever corner the outline begins at.
    """
    rightward = (np.roll(quad, -1, axis=0) - quad)[:, 0]
    return rotate_quad(quad, int(np.argmax(rightward)))


def turned(page: Page, quarter_turns: int) -> Page:
    """The page turned counter-clockwise by quarter turns: what stood at its top right now stands at its top left."""
    k = quarter_turns % 4
    if k == 0:
        return page
    pixels = quarter_turned(page.pixels, k)
    h, w = pixels.shape[:2]
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], dtype=np.float64) - 0.5
    quad = rotate_quad(page.quad, k)
    return Page(pixels, quad, homography(corners, quad), page.photo_px_per_page_px)
