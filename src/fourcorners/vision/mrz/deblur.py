"""Lines that a shaking hand or a lens out of focus blurred, made sharp enough to read.

What the blur was is not known, but a good guess shows: undone with the right stroke or disc, the print becomes legible
(Wiener's filter; the reading network judges). Blur weakens what changes along it, so the gradients say where to look.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points
from fourcorners.vision.mrz.course import Matrix
from fourcorners.vision.mrz.finder import Block
from fourcorners.vision.mrz.strips import GLYPH_PX, even_light, grey
from fourcorners.vision.picture import Pixels

__all__ = ["sharpened"]

Levels: TypeAlias = NDArray[np.float32]
Legibility: TypeAlias = Callable[[Pixels, Matrix], float]
"""How legible the block is in pixels to which the matrix leads from the block's picture."""

AROUND_CAPS = 3.5
"""What is cut out around the block, beyond its lines: more than any blur that can be undone."""
RASTER_WIDEST_PX = 1600
LENGTHS_PX = (8.0, 13.0, 19.0, 26.0)
RADII_PX = (3.5, 5.5, 7.5)
ANGLES = np.radians([-30.0, -15.0, 0.0, 15.0, 30.0])
"""Strokes that are tried first: their lengths, capitals being 18 px high, and angles from where gradients are weakest;
and radii of the discs of a lens out of focus."""
FINER = ((1.15, np.radians(7.0)), (1.07, np.radians(3.5)))
"""Steps of length and angle by which the best is then improved."""
NOISE = 0.004
"""Ratio of the powers of noise and print, of Wiener's filter."""
BETTER = 1.1
"""Unless the print becomes that many times as legible it was not blurred so."""
BLURRED, ONE_WAY = 0.03, 0.5
"""Below this power of the gradients, along the way where they are weakest, print is blurred: sharp zones have 0.04 to
0.07, shaken ones less than 0.02 (specimens, seeds below 1000). With a smaller share than this of the power across that
way it is shaken (0.25 and less, against 0.6), else out of focus."""


@dataclass(frozen=True, slots=True)
class _Blur:
    """A stroke of `size` px at `angle`, or, without an angle, a disc of that radius."""

    size: float
    angle: float | None

    def kernel(self) -> Levels:
        """Its picture, of odd side, summing to 1."""
        half = int(np.ceil(self.size if self.angle is None else self.size / 2)) + 1
        y, x = np.mgrid[-half : half + 1, -half : half + 1].astype(np.float32)
        if self.angle is None:
            spot = np.clip(self.size + 0.5 - np.hypot(x, y), 0, 1)
        else:
            along = x * np.cos(self.angle) + y * np.sin(self.angle)
            across = y * np.cos(self.angle) - x * np.sin(self.angle)
            spot = np.clip(self.size / 2 + 0.5 - np.abs(along), 0, 1) * np.clip(1 - np.abs(across), 0, 1)
        return np.asarray(spot / spot.sum(), dtype=np.float32)

    def neighbours(self, ratio: float, turn: float) -> Iterator["_Blur"]:
        """Itself a little longer, shorter, or turned."""
        for size in (self.size / ratio, self.size * ratio):
            yield replace(self, size=size)
        if self.angle is not None:
            for angle in (self.angle - turn, self.angle + turn):
                yield replace(self, angle=angle)


