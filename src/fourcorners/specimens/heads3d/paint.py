"""Painting a relief as a camera sees it: every point of it, the nearest on top."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.specimens.heads3d.relief import Relief
from fourcorners.specimens.model import Pixels, Plane
from fourcorners.specimens.pictures import as_u8, blurred, warped

__all__ = ["Attitude", "Lens", "paint"]


MARGIN_PX = 8
"""So far beyond its outermost points a relief may be filled and softened."""
DEPTHS = 60_000


@dataclass(frozen=True, slots=True)
class Attitude:
    """How a body is held: angles in degrees with the signs of ISO/IEC 39794-5, shift and pivot in eye distances.

    `yaw` is positive towards the person's own left, `pitch` downwards, `roll` towards the own right shoulder. It turns
    about `pivot`, then moves by `shift`.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    shift: tuple[float, float, float] = (0.0, 0.0, 0.0)
    pivot: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Lens:
    """A pinhole camera that sees the origin at `centre` (pixels) from `distance` eye distances, `scale` px a unit."""

    centre: tuple[float, float]
    distance: float
    scale: float


def paint(ground: Pixels, relief: Relief, attitude: Attitude, lens: Lens) -> Pixels:
    """The relief before a ground (h, w, 3)."""
    pixels, alpha = (_flat if relief.flat else _splashed)(ground, relief, attitude, lens)
    share = cv2.merge([alpha, alpha, alpha])
    top, under = cv2.multiply(pixels, share, scale=1 / 255), cv2.multiply(ground, 255 - share, scale=1 / 255)
    return as_u8(cv2.add(top, under))


def _splashed(ground: Pixels, relief: Relief, attitude: Attitude, lens: Lens) -> tuple[Pixels, Plane]:
    """Pixels and opacity as each point of the relief falls into the picture; worked out only where any does."""
    places, columns, rows = relief.cloud
    across, away = _projected(places, attitude, lens)
    x, y = np.round(across).astype(np.int32).T
    height, width = ground.shape[:2]
    seen = np.flatnonzero((x >= 0) & (x < width) & (y >= 0) & (y < height))
    pixels, alpha = np.zeros((height, width, 3), np.uint8), np.zeros((height, width), np.uint8)
    if not len(seen):
        return pixels, alpha
    order = seen[_farthest_first(away[seen])]  # the nearest is written last
    x, y = x[order], y[order]
    left, top = max(0, int(x.min()) - MARGIN_PX), max(0, int(y.min()) - MARGIN_PX)
    right, bottom = min(width, int(x.max()) + MARGIN_PX + 1), min(height, int(y.max()) + MARGIN_PX + 1)
    at = (y - top) * (right - left) + (x - left)
    map_x, map_y = (np.full((bottom - top, right - left), -1, np.float32) for _ in range(2))
    map_x.reshape(-1)[at], map_y.reshape(-1)[at] = columns[order], rows[order]
    map_x, map_y = _without_holes(map_x), _without_holes(map_y)
    part = cv2.remap(relief.pixels, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    share = cv2.remap(relief.alpha, map_x, map_y, cv2.INTER_LINEAR)
    pixels[top:bottom, left:right] = as_u8(part)
    alpha[top:bottom, left:right] = blurred(as_u8(np.where(map_x < 0, 0, share)), 0.7)
    return pixels, alpha


def _farthest_first(away: NDArray[np.float32]) -> NDArray[np.intp]:
    """Their order by distance, told apart to a 60,000th of the deepest: whole numbers are sorted by their digits."""
    nearest, deepest = float(away.min()), float(away.max())
    steps = (deepest - away) * np.float32(DEPTHS / max(deepest - nearest, 1e-6))
    return np.argsort(steps.astype(np.uint16), kind="stable")


def _flat(ground: Pixels, relief: Relief, attitude: Attitude, lens: Lens) -> tuple[Pixels, Plane]:
    """The same for a sheet, which a homography carries."""
    height, width = relief.alpha.shape
    corners = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]])
    across, _ = _projected(relief.places[corners[:, 1], corners[:, 0]], attitude, lens)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), across.astype(np.float32))
    size = ground.shape[1], ground.shape[0]
    homography = np.asarray(matrix, dtype=np.float64)
    return warped(relief.pixels, homography, size, repeat_edge=True), blurred(
        warped(relief.alpha, homography, size), 0.7
    )


def _projected(
    places: NDArray[np.float32], attitude: Attitude, lens: Lens
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Pixels (n, 2) that points (n, 3) fall on, and their distances from the camera (n,)."""
    turn, pivot = rotation(attitude), np.array(attitude.pivot)
    x, y, near = cv2.split(
        cv2.transform(places[:, None], np.column_stack([turn, pivot + attitude.shift - turn @ pivot]))
    )
    away = np.float32(lens.distance) - near
    zoom = np.float32(lens.scale * lens.distance) / away
    across = cv2.merge([x * zoom + np.float32(lens.centre[0]), y * zoom + np.float32(lens.centre[1])])
    return np.asarray(across[:, 0], dtype=np.float32), np.asarray(away[:, 0], dtype=np.float32)


def rotation(attitude: Attitude) -> NDArray[np.float64]:
    """The matrix that turns points (x right, y down, z to the camera): pitch first, then yaw, then roll."""
    a, b, c = np.radians([attitude.yaw, attitude.pitch, attitude.roll])
    yaw = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
    pitch = np.array([[1, 0, 0], [0, np.cos(b), np.sin(b)], [0, -np.sin(b), np.cos(b)]])
    roll = np.array([[np.cos(c), np.sin(c), 0], [-np.sin(c), np.cos(c), 0], [0, 0, 1]])
    return np.asarray(roll @ yaw @ pitch)


def _without_holes(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    """Gaps of a few pixels between splashed points take their greatest neighbour."""
    for _ in range(3):
        grown = cv2.dilate(plane, np.ones((3, 3), np.uint8))
        inside = cv2.erode(
            cv2.dilate((plane >= 0).astype(np.uint8), np.ones((5, 5), np.uint8)), np.ones((5, 5), np.uint8)
        )
        plane = np.where((plane < 0) & (inside > 0), grown, plane)
    return plane
