"""What a cut-out text line says: one run of the recognition network a line, then greedy CTC.

Lines run one by one at their own width, two at a time: a batch padded to its longest line was measured to cost as much
per pixel, wastes the padding, and lets a line's neighbours change what is read.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad, homography
from fourcorners.vision.networks.onnx import onnx_session
from fourcorners.vision.picture import Pixels

__all__ = ["LINE_HEIGHT_PX", "CutText", "cut_line", "cut_width", "read_cuts"]

LINE_HEIGHT_PX = 48
"""Height that the network was trained with."""

LINE_WIDTH_MAX_PX = 1600
"""A longer line is squeezed: no line of a document is 33 times as long as it is high."""

STEP_PX = 8
"""The network gives one distribution over characters for every 8 columns."""

REACH_PX = 28
"""Ink further than this from every character that was read is ink that the network could not read: widest letters
(W at cap height 30 px) reach 20 px from their middle. Letters of foreign scripts come out as blanks, not as low scores.
"""

INK_CONTRAST_MIN = 24
"""Range of grey levels within a column from which it may hold ink; paper texture and noise stay below."""

THREADS = 2


class CutText(NamedTuple):
    """What a cut says. `confidence` 0..1; `places` are the characters' middles, as shares (0..1) of the cut's width."""

    text: str
    confidence: float
    places: tuple[float, ...]


NOTHING = CutText("", 0.0, ())


def cut_width(quad: Quad) -> int:
    """Width in pixels of the cut of `quad`."""
    top, right = float(np.linalg.norm(quad[1] - quad[0])), float(np.linalg.norm(quad[2] - quad[1]))
    width = round(top / max(right, 1.0) * LINE_HEIGHT_PX / STEP_PX) * STEP_PX
    return min(max(width, 2 * STEP_PX), LINE_WIDTH_MAX_PX)


def cut_line(pixels: Pixels, quad: Quad) -> Pixels:
    """The line inside `quad` (clockwise from the line's top left), flat: (48, `cut_width`, 3)."""
    width = cut_width(quad)
    corners = np.array([[0, 0], [width, 0], [width, LINE_HEIGHT_PX], [0, LINE_HEIGHT_PX]], dtype=np.float64) - 0.5
    matrix = homography(corners, quad)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cut = cv2.warpPerspective(pixels, matrix, (width, LINE_HEIGHT_PX), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, dtype=np.uint8)


def read_cuts(cuts: Sequence[Pixels]) -> tuple[CutText, ...]:
    """What each cut from `cut_line` says.

    Confidence is the mean probability of the characters times the share of the ink that they account for.
    """
    if len(cuts) < 2:
        return tuple(_read(cut) for cut in cuts)
    with ThreadPoolExecutor(THREADS) as pool:
        return tuple(pool.map(_read, cuts))


def _read(cut: Pixels) -> CutText:
    session = onnx_session("text_recognition")
    blob = cut[None, :, :, ::-1].transpose(0, 3, 1, 2).astype(np.float32) / 127.5 - 1
    (out,) = session.run(None, {session.get_inputs()[0].name: blob})
    best = out[0].argmax(axis=1)
    # Collapse the best path (Graves et al. 2006): repeats merge, blanks (class 0) vanish.
    steps = np.flatnonzero((best != 0) & np.append(True, best[1:] != best[:-1]))
    characters = [_alphabet()[k] for k in best[steps]]
    while characters and not characters[-1].strip():
        characters, steps = characters[:-1], steps[:-1]
    while characters and not characters[0].strip():
        characters, steps = characters[1:], steps[1:]
    if not characters:
        return NOTHING
    probability = float(out[0].max(axis=1)[steps].mean())
    places = tuple(((steps + 0.5) / len(best)).tolist())
    return CutText("".join(characters), probability * _ink_accounted_for(cut, np.flatnonzero(best != 0)), places)


def _ink_accounted_for(cut: Pixels, steps: NDArray[np.intp]) -> float:
    """Share (0..1) of the columns with ink that lie within reach of a step at which a character was read."""
    grey = cv2.cvtColor(cut, cv2.COLOR_RGB2GRAY)
    contrast = np.ptp(grey[8:-8], axis=0)
    columns = np.flatnonzero(contrast > max(INK_CONTRAST_MIN, 0.4 * float(np.percentile(contrast, 90))))
    if len(columns) == 0:
        return 1.0
    distance = np.abs(columns[:, None] - (steps[None, :] + 0.5) * STEP_PX).min(axis=1)
    return float((distance <= REACH_PX).mean())


@cache
def _alphabet() -> tuple[str, ...]:
    """Characters by class: blank, those in the network's metadata, and the space."""
    listed = onnx_session("text_recognition").get_modelmeta().custom_metadata_map["character"].splitlines()
    return ("", *listed, " ")