def sharpened(pixels: Pixels, to_pixels: Matrix, block: Block, legibility: Legibility) -> tuple[Pixels, Matrix] | None:
    """The block's surroundings with the blur undone, and the matrix to them; None if they are sharp or gain nothing."""
    levels, to_raster = _raster(pixels, to_pixels, block)
    power, share, angle = _weakest(levels)
    if power > BLURRED:
        return None

    def shown(blur: _Blur) -> Pixels:
        return np.repeat(np.clip(_undone(levels, blur.kernel()), 0, 255).astype(np.uint8)[..., None], 3, axis=2)

    def gained(blur: _Blur) -> float:
        return legibility(shown(blur), to_raster)

    before = legibility(np.repeat(levels.astype(np.uint8)[..., None], 3, axis=2), to_raster)
    if share < ONE_WAY:
        tried = {blur: gained(blur) for blur in (_Blur(x, angle + float(turn)) for x in LENGTHS_PX for turn in ANGLES)}
    else:
        tried = {blur: gained(blur) for blur in (_Blur(radius, None) for radius in RADII_PX)}
    if max(tried.values()) < BETTER * before:
        return None
    for ratio, turn in FINER:
        best = max(tried, key=lambda blur: tried[blur])
        tried |= {blur: gained(blur) for blur in best.neighbours(ratio, turn) if blur not in tried}
    return shown(max(tried, key=lambda blur: tried[blur])), to_raster


def _raster(pixels: Pixels, to_pixels: Matrix, block: Block) -> tuple[Levels, Matrix]:
    """Grey levels around the block, turned level, capitals GLYPH_PX high; and the matrix to them."""
    cap = float(np.median([trace.cap[0] for trace in block.traces]))
    around = AROUND_CAPS * cap
    left, right = min(t.t0 for t in block.traces) - around, max(t.t1 for t in block.traces) + around
    top, bottom = min(t.across[0] for t in block.traces) - around, max(t.across[0] for t in block.traces) + around
    scale = min(GLYPH_PX / cap, RASTER_WIDEST_PX / (right - left))
    normal: Points = np.array([-block.direction[1], block.direction[0]])
    placed = np.eye(3)
    placed[:2, 0], placed[:2, 1] = block.direction / scale, normal / scale
    placed[:2, 2] = block.origin + left * block.direction + top * normal
    size = (max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale)))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    levels = cv2.warpPerspective(
        grey(pixels), to_pixels @ placed, size, flags=flags, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.float32)
    return levels, np.asarray(np.linalg.inv(placed), dtype=np.float64)


def _undone(levels: Levels, kernel: Levels) -> Levels:
    """Wiener's filter, on a picture whose mirrored rim fades out: an edge at its end would ring through all of it."""
    rim, (h, w) = kernel.shape[0], levels.shape
    size = cv2.getOptimalDFTSize(h + 2 * rim), cv2.getOptimalDFTSize(w + 2 * rim)
    below, after = size[0] - h - rim, size[1] - w - rim
    middle = float(levels.mean())
    wide = cv2.copyMakeBorder(levels - middle, rim, below, rim, after, cv2.BORDER_REFLECT)
    faded = wide * _faded(h, rim, below)[:, None] * _faded(w, rim, after)
    spot = np.zeros(size, np.float32)
    spot[:rim, :rim] = kernel
    spread = np.fft.rfft2(np.roll(spot, (-(rim // 2), -(rim // 2)), (0, 1)))
    clear = np.fft.irfft2(np.fft.rfft2(faded) * np.conj(spread) / (np.abs(spread) ** 2 + NOISE), size)
    return np.asarray(clear[rim : rim + h, rim : rim + w] + middle, dtype=np.float32)


def _faded(length: int, before: int, after: int) -> Levels:
    """1 in the middle, falling to 0 at the ends."""
    rise, fall = np.linspace(0, 1, before, dtype=np.float32), np.linspace(1, 0, after, dtype=np.float32)
    return np.concatenate([rise, np.ones(length, np.float32), fall])


def _weakest(levels: Levels) -> tuple[float, float, float]:
    """Along the way where the gradients are weakest: their power, its ratio to that across it, and the way's angle."""
    rim = round(AROUND_CAPS * GLYPH_PX * 0.6)
    dy, dx = np.gradient(cv2.GaussianBlur(even_light(levels), (0, 0), 1.0)[rim:-rim, rim:-rim])
    powers, ways = np.linalg.eigh([[np.mean(dx * dx), np.mean(dx * dy)], [np.mean(dx * dy), np.mean(dy * dy)]])
    return float(powers[0]), float(powers[0] / powers[1]), float(np.arctan2(ways[1, 0], ways[0, 0]))
