"""Faces for specimens: one public-domain photograph, and persons derived from it.

A derived person is that photograph after smooth warps of the features and changes of hair and skin tone. They look like
different people but share one photograph's light, expression and texture: fit to exercise software, not to measure how
well it tells people apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.data import astronaut

from fourcorners.kit.data import load_toml
from fourcorners.specimens.model import Pixels, Plane
from fourcorners.specimens.pictures import as_u8

__all__ = ["Head", "head", "relit", "turned"]

ENLARGEMENT = 3
CUT_OUT_ROUNDS = 6
WARP = 0.6


@dataclass(frozen=True)
class Head:
    """A head without body: `alpha` is 255 where it is, `landmarks` are points [x, y] in pixels."""

    pixels: Pixels
    alpha: Plane
    landmarks: Mapping[str, NDArray[np.float64]]


@lru_cache(maxsize=64)
def head(person: int) -> Head:
    """Person 0 is the photograph itself; every other number is a person derived from it. Kept for the next call."""
    original = _original()
    if person == 0:
        return original
    rng = np.random.default_rng((person, 21))
    warped = _warp(original, rng)
    return Head(_tone(warped, rng), warped.alpha, warped.landmarks)


@cache
def _original() -> Head:
    data = load_toml("fourcorners.specimens", "heads.toml")
    crop = data["crop"]
    whole: Pixels = astronaut()  # type: ignore[no-untyped-call]
    photo = whole[crop["top"] : crop["top"] + crop["height"], crop["left"] : crop["left"] + crop["width"]]
    photo = np.ascontiguousarray(photo)
    size = (photo.shape[1] * ENLARGEMENT, photo.shape[0] * ENLARGEMENT)
    alpha = cv2.resize(_cut_out(photo, data["cut_out"]), size, interpolation=cv2.INTER_CUBIC)
    alpha = cv2.GaussianBlur(alpha, (0, 0), ENLARGEMENT * 0.7)
    # The photograph's backdrop bleeds into the outermost pixels: pull the edge in.
    alpha = np.clip((alpha.astype(np.float32) - 110) * 2.2, 0, 255).astype(np.uint8)
    large = cv2.resize(photo, size, interpolation=cv2.INTER_CUBIC).astype(np.uint8)
    points = {name: np.array(at) * ENLARGEMENT for name, at in data["landmarks"].items()}
    return Head(large, alpha, points)


def _cut_out(photo: Pixels, data: dict[str, list[int]]) -> Plane:
    marks = np.full(photo.shape[:2], cv2.GC_BGD, np.uint8)
    left, top, width, height = data["search"]
    marks[top : top + height, left : left + width] = cv2.GC_PR_BGD
    for name, mark in (("probable", cv2.GC_PR_FGD), ("certain", cv2.GC_FGD)):
        x, y, half_width, half_height = data[name]
        cv2.ellipse(marks, (x, y), (half_width, half_height), 0, 0, 360, int(mark), -1)
    cv2.setRNGSeed(1)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(photo, marks, (0, 0, 1, 1), *models, CUT_OUT_ROUNDS, cv2.GC_INIT_WITH_MASK)
    return np.where((marks == cv2.GC_FGD) | (marks == cv2.GC_PR_FGD), 255, 0).astype(np.uint8)


def _warp(source: Head, rng: np.random.Generator) -> Head:
    """Move each feature a little: the displacement field is a sum of Gaussian-weighted shifts and stretches."""
    height, width = source.alpha.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    move_x, move_y = np.zeros_like(x), np.zeros_like(y)
    for feature in load_toml("fourcorners.specimens", "heads.toml")["features"]:
        shift = np.array(feature["shift"]) * rng.uniform(-WARP, WARP, 2) * ENLARGEMENT
        stretch = np.array(feature["stretch"]) * rng.uniform(-WARP, WARP, 2)
        for place, side in ((feature["at"], 1), (feature.get("mirror"), -1)):
            if place is None:
                continue
            centre = source.landmarks[place]
            dx, dy = x - centre[0], y - centre[1]
            weight = np.exp(-(dx * dx + dy * dy) / (2 * (feature["radius"] * ENLARGEMENT) ** 2))
            move_x += weight * (side * shift[0] + stretch[0] * dx)
            move_y += weight * (shift[1] + stretch[1] * dy)
    slimness = rng.uniform(-0.09, 0.09)
    axis = source.landmarks["nose"][0]
    move_x += slimness * (x - axis)
    return _moved_head(source, move_x, move_y)


def _moved_head(source: Head, move_x: NDArray[np.float32], move_y: NDArray[np.float32]) -> Head:
    """The head with each pixel taken from where the field says it came from."""
    height, width = source.alpha.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    map_x, map_y = x - move_x, y - move_y
    pixels = cv2.remap(source.pixels, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    alpha = cv2.remap(source.alpha, map_x, map_y, cv2.INTER_LINEAR)
    landmarks = {name: _moved(point, move_x, move_y) for name, point in source.landmarks.items()}
    return Head(as_u8(pixels), as_u8(alpha), landmarks)


def _moved(point: NDArray[np.float64], move_x: NDArray[np.float32], move_y: NDArray[np.float32]) -> NDArray[np.float64]:
    """Where a source point lies after the warp: the field is given at the target, so step towards it."""
    target = point.copy()
    for _ in range(8):
        column = int(np.clip(target[0], 0, move_x.shape[1] - 1))
        row = int(np.clip(target[1], 0, move_x.shape[0] - 1))
        target = point + np.array([move_x[row, column], move_y[row, column]])
    return target


def turned(source: Head, yaw_deg: float, pitch_deg: float) -> Head:
    """The head turned a little: what stands nearer moves further, on an egg-shaped head. Good for some 15 degrees."""
    _, _, depth, radius = _egg(source)
    move_x = (np.sin(np.radians(yaw_deg)) * radius * depth).astype(np.float32)
    move_y = (np.sin(np.radians(pitch_deg)) * radius * depth).astype(np.float32)
    return _moved_head(source, move_x, move_y)


def relit(source: Head, direction: tuple[float, float], strength: float) -> Head:
    """The head lit from one side: `direction` points to the lamp, right and down; `strength` 0..1."""
    across, down, _, _ = _egg(source)
    light = 1 + strength * (across * direction[0] + down * direction[1])
    pixels = as_u8(np.clip(source.pixels * np.clip(light, 0.15, 1.6)[..., None].astype(np.float32), 0, 255))
    return Head(pixels, source.alpha, source.landmarks)


def _egg(source: Head) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], float]:
    """An egg around the head: the surface's slope to the right and down, its height towards us, its radius."""
    marks = source.landmarks
    centre = (marks["cheek_right"] + marks["cheek_left"] + marks["nose"]) / 3
    radius_x = 0.78 * float(marks["cheek_left"][0] - marks["cheek_right"][0])
    radius_y = 0.58 * float(marks["neck"][1] - marks["crown"][1])
    height, width = source.alpha.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    across, down = (
        (x - np.float32(centre[0])) / np.float32(radius_x),
        (y - np.float32(centre[1])) / np.float32(radius_y),
    )
    depth = np.sqrt(np.clip(1 - across**2 - down**2, 0, 1))
    return np.clip(across, -1, 1), np.clip(down, -1, 1), depth, radius_x


