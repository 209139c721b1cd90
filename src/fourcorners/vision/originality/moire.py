"""Photos of screens: the colours of fine stripes turn round the colour circle.

A display's pixels are red, green and blue stripes side by side. Sampled by a camera's own grid they alias into waves in
which red, green and blue follow each other a third of a wave apart, so the hue turns round and round in one direction.
Printed patterns, edges and noise go to a colour and back the same way. With red, green and blue laid on the complex
plane a third of a turn apart, turning one way is a spectrum with a peak at +f and none at -f, which nothing else in a
photo has. (Moire as a sign of displays: Garcia and de Queiroz 2015; the one-sided spectrum is a measure of ours.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad
from fourcorners.vision.picture import Pixels

__all__ = ["TurningHue", "turning_hue"]

TILE_PX = 64
SIDE_MAX_PX = 2048
SCALES = 3
"""Longest side of the first copy that is looked at, and how many there are, each half of the one before; waves from
3 px to 25 px long in each. Whole-number steps: averaging is fast and adds no waves of its own."""

TILES_MAX = (12, 9)
"""At most so many tiles across and down, in the middle of the picture."""

TILES_MIN = 6

CHANCE = 2
"""So many tiles alike say nothing: it takes a pair to be kindred."""

WAVES = (2.5, 24.0)
"""Waves to a tile: fewer are shading, more are lost in how cameras and JPEG store colour."""

ONE_SIDED = 0.7
SHARE = 0.35
AMPLITUDE = 0.8
"""A tile counts when +f holds this much more power than -f (of both), when the difference is this share of all the
colour's power, and when the wave is this high in code values."""

KINSHIP = 0.25
"""Waves of neighbouring tiles are one pattern when their frequencies differ by no more than this share, or by 2."""


@dataclass(frozen=True, slots=True, eq=False)
class TurningHue:
    """`share` 0..1 of the tiles of a photo in which the hue turns; `places` are they, as quads in photo pixels."""

    share: float
    places: tuple[Quad, ...]


