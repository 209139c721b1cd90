"""How much light falls where the data stand: the brightness of paper, and of the ink on it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad
from fourcorners.kit.quantiles import quantile
from fourcorners.vision.picture import Pixels, brightest_channel, darkest_channel
from fourcorners.vision.pyramid import shrunk

__all__ = ["Light", "measure_light", "page_white"]

SIDE_PX = 320
"""Longest side of the copy that is looked at."""

STATIONS = 3
"""Places along a line at which its paper is looked at."""

_STATIONS = np.linspace(0.1, 0.9, STATIONS)[:, None]

PATCH_SHARE = 0.7
"""Half the side of the patch in heights of the line: it reaches into the paper around the letters."""

PAPER, INK = 0.9, 0.05
"""Quantiles of a patch that are taken for paper and ink."""


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """Of n patches on the lines: `paper` and `ink` (n,) 0..255, and `line` (n,), the index of the line it belongs to.

    Paper is that of the brightest channel, so that coloured light is no darkness; ink that of the darkest channel.
    """

    paper: NDArray[np.float64]
    ink: NDArray[np.float64]
    line: NDArray[np.int64]


def measure_light(page: Pixels, lines: Sequence[Quad]) -> Light:
    """Look at `lines`, quads (4, 2) in pixels of the page (h, w, 3)."""
    scale = min(1.0, SIDE_PX / max(page.shape[:2]))
    small = shrunk(page, SIDE_PX)
    size = np.array(small.shape[1::-1])
    brightest, darkest = brightest_channel(small), darkest_channel(small)
    paper: list[float] = []
    ink: list[float] = []
    owner = np.repeat(np.arange(len(lines)), STATIONS)
    for quad in lines:
        half = max(2.0, PATCH_SHARE * float(np.linalg.norm(quad[3] - quad[0])) * scale)
        start, end = (quad[0] + quad[3]) / 2 * scale, (quad[1] + quad[2]) / 2 * scale
        low = np.clip(start + _STATIONS * (end - start) - half, 0, size - 2).astype(int)
        high = np.minimum(low + round(2 * half), size)
        for (left, top), (right, bottom) in zip(low.tolist(), high.tolist(), strict=True):
            patch = np.s_[top:bottom, left:right]
            paper.append(quantile(brightest[patch], PAPER))
            ink.append(quantile(darkest[patch], INK))
    return Light(np.array(paper, dtype=np.float64), np.array(ink, dtype=np.float64), owner.astype(np.int64))


def page_white(page: Pixels) -> float:
    """The brightness (0..255, brightest channel) that a tenth of a page (h, w, 3) exceeds: its white, about."""
    step = max(1, max(page.shape[:2]) // SIDE_PX)
    return quantile(brightest_channel(page[::step, ::step]), PAPER)
