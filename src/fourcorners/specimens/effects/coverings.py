"""What people wear or hold before their faces: a mask, glasses, a hat, a hand. Drawn, not photographed."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import cv2
import numpy as np

from fourcorners.specimens.effects.finger import SKINS
from fourcorners.specimens.model import Pixels, Plane
from fourcorners.specimens.pictures import as_u8, blurred, dimmed, mixed
from fourcorners.specimens.shapes import Points, curve, filled, mask_of, pixel, shaded

__all__ = ["COVERINGS"]

Marks: TypeAlias = Mapping[str, Points]
MASK_COLOURS = [(168, 208, 226), (240, 242, 244), (28, 30, 34), (150, 190, 160), (196, 160, 190), (60, 80, 130)]
HAT_HALF_WIDTH = 1.72
"""In distances between the eyes: wide enough for the hair of the original photograph."""
FRAME_COLOURS = [(24, 22, 22), (92, 58, 34), (150, 150, 156), (170, 130, 60), (60, 20, 30)]


def masked(picture: Pixels, marks: Marks, rng: np.random.Generator) -> Pixels:
    """A pleated face mask from the bridge of the nose to below the chin, with its loops."""
    unit = _unit(marks)
    down = _down(marks)
    top = (marks["nose"] + (marks["right_eye"] + marks["left_eye"]) / 2) / 2 + down * unit * rng.uniform(-0.05, 0.15)
    right, left = marks["cheek_right"] + down * unit * 0.25, marks["cheek_left"] + down * unit * 0.25
    low_right, low_left = marks["jaw_right"] + down * unit * 0.1, marks["jaw_left"] + down * unit * 0.1
    chin = marks["chin"] + down * unit * 0.12
    bulge = down * unit * 0.16
    over_left, over_right = (top + left) / 2 - bulge / 8, (top + right) / 2 - bulge / 8
    under_left, under_right = (low_left + chin) / 2 + bulge, (low_right + chin) / 2 + bulge
    knots = [top, over_left, left, low_left, under_left, chin, under_right, low_right, right, over_right]
    outline = curve(np.array(knots), closed=True)
    colour = np.array(MASK_COLOURS[int(rng.integers(len(MASK_COLOURS)))], np.float64)
    for start, end in (
        (left, marks["cheek_left"] - down * unit * 0.25),
        (right, marks["cheek_right"] - down * unit * 0.25),
    ):
        cv2.line(picture, pixel(start), pixel(end), (colour * 0.9).tolist(), max(1, round(unit * 0.04)), cv2.LINE_AA)
    covered = filled(picture, outline, colour, 0.35 * unit, 0.62)
    for share in (0.35, 0.5, 0.65):
        a, b = right + (low_right - right) * share * 1.3, left + (low_left - left) * share * 1.3
        middle = top + (chin - top) * (0.1 + share * 0.9)
        crease = np.round(curve(np.array([a, middle, b]))).astype(np.int32)
        cv2.polylines(covered, [crease], False, (colour * 0.78).tolist(), max(1, round(unit * 0.025)), cv2.LINE_AA)
    return covered


def sunglassed(picture: Pixels, marks: Marks, rng: np.random.Generator) -> Pixels:
    """Dark lenses."""
    return _glasses(picture, marks, rng, opacity=rng.uniform(0.86, 1.0), size=rng.uniform(0.38, 0.5), thick=0.06)


def bespectacled(picture: Pixels, marks: Marks, rng: np.random.Generator) -> Pixels:
    """Clear glasses."""
    return _glasses(picture, marks, rng, opacity=rng.uniform(0.0, 0.08), size=rng.uniform(0.32, 0.44),
                    thick=rng.uniform(0.03, 0.09))  # fmt: skip


def _glasses(
    picture: Pixels, marks: Marks, rng: np.random.Generator, *, opacity: float, size: float, thick: float
) -> Pixels:
    unit = _unit(marks)
    across = (marks["left_eye"] - marks["right_eye"]) / unit
    down = np.array([-across[1], across[0]])
    frame = np.array(FRAME_COLOURS[int(rng.integers(len(FRAME_COLOURS)))]).tolist()
    pen = max(1, round(thick * unit))
    roundness = rng.uniform(2.0, 5.0)
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    shape = np.column_stack(
        [_super(np.cos(angle), roundness), _super(np.sin(angle), roundness) * rng.uniform(0.7, 1.0)]
    )
    lenses = []
    for eye, side in ((marks["right_eye"], -1), (marks["left_eye"], 1)):
        centre = eye + across * unit * 0.04 * side + down * unit * 0.06
        lenses.append(centre + size * unit * (shape[:, :1] * across + shape[:, 1:] * down))
    mask = as_u8(cv2.max(*(mask_of(lens, picture) for lens in lenses)))
    height = picture.shape[0]
    dark = np.array([rng.uniform(4, 40)] * 3) + rng.uniform(0, 14, 3)
    tint = np.linspace(0.7, 1.6, height)[:, None, None] * dark * np.ones((1, picture.shape[1], 1))
    worn = mixed(picture, as_u8(np.clip(tint, 0, 255)), as_u8(mask * opacity))
    worn = as_u8(cv2.add(worn, _reflections(mask, lenses, unit, rng)))
    bridge = [marks["right_eye"] + across * unit * (size + 0.02), marks["left_eye"] - across * unit * (size + 0.02)]
    arms = [
        (marks["left_eye"] + across * unit * (size + 0.04), marks["cheek_left"] * [1, 0] + marks["left_eye"] * [0, 1]),
        (
            marks["right_eye"] - across * unit * (size + 0.04),
            marks["cheek_right"] * [1, 0] + marks["right_eye"] * [0, 1],
        ),
    ]
    for start, end in (bridge, *arms):
        cv2.line(worn, pixel(start), pixel(end), frame, pen, cv2.LINE_AA)
    for lens in lenses:
        cv2.polylines(worn, [np.round(lens).astype(np.int32)], True, frame, pen, cv2.LINE_AA)
    return worn


def _reflections(mask: Plane, lenses: list[Points], unit: float, rng: np.random.Generator) -> Pixels:
    """A slanted pane of light in each lens."""
    glow = np.zeros_like(mask)
    slant = rng.uniform(0.2, 0.6)
    for lens in lenses:
        middle = lens.mean(axis=0) + rng.uniform(-0.1, 0.1, 2) * unit
        pane = np.array([[-0.2, -0.3], [0.0, -0.3], [0.0 - slant * 0.4, 0.3], [-0.2 - slant * 0.4, 0.3]]) * unit
        cv2.fillPoly(glow, [np.round(middle + pane).astype(np.int32)], (int(rng.integers(20, 110)),), cv2.LINE_AA)
    light = cv2.multiply(blurred(glow, unit * 0.04), mask, scale=1 / 255)
    return as_u8(cv2.merge([light, light, light]))


def hatted(picture: Pixels, marks: Marks, rng: np.random.Generator) -> Pixels:
    """A knitted hat, or a cap with its peak."""
    unit = _unit(marks)
    across = (marks["left_eye"] - marks["right_eye"]) / unit
    down = np.array([-across[1], across[0]])
    eyes = (marks["right_eye"] + marks["left_eye"]) / 2
    crown = marks["crown"] - down * unit * rng.uniform(0.3, 0.7)
    brow = eyes - down * unit * rng.uniform(0.55, 0.85)
    grey = rng.uniform(20, 210)
    colour = np.clip(grey + (rng.uniform(0, 255, 3) - grey) * 0.7, 5, 245)
    wide = HAT_HALF_WIDTH * unit
    rise = float(np.dot(brow - crown, down))
    angle = np.linspace(0, np.pi, 40)
    around, above = _super(np.cos(angle), 2.4)[:, None], _super(np.sin(angle), 2.1)[:, None]
    dome = brow + around * across * wide - above * down * rise
    worn = filled(picture, dome, colour, 0.5 * unit, 0.55)
    if rng.random() < 0.5:
        peak = curve(np.array([brow - across * unit * 1.35, brow + down * unit * 0.0, brow + across * unit * 1.35,
                                brow + across * unit * 0.9 + down * unit * 0.32, brow + down * unit * 0.42,
                                brow - across * unit * 0.9 + down * unit * 0.32]), closed=True)  # fmt: skip
        shade = mask_of(peak + down * unit * 0.25, picture)
        worn = dimmed(worn, as_u8(255 - blurred(shade, unit * 0.12) * np.float32(0.45)))
        return filled(worn, peak, colour * 0.75, 0.12 * unit, 0.6)
    band = curve(np.array([brow - across * wide * 1.02, brow - down * unit * 0.2, brow + across * wide * 1.02,
                            brow + across * wide + down * unit * 0.35, brow + down * unit * 0.3,
                            brow - across * wide + down * unit * 0.35]), closed=True)  # fmt: skip
    return filled(worn, band, colour * 0.85, 0.18 * unit, 0.6)


def handed(picture: Pixels, marks: Marks, rng: np.random.Generator) -> Pixels:
    """Four fingers over part of the face, from below or from one side."""
    unit = _unit(marks)
    down = _down(marks)
    side = float(rng.choice([-1, 1]))
    across = (marks["left_eye"] - marks["right_eye"]) / unit * side
    target = [marks["mouth"], marks["nose"], (marks["right_eye"] + marks["left_eye"]) / 2][int(rng.integers(3))]
    lean = rng.uniform(0.2, 1.0)
    way = across * lean + down * (1.2 - lean)
    way = way / float(np.hypot(*way))
    beside = np.array([-way[1], way[0]])
    skin = np.array(SKINS[int(rng.integers(len(SKINS)))], np.float64)
    worn = picture
    for number in range(4):
        tip = target - way * unit * (0.4 - 0.12 * abs(number - 1.4)) + beside * unit * 0.36 * (number - 1.5)
        mask = np.zeros(picture.shape[:2], np.uint8)
        root = target + way * unit * 5 + beside * unit * 0.36 * (number - 1.5)
        cv2.line(mask, pixel(tip), pixel(root), (255,), max(2, round(unit * 0.36)), cv2.LINE_AA)
        worn = dimmed(worn, as_u8(255 - np.roll(blurred(mask, unit * 0.08), round(unit * 0.04), 0) * np.float32(0.35)))
        worn = shaded(worn, mask, skin, 0.1 * unit, 0.6)
    return worn


COVERINGS: dict[str, Callable[[Pixels, Marks, np.random.Generator], Pixels]] = {
    "mask": masked,
    "sunglasses": sunglassed,
    "glasses": bespectacled,
    "hat": hatted,
    "hand": handed,
}


def _unit(marks: Marks) -> float:
    """Distance between the eyes."""
    return float(np.hypot(*(marks["left_eye"] - marks["right_eye"])))


def _down(marks: Marks) -> Points:
    """From the eyes to the chin, length 1."""
    way = marks["chin"] - (marks["right_eye"] + marks["left_eye"]) / 2
    return way / float(np.hypot(*way))


def _super(value: Points, power: float) -> Points:
    return np.sign(value) * np.abs(value) ** (2 / power)