def _tone(source: Head, rng: np.random.Generator) -> Pixels:
    """Other hair and another skin, by Lab shifts within soft masks."""
    lab = cv2.cvtColor(source.pixels, cv2.COLOR_RGB2LAB).astype(np.float32)
    skin = _skin_share(source)[..., None]
    skin_l = lab[..., :1] * rng.uniform(0.55, 1.08)
    skin_ab = 128 + (lab[..., 1:] - 128) * rng.uniform(0.8, 1.25) + rng.uniform(-4, 6, 2).astype(np.float32)
    hair_l = 10 + lab[..., :1] * rng.uniform(0.3, 1.15)
    hair_ab = 128 + (lab[..., 1:] - 128) * rng.uniform(0.1, 1.0) + np.array([rng.uniform(-2, 9), 0], np.float32)
    toned = np.concatenate([skin_l, skin_ab], 2) * skin + np.concatenate([hair_l, hair_ab], 2) * (1 - skin)
    return cv2.cvtColor(np.clip(toned, 0, 255).astype(np.uint8), cv2.COLOR_LAB2RGB).astype(np.uint8)


def _skin_share(source: Head) -> NDArray[np.float32]:
    """1 on the face, 0 on the hair, soft between: an ellipse of the face's landmarks, less what is hair-coloured."""
    marks = source.landmarks
    left, right = marks["cheek_right"][0], marks["cheek_left"][0]
    top, bottom = marks["right_brow"][1] - 0.28 * (right - left), marks["neck"][1] + 0.2 * (right - left)
    shape = np.zeros(source.alpha.shape, np.uint8)
    centre = (round((left + right) / 2), round((top + bottom) / 2))
    cv2.ellipse(shape, centre, (round((right - left) * 0.56), round((bottom - top) / 2)), 0, 0, 360, 255, -1)
    soft = cv2.GaussianBlur(shape, (0, 0), 5.0 * ENLARGEMENT).astype(np.float32) / 255
    return np.clip(soft * 1.3 - 0.15, 0, 1).astype(np.float32)
