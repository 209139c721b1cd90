"""Flat things seen in perspective, laid over a picture (RENDER, RENDER, 3) of float32 RGB 0..255."""

import cv2
import numpy as np
from numpy.typing import NDArray
from training.outline.pose import rectangle
from training.outline.targets import WINDOW

RENDER = 384
SCALE = RENDER / WINDOW
Picture = NDArray[np.float32]
Quad = NDArray[np.float64]


def lay(paper: NDArray[np.uint8], radius: float, quad: Quad) -> NDArray[np.float32]:
    """The paper seen at `quad`: RGB times alpha, and alpha 0..1, shape (RENDER, RENDER, 4)."""
    longest = max(np.linalg.norm(quad - np.roll(quad, 1, axis=0), axis=1))
    shrink = min(1.0, longest * 1.25 / max(paper.shape[:2]))
    if shrink < 0.8:
        paper = cv2.resize(paper, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    h, w = paper.shape[:2]
    alpha = _alpha((w, h), radius * max(w, h))
    layered = np.dstack([cv2.multiply(paper, cv2.merge([alpha] * 3), scale=1 / 255), alpha])
    source = (rectangle(w, h, (w / 2, h / 2)) - 0.5).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(source, quad.astype(np.float32))
    layer = cv2.warpPerspective(layered, matrix, (RENDER, RENDER), flags=cv2.INTER_LINEAR).astype(np.float32)
    layer[..., 3] /= 255
    return layer


def _alpha(size: tuple[int, int], radius: float) -> NDArray[np.uint8]:
    w, h = size
    r = int(radius)
    alpha = np.full((h, w), 255, np.uint8)
    if r > 1:
        corner = np.zeros((r, r), np.uint8)
        cv2.circle(corner, (r, r), r, 255, -1, cv2.LINE_AA)
        alpha[:r, :r], alpha[:r, -r:] = corner, corner[:, ::-1]
        alpha[-r:, :r], alpha[-r:, -r:] = corner[::-1], corner[::-1, ::-1]
    return alpha


def blend(picture: Picture, layer: NDArray[np.float32]) -> None:
    """Put a layer on top."""
    picture *= 1 - layer[..., 3:]
    picture += layer[..., :3]


def shade(picture: Picture, mask: NDArray[np.float32], depth: float, soft: float) -> None:
    """A soft shadow of the shape of a mask."""
    small = cv2.resize(mask, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), max(0.4, soft / 2))
    picture *= 1 - depth * cv2.resize(small, mask.shape[::-1])[..., None]


def filled(quad: Quad) -> NDArray[np.float32]:
    """A mask 0..1 of a quad."""
    mask = np.zeros((RENDER, RENDER), np.float32)
    cv2.fillConvexPoly(mask, np.round(quad * 16).astype(np.int32), 1.0, cv2.LINE_AA, 4)
    return mask
