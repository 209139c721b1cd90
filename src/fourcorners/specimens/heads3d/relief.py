"""A picture raised into space: a portrait over the form of a head, a sheet of paper, a display."""

from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.data import load_toml
from fourcorners.specimens.heads import Head
from fourcorners.specimens.model import Pixels, Plane
from fourcorners.specimens.pictures import as_u8, resized

__all__ = ["Field", "Relief", "head_relief", "sheet_relief", "with_lids"]

Field = NDArray[np.float32]

TEXTURE_SHARE = 0.5
"""Portraits are drawn for documents: half their pixels are enough for a clip's."""

CLEAR = 24


@dataclass(frozen=True, eq=False)
class Relief:
    """A picture (h, w, 3), its opacity (h, w), and where each pixel lies in space (h, w, 3), in eye distances.

    x to the right, y down from the middle between the eyes, z towards the camera. `eyes` are the pixels (x, y) of the
    right and left eye and half the height of an eye's opening, or None for a relief without lids.
    """

    pixels: Pixels
    alpha: Plane
    places: Field
    eyes: tuple[tuple[float, float], tuple[float, float], float] | None = None

    @cached_property
    def flat(self) -> bool:
        """Does it lie in one plane, as a sheet does?"""
        return not self.places[..., 2].any()

    @cached_property
    def cloud(self) -> tuple[Field, Field, Field]:
        """Places (n, 3) of the pixels that are not clear, with their columns and rows (n,)."""
        rows, columns = np.nonzero(self.alpha > CLEAR)
        return self.places[rows, columns], columns.astype(np.float32), rows.astype(np.float32)


def head_relief(source: Head) -> Relief:
    """A head as a relief."""
    size = round(source.pixels.shape[1] * TEXTURE_SHARE), round(source.pixels.shape[0] * TEXTURE_SHARE)
    marks = {name: point * TEXTURE_SHARE for name, point in source.landmarks.items()}
    right, left = marks["right_eye"], marks["left_eye"]
    across = left - right
    unit = float(np.hypot(*across))
    to_eyes = np.array([[across[0], across[1]], [-across[1], across[0]]]) / unit**2
    x, y = np.meshgrid(np.arange(size[0], dtype=np.float64), np.arange(size[1], dtype=np.float64))
    flat = (np.stack([x, y], axis=-1) - (right + left) / 2) @ to_eyes.T
    in_units = {name: to_eyes @ (point - (right + left) / 2) for name, point in marks.items()}
    depth = _depth(flat[..., 0], flat[..., 1], in_units)
    places = np.concatenate([flat, depth[..., None]], axis=-1).astype(np.float32)
    eyes = (float(right[0]), float(right[1])), (float(left[0]), float(left[1])), 0.1 * unit
    return Relief(resized(source.pixels, size), resized(source.alpha, size), places, eyes)


def _depth(x: NDArray[np.float64], y: NDArray[np.float64], marks: dict[str, NDArray[np.float64]]) -> Field:
    """Height of the head's surface over the plane of the eyes."""
    data = load_toml("fourcorners.specimens.heads3d", "relief.toml")
    egg = data["egg"]

    def surface(px: NDArray[np.float64], py: NDArray[np.float64]) -> NDArray[np.float64]:
        radius = (px / egg["half_width"]) ** 2 + ((py - egg["middle_y"]) / egg["half_height"]) ** 2
        beyond = np.sqrt(np.maximum(radius, egg["edge"])) - np.sqrt(egg["edge"])
        height: NDArray[np.float64] = (
            egg["depth"] * np.sqrt(1 - np.minimum(radius, egg["edge"])) - egg["edge_slope"] * beyond
        )
        for hill in data["hills"]:
            at = marks[hill["at"]] + hill["move"]
            away = ((px - at[0]) / hill["spread"][0]) ** 2 + ((py - at[1]) / hill["spread"][1]) ** 2
            height = height + hill["height"] * np.exp(-away / 2)
        return height

    eyes = np.array([marks["right_eye"], marks["left_eye"]])
    return np.asarray(surface(x, y) - surface(eyes[:, 0], eyes[:, 1]).mean(), dtype=np.float32)


def sheet_relief(picture: Pixels, width: float, bend: float = 0.0, upright: bool = True) -> Relief:
    """A picture as a sheet `width` eye distances wide, flat or bent: `bend` is the angle of the arc in radians.

    `upright` bends it around a vertical axis, else around a level one. Its middle lies at the origin.
    """
    h, w = picture.shape[:2]
    unit = width / w
    x, y = np.meshgrid((np.arange(w) - (w - 1) / 2) * unit, (np.arange(h) - (h - 1) / 2) * unit)
    along, length = (x, width) if upright else (y, h * unit)
    depth = np.zeros_like(x)
    if abs(bend) > 1e-6:
        radius = length / bend
        depth = radius * (np.cos(along / radius) - 1)
        along = radius * np.sin(along / radius)
        x, y = (along, y) if upright else (x, along)
    places = np.stack([x, y, depth], axis=-1).astype(np.float32)
    return Relief(picture, np.full((h, w), 255, np.uint8), places)


def with_lids(relief: Relief, shut: float) -> Relief:
    """The head with its lids lowered: `shut` runs from 0 (as on the picture) to 1 (closed)."""
    if relief.eyes is None or shut <= 0.01:
        return relief
    right, left, half = relief.eyes
    h, w = relief.alpha.shape
    x, y = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
    from_y, lashes = y.copy(), np.zeros_like(y)
    for ex, ey in (right, left):
        top, upper, lower = ey - 2.2 * half, ey - 1.15 * half, ey + half
        share = np.clip(1.35 - np.abs(x - ex) / (3.0 * half), 0, 1) ** 0.5
        edge = upper + np.float32(shut * 0.93) * (lower - upper) * share
        on_lid = top + (y - top) * (upper - top) / (edge - top)
        on_eye = upper + (y - edge) * (lower - upper) / np.maximum(lower - edge, 0.5)
        near = (np.abs(x - ex) < 4.0 * half) & (y > top) & (y < lower)
        from_y = np.where(near, np.where(y < edge, on_lid, on_eye), from_y)
        lashes = np.maximum(lashes, np.exp(-(((y - edge) / (0.22 * half)) ** 2)) * (np.abs(x - ex) < 2.4 * half))
    pixels = cv2.remap(relief.pixels, x, from_y.astype(np.float32), cv2.INTER_LINEAR)
    shade = 1 - np.float32(0.75 * np.clip(2 * shut - 1, 0, 1)) * lashes[..., None].astype(np.float32)
    lowered = replace(relief, pixels=as_u8(pixels * shade))
    lowered.__dict__["cloud"] = relief.cloud  # the same places, not worked out again
    return lowered
