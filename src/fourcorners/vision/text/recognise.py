"""What a cut-out text line says: the recognition network in batches of like width, then greedy CTC."""

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad, homography
from fourcorners.vision.networks.onnx import onnx_session
from fourcorners.vision.picture import Pixels

__all__ = ["LINE_HEIGHT_PX", "cut_line", "read_cuts"]

LINE_HEIGHT_PX = 48
"""Height that the network was trained with."""

LINE_WIDTH_MAX_PX = 1600
"""A longer line is squeezed: no line of a document is 33 times as long as it is high."""

BATCH_WIDTH_PX = 3200
"""Widths in one batch add up to about this much: bigger batches fall out of the processor's cache."""


def cut_line(pixels: Pixels, quad: Quad) -> Pixels:
    """The line inside `quad` (clockwise from its top left), flat, 48 px high, at most 1600 px wide."""
    top, right = np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[1])
    width = int(np.clip(round(float(top / max(right, 1.0)) * LINE_HEIGHT_PX), 16, LINE_WIDTH_MAX_PX))
    corners = np.array([[0, 0], [width, 0], [width, LINE_HEIGHT_PX], [0, LINE_HEIGHT_PX]], dtype=np.float64) - 0.5
    matrix = homography(corners, quad)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cut = cv2.warpPerspective(pixels, matrix, (width, LINE_HEIGHT_PX), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, dtype=np.uint8)


def read_cuts(cuts: Sequence[Pixels]) -> tuple[tuple[str, float], ...]:
    """Text and mean character probability (0..1) of each cut from `cut_line`; empty text has confidence 0."""
    answers: list[tuple[str, float]] = [("", 0.0)] * len(cuts)
    by_width = sorted(range(len(cuts)), key=lambda i: cuts[i].shape[1])
    batch: list[int] = []
    for i in by_width:
        if batch and (len(batch) + 1) * cuts[i].shape[1] > BATCH_WIDTH_PX:
            _read_batch(cuts, batch, answers)
            batch = []
        batch.append(i)
    if batch:
        _read_batch(cuts, batch, answers)
    return tuple(answers)


def _read_batch(cuts: Sequence[Pixels], batch: Sequence[int], answers: list[tuple[str, float]]) -> None:
    width = -(-max(cuts[i].shape[1] for i in batch) // 32) * 32
    blob = np.zeros((len(batch), 3, LINE_HEIGHT_PX, width), dtype=np.float32)
    for row, i in enumerate(batch):
        bgr = cuts[i][:, :, ::-1].transpose(2, 0, 1).astype(np.float32)
        blob[row, :, :, : bgr.shape[2]] = bgr / 127.5 - 1
    session = onnx_session("text_recognition")
    (out,) = session.run(None, {session.get_inputs()[0].name: blob})
    for row, i in enumerate(batch):
        answers[i] = _greedy(out[row])


def _greedy(probabilities: NDArray[np.float32]) -> tuple[str, float]:
    """Collapse the best path (Graves et al. 2006): repeats merge, blanks (class 0) vanish."""
    best = probabilities.argmax(axis=1)
    kept = (best != 0) & np.append(True, best[1:] != best[:-1])
    if not kept.any():
        return "", 0.0
    alphabet = _alphabet()
    text = "".join(alphabet[k] for k in best[kept])
    return text, float(probabilities.max(axis=1)[kept].mean())


@cache
def _alphabet() -> tuple[str, ...]:
    """Characters by class: blank, those in the network's metadata, and the space."""
    listed = onnx_session("text_recognition").get_modelmeta().custom_metadata_map["character"].splitlines()
    return ("", *listed, " ")
