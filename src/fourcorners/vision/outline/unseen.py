"""Placing sides that were not seen: at or beyond the end of what is in sight, where a usual format ends."""

import numpy as np
from numpy.typing import NDArray

from fourcorners.vision.outline.beyond import RATIOS

__all__ = ["one_placed", "two_placed"]

FORMATS = sorted((*RATIOS, *(1 / ratio for ratio in RATIOS)))
BEYOND_CELLS = 1.0
"""At least so far past what is in sight are two sides that the photo's edge cuts off."""

Lines = NDArray[np.float64]


def one_placed(lines: Lines, side: int, region: NDArray[np.bool_]) -> None:
    """Put `side` of four lines (4, 3), n x + m y = c, where the three others and what is in sight say."""
    ends = [lines[(side + k) % 4] for k in (1, 2, 3)]
    opposite = ends[1]
    near = [np.linalg.solve(np.array([e[:2], opposite[:2]]), np.array([e[2], opposite[2]])) for e in (ends[0], ends[2])]
    width = float(np.linalg.norm(near[0] - near[1]))
    reach = _reach(opposite, region)
    fitting = [width * ratio for ratio in FORMATS if width * ratio > reach - 1]
    _face(lines, side, fitting[0] if fitting else reach)


def two_placed(lines: Lines, first: int, region: NDArray[np.bool_]) -> None:
    """Put `first` and the side after it: the smallest document of a usual format that reaches past what is in sight."""
    second = (first + 1) % 4
    across, down = (_reach(lines[(side + 2) % 4], region) + BEYOND_CELLS for side in (first, second))
    sizes = [(max(across, down * ratio), max(across / ratio, down)) for ratio in FORMATS]
    width, height = min(sizes, key=lambda size: size[0] * size[1])
    _face(lines, first, width)
    _face(lines, second, height)


def _reach(line: NDArray[np.float64], region: NDArray[np.bool_]) -> float:
    """How far from a side's line the region goes."""
    ys, xs = np.nonzero(region)
    return float(line[2] - (np.column_stack([xs, ys]) @ line[:2]).min())


def _face(lines: Lines, side: int, distance: float) -> None:
    opposite = lines[(side + 2) % 4]
    lines[side] = [-opposite[0], -opposite[1], distance - opposite[2]]
