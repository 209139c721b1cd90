"""A head cut out of a photograph: the one that specimens start from, and how it turns and takes light."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.data import astronaut

from fourcorners.kit.data import load_toml
from fourcorners.specimens.model import Pixels, Plane
from fourcorners.specimens.pictures import as_u8, blurred, resized
from fourcorners.specimens.shapes import Points

__all__ = ["ENLARGEMENT", "Head", "moved_head", "original_head", "relit", "turned"]

ENLARGEMENT = 3
"""How much the photograph is enlarged, so that warps and drawn hair keep their fineness."""
CUT_OUT_ROUNDS = 6
Field = NDArray[np.float32]


@dataclass(frozen=True)
class Head:
    """A head without body: `alpha` is 255 where it is, `skin` where it is not hair; landmarks are points in pixels.

    `hair_colour` is RGB; `hair_length` how far hair falls behind the neck, in distances between the eyes.
    """

    pixels: Pixels
    alpha: Plane
    skin: Plane
    landmarks: Mapping[str, Points]
    hair_colour: tuple[float, float, float]
    hair_length: float = 0.0
    sex: str = "F"


@cache
def original_head() -> Head:
    """The head of NASA's public-domain portrait of Eileen Collins, as scikit-image carries it."""
    data = load_toml("fourcorners.specimens", "heads.toml")
    crop = data["crop"]
    whole: Pixels = astronaut()  # type: ignore[no-untyped-call]
    photo = np.ascontiguousarray(
        whole[crop["top"] : crop["top"] + crop["height"], crop["left"] : crop["left"] + crop["width"]]
    )
    size = photo.shape[1] * ENLARGEMENT, photo.shape[0] * ENLARGEMENT
    cut_out = _cut_out(photo, data["cut_out"])
    skin = _skin(photo, cut_out, data["skin"])
    hair = photo[(cut_out > 0) & (skin == 0)].mean(axis=0)
    alpha = blurred(resized(cut_out, size), ENLARGEMENT * 0.7)
    # The photograph's backdrop bleeds into the outermost pixels: pull the edge in.
    alpha = as_u8(np.clip((alpha.astype(np.float32) - 110) * 2.2, 0, 255))
    points = {name: np.array(at) * ENLARGEMENT for name, at in data["landmarks"].items()}
    soft_skin = blurred(resized(skin, size), ENLARGEMENT * 1.2)
    return Head(resized(photo, size), alpha, soft_skin, points, (float(hair[0]), float(hair[1]), float(hair[2])))


def _cut_out(photo: Pixels, data: Mapping[str, list[int]]) -> Plane:
    """255 on the head, 0 on the backdrop."""
    marks = np.full(photo.shape[:2], cv2.GC_BGD, np.uint8)
    left, top, width, height = data["search"]
    marks[top : top + height, left : left + width] = cv2.GC_PR_BGD
    _mark(marks, data["probable"], cv2.GC_PR_FGD)
    _mark(marks, data["certain"], cv2.GC_FGD)
    return _parted(photo, marks)


def _skin(photo: Pixels, cut_out: Plane, data: Mapping[str, Any]) -> Plane:
    """255 on the skin of the head, 0 on its hair."""
    rows = np.arange(photo.shape[0])[:, None]
    inside = cut_out > 0
    hair = inside & (rows < data["hair_above"])
    marks = np.full(photo.shape[:2], cv2.GC_BGD, np.uint8)
    marks[inside] = cv2.GC_PR_BGD
    marks[inside & (rows > data["skin_below"])] = cv2.GC_PR_FGD
    _mark(marks, data["probable"], cv2.GC_PR_FGD)
    _mark(marks, data["certain"], cv2.GC_FGD)
    marks[hair] = cv2.GC_BGD
    # What is not head must teach the search nothing: it is painted with pixels of the hair.
    painted = photo.copy()
    samples = photo[hair]
    chosen = np.random.default_rng(0).integers(0, len(samples), int((~inside).sum()))
    painted[~inside] = samples[chosen]
    return as_u8(np.where(inside, _parted(painted, marks), 0))


def _mark(marks: Plane, ellipse: list[int], mark: int) -> None:
    x, y, half_width, half_height = ellipse
    cv2.ellipse(marks, (x, y), (half_width, half_height), 0, 0, 360, (int(mark),), -1)


def _parted(photo: Pixels, marks: Plane) -> Plane:
    """GrabCut from marks: 255 on the foreground."""
    cv2.setRNGSeed(1)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(photo, marks, (0, 0, 1, 1), *models, CUT_OUT_ROUNDS, cv2.GC_INIT_WITH_MASK)
    return as_u8(np.where((marks == cv2.GC_FGD) | (marks == cv2.GC_PR_FGD), 255, 0))


def moved_head(source: Head, move_x: Field, move_y: Field) -> Head:
    """The head with each pixel taken from where the field says it came from."""
    height, width = source.alpha.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    map_x, map_y = x - move_x, y - move_y
    pixels = cv2.remap(source.pixels, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    planes = [as_u8(cv2.remap(plane, map_x, map_y, cv2.INTER_LINEAR)) for plane in (source.alpha, source.skin)]
    landmarks = {name: _moved(point, move_x, move_y) for name, point in source.landmarks.items()}
    return replace(source, pixels=as_u8(pixels), alpha=planes[0], skin=planes[1], landmarks=landmarks)


def _moved(point: Points, move_x: Field, move_y: Field) -> Points:
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
    return moved_head(source, move_x, move_y)


def relit(source: Head, direction: tuple[float, float], strength: float) -> Head:
    """The head lit from one side: `direction` points to the lamp, right and down; `strength` 0..1."""
    across, down, _, _ = _egg(source)
    light = 1 + strength * (across * direction[0] + down * direction[1])
    pixels = as_u8(np.clip(source.pixels * np.clip(light, 0.15, 1.6)[..., None].astype(np.float32), 0, 255))
    return replace(source, pixels=pixels)


def _egg(source: Head) -> tuple[Field, Field, Field, float]:
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
