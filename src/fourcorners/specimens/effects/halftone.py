"""How printers break tones into ink or no ink: thresholds over the sheet, one mask a plate."""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.specimens.model import Plane
from fourcorners.specimens.pictures import as_u8

__all__ = ["blue_noise", "dot_screen", "inked", "line_screen"]

NOISE_SIDE = 128
ROUNDS = 10


def inked(plate: Plane, thresholds: Plane, slope: float) -> Plane:
    """255 where the plate asks for more ink than the threshold, 0 where for less.

    `slope` is how many thresholds lie from one pixel to the next: an edge that runs through a pixel inks part of it,
    else the pixel grid would beat with the screen as no printer's does.
    """
    gain = 255 / slope
    return as_u8(cv2.addWeighted(plate, gain, thresholds, -gain, 127.5))


def dot_screen(size: tuple[int, int], cell_px: float, angle_deg: float) -> Plane:
    """Thresholds of a round-dot screen (AM): clusters that grow with the tone."""
    u, v = _phases(size, cell_px, angle_deg)
    wave = as_u8(63.5 + 63 * np.cos(np.arange(256) * 2 * np.pi / 256))
    return as_u8(cv2.add(cv2.LUT(u, wave), cv2.LUT(v, wave)))


def line_screen(size: tuple[int, int], cell_px: float, angle_deg: float) -> Plane:
    """Thresholds of a line screen, as colour laser printers use: lines that grow broader with the tone."""
    _, v = _phases(size, cell_px, angle_deg)
    triangle = as_u8(np.abs(np.arange(256) - 128) * 2 * 0.98 + 2)
    return as_u8(cv2.LUT(v, triangle))


def blue_noise(size: tuple[int, int], rng: np.random.Generator, spot_px: int = 1) -> Plane:
    """Thresholds of a stochastic screen (FM): single spots, more of them for darker tones, none close to another."""
    tile = np.roll(_blue_tile(), rng.integers(0, NOISE_SIDE, 2).tolist(), axis=(0, 1))
    spots = np.kron(tile, np.ones((spot_px, spot_px), np.uint8))
    rows, columns = -(-size[1] // spots.shape[0]), -(-size[0] // spots.shape[1])
    return np.ascontiguousarray(np.tile(spots, (rows, columns))[: size[1], : size[0]])


def _phases(size: tuple[int, int], cell_px: float, angle_deg: float) -> tuple[Plane, Plane]:
    """Where each pixel lies in its cell of a turned lattice, 0..255 along and across."""
    angle = np.radians(angle_deg)
    turn = 256 / cell_px  # phases run over 0..255, so that a table does for any wave
    across, down = turn * np.cos(angle), turn * np.sin(angle)
    x, y = np.arange(size[0])[None, :], np.arange(size[1])[:, None]
    along = (x * across).astype(np.int32) + (y * down).astype(np.int32)
    beside = (x * -down).astype(np.int32) + (y * across).astype(np.int32)
    return np.bitwise_and(along, 255).astype(np.uint8), np.bitwise_and(beside, 255).astype(np.uint8)


@cache
def _blue_tile() -> Plane:
    """Ranks 1..254 whose neighbours differ: white noise, its low frequencies taken out again and again."""
    rng = np.random.default_rng(91)
    field: NDArray[np.float64] = rng.random((NOISE_SIDE, NOISE_SIDE))
    for _ in range(ROUNDS):
        around = np.tile(field, (3, 3))
        soft = cv2.GaussianBlur(around, (0, 0), 1.5)[NOISE_SIDE : 2 * NOISE_SIDE, NOISE_SIDE : 2 * NOISE_SIDE]
        order = np.argsort(np.round(field - soft, 6), axis=None, kind="stable")
        field = np.empty(field.size)
        field[order] = np.linspace(0, 1, order.size)
        field = field.reshape(NOISE_SIDE, NOISE_SIDE)
    return as_u8(np.round(1 + 253 * field))
