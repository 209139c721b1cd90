"""Where text stands on a page: one run of the detection network, then one rotated box per blob of its map."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad
from fourcorners.vision.networks.onnx import onnx_session
from fourcorners.vision.picture import Pixels
from fourcorners.vision.pyramid import block_means

__all__ = ["DETECTION_SIDE_PX", "find_lines"]

DETECTION_SIDE_PX = 736
"""Longest side that the network sees: labels of an ID-1 card (1.2 mm) are then 10 px high. 960 px finds no more."""

MAP_MIN = 0.3
"""Probability from which a pixel counts as text; the value that PP-OCR was published with."""

LINE_MIN = 0.5
"""Mean probability inside a blob from which it is a line; as published."""

COARSE = 4
"""What shrinks by more is halved first, which takes a third of the time."""

UNCLIP = 1.6
"""The network was trained on shrunken lines: each grows by area * UNCLIP / perimeter (Liao et al. 2020, sec. 3.4)."""


def find_lines(pixels: Pixels, side: int = DETECTION_SIDE_PX) -> tuple[Quad, ...]:
    """Quads (4, 2) in pixels of `pixels`, clockwise from the corner nearest the page's top left, in no useful order."""
    probability, scale = _text_map(pixels, side)
    mask = (probability > MAP_MIN).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    quads = []
    for contour in contours:
        (cx, cy), (w, h), angle = cv2.minAreaRect(contour)
        if min(w, h) < 2 or _inside_mean(probability, np.asarray(contour, dtype=np.int32)) < LINE_MIN:
            continue
        grow = w * h * UNCLIP / (2 * (w + h))
        corners = cv2.boxPoints(((cx, cy), (w + 2 * grow, h + 2 * grow), angle))
        quads.append(_from_top_left((np.asarray(corners, dtype=np.float64) + 0.5) / scale - 0.5))
    return tuple(quads)


def _text_map(pixels: Pixels, side: int) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """The network's map and the (x, y) scale from `pixels` to it."""
    h, w = pixels.shape[:2]
    ratio = side / max(h, w)
    size = [max(32, round(n * ratio / 32) * 32) for n in (w, h)]
    near = block_means(pixels, 2) if ratio < 1 / COARSE else pixels
    small = cv2.resize(near, size, interpolation=cv2.INTER_AREA if ratio < 1 else cv2.INTER_LINEAR)
    blob = cv2.dnn.blobFromImage(small, 1 / 127.5, mean=(127.5, 127.5, 127.5), swapRB=True)
    session = onnx_session("text_detection")
    (out,) = session.run(None, {session.get_inputs()[0].name: blob})
    return np.asarray(out[0, 0], dtype=np.float32), np.array([size[0] / w, size[1] / h])


def _inside_mean(probability: NDArray[np.float32], contour: NDArray[np.int32]) -> float:
    x, y, w, h = cv2.boundingRect(contour)
    mask = np.zeros((h, w), dtype=np.uint8)
    cv2.fillPoly(mask, [np.asarray(contour - np.array([x, y]), dtype=np.int32)], 1)
    return float(cv2.mean(probability[y : y + h, x : x + w], mask)[0])


def _from_top_left(corners: Quad) -> Quad:
    """The same clockwise rectangle, started at the corner with the least x + y."""
    return np.roll(corners, -int(np.argmin(corners.sum(axis=1))), axis=0)
