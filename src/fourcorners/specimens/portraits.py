"""Identity photographs: a head on plain ground, in clothes that we draw."""

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fourcorners.specimens.heads import Head
from fourcorners.specimens.model import Pixels, Plane, SpecimenError
from fourcorners.specimens.people import head
from fourcorners.specimens.pictures import as_u8, blurred, dimmed, mixed, resized, warped
from fourcorners.specimens.shapes import curve, filled, mask_of

__all__ = ["PORTRAIT_ASPECT", "Person", "carried", "dress", "head_placement", "id_portrait"]

Person = int | Path
"""Who is shown: 0 for the public-domain photograph, another number for a person derived from it, or a picture file."""

PORTRAIT_ASPECT = 35 / 45
PORTRAIT_SIZE = (420, 540)
EYE_LINE = 0.46
EYE_GAP = 0.245
"""Height of the eyes and distance between them as shares of the picture's height and width, within ISO/IEC 39794-5."""
CHIN_TO_GAP = 1.74
"""From the eyes to the chin, in distances between the eyes, on the original photograph."""
GROUNDS = [(236, 238, 240), (222, 228, 234), (240, 238, 232), (214, 222, 230)]
SHOULDERS = [[-3.4, 8], [-3.0, 1.3], [-2.3, 0.72], [-1.2, 0.2], [-0.86, -0.1], [-0.5, 0.42], [0, 0.62]]
NECK = [[-0.84, 1.2], [-0.80, 0.2], [-0.74, -0.3], [-0.66, -0.9], [0, -0.9]]
LAPEL = [[0.8, -0.12], [1.2, 0.16], [2.4, 0.7], [3.1, 1.3], [3.6, 8], [0.05, 8], [0.2, 2.1], [0.7, 0.6]]


@lru_cache(maxsize=128)
def id_portrait(person: Person, seed: int = 0) -> Pixels:
    """A portrait of 35:45, 420x540 pixels, RGB; `seed` chooses clothes and ground, never the face. Do not change it.

    Raises SpecimenError for a file that is no picture.
    """
    if isinstance(person, Path):
        return _from_file(person)
    rng = np.random.default_rng((seed, 31))
    tone = np.array(GROUNDS[int(rng.integers(len(GROUNDS)))], np.float32)
    shade = np.linspace(1.02, 0.94, PORTRAIT_SIZE[1], dtype=np.float32)[:, None, None]
    ground = as_u8(np.clip(tone * shade * np.ones((1, PORTRAIT_SIZE[0], 1), np.float32), 0, 255))
    source = head(person)
    return dress(source, ground, head_placement(source, PORTRAIT_SIZE, (0.5, EYE_LINE), EYE_GAP), rng)[0]


def dress(source: Head, ground: Pixels, matrix: NDArray[np.float64], rng: np.random.Generator) -> tuple[Pixels, Plane]:
    """Put a head with drawn clothes before a ground, by a 2x3 matrix; returns the picture and where the person is."""
    size = ground.shape[1], ground.shape[0]
    place = carried(source, matrix)
    unit = float(np.hypot(*(place["mouth_left"] - place["mouth_right"]))) * 1.1
    unit = (unit * float(np.hypot(*(place["left_eye"] - place["right_eye"])))) ** 0.5
    picture, body = _torso(
        _with_long_hair(source, ground, place, unit, rng), place["neck"], unit, _neck_colour(source), rng
    )
    pixels = warped(source.pixels, matrix, size, repeat_edge=True)
    alpha = warped(source.alpha, matrix, size)
    collar = np.full(alpha.shape, 255, np.uint8)
    collar[round(place["neck"][1] - 0.1 * unit) :] = 0
    share = as_u8(cv2.multiply(alpha, blurred(collar, 0.1 * unit), scale=1 / 255))
    return mixed(picture, pixels, share), as_u8(cv2.max(body, share))