def turning_hue(pixels: Pixels, levels: Sequence[Pixels] = ()) -> TurningHue | None:
    """Where in an RGB photo the hue turns as only a display's does, at the scale that shows most of it.

    None for a picture of fewer than six tiles. `levels` is the photo's pyramid, if it is at hand.
    """
    height, width = pixels.shape[:2]
    shrink = -(-max(height, width) // SIDE_MAX_PX)
    found = []
    level = shrink.bit_length() - 1
    by_halves = levels[level : level + SCALES] if shrink == 1 << level else ()
    copy = pixels if shrink == 1 else by_halves[0] if by_halves else _shrunken(pixels, shrink)
    for turn in range(1, SCALES + 1):
        tiles = _turning_tiles(copy)
        if tiles is not None:
            found.append(TurningHue(tiles[0], tuple(quad * shrink - 0.5 for quad in tiles[1])))
        shrink, copy = 2 * shrink, by_halves[turn] if turn < len(by_halves) else _shrunken(copy, 2)
    return max(found, key=lambda f: f.share) if found else None


def _shrunken(pixels: Pixels, step: int) -> Pixels:
    """Means of blocks of step x step pixels; what is left over at the right and bottom is dropped."""
    width, height = max(1, pixels.shape[1] // step), max(1, pixels.shape[0] // step)
    whole = pixels[: height * step, : width * step]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _turning_tiles(pixels: Pixels) -> tuple[float, list[Quad]] | None:
    rows, columns = (min(most, n // TILE_PX) for most, n in zip(TILES_MAX[::-1], pixels.shape[:2], strict=True))
    if rows * columns < TILES_MIN:
        return None
    top, left = (pixels.shape[0] - rows * TILE_PX) // 2, (pixels.shape[1] - columns * TILE_PX) // 2
    middle = pixels[top : top + rows * TILE_PX, left : left + columns * TILE_PX]
    waves = np.stack([_waves(middle[row * TILE_PX : (row + 1) * TILE_PX]) for row in range(rows)])
    kindred = _kindred(waves)
    corner = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float64)
    quads = [([left, top] + TILE_PX * (corner + place[::-1])) for place in np.argwhere(kindred)]
    return max(0, len(quads) - CHANCE) / kindred.size, quads


def _waves(strip: Pixels) -> NDArray[np.float64]:
    """Frequencies (n, 2), x and y in waves to the tile, of hues that turn in a row of n tiles; NaN where none does."""
    power, gathered = _power(strip)
    tiles, mirrored = np.arange(len(power)), gathered.take(_OPPOSITE, axis=1)
    place = (gathered - mirrored).argmax(axis=1)
    here, there = gathered[tiles, place], mirrored[tiles, place]
    turns = (here >= _POWER_MIN) & (here - there >= ONE_SIDED * (here + there))
    turns &= here - there >= SHARE * power.sum(axis=1)
    waves = np.column_stack([_FREQUENCIES[place % TILE_PX], _FREQUENCIES[place // TILE_PX]])
    return np.where(turns[:, None], waves, np.nan)


def _power(strip: Pixels) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Power (n, TILE_PX ** 2) of waves in the colours of a row of n tiles, of frequencies that may count; and summed
    with that of those around each, as a wave that is no whole number to a tile spreads."""
    across = strip.shape[1] // TILE_PX
    opponent = _opponent(strip)
    mean = cv2.resize(opponent, (across, 1), interpolation=cv2.INTER_AREA)[0].astype(np.float64)
    power = np.empty((across, TILE_PX, TILE_PX), dtype=np.float32)
    gathered = np.empty_like(power)
    for tile in range(across):
        part = cv2.subtract(opponent[:, tile * TILE_PX : (tile + 1) * TILE_PX], mean[tile : tile + 1])
        squares = np.square(cv2.dft(cv2.multiply(part, _WINDOW)))
        power[tile] = (squares[..., 0] + squares[..., 1]) * _BAND
        cv2.boxFilter(power[tile], -1, (3, 3), gathered[tile], normalize=False, borderType=cv2.BORDER_REFLECT)
    return power.reshape(across, -1), gathered.reshape(across, -1)


def _opponent(pixels: Pixels) -> NDArray[np.float32]:
    """Red, green, blue at 0, 120 and 240 degrees of the complex plane: real and imaginary part (h, w, 2)."""
    red, green, blue = cv2.split(pixels)
    real = cv2.add(cv2.addWeighted(green, -0.5, blue, -0.5, 0, dtype=cv2.CV_32F), red, dtype=cv2.CV_32F)
    imaginary = cv2.subtract(green, blue, dtype=cv2.CV_32F) * np.sqrt(np.float32(0.75))
    return np.asarray(cv2.merge([real, imaginary]), dtype=np.float32)


def _kindred(waves: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which tiles have a wave whose like is found beside, above or below."""
    found = np.zeros(waves.shape[:2], dtype=bool)
    for axis in (0, 1):
        a, b = np.moveaxis(waves, axis, 0)[:-1], np.moveaxis(waves, axis, 0)[1:]
        with np.errstate(invalid="ignore"):
            apart = np.hypot(*np.moveaxis(a - b, -1, 0))
            alike = apart < np.maximum(2.0, KINSHIP * np.hypot(*np.moveaxis(a, -1, 0)))
        view = np.moveaxis(found, axis, 0)
        view[:-1] |= alike
        view[1:] |= alike
    return found


def _window() -> NDArray[np.float32]:
    hann = np.hanning(TILE_PX)
    return np.dstack([np.outer(hann, hann)] * 2).astype(np.float32)


def _band() -> NDArray[np.float32]:
    """1 within WAVES and off the lattice that JPEG's blocks of 8 pixels make."""
    x, y = np.meshgrid(_FREQUENCIES, _FREQUENCIES)
    radius = np.hypot(x, y)
    blocks = (np.abs(x) % 8 == 0) & (np.abs(y) % 8 == 0)
    return np.asarray((radius >= WAVES[0]) & (radius <= WAVES[1]) & ~blocks, dtype=np.float32)


_FREQUENCIES = np.fft.fftfreq(TILE_PX, 1 / TILE_PX)
_OPPOSITE = np.add.outer(TILE_PX * (-np.arange(TILE_PX) % TILE_PX), -np.arange(TILE_PX) % TILE_PX).ravel()
"""Of each frequency, where the one of the other direction stands."""
_WINDOW = _window()
"""Each value twice, for both channels."""
_WINDOW_SUM = float(_WINDOW[..., 0].sum())
_POWER_MIN = (AMPLITUDE / 2 * _WINDOW_SUM) ** 2
"""Power of a wave that is just high enough."""
_BAND = _band()
