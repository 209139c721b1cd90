"""Scenes: a document somewhere before a camera, seen through the network's window, and what is true about it."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from training.outline import effects
from training.outline.grounds import colour
from training.outline.pose import Pose, extent, random_pose, rectangle
from training.outline.targets import WINDOW, maps

RENDER = 384
SCALE = RENDER / WINDOW
MARGIN = 12
"""Window pixels that stay free on either end of the photo's longer side: room for corners outside the photo."""
PAD = 128
ASPECTS = (3 / 4, 4 / 3, 9 / 16, 16 / 9, 1.0, 2 / 3, 3 / 2)
Rng = np.random.Generator
Window = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Bank:
    """Documents and grounds drawn beforehand; `part` says which share may be used."""

    papers: NDArray[np.uint8]
    sizes: NDArray[np.int32]
    radii: NDArray[np.float32]
    kinds: NDArray[np.int8]
    grounds: NDArray[np.uint8]
    part: tuple[float, float] = (0.0, 0.9)

    @staticmethod
    def load(folder: Path, part: tuple[float, float] = (0.0, 0.9)) -> "Bank":
        """A bank written by `bank.py`."""
        arrays = [
            np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("papers", "sizes", "radii", "kinds", "grounds")
        ]
        return Bank(*arrays, part=part)

    def paper(self, rng: Rng, like: int | None = None) -> tuple[NDArray[np.uint8], float, int]:
        """A document's RGB, the radius of its corners as a share of its longest side, and its kind; of kind `like`."""
        low, high = (int(p * len(self.papers)) for p in self.part)
        choice = np.arange(low, high)
        if like is not None:
            choice = choice[(self.kinds[low:high] == 2) == (like == 2)]
        i = int(rng.choice(choice))
        w, h = self.sizes[i]
        return self.papers[i, :h, :w], float(self.radii[i]), int(self.kinds[i])

    def ground(self, rng: Rng) -> NDArray[np.uint8]:
        """A ground."""
        low, high = (int(p * len(self.grounds)) for p in self.part)
        return np.asarray(self.grounds[int(rng.integers(low, high))])


def _frame(rng: Rng, zoom: bool) -> NDArray[np.float64]:
    """The photo's rectangle (x0, y0, x1, y1) in render pixels."""
    if zoom:
        cut = rng.random(4) < 0.15
        inset = np.where(cut, rng.uniform(0, 0.25, 4), -1) * RENDER
        return np.array([inset[0], inset[1], RENDER - inset[2], RENDER - inset[3]])
    aspect = float(rng.choice(ASPECTS)) * rng.uniform(0.95, 1.05)
    w, h = (1.0, 1 / aspect) if aspect > 1 else (aspect, 1.0)
    half = np.array([w, h]) * (RENDER - 2 * MARGIN * SCALE) / 2
    return np.concatenate([RENDER / 2 - half, RENDER / 2 + half])


def _place(rng: Rng, ratio: float, frame: NDArray[np.float64], zoom: bool) -> Pose:
    w, h = extent(ratio)
    room = np.minimum(frame[2:], RENDER) - np.maximum(frame[:2], 0)
    kind = rng.random()
    if zoom and kind < 0.75:
        centre = RENDER / 2 + rng.normal(0, 0.02, 2) * RENDER
        return random_pose(rng, centre, RENDER * rng.uniform(0.6, 0.82))
    if zoom:  # a near look at the wrong place
        centre = RENDER / 2 + rng.normal(0, 0.2, 2) * RENDER
        return random_pose(rng, centre, RENDER * np.exp(rng.uniform(np.log(0.3), np.log(1.8))))
    if kind < 0.05:  # fills the photo and more
        return random_pose(rng, (frame[:2] + frame[2:]) / 2, room.max() * rng.uniform(1.3, 2.2))
    share = np.exp(rng.uniform(np.log(0.03), np.log(0.75)))
    length = min(np.sqrt(share * room.prod() / (w * h)), room.max() * 0.95)
    reach = length * (0.55 if kind < 0.25 else 0.0)  # a quarter may be cut off by the photo's edge
    low, high = frame[:2] + length * 0.45 - reach, frame[2:] - length * 0.45 + reach
    middle = (frame[:2] + frame[2:]) / 2
    low, high = np.minimum(low, middle), np.maximum(high, middle)
    return random_pose(rng, rng.uniform(low, high), length)


