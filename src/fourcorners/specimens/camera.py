"""A phone held over a table: where the document comes to lie in the photo, and how the scene is put together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad, apply_homography, homography
from fourcorners.specimens.model import MM_PER_INCH, Pixels, Plane, Side, box_quad
from fourcorners.specimens.pictures import as_u8, blurred, dimmed, mixed, resized, warped

__all__ = ["Scene", "lay", "overlay", "pose", "side_corners"]

FOCAL_LENGTH = 1.15
"""In units of the longer side of the frame: a phone's main camera (about 26 mm equivalent, slightly cropped)."""
SHADOW_SCALE = 4
CARD_THICKNESS_MM = 0.76
RIM_TONES = [(226, 224, 218), (170, 168, 164), (120, 118, 116)]


@dataclass(frozen=True)
class Scene:
    """A photo being made: `matrix` carries the side's pixels to the photo's, `coverage` is 255 on the document."""

    pixels: Pixels
    coverage: Plane
    matrix: NDArray[np.float64]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.pixels.shape[1], self.pixels.shape[0]


def side_corners(side: Side) -> Quad:
    """The corners of a side in its own pixels."""
    return box_quad(0, 0, *side.size)


def pose(
    size: tuple[int, int],
    side: Side,
    rng: np.random.Generator,
    *,
    tilt_deg: float,
    turn_deg: float,
    fill: float,
    margin: float = 0.03,
) -> NDArray[np.float64]:
    """The homography from a side's pixels to a photo of (width, height).

    The camera looks at the document tilted by up to `tilt_deg` about both axes and turned by `turn_deg`; the outline
    fills the share `fill` of the frame less a `margin`, and lies anywhere that keeps it within.
    """
    width, height = side.size
    plane = (side_corners(side) - [width / 2, height / 2]) / width
    tilt_x, tilt_y = np.radians(rng.uniform(-tilt_deg, tilt_deg, 2))
    turn = np.radians(turn_deg)
    spin = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    nod = np.array([[1, 0, 0], [0, np.cos(tilt_x), -np.sin(tilt_x)], [0, np.sin(tilt_x), np.cos(tilt_x)]])
    shake = np.array([[np.cos(tilt_y), 0, np.sin(tilt_y)], [0, 1, 0], [-np.sin(tilt_y), 0, np.cos(tilt_y)]])
    turned = np.column_stack([plane, np.zeros(4)]) @ (shake @ nod @ spin).T
    distance = FOCAL_LENGTH / max(fill, 0.05)
    flat = FOCAL_LENGTH * turned[:, :2] / (turned[:, 2:] + distance)
    low, high = flat.min(axis=0), flat.max(axis=0)
    frame = np.array(size, dtype=np.float64)
    room = frame * (1 - 2 * margin)
    scale = fill * float(np.min(room / (high - low)))
    spare = room - (high - low) * scale
    # Most people centre: spread within the middle of the spare room.
    at = frame * margin + spare * np.clip(rng.normal(0.5, 0.18, 2), 0, 1)
    return homography(side_corners(side), (flat - low) * scale + at)


def lay(
    background: Pixels, side: Side, matrix: NDArray[np.float64], rng: np.random.Generator, *, height: float = 1.0
) -> Scene:
    """Lay a side on a background with its shadow and the rim of its edge; `height` 1 is a card's thickness."""
    px_per_mm = _zoom(side, matrix) * side.dpi / MM_PER_INCH
    face, coverage = _seen(side, matrix, (background.shape[1], background.shape[0]))
    picture = _with_shadow(background, coverage, px_per_mm, height, rng)
    rim = np.roll(coverage, _rim_shift(px_per_mm * height, rng), axis=(0, 1))
    tone = RIM_TONES[int(rng.integers(len(RIM_TONES)))]
    picture = mixed(picture, np.full_like(picture, tone), rim)
    return Scene(mixed(picture, face, coverage), coverage, matrix)


def overlay(background: Pixels, side: Side, matrix: NDArray[np.float64]) -> Scene:
    """Put a side flat into a picture: printed there, or shown there."""
    face, coverage = _seen(side, matrix, (background.shape[1], background.shape[0]))
    return Scene(mixed(background, face, coverage), coverage, matrix)


def _seen(side: Side, matrix: NDArray[np.float64], size: tuple[int, int]) -> tuple[Pixels, Plane]:
    """The side as it lies in a photo of (width, height), and its coverage; shrunk first so that it does not alias."""
    zoom = _zoom(side, matrix)
    pixels, alpha = side.pixels, side.alpha
    if zoom < 0.75:
        small = max(8, round(side.size[0] * zoom * 1.15)), max(8, round(side.size[1] * zoom * 1.15))
        matrix = matrix @ np.diag([side.size[0] / small[0], side.size[1] / small[1], 1.0])
        pixels, alpha = resized(pixels, small), resized(alpha, small)
    return warped(pixels, matrix, size, repeat_edge=True), warped(alpha, matrix, size)


def _zoom(side: Side, matrix: NDArray[np.float64]) -> float:
    """Photo pixels for a pixel of the side, at its middle."""
    centre = np.array(side.size) / 2
    a, b, c = apply_homography(matrix, np.array([centre, centre + np.array([1.0, 0.0]), centre + np.array([0.0, 1.0])]))
    return float(np.sqrt(abs(np.linalg.det(np.column_stack([b - a, c - a])))))


def _with_shadow(
    background: Pixels, coverage: Plane, px_per_mm: float, height: float, rng: np.random.Generator
) -> Pixels:
    """A soft contact shadow, thrown to one side."""
    size = background.shape[1] // SHADOW_SCALE, background.shape[0] // SHADOW_SCALE
    offset = rng.uniform(-1.4, 1.4, 2) * height * px_per_mm / SHADOW_SCALE
    thrown = warped(resized(coverage, size), np.array([[1, 0, offset[0]], [0, 1, offset[1]]]), size)
    thrown = blurred(thrown, max(0.6, rng.uniform(0.5, 1.8) * height * px_per_mm / SHADOW_SCALE))
    return dimmed(background, as_u8(255 - thrown * np.float32(rng.uniform(0.25, 0.7))))


def _rim_shift(px_per_mm: float, rng: np.random.Generator) -> tuple[int, int]:
    """How the rim of a plastic card, 0.76 mm thick, shows beyond its face when seen at a slant (rows, columns)."""
    slant = rng.uniform(-0.3, 0.3, 2) * CARD_THICKNESS_MM * px_per_mm
    return round(slant[0]), round(slant[1])
