"""Other heads from the same faces: turned in space, given another's build, and blended with another's features."""

import cv2
import numpy as np
from training.faces.canvas import HEIGHT, UNIT, WIDTH, Canvas, Image, closed_curve, inside, noise
from training.faces.headwear import FACE_OVAL

__all__ = ["blended", "moved", "rebuilt", "turned"]

NEAR, FAR = 0.22 * UNIT, 0.9 * UNIT
"""How far the shift of a mesh point is felt: between the points, and beyond the face."""
FAR_SHARE = 0.02
NODES = 25, 27
"""Columns and rows of the coarse grid on which shifts are counted."""
EVERY = 3
"""Every third mesh point is enough."""
TURN_DEG, NOD_DEG = 13.0, 8.0
TURN_MOST = 28.0


def moved(canvas: Canvas, target: np.ndarray) -> Canvas:
    """The face warped so that its points (468, 2) come to lie at `target`; what is far from them stays."""
    shift = (target - canvas.points)[::EVERY]
    grid_x, grid_y = np.meshgrid(np.linspace(0, WIDTH - 1, NODES[0]), np.linspace(0, HEIGHT - 1, NODES[1]))
    places = np.column_stack([grid_x.ravel(), grid_y.ravel()])
    apart = ((places[:, None] - target[None, ::EVERY]) ** 2).sum(axis=2)
    weight = np.exp(-apart / (2 * NEAR**2)) + FAR_SHARE * np.exp(-apart / (2 * FAR**2))
    field = (weight @ shift) / (weight.sum(axis=1, keepdims=True) + FAR_SHARE * 0.3)
    dx, dy = (
        cv2.resize(field[:, k].reshape(NODES[1], NODES[0]).astype(np.float32), (WIDTH, HEIGHT),
                   interpolation=cv2.INTER_CUBIC)
        for k in (0, 1)
    )  # fmt: skip
    pixels = cv2.remap(canvas.pixels, canvas.x - dx, canvas.y - dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    columns, rows = np.clip(np.round(canvas.iris[:, :2]), 0, (WIDTH - 1, HEIGHT - 1)).astype(int).T
    iris = canvas.iris + np.column_stack([dx[rows, columns], dy[rows, columns], np.zeros(2)])
    return Canvas(np.asarray(pixels, np.float32), target, iris, canvas.covered, canvas.depth)


def turned(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """The head turned and nodded by some degrees, up to 28, about its middle."""
    yaw, pitch = np.radians(np.clip(rng.normal(0, (TURN_DEG, NOD_DEG)), -TURN_MOST, TURN_MOST))
    solid = np.column_stack([canvas.points, canvas.depth])
    middle = solid.mean(axis=0) + np.array([0, 0, UNIT * 0.6])
    about = solid - middle
    turn = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    nod = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    after = about @ (nod @ turn).T
    after = after + (about[168] - after[168]) * [1, 1, 0]  # the root of the nose stays in its place
    placed = moved(canvas, after[:, :2] + middle[:2])
    return Canvas(placed.pixels, placed.points, placed.iris, placed.covered, after[:, 2] - after[:, 2].mean())


def rebuilt(canvas: Canvas, other: Canvas, share: float) -> Canvas:
    """The face with features placed as far towards another's as `share` says."""
    return moved(canvas, canvas.points + share * (_laid(other, canvas) - canvas.points))


def blended(canvas: Canvas, other: Canvas, rng: np.random.Generator) -> Canvas:
    """Some of another's features in this face: eyes, mouth, one half or all, in this one's colours."""
    guest = moved(other, canvas.points).pixels
    oval = inside(closed_curve(canvas.points[list(FACE_OVAL)]), UNIT * 0.12)
    inner = oval > 0.9
    if int(inner.sum()) < 100:
        return canvas
    mean, own = guest[inner].mean(axis=0), canvas.pixels[inner].mean(axis=0)
    spread = np.clip(canvas.pixels[inner].std(axis=0) / (guest[inner].std(axis=0) + 1), 0.5, 2.0)
    guest = (guest - mean) * spread + own
    where = np.clip(0.5 + 0.9 * noise(rng, UNIT * rng.uniform(0.8, 2.5)) + rng.normal(0, 0.5), 0, 1)
    share: Image = cv2.GaussianBlur(np.asarray(oval * where, np.float32), (0, 0), UNIT * 0.08)[..., None]
    return canvas.with_pixels(canvas.pixels * (1 - share) + guest * share)


def _laid(other: Canvas, canvas: Canvas) -> np.ndarray:
    """Another's points scaled and shifted onto this face's eyes and chin."""
    a, b = other.points, canvas.points
    at = [33, 263, 152, 168]
    ca, cb = a[at].mean(axis=0), b[at].mean(axis=0)
    size = np.sqrt(((b[at] - cb) ** 2).sum() / ((a[at] - ca) ** 2).sum())
    return np.asarray((a - ca) * size + cb)
