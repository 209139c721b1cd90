"""Identity photographs: a head on plain ground, in clothes that we draw."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fourcorners.specimens.heads import Head, head
from fourcorners.specimens.model import Pixels, SpecimenError

__all__ = ["PORTRAIT_ASPECT", "Person", "dress", "id_portrait"]

Person = int | Path
"""Who is shown: 0 for the public-domain photograph, another number for a person derived from it, or a picture file."""

PORTRAIT_ASPECT = 35 / 45
PORTRAIT_SIZE = (525, 675)
EYE_LINE = 0.46
EYE_GAP = 0.245
CHIN_TO_GAP = 1.74
"""Height of the eyes and distance between them as shares of the picture's height and width, within ISO/IEC 39794-5."""
GROUNDS = [(236, 238, 240), (222, 228, 234), (240, 238, 232), (214, 222, 230)]


def id_portrait(person: Person, seed: int = 0) -> Pixels:
    """A portrait of 35:45, 525x675 pixels, RGB. `seed` chooses clothes and ground, never the face."""
    if isinstance(person, Path):
        return _from_file(person)
    rng = np.random.default_rng((seed, 31))
    ground = np.array(GROUNDS[int(rng.integers(len(GROUNDS)))], np.float32)
    shade = np.linspace(1.02, 0.94, PORTRAIT_SIZE[1], dtype=np.float32)[:, None, None]
    picture = np.clip(ground * shade * np.ones((1, PORTRAIT_SIZE[0], 1), np.float32), 0, 255)
    return dress(head(person), picture, EYE_LINE, EYE_GAP, rng)


def dress(
    source: Head, ground: NDArray[np.float32], eye_line: float, eye_gap: float, rng: np.random.Generator
) -> Pixels:
    """Put a head with drawn clothes before a ground: eyes level, at `eye_line` of its height, `eye_gap` of its width."""
    height, width = ground.shape[:2]
    matrix = head_placement(source, (width, height), eye_line, eye_gap)
    place = {name: matrix @ np.append(point, 1) for name, point in source.landmarks.items()}
    picture = _torso(ground, place, _neck_colour(source), rng)
    pixels = cv2.warpAffine(
        source.pixels, matrix, (width, height), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE
    )
    alpha = cv2.warpAffine(source.alpha, matrix, (width, height), flags=cv2.INTER_LINEAR)
    collar = np.full(alpha.shape, 255, np.uint8)
    collar_y = round(place["neck"][1] - 0.02 * height)
    collar[collar_y:] = 0
    collar = cv2.GaussianBlur(collar, (0, 0), 0.008 * height)
    share = (alpha.astype(np.float32) * collar / 255**2)[..., None]
    return np.clip(picture + (pixels - picture) * share + 0.5, 0, 255).astype(np.uint8)


def head_placement(source: Head, size: tuple[int, int], eye_line: float, eye_gap: float) -> NDArray[np.float64]:
    """The 2x3 similarity that brings a head's eyes level to their place in a picture of (width, height)."""
    right, left = source.landmarks["right_eye"], source.landmarks["left_eye"]
    across = left - right
    # Faces differ in how far apart the eyes stand: half of the scale comes from the distance to the chin.
    gap = (
        float(np.hypot(*across)) * float(np.hypot(*(source.landmarks["chin"] - (right + left) / 2))) / CHIN_TO_GAP
    ) ** 0.5
    scale = eye_gap * size[0] / gap
    angle = -float(np.arctan2(across[1], across[0]))
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = np.array([size[0] / 2, eye_line * size[1]])
    return np.column_stack([turn, middle - turn @ ((right + left) / 2)])


def _neck_colour(source: Head) -> NDArray[np.float32]:
    x, y = (round(value) for value in source.landmarks["chin"])
    patch = source.pixels[y - 40 : y - 15, x - 25 : x + 25]
    return np.asarray(patch.reshape(-1, 3).mean(axis=0) * 0.85, np.float32)


def _torso(
    ground: NDArray[np.float32],
    place: dict[str, NDArray[np.float64]],
    skin: NDArray[np.float32],
    rng: np.random.Generator,
) -> NDArray[np.float32]:
    """Neck, shoulders and a collar, softly shaded."""
    height, width = ground.shape[:2]
    unit = float(np.hypot(*(place["left_eye"] - place["right_eye"])))
    x, y = place["neck"]
    slope = rng.uniform(0.5, 0.8)
    neck = np.array([[-0.75, -1.0], [0.75, -1.0], [0.82, 0.6], [0.3, 1.1], [-0.3, 1.1], [-0.82, 0.6]])
    shoulders = np.array(
        [[-0.8, -0.05], [-1.1, 0.15], [-2.2, slope], [-3.0, slope + 0.6], [-3.4, 8], [3.4, 8], [3.0, slope + 0.6],
         [2.2, slope], [1.1, 0.15], [0.8, -0.05], [0.45, 0.5], [0, 0.72], [-0.45, 0.5]]
    )  # fmt: skip
    cloth = rng.uniform(20, 200) * (0.7 + 0.6 * rng.random(3))
    picture = _shaded(ground, np.array([x, y]) + unit * neck, skin * 0.93, unit * 0.04)
    picture = _shaded(
        picture, np.array([x, y]) + unit * shoulders, np.minimum(cloth, 235).astype(np.float32), unit * 0.05
    )
    if rng.random() < 0.5:  # a jacket over it
        jacket = np.minimum(cloth * rng.uniform(0.25, 0.6), 255).astype(np.float32)
        for side in (-1, 1):
            lapel = np.array(
                [
                    [0.82, -0.08],
                    [1.15, 0.12],
                    [2.3, slope],
                    [3.1, slope + 0.6],
                    [3.5, 8],
                    [0.1, 8],
                    [0.25, 2.0],
                    [0.75, 0.6],
                ]
            )
            picture = _shaded(picture, np.array([x, y]) + unit * lapel * [side, 1], jacket, unit * 0.03)
    grain = rng.normal(0, 1.5, (height, width, 1)).astype(np.float32)
    below = (np.arange(height, dtype=np.float32)[:, None, None] > y).astype(np.float32)
    return picture + grain * below


def _shaded(
    picture: NDArray[np.float32], polygon: NDArray[np.float64], colour: NDArray[np.float32], softness: float
) -> NDArray[np.float32]:
    """Fill a polygon whose light falls off towards its edges."""
    mask = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(polygon * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    inner = cv2.GaussianBlur(mask, (0, 0), max(1.0, softness * 5)).astype(np.float32) / 255
    share = cv2.GaussianBlur(mask, (0, 0), max(0.6, softness * 0.3)).astype(np.float32)[..., None] / 255
    lit = colour * (0.72 + 0.33 * inner)[..., None]
    shaded: NDArray[np.float32] = picture + (lit - picture) * share
    return shaded


def _from_file(path: Path) -> Pixels:
    """The middle of the picture at the right aspect."""
    try:
        with Image.open(path) as opened:
            photo = np.asarray(opened.convert("RGB"))
    except OSError as error:
        raise SpecimenError(f"{path} is not a picture that can be read.", file=str(path)) from error
    height, width = photo.shape[:2]
    wanted = min(width, round(height * PORTRAIT_ASPECT)), min(height, round(width / PORTRAIT_ASPECT))
    left, top = (width - wanted[0]) // 2, (height - wanted[1]) // 3
    cropped = photo[top : top + wanted[1], left : left + wanted[0]]
    return cv2.resize(cropped, PORTRAIT_SIZE, interpolation=cv2.INTER_AREA).astype(np.uint8)