def _scan(rng: Rng, ratio: float) -> tuple[Pose, NDArray[np.float64]]:
    """A flat scan cut at, just inside or just outside the document's edge."""
    w, h = extent(ratio)
    length = RENDER - 2 * MARGIN * SCALE
    turn = int(rng.integers(4)) * np.pi / 2
    matrix = np.array(
        [
            [np.cos(turn) * length, -np.sin(turn) * length, RENDER / 2],
            [np.sin(turn) * length, np.cos(turn) * length, RENDER / 2],
            [0, 0, 1],
        ]
    )
    corners = Pose(matrix)(rectangle(w, h))
    slack = rng.uniform(-0.03, 0.008, 4) * length if rng.random() < 0.7 else np.full(4, rng.uniform(0.01, 0.1) * length)
    low, high = corners.min(axis=0) - slack[:2], corners.max(axis=0) + slack[2:]
    return Pose(matrix), np.concatenate([low, high])


def _alpha(size: tuple[int, int], radius: float) -> NDArray[np.uint8]:
    w, h = size
    r = int(radius)
    alpha = np.full((h, w), 255, np.uint8)
    if r > 1:
        corner = np.zeros((r, r), np.uint8)
        cv2.circle(corner, (r, r), r, 255, -1, cv2.LINE_AA)
        alpha[:r, :r], alpha[:r, -r:], alpha[-r:, :r], alpha[-r:, -r:] = (
            corner,
            corner[:, ::-1],
            corner[::-1],
            corner[::-1, ::-1],
        )
    return alpha


