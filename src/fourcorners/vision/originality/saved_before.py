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

FEW, MANY = (12, 80), (36, 600)
"""Blocks of a spot and of a place, evenly spread: at first, and where these show that there may be more to find."""

MOST_OF_FIRST = 2.5
"""So many times as many of the first place, the portrait."""

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
    few = _earlier(lattice, laid, _most(FEW, len(laid), len(places)), steps, for_certain=False)
    told = few and _earlier(lattice, laid, _most(MANY, len(laid), len(places)), steps, for_certain=True)
    if told is None:
        return None
    earlier, parts = told
    whole = Counts.sum(parts)
    once: list[tuple[float, float] | None] = []
    for part in parts[len(laid) - len(places) :]:
        # the rest of the page must have been saved twice without it: else the earlier saving is that of a part
        tells = part.blocks >= FEWEST and earlier.fit(whole.without(part))[1] >= REST_LEAST
        once.append(earlier.fit(part) if tells else None)
    nearer = [told[1] < NEARER for told in once if told is not None]
    if 2 * sum(nearer) >= max(len(nearer), 2):  # nor is it that of the page if most places lack it
        once = [None] * len(once)
    return SavedBefore(int(np.count_nonzero(earlier.steps)), tuple(once))


def _most(of_each: tuple[int, int], laid: int, places: int) -> list[int]:
    """How many blocks of each part are asked, spots first, then places, of which the first is the portrait."""
    most = [of_each[0]] * (laid - places) + [of_each[1]] * places
    if places:
        most[-places] = int(MOST_OF_FIRST * of_each[1])
    return most


def _earlier(
    lattice: Pixels, laid: Sequence[Quad], most: Sequence[int], steps: Values, *, for_certain: bool
) -> tuple[Earlier, list[Counts]] | None:
    parts = _counted(lattice, [_blocks(lattice, *both) for both in zip(laid, most, strict=True)], steps)
    earlier = earlier_saving(Counts.sum(parts), steps, for_certain=for_certain)
    return None if earlier is None else (earlier, parts)


def _blocks(lattice: Pixels, place: Quad, most: int) -> Blocks:
    """Rows and columns (n, 2) of the blocks in a place, half a block clear of the picture's right and lower edge."""
    room = np.maximum(np.array(lattice.shape[1::-1]) // BLOCK_PX - 1, 0)
    low = np.clip(np.floor(place.min(axis=0) / BLOCK_PX).astype(int), 0, room)
    high = np.clip(np.ceil(place.max(axis=0) / BLOCK_PX).astype(int), low, room)
    inside = np.zeros((high - low)[::-1], np.uint8)
    if not inside.size:
        return np.zeros((0, 2), np.int64)
    cv2.fillConvexPoly(inside, np.rint(place / BLOCK_PX - 0.5 - low).astype(np.int32), (1,))
    found = np.argwhere(inside) + low[::-1]
    if len(found) > most:
        found = found[np.linspace(0, len(found) - 1, most).astype(int)]
    return np.asarray(found, np.int64)


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
        counts(part.reshape(-1, BLOCK_PX**2) @ WAVES, steps, of_part, len(parts))
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
