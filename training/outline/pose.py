"""Where a document lies before a camera."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pose:
    """`matrix` takes the plane (document centre at 0, its longest side 1 long) to window pixels."""

    matrix: Matrix

    def __call__(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Plane points (n, 2) as window pixels."""
        mapped = np.column_stack([points, np.ones(len(points))]) @ self.matrix.T
        return mapped[:, :2] / mapped[:, 2:]


def rectangle(width: float, height: float, centre: tuple[float, float] = (0.0, 0.0)) -> NDArray[np.float64]:
    """Corners of a rectangle, clockwise from its top left."""
    return np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [width / 2, height / 2] + centre


def extent(ratio: float) -> tuple[float, float]:
    """Width and height of a rectangle with its longest side 1."""
    return (1.0, 1 / ratio) if ratio > 1 else (ratio, 1.0)


def random_pose(rng: np.random.Generator, centre: NDArray[np.float64], length: float) -> Pose:
    """A camera that sees the plane's origin at `centre` and the longest side about `length` px long."""
    turn = rng.uniform(0, 2 * np.pi) if rng.random() < 0.4 else np.radians(90 * rng.integers(4) + rng.normal(0, 7))
    tilt_max = rng.choice([0.03, 0.25, 0.65], p=[0.25, 0.45, 0.3])
    about_x, about_y = rng.uniform(-tilt_max, tilt_max, 2)
    distance = rng.uniform(1.4, 6)
    spin = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    lean = np.array([[1, 0, 0], [0, np.cos(about_x), -np.sin(about_x)], [0, np.sin(about_x), np.cos(about_x)]])
    swing = np.array([[np.cos(about_y), 0, np.sin(about_y)], [0, 1, 0], [-np.sin(about_y), 0, np.cos(about_y)]])
    rotation = swing @ lean @ spin
    place = np.column_stack([rotation[:, 0], rotation[:, 1], [0, 0, distance]])
    focal = distance * length
    camera = np.array([[focal, 0, centre[0]], [0, focal, centre[1]], [0, 0, 1]])
    matrix = camera @ place
    return Pose(matrix / matrix[2, 2])
