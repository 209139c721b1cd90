"""What the network is asked to say about a scene.

Maps of 64 x 64 cells, each `CELL` window pixels wide: 0 document mask, 1 side (Gaussian ridge on each side line between
its corners, also where covered or out of the frame), 2 corner (Gaussian at corners that can be seen), 3 and 4 the
outward normal of the nearest side, 5 the signed distance to that side in cells, positive inside. Maps 3..5 count only
where map 6, their weight, is above 0.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

WINDOW, CELL = 256, 4
CELLS = WINDOW // CELL
BAND = 2.5
SIGMA = 0.85


def maps(quads: list[NDArray[np.float64]], visible: list[list[bool]], with_sides: list[bool]) -> NDArray[np.float32]:
    """Targets (7, 64, 64) for quads in window pixels, the first on top of the others."""
    out = np.zeros((7, CELLS, CELLS), np.float32)
    y, x = np.mgrid[:CELLS, :CELLS].astype(np.float64)
    taken = np.zeros((CELLS, CELLS), bool)
    for quad, seen, sides in zip(quads, visible, with_sides, strict=True):
        inside = _filled(quad)
        out[0] = np.maximum(out[0], inside)
        cells = (quad + 0.5) / CELL - 0.5
        if sides:
            _draw_sides(out, cells, x, y, ~taken)
        for (cx, cy), shown in zip(cells, seen, strict=True):
            if shown and sides:
                spot = np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 2)
                out[2] = np.maximum(out[2], spot * ~taken)
        taken |= inside > 0.5
    return out


def _filled(quad: NDArray[np.float64]) -> NDArray[np.float32]:
    mask = np.zeros((WINDOW, WINDOW), np.float32)
    cv2.fillConvexPoly(mask, np.round(quad * 16).astype(np.int32), 1.0, cv2.LINE_AA, 4)
    return np.asarray(cv2.resize(mask, (CELLS, CELLS), interpolation=cv2.INTER_AREA), dtype=np.float32)


def _draw_sides(
    out: NDArray[np.float32],
    cells: NDArray[np.float64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    free: NDArray[np.bool_],
) -> None:
    nearest = np.full(x.shape, np.inf)
    for start, end in zip(cells, np.roll(cells, -1, axis=0), strict=True):
        length = np.linalg.norm(end - start)
        along = (end - start) / length
        normal = np.array([along[1], -along[0]])  # outward for a clockwise quad, y down
        reach = (x - start[0]) * along[0] + (y - start[1]) * along[1]
        distance = -((x - start[0]) * normal[0] + (y - start[1]) * normal[1])
        beyond = np.maximum(np.maximum(-reach, reach - length), 0)
        ridge = np.exp(-(distance**2 + beyond**2) / (2 * SIGMA**2))
        out[1] = np.maximum(out[1], ridge * free)
        far = np.hypot(distance, beyond)
        mine = (far < nearest) & free & (abs(distance) < BAND) & (beyond < 0.5)
        nearest = np.where(mine, far, nearest)
        for index, value in ((3, normal[0]), (4, normal[1]), (5, distance), (6, 1.0)):
            out[index] = np.where(mine, value, out[index])


def turned(
    window: NDArray[np.uint8], target: NDArray[np.float32], quarter_turns: int, mirror: bool
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """The same scene turned counter-clockwise and mirrored left to right: a new example at no cost."""
    window, target = np.rot90(window, quarter_turns), np.rot90(target, quarter_turns, (1, 2)).copy()
    for _ in range(quarter_turns):
        target[3], target[4] = target[4].copy(), -target[3]
    if mirror:
        window, target = window[:, ::-1], target[:, :, ::-1].copy()
        target[3] *= -1
    return np.ascontiguousarray(window), np.ascontiguousarray(target)
