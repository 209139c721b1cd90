"""Pasted places by what an earlier saving left: all of a photo was rounded twice, what was pasted in only once.

JPEG keeps each frequency of each block of 8 by 8 pixels as a whole multiple of a step. A photo that was opened, edited
and saved again was rounded to multiples of two steps, one after the other, and of the second some hardly ever come and
others too often, all over the photo. What was pasted in between has them all. So the first steps are found from the
page as a whole, and each place is asked which of the two it fits better. How often a multiple would come by chance,
with what the place shows, the same pixels tell where blocks are laid four pixels off the file's. Nothing follows where
a photo was saved once, was scaled or cropped in between, or where the second steps are much larger than the first.
(Double quantisation: Popescu and Farid 2004; blocks off the lattice, and the ratio of both hypotheses: Bianchi, De
Rosa and Piva 2011.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points, Quad, apply_homography, homography
from fourcorners.vision.originality.rounding import FREQUENCIES, WAVES, Counts, Earlier, counts, earlier_saving
from fourcorners.vision.picture import Coding, Pixels

__all__ = ["SavedBefore", "find_saved_before"]

Values = NDArray[np.float32]
Blocks = NDArray[np.int64]

BLOCK_PX, OFF_LATTICE_PX = 8, 4

DARKEST, BRIGHTEST = (1, 1, 0), (254, 254, 255)
"""Blocks with a pixel whose red or green was cut off are left out: it may have been between the first steps. Blue
hardly counts for brightness.
"""

SPOTS, SPOT_PX = (7, 5), 48
"""Squares along the page's longer and shorter side, which are asked beside the places."""

SPOT_INSET = 0.08

SPOT_BLOCKS, LINE_BLOCKS, PORTRAIT_BLOCKS = ((4, 3), (6, 6)), ((16, 5), (50, 12)), ((12, 16), (36, 42))
"""Points along and down a place at which blocks are asked: at first, and where these show that there may be more to
find. The first place is the portrait.
"""

FEWEST = 12
"""In fewer blocks nothing is told of a place."""

REST_LEAST = 0.6
"""Where between once (0) and twice (1) the rest of a page lies at least, if a place is to be told from it."""

NEARER = 0.5
"""Below, a place lies nearer to once."""

UNIT = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class SavedBefore:
    """`frequencies` whose first step was found; for each place how much likelier it is (logarithm of the ratio) that it
    was saved once than twice, and where it lies between both, 0 as if once, 1 as if twice; None where nothing is told.
    """

    frequencies: int
    once: tuple[tuple[float, float] | None, ...]


def find_saved_before(pixels: Pixels, coding: Coding, page: Quad, places: Sequence[Quad]) -> SavedBefore | None:
    """Compare `places` (4, 2) on the page `page` (4, 2) of a photo (h, w, 3); None where no earlier saving is seen.

    The first place is the portrait, if there is one.
    """
    steps = np.asarray(coding.steps, dtype=np.float32)[FREQUENCIES]
    lattice = pixels[coding.top :, coding.left :]
    origin = np.array([coding.left, coding.top], dtype=np.float64)
    laid = [quad - origin for quad in (*_spots(page), *places)]
    spots = len(laid) - len(places)
    few = _earlier(lattice, laid, spots, steps, for_certain=False)
    told = few and _earlier(lattice, laid, spots, steps, for_certain=True)
    if told is None:
        return None
    earlier, parts = told
    whole = Counts.sum(parts)
    once: list[tuple[float, float] | None] = []
    for part in parts[spots:]:
        # the rest of the page must have been saved twice without it: else the earlier saving is that of a part
        tells = part.blocks >= FEWEST and earlier.fit(whole.without(part))[1] >= REST_LEAST
        once.append(earlier.fit(part) if tells else None)
    nearer = [told[1] < NEARER for told in once if told is not None]
    if 2 * sum(nearer) >= max(len(nearer), 2):  # nor is it that of the page if most places lack it
        once = [None] * len(once)
    return SavedBefore(int(np.count_nonzero(earlier.steps)), tuple(once))