def _lay(paper: NDArray[np.uint8], radius: float, quad: NDArray[np.float64]) -> NDArray[np.float32]:
    """The paper seen at `quad`: RGB times alpha, and alpha 0..1, shape (RENDER, RENDER, 4)."""
    longest = max(np.linalg.norm(quad - np.roll(quad, 1, axis=0), axis=1))
    shrink = min(1.0, longest * 1.25 / max(paper.shape[:2]))
    if shrink < 0.8:
        paper = cv2.resize(paper, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    h, w = paper.shape[:2]
    alpha = _alpha((w, h), radius * max(w, h))
    layered = np.dstack([cv2.multiply(paper, cv2.merge([alpha] * 3), scale=1 / 255), alpha])
    source = (rectangle(w, h, (w / 2, h / 2)) - 0.5).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(source, quad.astype(np.float32))
    layer = cv2.warpPerspective(layered, matrix, (RENDER, RENDER), flags=cv2.INTER_LINEAR).astype(np.float32)
    layer[..., 3] /= 255
    return layer


def _blend(picture: NDArray[np.float32], layer: NDArray[np.float32]) -> None:
    picture *= 1 - layer[..., 3:]
    picture += layer[..., :3]


def _ground(rng: Rng, bank: Bank, pose: Pose) -> NDArray[np.float32]:
    ground = bank.ground(rng)
    side = len(ground)
    if rng.random() < 0.5:  # lies in the document's plane
        scale = rng.uniform(0.002, 0.008)
        turn = rng.uniform(0, np.pi) if rng.random() < 0.6 else 0.0
        lie = np.array(
            [
                [np.cos(turn) * scale, -np.sin(turn) * scale, 0],
                [np.sin(turn) * scale, np.cos(turn) * scale, 0],
                [0, 0, 1],
            ]
        )
        lie[:2, 2] = -lie[:2, :2] @ rng.uniform(0, side, 2)
        matrix = pose.matrix @ lie
    else:
        turn, scale = rng.uniform(0, 2 * np.pi), rng.uniform(0.5, 2.2)
        matrix = np.array(
            [
                [np.cos(turn) * scale, -np.sin(turn) * scale, 0],
                [np.sin(turn) * scale, np.cos(turn) * scale, 0],
                [0, 0, 1],
            ]
        )
        matrix[:2, 2] = RENDER / 2 - matrix[:2, :2] @ rng.uniform(0, side, 2)
    warped = cv2.warpPerspective(
        ground, matrix, (RENDER, RENDER), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    return warped.astype(np.float32)


def _under(
    rng: Rng, bank: Bank, picture: NDArray[np.float32], pose: Pose, size: tuple[float, float], blank: bool
) -> None:
    """A sheet of paper (blank, or printed: a page is ground when a card lies on it), a folder or a screen below."""
    low = -np.array(size) / 2 - rng.uniform(-0.02, 1.5, 2)
    high = np.array(size) / 2 + rng.uniform(-0.02, 1.5, 2)
    corners = pose(np.array([low, [high[0], low[1]], high, [low[0], high[1]]]))
    if not blank and rng.random() < 0.45:
        paper = bank.paper(rng, like=2)[0] if rng.random() < 0.5 else bank.ground(rng)
        layer = _lay(np.rot90(paper, int(rng.integers(4))), 0.0, corners)
        picture *= 1 - 0.3 * cv2.GaussianBlur(layer[..., 3], (0, 0), 5)[..., None]
        _blend(picture, layer)
    else:
        _plain_sheet(rng, picture, corners)
    if rng.random() < 0.4:
        for _ in range(int(rng.integers(1, 4))):
            effects.occlude(rng, picture, corners)


def _plain_sheet(rng: Rng, picture: NDArray[np.float32], corners: NDArray[np.float64]) -> None:
    mask = np.zeros((RENDER, RENDER), np.float32)
    cv2.fillConvexPoly(mask, np.round(corners * 16).astype(np.int32), 1.0, cv2.LINE_AA, 4)
    picture *= 1 - 0.3 * cv2.GaussianBlur(mask, (0, 0), 5)[..., None]
    tone = rng.uniform(170, 252) * (1 + rng.normal(0, 0.02, 3)) if rng.random() < 0.75 else colour(rng, 0.6, 5, 245)
    if rng.random() < 0.15:  # a device: a bright screen with a dark rim
        picture -= mask[..., None] * (picture - np.float32(rng.uniform(5, 60)))
        mask = cv2.erode(mask, np.ones((int(rng.integers(4, 20)),) * 2, np.uint8))
    picture += mask[..., None] * (tone.astype(np.float32) - picture)


def _facing_page(rng: Rng, bank: Bank, pose: Pose, size: tuple[float, float]) -> NDArray[np.float32]:
    """The page opposite in an open booklet: same size, across the upper or another side, slightly folded up."""
    paper, _, _ = bank.paper(rng, like=1)
    w, h = size
    step = (0, -h) if rng.random() < 0.7 else (0, h) if rng.random() < 0.5 else (w, 0)
    plane = rectangle(w, h, step)
    quad = pose(plane)
    far = np.abs(plane @ np.array([step[0] != 0, step[1] != 0])) > 0.5 * max(abs(step[0]), abs(step[1])) + 1e-6
    middle = pose(np.zeros((1, 2)))[0]
    quad[far] += (middle - quad[far]) * rng.uniform(-0.05, 0.25)
    pale = rng.uniform(0.3, 0.95)
    faded = (
        (paper * (1 - pale) + paper.mean(axis=(0, 1)) * pale * rng.uniform(0.95, 1.05)).clip(0, 255).astype(np.uint8)
    )
    return _lay(faded, 0.0, quad)


def scene(rng: Rng, bank: Bank) -> tuple[Window, NDArray[np.float32], NDArray[np.float64] | None]:
    """A window (256, 256, 3), the targets (7, 64, 64), and the quad in window pixels (None: no sides to find)."""
    zoom = rng.random() < 0.45
    frame = _frame(rng, zoom)
    paper, radius, kind = bank.paper(rng)
    h, w = paper.shape[:2]
    size = extent(w / h)
    is_scan = not zoom and rng.random() < 0.09
    if is_scan:
        pose, frame = _scan(rng, w / h)
    else:
        pose = _place(rng, w / h, frame, zoom)
    quad = pose(rectangle(*size))
    picture = np.full((RENDER, RENDER, 3), rng.uniform(225, 256), np.float32) if is_scan else _ground(rng, bank, pose)
    quads, covered = [quad], np.zeros((RENDER, RENDER), np.float32)
    empty = not zoom and rng.random() < 0.13
    if not is_scan and rng.random() < (0.4 if kind != 2 else 0.06):
        _under(rng, bank, picture, pose, size, blank=empty or kind == 2)
    picture = picture if is_scan or rng.random() < 0.5 else effects.light(rng, picture)
    if empty:
        quads = []
    else:
        if not is_scan and rng.random() < 0.12:
            quads += _lay_others(rng, bank, picture, pose, kind)
        if kind == 1 and not is_scan and rng.random() < 0.35:
            _blend(picture, _facing_page(rng, bank, pose, size))
        _lay_main(rng, picture, paper, radius, quad, is_scan)
    if not is_scan:
        picture = effects.light(rng, picture)
        if rng.random() < 0.3:
            covered = effects.occlude(rng, picture, quad)
        if rng.random() < 0.2:
            picture = effects.glare(rng, picture, quad)
    window = effects.camera(rng, picture)
    return _through_window(rng, window, frame, quads, covered, radius, is_scan)


def _lay_main(
    rng: Rng,
    picture: NDArray[np.float32],
    paper: NDArray[np.uint8],
    radius: float,
    quad: NDArray[np.float64],
    is_scan: bool,
) -> None:
    gain = rng.uniform(0.75, 1.1) * (1 + rng.normal(0, 0.03, 3))
    layer = _lay(paper, radius, quad)
    layer[..., :3] *= gain.astype(np.float32)
    if not is_scan and rng.random() < 0.65:
        shift = rng.normal(0, 3, 2)
        shadow = cv2.warpAffine(layer[..., 3], np.float32([[1, 0, shift[0]], [0, 1, shift[1]]]), (RENDER, RENDER))
        picture *= 1 - rng.uniform(0.1, 0.6) * cv2.GaussianBlur(shadow, (0, 0), rng.uniform(0.8, 7))[..., None]
    if not is_scan and rng.random() < 0.4:  # the edge of the card itself, lighter or darker than its face
        rim = layer[..., 3] - cv2.erode(layer[..., 3], np.ones((3, 3), np.uint8))
        layer[..., :3] += rim[..., None] * np.float32(rng.uniform(-50, 50)) * layer[..., 3:]
    _blend(picture, layer)


def _lay_others(rng: Rng, bank: Bank, picture: NDArray[np.float32], pose: Pose, kind: int) -> list[NDArray[np.float64]]:
    quads = []
    for _ in range(int(rng.integers(1, 3))):
        paper, radius, _ = bank.paper(rng, like=kind)
        h, w = paper.shape[:2]
        away = rng.uniform(0, 2 * np.pi)
        step = np.array([np.cos(away), np.sin(away)]) * rng.uniform(0.75, 1.5)
        turn = rng.choice([0.0, rng.uniform(0, np.pi)])
        spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        quad = pose(rectangle(*extent(w / h)) @ spin + step)
        if (quad < -RENDER).any() or (quad > 2 * RENDER).any():
            continue
        layer = _lay(paper, radius, quad)
        picture *= 1 - 0.3 * cv2.GaussianBlur(layer[..., 3], (0, 0), 4)[..., None]
        _blend(picture, layer)
        quads.append(quad)
    return quads


def _through_window(
    rng: Rng,
    picture: Window,
    frame: NDArray[np.float64],
    quads: list[NDArray[np.float64]],
    covered: NDArray[np.float32],
    radius: float,
    is_scan: bool,
) -> tuple[Window, NDArray[np.float32], NDArray[np.float64] | None]:
    x0, y0, x1, y1 = np.round(frame).astype(int).clip(0, RENDER)
    seen = np.full_like(picture, PAD)
    seen[y0:y1, x0:x1] = picture[y0:y1, x0:x1]
    window = cv2.resize(seen, (WINDOW, WINDOW), interpolation=cv2.INTER_AREA)
    small = [(q + 0.5) / SCALE - 0.5 for q in quads]
    bounds = (frame + 0.5) / SCALE - 0.5
    near = cv2.dilate(covered, np.ones((7, 7), np.uint8))
    visible = []
    for quad, large in zip(small, quads, strict=True):
        inside = ((quad > np.maximum(bounds[:2], 0)) & (quad < np.minimum(bounds[2:], WINDOW - 1))).all(axis=1)
        at = np.clip(np.round(large).astype(int), 0, RENDER - 1)
        visible.append([bool(i and near[y, x] < 0.3) for i, (x, y) in zip(inside, at, strict=True)])
    sides = [_has_sides(q, bounds, radius if is_scan else 1.0) for q in small]
    truth = small[0] if quads and sides[0] else None
    return window, maps(small, visible, sides), truth


def _has_sides(quad: NDArray[np.float64], bounds: NDArray[np.float64], radius: float) -> bool:
    """Whether a document edge shows inside the photo: a side at least 1.2 px inside it, or rounded corners."""
    low, high = np.maximum(bounds[:2], 0), np.minimum(bounds[2:], WINDOW - 1)
    if radius > 0 and radius < 1 and (quad > low - 0.5).all() and (quad < high + 0.5).all():
        return True
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        points = start + np.linspace(0, 1, 33)[:, None] * (end - start)
        if ((points > low + 1.2) & (points < high - 1.2)).all(axis=1).mean() > 0.15:
            return True
    return False
