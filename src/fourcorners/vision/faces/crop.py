"""Cutting a turned square out of a picture, without aliasing."""

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points
from fourcorners.vision.picture import Pixels
from fourcorners.vision.pyramid import block_means

__all__ = ["Affine", "apply_affine", "cut", "invert_affine", "similarity_transform", "square"]

HALVED_FROM = 8
"""Crops that are so many times coarser than the photo are large parts of large photos: there, time counts."""

Affine: TypeAlias = NDArray[np.float64]
"""A 2x3 matrix that takes pixel centres of a crop to pixel centres of the photo."""


def square(centre: Points, side: float, angle: float, size: int) -> Affine:
    """The affine map from a crop of `size` pixels to a square of `side` pixels around `centre` in the photo.

    `angle` in radians is the direction in the photo (x right, y down) of the crop's x axis.
    """
    scale = side / size
    c, s = np.cos(angle) * scale, np.sin(angle) * scale
    turn = np.array([[c, -s], [s, c]])
    middle = np.full(2, (size - 1) / 2)
    return np.column_stack([turn, centre - turn @ middle])


def apply_affine(matrix: Affine, points: Points) -> Points:
    """Points (n, 2) carried through the map."""
    moved: Points = points @ matrix[:, :2].T + matrix[:, 2]
    return moved


def invert_affine(matrix: Affine) -> Affine:
    """The map back."""
    turn = np.linalg.inv(matrix[:, :2])
    return np.column_stack([turn, -turn @ matrix[:, 2]])


def similarity_transform(source: Points, target: Points) -> Affine:
    """The rotation, uniform scale and shift that take `source` (n, 2) nearest to `target` (Umeyama 1991)."""
    s, t = source - source.mean(axis=0), target - target.mean(axis=0)
    u, d, vt = np.linalg.svd(t.T @ s)
    flip = np.array([1.0, np.sign(np.linalg.det(u) * np.linalg.det(vt))])
    turn = u @ np.diag(flip) @ vt * float((d * flip).sum() / max((s**2).sum(), 1e-12))
    return np.column_stack([turn, target.mean(axis=0) - turn @ source.mean(axis=0)])


def cut(pixels: Pixels, to_photo: Affine, size: int, height: int | None = None) -> Pixels:
    """The crop (height or size, size, 3) whose pixel centres `to_photo` takes into the photo; black outside it.

    A crop much coarser than the photo is taken from a shrunken copy of that part of the photo: bilinear sampling
    alone would alias.
    """
    rows = size if height is None else height
    shrink = _shrink(float(np.sqrt(abs(np.linalg.det(to_photo[:, :2])))))
    if shrink < 2:
        return _warp(pixels, to_photo, size, rows)
    corners = apply_affine(to_photo, np.array([[0, 0], [size, 0], [size, rows], [0, rows]], dtype=np.float64))
    h, w = pixels.shape[:2]
    x0, y0 = (max(0, int(v) - 2 * shrink) for v in corners.min(axis=0))
    x1, y1 = (min(limit, int(v) + 2 * shrink) for v, limit in zip(corners.max(axis=0), (w, h), strict=True))
    # whole blocks only, so that the shrunken copy has exactly one pixel a block
    x1, y1 = x1 - (x1 - x0) % shrink, y1 - (y1 - y0) % shrink
    if x1 - x0 < shrink or y1 - y0 < shrink:
        return np.zeros((rows, size, 3), dtype=np.uint8)
    part = pixels[y0:y1, x0:x1]
    if shrink < HALVED_FROM:
        size_left = (x1 - x0) // shrink, (y1 - y0) // shrink
        small = np.asarray(cv2.resize(part, size_left, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    else:
        small = block_means(part, shrink)
    # photo = small * shrink + (shrink - 1) / 2 + corner, in pixel centres
    offset = np.array([x0, y0]) + (shrink - 1) / 2
    to_small = np.column_stack([to_photo[:, :2] / shrink, (to_photo[:, 2] - offset) / shrink])
    return _warp(small, to_small, size, rows)


def _shrink(step: float) -> int:
    """By how much to shrink the photo for a crop whose pixels lie `step` photo pixels apart.

    From HALVED_FROM on by halves, which are fast; what is left for bilinear sampling stays under one and a half pixels.
    """
    if step < HALVED_FROM:
        return int(step)
    halves = int(np.log2(step)) - 1
    return int(step / 2**halves) << halves


def _warp(pixels: Pixels, matrix: Affine, size: int, rows: int) -> Pixels:
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(pixels, matrix, (size, rows), flags=flags), dtype=np.uint8)
