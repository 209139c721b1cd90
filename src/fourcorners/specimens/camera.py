"""A phone held over a table: where the document comes to lie in the photo, and how the scene is put together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad, apply_homography, homography
from fourcorners.specimens.model import Pixels, Plane, Side, box_quad
from fourcorners.specimens.pictures import as_u8, blurred, dimmed, mixed, resized, warped

__all__ = ["Scene", "lay", "pose", "side_corners"]

FOCAL_LENGTH = 1.15
"""In units of the longer side of the frame: a phone's main camera (about 26 mm equivalent, slightly cropped)."""
SHADOW_SCALE = 4


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


def lay(background: Pixels, side: Side, matrix: NDArray[np.float64], rng: np.random.Generator) -> Scene:
    """Lay a side on a background with its shadow and the thickness of its edge."""
    size = background.shape[1], background.shape[0]
    document, alpha, to_photo = _prepared(side, matrix)
    pixels = np.dstack([document, alpha])
    laid = warped(pixels, to_photo, size)
    coverage = np.ascontiguousarray(laid[..., 3])
    px_per_mm = float(np.sqrt(abs(np.linalg.det(_scale_at_centre(side, matrix))))) * side.dpi / 25.4
    picture = _with_shadow(background, coverage, px_per_mm, rng)
    edge = np.roll(coverage, _edge_shift(px_per_mm, rng), axis=(0, 1))
    edge_colour = np.array(rng.choice([[226, 224, 218], [170, 168, 164], [120, 118, 116]]), np.float32)
    picture = mixed(picture, np.broadcast_to(edge_colour.astype(np.uint8), picture.shape), edge)
    picture = mixed(picture, laid[..., :3], coverage)
    return Scene(picture, coverage, matrix)


def _prepared(side: Side, matrix: NDArray[np.float64]) -> tuple[Pixels, Plane, NDArray[np.float64]]:
    """The side shrunk to about the size it has in the photo, so that warping does not alias."""
    zoom = float(np.sqrt(abs(np.linalg.det(_scale_at_centre(side, matrix)))))
    if zoom > 0.75:
        return side.pixels, side.alpha, matrix
    size = max(8, round(side.size[0] * zoom * 1.15)), max(8, round(side.size[1] * zoom * 1.15))
    back = np.diag([side.size[0] / size[0], side.size[1] / size[1], 1.0])
    return resized(side.pixels, size), resized(side.alpha, size), matrix @ back


def _scale_at_centre(side: Side, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """The 2x2 derivative of the homography at the side's middle."""
    centre = np.array(side.size) / 2
    points = np.array([centre, centre + np.array([1.0, 0.0]), centre + np.array([0.0, 1.0])])
    a, b, c = apply_homography(matrix, points)
    return np.column_stack([b - a, c - a])


def _with_shadow(background: Pixels, coverage: Plane, px_per_mm: float, rng: np.random.Generator) -> Pixels:
    """A soft contact shadow, thrown to one side."""
    size = background.shape[1] // SHADOW_SCALE, background.shape[0] // SHADOW_SCALE
    offset = rng.uniform(-1.4, 1.4, 2) * px_per_mm / SHADOW_SCALE
    thrown = warped(resized(coverage, size), np.array([[1, 0, offset[0]], [0, 1, offset[1]]]), size)
    thrown = blurred(thrown, max(0.6, rng.uniform(0.5, 1.8) * px_per_mm / SHADOW_SCALE))
    return dimmed(background, as_u8(255 - thrown * np.float32(rng.uniform(0.25, 0.7))))


def _edge_shift(px_per_mm: float, rng: np.random.Generator) -> tuple[int, int]:
    """How the rim of a plastic card, 0.76 mm thick, shows beyond its face when seen at a slant (rows, columns)."""
    slant = rng.uniform(-0.3, 0.3, 2) * 0.76 * px_per_mm
    return round(slant[0]), round(slant[1])
