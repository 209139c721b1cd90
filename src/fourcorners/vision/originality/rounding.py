"""Numbers that were rounded to multiples of one step and then of another: which first step, and whether at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["FREQUENCIES", "WAVES", "Counts", "Earlier", "counts", "earlier_saving"]

Table = NDArray[np.float64]
Steps = NDArray[np.float32]

BLOCK_PX = 8
ALONG = 6
"""Frequencies whose row and column, from 0 on, sum up to so much at most: above, hardly any is not rounded to 0."""

MOST = 32
"""Multiples are told up to so many steps."""

FIRST = np.arange(2, 41)
"""First steps that are tried: a step of 1 leaves nothing to see, and few photos are rounded more coarsely."""

BLUR = 0.4
"""How far, in grey levels, a value moves between the roundings, for pictures are kept in whole levels."""

NODES = np.linspace(-2.4, 2.4, 9)
WEIGHTS = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()

RAREST = 0.03
"""A multiple that a model rules out comes so often all the same, as a share of what chance says."""

LEAST_GAIN, LEAST_GAIN_EACH = 12.0, 0.004
"""A first step is believed when it explains the page so much better than none, in all and for each value (log)."""

LEAST_GAIN_ALL, SHARE_STANDARD = 40.0, 0.7
"""An earlier saving is believed from this gain on, all frequencies together. The tables of the JPEG standard, scaled by
a quality, come first, unless steps that are chosen each for itself say more: cameras have tables of their own."""

FEWEST_FREQUENCIES = 4
"""One or two frequencies may look as if rounded before by chance."""

NOT_CERTAIN = 0.4
"""Of these gains, as long as only a few blocks were asked."""

QUALITIES = range(40, 99)

STANDARD = np.array(
    [
        [16, 11, 10, 16, 24, 40, 51, 61],
        [12, 12, 14, 19, 26, 58, 60, 55],
        [14, 13, 16, 24, 40, 57, 69, 56],
        [14, 17, 22, 29, 51, 87, 80, 62],
        [18, 22, 37, 56, 68, 109, 103, 77],
        [24, 35, 55, 64, 81, 104, 113, 92],
        [49, 64, 78, 87, 103, 121, 120, 101],
        [72, 92, 95, 98, 112, 100, 103, 99],
    ]
)
"""ITU-T T.81 table K.1, for brightness."""


def _chosen() -> NDArray[np.int64]:
    row, column = np.mgrid[:BLOCK_PX, :BLOCK_PX]
    return np.flatnonzero((row + column > 0) & (row + column <= ALONG)).astype(np.int64)


FREQUENCIES = _chosen()
"""Which of the 64 frequencies of a block, row by row, are asked."""


def _waves() -> Steps:
    k, x = np.mgrid[:BLOCK_PX, :BLOCK_PX]
    wave = np.cos((2 * x + 1) * k * np.pi / (2 * BLOCK_PX)) * np.sqrt(2 / BLOCK_PX)
    wave[0] /= np.sqrt(2)
    return np.ascontiguousarray(np.einsum("ua,vb->uvab", wave, wave).reshape(64, 64)[FREQUENCIES], np.float32)


WAVES = _waves()
"""Each frequency (n, 64) as a sum of a block's pixels, row by row (T.81 A.3.3)."""