def _with_long_hair(
    source: Head, ground: Pixels, place: dict[str, NDArray[np.float64]], unit: float, rng: np.random.Generator
) -> Pixels:
    """Hair that falls behind the neck, in strands."""
    if not source.hair_length:
        return ground
    middle, drop = (place["right_eye"] + place["left_eye"]) / 2, source.hair_length
    neck = float(place["neck"][1] - middle[1]) / unit
    half = [
        [0, -0.9],
        [1.15, -0.6],
        [1.5, 0.3],
        [1.5, neck * 0.7],
        [1.4, neck + drop * 0.7],
        [1.0, neck + drop],
        [0, neck + drop],
    ]
    outline = curve(middle + unit * _both_sides(half), closed=True)
    picture = filled(ground, outline, np.array(source.hair_colour) * 0.9, 0.3 * unit, 0.5)
    strands = cv2.resize(rng.random((4, ground.shape[1] // 5), dtype=np.float32), (ground.shape[1], ground.shape[0]))
    light = as_u8(255 - mask_of(outline, ground) * (0.22 * strands))
    return dimmed(picture, light)


def carried(source: Head, matrix: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """The head's landmarks where a 2x3 matrix puts them."""
    return {name: matrix @ np.append(point, 1) for name, point in source.landmarks.items()}


def head_placement(
    source: Head, size: tuple[int, int], eyes_at: tuple[float, float], eye_gap: float
) -> NDArray[np.float64]:
    """The 2x3 similarity that brings a head's eyes level, their middle `eyes_at` of (width, height).

    An average face's eyes then stand `eye_gap` of the width apart. Faces differ in that: half of the scale comes from
    the distance to the chin.
    """
    right, left = source.landmarks["right_eye"], source.landmarks["left_eye"]
    across = left - right
    drop = float(np.hypot(*(source.landmarks["chin"] - (right + left) / 2)))
    scale = eye_gap * size[0] / (float(np.hypot(*across)) * drop / CHIN_TO_GAP) ** 0.5
    angle = -float(np.arctan2(across[1], across[0]))
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = np.array(eyes_at) * size
    return np.column_stack([turn, middle - turn @ ((right + left) / 2)])


def _neck_colour(source: Head) -> NDArray[np.float64]:
    """Between the chin's colour and that of the shade under it."""
    tones = []
    for name, above, below in (("chin", 45, 20), ("neck", 18, 6)):
        x, y = (round(value) for value in source.landmarks[name])
        tones.append(source.pixels[y - above : y - below, x - 30 : x + 30].reshape(-1, 3).mean(axis=0))
    return np.asarray(0.45 * tones[0] + 0.5 * tones[1])


def _torso(
    ground: Pixels, neck: NDArray[np.float64], unit: float, skin: NDArray[np.float64], rng: np.random.Generator
) -> tuple[Pixels, Plane]:
    """Neck, shoulders and a collar, softly shaded, and where they are; `unit` is about the eyes' distance."""
    grey = rng.uniform(25, 215)
    cloth = np.clip(grey + (rng.uniform(0, 255, 3) - grey) * rng.uniform(0, 0.6), 0, 240)
    picture = filled(ground, neck + unit * _both_sides(NECK), skin, 0.25 * unit, 0.6)
    picture = filled(picture, neck + unit * _both_sides(SHOULDERS), cloth, 0.3 * unit, 0.75)
    if rng.random() < 0.5:
        jacket = cloth * rng.uniform(0.25, 0.6)
        for side in (-1, 1):
            picture = filled(picture, neck + unit * np.array(LAPEL) * [side, 1], jacket, 0.2 * unit, 0.75)
    body = cv2.max(*(mask_of(neck + unit * _both_sides(half), ground) for half in (NECK, SHOULDERS)))
    return picture, as_u8(body)


def _both_sides(half: list[list[float]]) -> NDArray[np.float64]:
    """A polygon from its left half."""
    points = np.array(half, dtype=np.float64)
    return np.vstack([points, (points * [-1, 1])[::-1]])


def _from_file(path: Path) -> Pixels:
    """The middle of the picture at the right aspect."""
    try:
        with Image.open(path) as opened:
            photo = as_u8(np.asarray(opened.convert("RGB")))
    except OSError as error:
        raise SpecimenError(f"{path} is not a picture that can be read.", file=str(path)) from error
    height, width = photo.shape[:2]
    wanted = min(width, round(height * PORTRAIT_ASPECT)), min(height, round(width / PORTRAIT_ASPECT))
    left, top = (width - wanted[0]) // 2, (height - wanted[1]) // 3
    return resized(photo[top : top + wanted[1], left : left + wanted[0]], PORTRAIT_SIZE)
