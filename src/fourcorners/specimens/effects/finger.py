"""A finger that lies over part of the document."""

import cv2
import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.specimens.model import Pixels, Plane
from fourcorners.specimens.pictures import as_u8, blurred, dimmed, mixed, resized
from fourcorners.specimens.shapes import Points

__all__ = ["FINGER_MM", "SKINS", "fingered", "pressed"]

SKINS = [(236, 196, 170), (214, 164, 132), (176, 124, 92), (124, 82, 60), (86, 56, 42)]
"""Skin from light to dark, RGB."""
WORKING_SIDE = 1024
FINGER_MM = 17.0
FINGER_SHARE = 0.2
"""Width of a fingertip as a share of an ID-1 card's width: 17 mm of 85.6 mm."""


def fingered(
    picture: Pixels, corners: Quad, target: Quad, severity: float, rng: np.random.Generator
) -> tuple[Pixels, Plane]:
    """Lay a finger from the document's nearest edge over the middle of `target`; returns the photo and its mask."""
    tip = target.mean(axis=0)
    edges = [(corners[i] + corners[(i + 1) % 4]) / 2 for i in range(4)]
    start = min(edges, key=lambda edge: float(np.hypot(*(edge - tip))))
    inward = tip - start
    inward = inward / max(float(np.hypot(*inward)), 1e-6)
    turn = rng.uniform(-0.5, 0.5)
    inward = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ inward
    return pressed(picture, tip, inward, _breadth(corners) * FINGER_SHARE * (0.6 + 0.6 * severity), rng)


def pressed(
    picture: Pixels, tip: Points, inward: Points, thickness_px: float, rng: np.random.Generator
) -> tuple[Pixels, Plane]:
    """A finger that comes along `inward` (length 1) and ends at `tip`, in the photo's pixels; and its mask.

    The mask is a plane of the photo's proportions.
    """
    height, width = picture.shape[:2]
    shrink = min(1.0, WORKING_SIDE / max(height, width))
    size = round(width * shrink), round(height * shrink)
    tip, thickness = tip * shrink, thickness_px * shrink
    root = tip - inward * thickness * 9
    mask = np.zeros((size[1], size[0]), np.uint8)
    cv2.line(mask, _pixel(root), _pixel(tip), (255,), max(2, round(thickness)), cv2.LINE_AA)
    skin = np.array(SKINS[int(rng.integers(len(SKINS)))], np.float64)
    flesh = _flesh(mask, tip, inward, thickness, skin, rng)
    small = resized(picture, size)
    fall = np.roll(blurred(mask, thickness * 0.18), round(thickness * 0.1), axis=(0, 1))
    covered = mixed(dimmed(small, as_u8(255 - fall * np.float32(0.5))), flesh, blurred(mask, 0.8))
    if shrink == 1.0:
        return covered, mask
    changed = resized(as_u8(np.where(cv2.dilate(fall, np.ones((9, 9))) > 2, 255, mask)), (width, height))
    return mixed(picture, resized(covered, (width, height)), changed), mask


def _breadth(corners: Quad) -> float:
    """Length of the upper edge in pixels."""
    return float(np.hypot(*(corners[1] - corners[0])))


def _flesh(
    mask: Plane,
    tip: Points,
    inward: Points,
    thickness: float,
    skin: Points,
    rng: np.random.Generator,
) -> Pixels:
    """The finger's own colours: rounded by shading, creased at the joint, with a nail."""
    height, width = mask.shape
    relief = blurred(mask, thickness * 0.22).astype(np.float32) / 255
    grain = cv2.resize(rng.random((height // 3 + 1, width // 3 + 1), dtype=np.float32), (width, height))
    light = np.clip(0.35 + 0.75 * relief + 0.06 * (grain - 0.5), 0, 1.1)[..., None]
    colours = as_u8(np.clip(light * skin, 0, 255))
    across = np.array([-inward[1], inward[0]])
    for distance in (1.25, 1.4):
        middle = tip - inward * thickness * distance
        arc = np.array([middle + across * thickness * s * 0.3 + inward * thickness * 0.06 * s * s for s in (-1, 0, 1)])
        cv2.polylines(colours, [np.round(arc).astype(np.int32)], False, (skin * 0.6).tolist(), 1, cv2.LINE_AA)
    nail = np.zeros_like(mask)
    angle = float(np.degrees(np.arctan2(inward[1], inward[0])))
    at = tip + inward * thickness * 0.12
    cv2.ellipse(nail, (tuple(at.tolist()), (thickness * 0.62, thickness * 0.52), angle), (255,), -1, cv2.LINE_AA)
    pale = np.minimum(skin * 0.75 + np.array([64, 52, 50]), 250)
    shine = np.clip(0.82 + 0.25 * blurred(nail, thickness * 0.1).astype(np.float32) / 255, 0, 1.05)[..., None]
    return mixed(colours, as_u8(np.clip(shine * pale, 0, 255)), blurred(nail, max(0.6, thickness * 0.02)))


def _pixel(point: Points) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))
