"""Printed copies: the lattices of dots that a printer makes its colours of.

An office printer screens each ink: dots in a square lattice, 3.5 to 9 to a millimetre, each ink's lattice turned by
its own angle, commonly 15, 75, 0 and 45 degrees. The lattice is the same all over the sheet. The fine lines of security
print bend, letters are strewn, noise has no pitch, and a display's pixels stand upright to what it shows. So power
spectra of many small tiles, sampled from the flattened page, are put one above the other, and what stands out in most
of them, at two places a quarter turn apart and off the page's own directions, is a lattice of dots. (The angles are the
customary ones of four-colour print; finding the lattices so is our own.)

It finds no dots where there are none to see: in blurred, small or strongly compressed photos; in prints by
dye sublimation, photo laboratories, or printers that strew their dots at random, as most inkjets do.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points, Quad, apply_homography, homography
from fourcorners.vision.page import warped
from fourcorners.vision.picture import Pixels

__all__ = ["Halftone", "find_halftone"]

Plane = NDArray[np.float32]

TILE_PX = 128
HALF = TILE_PX // 2
TILES = (5, 8)
"""At most so many tiles along the page's short and long side."""

MARGIN = 0.03
"""Share of the page left out all round."""

SIDE_MAX_PX = 2600
"""Pages are sampled no finer: 9 dots a millimetre on a passport's page are still told apart."""

LINES = (250, 1100)
"""Dots along the page's long side: below are security print and letters, above only noise."""

WAVES = (11, 60)
"""Waves to a tile at which a lattice can be seen beside letters and below the sampling limit."""

ACROSS_DEG = 8.0
"""A lattice counts when turned by more than this against the page: rows of print and displays' pixels are not."""

SLACK = 7
"""Side of the square of frequencies in which the second direction is looked for: a page's proportions are known to a
few per cent only, for they are those of its sides in the photo. As large a square is left out about JPEG's blocks."""

BLOCK_PX = 8
"""JPEG works in blocks of this side; their lattice in the photo is none of the page's."""

SPREAD = 0.4
"""Quantile of the tiles: dots must show in three fifths of the page, so that a portrait's own do not count."""

TILES_LEAST = 6
FLOOR = 100.0
"""Power below which a frequency counts as empty (squared code values, windowed sum)."""


@dataclass(frozen=True, slots=True, eq=False)
class Halftone:
    """How clear the clearest lattice is, and where it shows most.

    `clearness` is the natural logarithm of its power over that of its surroundings in the spectrum, in most of the
    page; `lines` the number of its dots along the page's long side; `place` (4, 2) in photo pixels.
    """

    clearness: float
    lines: float
    place: Quad


def find_halftone(photo: Pixels, quad: Quad) -> Halftone | None:
    """Look for dots on the page `quad` (4, 2) of a photo (h, w, 3); None when it is too small for tiles."""
    to_photo, (width, height) = _flattening(quad)
    corners = _tile_corners(width, height)
    if len(corners) < TILES_LEAST:
        return None
    spectra = np.stack([_spectrum(photo, to_photo, corner) for corner in corners])
    excess = _standing_out(_in_most(spectra))
    long_side = max(width, height)
    allowed = _allowed(long_side) & ~_blocks(to_photo, np.array([width, height]) / 2)
    both = np.where(allowed, np.minimum(excess, _quarter_turn(excess)), 0)
    y, x = np.unravel_index(int(both.argmax()), both.shape)
    best = corners[int(spectra[:, y, x].argmax())]
    tile = best + _TILE
    lines = float(np.hypot(x - HALF, y - HALF)) * long_side / TILE_PX
    return Halftone(float(both[y, x]), lines, apply_homography(to_photo, tile))


def _flattening(quad: Quad) -> tuple[NDArray[np.float64], tuple[float, float]]:
    """The matrix from the page as it is sampled to the photo, and the page's width and height in samples."""
    edges = np.linalg.norm(quad - np.roll(quad, -1, axis=0), axis=1)
    width, height = float(max(edges[0], edges[2])), float(max(edges[1], edges[3]))
    scale = min(1.0, SIDE_MAX_PX / max(width, height))
    width, height = width * scale, height * scale
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]]) - 0.5
    return homography(corners, np.asarray(quad, dtype=np.float64)), (width, height)


