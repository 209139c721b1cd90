"""Scenes: a document somewhere before a camera, seen through the network's window, and what is true about it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from training.outline import effects
from training.outline.across import lay_across, lay_pile, same_coloured
from training.outline.bank_file import Papers
from training.outline.displays import lay_display, lay_viewer, shown_by_display
from training.outline.faces import banded, lined
from training.outline.layers import RENDER, SCALE, Picture, blend, lay, shade
from training.outline.pose import Pose, extent, random_pose, rectangle
from training.outline.surroundings import (
    facing_page,
    lay_loose_sheets,
    lay_others,
    lay_print_sheet,
    lay_things,
    lay_under,
)
from training.outline.targets import WINDOW, maps

MARGIN = 12
"""Window pixels that stay free on either end of the photo's longer side: room for corners outside the photo."""
PAD = 128
ASPECTS = (3 / 4, 4 / 3, 9 / 16, 16 / 9, 1.0, 2 / 3, 3 / 2)
BOOKLET, SHEET = 1, 2
"""Kinds of paper, as in `papers.KINDS`."""
Rng = np.random.Generator
Window = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A scene through the network's window (256, 256, 3), and what is true of it, in window pixels.

    `quads` are the documents, the first on top; `visible` says of each of their corners whether it can be seen, `sides`
    of each whether any of its edges can; `bounds` (x0, y0, x1, y1) is the photo's rectangle.
    """

    window: Window
    quads: list[NDArray[np.float64]]
    visible: list[list[bool]]
    sides: list[bool]
    bounds: NDArray[np.float64]
    is_scan: bool


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
    pose = Pose(_flat(int(rng.integers(4)) * np.pi / 2, length, np.full(2, RENDER / 2)))
    corners = pose(rectangle(w, h))
    slack = rng.uniform(-0.03, 0.008, 4) * length if rng.random() < 0.7 else np.full(4, rng.uniform(0.01, 0.1) * length)
    low, high = corners.min(axis=0) - slack[:2], corners.max(axis=0) + slack[2:]
    return pose, np.concatenate([low, high])


def _flat(turn: float, scale: float, shift: NDArray[np.float64]) -> NDArray[np.float64]:
    c, s = np.cos(turn) * scale, np.sin(turn) * scale
    return np.array([[c, -s, shift[0]], [s, c, shift[1]], [0, 0, 1]])


def _ground(rng: Rng, bank: Papers, pose: Pose) -> Picture:
    ground = bank.ground(rng)
    middle = rng.uniform(0, len(ground), 2)
    if in_plane := rng.random() < 0.5:  # lies in the document's plane
        lie = _flat(rng.uniform(0, np.pi) if rng.random() < 0.6 else 0.0, rng.uniform(0.002, 0.008), np.zeros(2))
        lie[:2, 2] = -lie[:2, :2] @ middle
        matrix = pose.matrix @ lie
    else:
        matrix = _flat(rng.uniform(0, 2 * np.pi), rng.uniform(0.5, 2.2), np.zeros(2))
        matrix[:2, 2] = RENDER / 2 - matrix[:2, :2] @ middle
    warped = cv2.warpPerspective(ground, matrix, (RENDER, RENDER), borderMode=cv2.BORDER_REFLECT)
    if rng.random() < (0.06 if in_plane else 0.3):  # far behind the document, out of focus
        warped = cv2.GaussianBlur(warped, (0, 0), rng.uniform(0.8, 5))
    return warped.astype(np.float32)


def _document(rng: Rng, bank: Papers) -> tuple[NDArray[np.uint8], float, int, bool]:
    """A document's face, the radius of its corners, its kind, and whether it is a page of an open booklet."""
    wanted = rng.random() < 0.14
    paper, radius, kind = bank.paper(rng, like=SHEET if not wanted and rng.random() < 0.08 else None)
    while wanted and kind != BOOKLET:
        paper, radius, kind = bank.paper(rng)
    if kind != SHEET and rng.random() < 0.25:
        paper = banded(rng, paper)
    if kind != SHEET and rng.random() < 0.2:
        paper = lined(rng, paper)
    return paper, radius, kind, wanted or (kind == BOOKLET and rng.random() < 0.3)