def _standards() -> NDArray[np.int64]:
    scales = np.array([5000 / q if q < 50 else 200 - 2 * q for q in QUALITIES])
    upright = np.clip((STANDARD[None] * scales[:, None, None] + 50) // 100, 1, 255)
    both = np.concatenate([upright, upright.transpose(0, 2, 1)])  # a photo may have been turned in between
    return np.asarray(both.reshape(len(both), -1)[:, FREQUENCIES], np.int64)


STANDARDS = _standards()


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How often each frequency is 1, 2, ... steps (frequencies, MOST + 1), `on` the file's blocks and `off` them.

    Zeros are not counted: how many there are depends on what is shown.
    """

    on: Table
    off: Table
    blocks: int

    def without(self, part: "Counts") -> "Counts":
        """All but a part of them."""
        return Counts(self.on - part.on, self.off - part.off, self.blocks - part.blocks)

    @classmethod
    def sum(cls, parts: Sequence["Counts"]) -> "Counts":
        """Of several places together."""
        on, off = (np.sum([getattr(part, side) for part in parts], axis=0) for side in ("on", "off"))
        return cls(on, off, sum(part.blocks for part in parts))

    @property
    def by_chance(self) -> Table:
        """How often each multiple would come without an earlier saving, as shares that sum up to 1."""
        shares = self.off + _TAIL
        return np.asarray(shares / shares.sum(axis=1, keepdims=True))


_TAIL = 0.5 * np.exp(-np.arange(MOST + 1) / 4) * (np.arange(MOST + 1) > 0)
"""What is added to counts, so that no multiple is impossible."""


def counts(values: Steps, steps: Steps, of_part: NDArray[np.int64], parts: int) -> Table:
    """How often each multiple of the steps comes among values (n, frequencies) of each of so many parts.

    (parts, frequencies, MOST + 1).
    """
    multiples = np.abs(np.rint(values / steps)).astype(np.int32)
    multiples[multiples > MOST] = 0
    multiples += np.arange(len(steps), dtype=np.int32) * (MOST + 1)
    multiples += (of_part * len(steps) * (MOST + 1)).astype(np.int32)[:, None]
    table = np.bincount(multiples.ravel(), minlength=parts * len(steps) * (MOST + 1)).astype(np.float64)
    table = table.reshape(parts, len(steps), MOST + 1)
    table[..., 0] = 0
    return table


@cache
def _more_often(step: int) -> tuple[Table, Table]:
    """How much more often than by chance a multiple of `step` comes after each of FIRST, (first steps, MOST + 1); and
    the logarithms of these.
    """
    table = np.zeros((len(FIRST), MOST + 1))
    for n, first in enumerate(FIRST.tolist()):
        before = first * np.arange(-3, int((MOST + 1.5) * step / first) + 3)
        multiples = np.rint((before[:, None] + BLUR * NODES) / step).astype(int)
        seen = (multiples >= 0) & (multiples <= MOST)
        weights = np.broadcast_to(WEIGHTS, multiples.shape)[seen]
        table[n] = np.bincount(multiples[seen], weights, MOST + 1) * first / step
    table = np.maximum(table, RAREST)
    return table, np.log(table)


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """An earlier saving: its step for each frequency, 0 where none is known; and how much more `often` than by chance
    each multiple of the second step comes after it (frequencies, MOST + 1), 1 where nothing is known.
    """

    steps: NDArray[np.int64]
    often: Table

    def fit(self, found: Counts) -> tuple[float, float]:
        """How much likelier a single rounding is than both, as a logarithm; and where what was found lies between what
        is expected of one (0) and of both (1).
        """
        chance, total = found.by_chance, found.on.sum(axis=1)
        ratios = self.often / (self.often * chance).sum(axis=1, keepdims=True)
        logs = np.log(ratios)
        twice = float((found.on * logs).sum())
        if_once = float(total @ (chance * logs).sum(axis=1))
        if_twice = float(total @ (chance * ratios * logs).sum(axis=1))
        return -twice, (twice - if_once) / max(if_twice - if_once, 1e-9)


def earlier_saving(found: Counts, steps: Steps, *, for_certain: bool) -> Earlier | None:
    """To which steps the page was rounded before; None where nothing speaks for it."""
    share = 1.0 if for_certain else NOT_CERTAIN
    total, chance = found.on.sum(axis=1), found.by_chance
    gains = np.zeros((len(steps), len(FIRST)))
    for n, step in enumerate(steps.astype(int).tolist()):
        often, logs = _more_often(step)
        gains[n] = logs @ found.on[n] - total[n] * np.log(often @ chance[n])
    best = gains.max(axis=1)
    believed = (best >= share * LEAST_GAIN) & (best >= LEAST_GAIN_EACH * total)
    gain, first = float(best[believed].sum()), np.where(believed, FIRST[gains.argmax(axis=1)], 0)
    known = np.isin(STANDARDS, FIRST) & (steps.astype(int) != STANDARDS)
    columns = np.clip(STANDARDS - FIRST[0], 0, len(FIRST) - 1)
    of_standard = np.where(known, gains[np.arange(len(steps)), columns], 0).sum(axis=1)
    likeliest = int(of_standard.argmax())
    if of_standard[likeliest] >= SHARE_STANDARD * gain:
        gain, first = float(of_standard[likeliest]), np.where(known[likeliest], STANDARDS[likeliest], 0)
    if gain < share * LEAST_GAIN_ALL or np.count_nonzero(first) < FEWEST_FREQUENCIES:
        return None
    often = np.ones((len(steps), MOST + 1))
    for n, step in enumerate(first.tolist()):
        if step:
            often[n] = _more_often(int(steps[n]))[0][step - FIRST[0]]
    return Earlier(np.asarray(first, np.int64), often)