def _earlier(
    lattice: Pixels, laid: Sequence[Quad], spots: int, steps: Values, *, for_certain: bool
) -> tuple[Earlier, list[Counts]] | None:
    """The earlier saving, and what was counted in each of the quads, of which `spots` come first."""
    groups = (laid[:spots], SPOT_BLOCKS), (laid[spots : spots + 1], PORTRAIT_BLOCKS), (laid[spots + 1 :], LINE_BLOCKS)
    found = [_blocks(lattice, quads, points[for_certain]) for quads, points in groups]
    parts = _counted(lattice, [part for parts in found for part in parts], steps)
    earlier = earlier_saving(Counts.sum(parts), steps, for_certain=for_certain)
    return None if earlier is None else (earlier, parts)


def _blocks(lattice: Pixels, quads: Sequence[Quad], points: tuple[int, int]) -> list[Blocks]:
    """Rows and columns (n, 2) of the blocks at points in each quad, half a block clear of the picture's far edges."""
    if not quads:
        return []
    across, down = (((np.arange(count) + 0.5) / count) for count in points)
    x, y = (axis.ravel() for axis in np.meshgrid(across, down))
    shares = np.column_stack([(1 - x) * (1 - y), x * (1 - y), x * y, (1 - x) * y])
    at = np.floor(shares @ np.asarray(quads) / BLOCK_PX).astype(np.int64)
    columns, rows = np.array(lattice.shape[1::-1]) // BLOCK_PX - 1
    inside = (at >= 0).all(axis=2) & (at[..., 0] < columns) & (at[..., 1] < rows)
    numbers = at[..., 1] * columns + at[..., 0]
    blocks = [np.unique(number[seen]) for number, seen in zip(numbers, inside, strict=True)]
    return [np.column_stack([number // columns, number % columns]) for number in blocks]


def _counted(lattice: Pixels, parts: Sequence[Blocks], steps: Values) -> list[Counts]:
    """What multiples of the steps come in the blocks of each part, and four pixels off the lattice."""
    of_part = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    row, column = np.concatenate(parts).T
    windows = np.lib.stride_tricks.sliding_window_view(lattice, (BLOCK_PX + OFF_LATTICE_PX,) * 2, axis=(0, 1))
    seen = np.ascontiguousarray(windows.transpose(0, 1, 3, 4, 2)[row * BLOCK_PX, column * BLOCK_PX])
    flat = seen.reshape(-1, BLOCK_PX + OFF_LATTICE_PX, 3)
    clear = cv2.inRange(flat, DARKEST, BRIGHTEST).reshape(len(seen), -1).min(axis=1) > 0
    seen, of_part = seen[clear], of_part[clear]
    luma = np.zeros(seen.shape[:3], np.float32)
    if len(seen):
        luma = cv2.cvtColor(seen.reshape(flat.shape[1], -1, 3).astype(np.float32), cv2.COLOR_RGB2GRAY)
        luma = luma.reshape(seen.shape[:3])
    tables = [
        # not `@`: threads of the library behind it would go on waiting for work, at the cost of the other checks
        counts(np.einsum("np,fp->nf", part.reshape(-1, BLOCK_PX**2), WAVES), steps, of_part, len(parts))
        for part in (luma[:, :BLOCK_PX, :BLOCK_PX], luma[:, OFF_LATTICE_PX:, OFF_LATTICE_PX:])
    ]
    blocks = np.bincount(of_part, minlength=len(parts))
    return [Counts(on, off, int(number)) for on, off, number in zip(*tables, blocks, strict=True)]


def _spots(page: Quad) -> list[Quad]:
    edges = np.linalg.norm(page - np.roll(page, -1, axis=0), axis=1)
    across, down = SPOTS if max(edges[0], edges[2]) >= max(edges[1], edges[3]) else SPOTS[::-1]
    x, y = np.meshgrid(np.linspace(SPOT_INSET, 1 - SPOT_INSET, across), np.linspace(SPOT_INSET, 1 - SPOT_INSET, down))
    middles: Points = apply_homography(homography(UNIT, page), np.column_stack([x.ravel(), y.ravel()]))
    return [middle + (UNIT - 0.5) * SPOT_PX for middle in middles]