def scene(rng: Rng, bank: Papers) -> tuple[Window, NDArray[np.float32], NDArray[np.float64] | None]:
    """A window (256, 256, 3), the targets (7, 64, 64), and the quad in window pixels (None: no sides to find)."""
    seen = draw_scene(rng, bank)
    truth = seen.quads[0] if seen.quads and seen.sides[0] else None
    return seen.window, maps(seen.quads, seen.visible, seen.sides), truth


def draw_scene(rng: Rng, bank: Papers) -> Seen:
    """A scene of any kind."""
    zoom = rng.random() < 0.45
    frame = _frame(rng, zoom)
    paper, radius, kind, is_open = _document(rng, bank)
    h, w = paper.shape[:2]
    size = extent(w / h)
    if not zoom and rng.random() < 0.08:
        return _scanned(rng, paper, radius)
    pose = _place(rng, w / h, frame, zoom)
    quad = pose(rectangle(*size))
    if not is_open and rng.random() < 0.12:
        return _displayed(rng, bank, pose, paper, radius, frame)
    is_alike = rng.random() < (0.2 if kind == SHEET else 0.05)
    picture = same_coloured(rng, paper) if is_alike else _ground(rng, bank, pose)
    is_empty = not is_open and rng.random() < (0.04 if zoom else 0.14)
    quads = [] if is_empty else [quad]
    if rng.random() < 0.25:
        lay_loose_sheets(rng, bank, picture, pose)
    is_print = kind != SHEET and not is_empty and not is_open and rng.random() < 0.22
    if is_print:
        picture = effects.light(rng, picture) if rng.random() < 0.4 else picture
        blend(picture, _print(rng, lay_print_sheet(rng, picture, pose, size), paper, quad))
    else:
        picture = _surroundings(rng, bank, picture, pose, size, kind, is_empty)
        if not is_empty:
            quads += _lay_documents(rng, bank, picture, pose, (paper, radius, kind, is_open))
    picture = effects.light(rng, picture)
    if rng.random() < 0.12:
        picture = effects.side_shadow(rng, picture, quad)
    covered = _covered(rng, picture, quad, 0.0 if is_empty else 0.3 if kind == SHEET else 0.04)
    if rng.random() < 0.2:
        picture = effects.glare(rng, picture, quad)
    if not zoom and quads and rng.random() < 0.06:
        lay_viewer(rng, picture, quad, frame)
    return _through_window(effects.camera(rng, picture), frame, quads, covered, radius, False)


def _surroundings(
    rng: Rng, bank: Papers, picture: Picture, pose: Pose, size: tuple[float, float], kind: int, is_empty: bool
) -> Picture:
    """What lies under the document and beside it, sometimes already in a light of its own."""
    if rng.random() < (0.35 if kind != SHEET else 0.06):
        lay_under(rng, bank, picture, pose, size, blank=is_empty or kind == SHEET)
    if rng.random() < 0.25:
        lay_things(rng, picture, pose, size)
    return effects.light(rng, picture) if rng.random() < 0.4 else picture


def _lay_documents(
    rng: Rng, bank: Papers, picture: Picture, pose: Pose, document: tuple[NDArray[np.uint8], float, int, bool]
) -> list[NDArray[np.float64]]:
    """Lay the document, and what belongs to it; returns the quads of others."""
    paper, radius, kind, is_open = document
    size = extent(paper.shape[1] / paper.shape[0])
    others = lay_others(rng, bank, picture, pose, kind) if rng.random() < 0.16 else []
    if is_open:
        blend(picture, facing_page(rng, bank, pose, size))
    if kind == SHEET and rng.random() < 0.25:
        lay_pile(rng, bank, picture, pose, size)
    _lay_main(rng, picture, paper, radius, pose(rectangle(*size)))
    return others