def _tile_corners(width: float, height: float) -> Points:
    """Top left corners [x, y] of tiles spread over the page."""
    most = TILES[::-1] if width >= height else TILES
    columns, rows = (
        min(n, int(side * (1 - 2 * MARGIN) // TILE_PX)) for n, side in zip(most, (width, height), strict=True)
    )
    x = np.linspace(MARGIN * width, (1 - MARGIN) * width - TILE_PX, columns)
    y = np.linspace(MARGIN * height, (1 - MARGIN) * height - TILE_PX, rows)
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def _spectrum(photo: Pixels, to_photo: NDArray[np.float64], corner: NDArray[np.float64]) -> Plane:
    """Logarithm of the power of a tile's brightness; frequency 0 in the middle."""
    from_tile = to_photo @ np.array([[1, 0, corner[0]], [0, 1, corner[1]], [0, 0, 1.0]])
    tile = warped(photo, from_tile, _TILE, (TILE_PX, TILE_PX), cv2.BORDER_REPLICATE)
    bright = cv2.cvtColor(tile, cv2.COLOR_RGBA2GRAY)
    # as complex numbers: of real ones OpenCV takes three times as long
    values = np.zeros((TILE_PX, TILE_PX, 2), dtype=np.float32)
    values[..., 0] = (bright.astype(np.float32) - cv2.mean(bright)[0]) * _WINDOW
    squares = np.square(cv2.dft(values))
    return np.asarray(cv2.log(squares[..., 0] + squares[..., 1] + FLOOR), dtype=np.float32)


def _in_most(spectra: Plane) -> Plane:
    """The power (TILE_PX, TILE_PX) that all but SPREAD of the tiles (n, TILE_PX, TILE_PX) reach.

    A spectrum of brightness is the same on both sides of frequency 0: half of it is sorted, which takes a seventh.
    """
    rank = int(SPREAD * len(spectra))
    upper = np.partition(spectra[:, : HALF + 1], rank, axis=0)[rank]
    lower = upper[1:HALF][::-1, -np.arange(TILE_PX) % TILE_PX]
    return np.concatenate([upper, lower])


def _standing_out(spectrum: Plane) -> Plane:
    """How far each frequency lies above those around it."""
    ground = cv2.blur(cv2.medianBlur(spectrum, 5), (9, 9))
    return np.asarray(spectrum - ground, dtype=np.float32)


def _quarter_turn(excess: Plane) -> Plane:
    """What stands out near the place a quarter turn on, with some slack."""
    near = cv2.dilate(excess, np.ones((SLACK, SLACK), np.uint8))
    # Frequency 0 stands at (HALF, HALF) of an even number of places: turn about it, not about the middle of the array.
    return np.asarray(np.roll(np.rot90(near), 1, axis=0), dtype=np.float32)


def _allowed(long_side: float) -> NDArray[np.bool_]:
    radius = np.hypot(_X, _Y)
    low = max(WAVES[0], LINES[0] * TILE_PX / long_side)
    high = min(WAVES[1], LINES[1] * TILE_PX / long_side)
    angle = np.degrees(np.arctan2(np.abs(_Y), np.abs(_X)))
    return np.asarray((radius >= low) & (radius <= high) & (np.minimum(angle, 90 - angle) > ACROSS_DEG))


def _blocks(to_photo: NDArray[np.float64], centre: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Frequencies of the page that fall on the lattice of JPEG's blocks in the photo."""
    here, right, down = apply_homography(to_photo, centre + np.array([[0, 0], [1, 0], [0, 1]]))
    jacobian = np.column_stack([right - here, down - here])
    blocks = np.stack(np.meshgrid(np.arange(-4, 5), np.arange(-4, 5)), axis=-1).reshape(-1, 2) / BLOCK_PX
    places = np.rint(blocks @ jacobian * TILE_PX).astype(int) + HALF
    mask = np.zeros((TILE_PX, TILE_PX), np.uint8)
    inside = ((places >= 0) & (places < TILE_PX)).all(axis=1)
    mask[places[inside, 1], places[inside, 0]] = 1
    return np.asarray(cv2.dilate(mask, np.ones((SLACK, SLACK), np.uint8)) > 0)


_X, _Y = np.meshgrid(np.arange(TILE_PX) - HALF, np.arange(TILE_PX) - HALF)
_TILE = np.array([[0, 0], [TILE_PX, 0], [TILE_PX, TILE_PX], [0, TILE_PX]]) - 0.5
_WINDOW = (np.outer(np.hanning(TILE_PX), np.hanning(TILE_PX)) * np.where((_X + _Y) % 2 == 0, 1, -1)).astype(np.float32)
"""Its changing sign puts frequency 0 of a tile's spectrum in the middle."""
