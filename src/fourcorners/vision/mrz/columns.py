"""What our reading network says about a strip, column by column."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourcorners.formats.mrz import ALPHABET
from fourcorners.vision.mrz.strips import GLYPH_PX, STRIDE_PX, Strip
from fourcorners.vision.networks.onnx import onnx_session

__all__ = ["Columns", "Peaks", "look", "peaks"]

CLASSES = len(ALPHABET)
OFFSET_UNIT_PX = 8.0
PEAK = 0.35
"""How central a column must be for a character to be counted there."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """What is said about c columns.

    `log_chance` (37, c) of the characters; how `central` in one the column is, 0..1; in strip pixels where the nearest
    character's `middle` lies, how far `below` the strip's own, and the height of a `cap`.
    """

    log_chance: NDArray[np.float64]
    central: NDArray[np.float64]
    middle: NDArray[np.float64]
    below: NDArray[np.float64]
    cap: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Peaks:
    """The characters of a strip from left to right, in strip pixels; `chance` that there is one, 0..1, and how
    `clear` it is: the chance of the likeliest character."""

    x: NDArray[np.float64]
    below: NDArray[np.float64]
    cap: NDArray[np.float64]
    chance: NDArray[np.float64]
    clear: NDArray[np.float64]


def look(strips: Sequence[Strip]) -> list[Columns]:
    """Run the network on strips of equal size."""
    (out,) = onnx_session("mrz_reader").run(None, {"strips": np.stack(strips)[:, None]})
    return [_columns(each.astype(np.float64)) for each in out]


def _columns(out: NDArray[np.float64]) -> Columns:
    logits = out[:CLASSES]
    top = logits.max(0)
    log_chance = logits - top - np.log(np.exp(logits - top).sum(0))
    central = 1 / (1 + np.exp(-np.clip(out[CLASSES], -30, 30)))
    here = STRIDE_PX * np.arange(out.shape[1]) + (STRIDE_PX - 1) / 2
    middle = here + STRIDE_PX * np.clip(out[CLASSES + 1], -4, 4)
    below = OFFSET_UNIT_PX * np.clip(out[CLASSES + 2], -2, 2)
    return Columns(log_chance, central, middle, below, GLYPH_PX * np.exp(np.clip(out[CLASSES + 3], -1, 1)))


def peaks(columns: Columns) -> Peaks:
    """Local maxima of how central the columns are."""
    central = columns.central
    before, after = np.concatenate([[0.0], central[:-1]]), np.concatenate([central[1:], [0.0]])
    at = np.nonzero((central > PEAK) & (central >= before) & (central > after))[0]
    clear = np.exp(columns.log_chance[:, at].max(0))
    return Peaks(columns.middle[at], columns.below[at], columns.cap[at], central[at], clear)