def _scanned(rng: Rng, paper: NDArray[np.uint8], radius: float) -> Seen:
    h, w = paper.shape[:2]
    pose, frame = _scan(rng, w / h)
    quad = pose(rectangle(*extent(w / h)))
    picture = np.full((RENDER, RENDER, 3), rng.uniform(225, 256), np.float32)
    blend(picture, _main(rng, paper, radius, quad))
    nothing = np.zeros((RENDER, RENDER), np.float32)
    return _through_window(effects.camera(rng, picture), frame, [quad], nothing, radius, True)


def _displayed(
    rng: Rng, bank: Papers, pose: Pose, paper: NDArray[np.uint8], radius: float, frame: NDArray[np.float64]
) -> Seen:
    """The document on a display: no shadow, no edge of its own, what else the display shows around it."""
    h, w = paper.shape[:2]
    quad = pose(rectangle(*extent(w / h)))
    picture = _ground(rng, bank, pose)
    screen = lay_display(rng, bank, picture, pose, extent(w / h))
    blend(picture, _main(rng, paper, radius if rng.random() < 0.6 else 0.0, quad))
    picture = effects.light(rng, shown_by_display(rng, picture, screen))
    covered = _covered(rng, picture, quad, 0.0) if rng.random() < 0.3 else np.zeros((RENDER, RENDER), np.float32)
    if rng.random() < 0.25:
        picture = effects.glare(rng, picture, quad)
    return _through_window(effects.camera(rng, picture), frame, [quad], covered, radius, False)


def _covered(rng: Rng, picture: Picture, quad: NDArray[np.float64], across: float) -> NDArray[np.float32]:
    """What hands, things and, with the chance `across`, cables over the document cover, 0..1."""
    covered = np.zeros((RENDER, RENDER), np.float32)
    if rng.random() < 0.3:
        covered = effects.occlude(rng, picture, quad)
    if rng.random() < across:
        covered = np.maximum(covered, lay_across(rng, picture, quad))
    return covered


def _main(rng: Rng, paper: NDArray[np.uint8], radius: float, quad: NDArray[np.float64]) -> NDArray[np.float32]:
    layer = lay(paper, radius, quad)
    layer[..., :3] *= (rng.uniform(0.75, 1.1) * (1 + rng.normal(0, 0.03, 3))).astype(np.float32)
    return layer


def _lay_main(rng: Rng, picture: Picture, paper: NDArray[np.uint8], radius: float, quad: NDArray[np.float64]) -> None:
    layer = _main(rng, paper, radius, quad)
    if rng.random() < 0.65:
        shift = rng.normal(0, 3, 2)
        shadow = cv2.warpAffine(layer[..., 3], np.float32([[1, 0, shift[0]], [0, 1, shift[1]]]), (RENDER, RENDER))
        shade(picture, shadow, rng.uniform(0.1, 0.6), rng.uniform(0.8, 7))
    if rng.random() < 0.4:  # the edge of the card itself, lighter or darker than its face
        rim = layer[..., 3] - cv2.erode(layer[..., 3], np.ones((3, 3), np.uint8))
        layer[..., :3] += rim[..., None] * np.float32(rng.uniform(-50, 50)) * layer[..., 3:]
    blend(picture, layer)


def _print(
    rng: Rng, sheet: NDArray[np.float32], paper: NDArray[np.uint8], quad: NDArray[np.float64]
) -> NDArray[np.float32]:
    """The document as ink on a sheet of that colour: no edge, no shadow, nothing brighter than the sheet."""
    if rng.random() < 0.6:
        paper = cv2.cvtColor(cv2.cvtColor(paper, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    layer = lay(paper, 0.0, quad)
    black = rng.uniform(0, 0.3)
    layer[..., :3] = (layer[..., :3] * (1 - black) / 255 + layer[..., 3:] * black) * sheet
    return layer


def _through_window(
    picture: Window,
    frame: NDArray[np.float64],
    quads: list[NDArray[np.float64]],
    covered: NDArray[np.float32],
    radius: float,
    is_scan: bool,
) -> Seen:
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
    return Seen(window, small, visible, sides, bounds, is_scan)


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
