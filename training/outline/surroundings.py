"""What lies below and beside a document, in its plane: sheets, papers, other documents, the page opposite, things."""

import cv2
import numpy as np
from numpy.typing import NDArray
from training.outline import effects
from training.outline.bank_file import Papers
from training.outline.grounds import colour
from training.outline.layers import RENDER, Picture, blend, filled, lay, shade
from training.outline.pose import Pose, extent, rectangle

Rng = np.random.Generator
Size = tuple[float, float]


def lay_under(rng: Rng, bank: Papers, picture: Picture, pose: Pose, size: Size, blank: bool) -> None:
    """A sheet of paper (blank, or printed: a page is ground when a card lies on it), a folder or a screen below."""
    low = -np.array(size) / 2 - rng.uniform(-0.02, 1.5, 2)
    high = np.array(size) / 2 + rng.uniform(-0.02, 1.5, 2)
    corners = pose(np.array([low, [high[0], low[1]], high, [low[0], high[1]]]))
    if not blank and rng.random() < 0.45:
        paper = bank.paper(rng, like=2)[0] if rng.random() < 0.5 else bank.ground(rng)
        _lay_flat(rng, picture, paper, corners)
    else:
        _plain_sheet(rng, picture, corners)
    if rng.random() < 0.4:
        for _ in range(int(rng.integers(1, 4))):
            effects.occlude(rng, picture, corners)


def lay_print_sheet(rng: Rng, picture: Picture, pose: Pose, size: Size) -> NDArray[np.float32]:
    """The white sheet that an uncut copy is printed on, often near the sheet's corner; returns the sheet's colour."""
    near = np.exp(rng.uniform(np.log(0.006), np.log(0.15), 4))
    far = np.where(rng.random(4) < 0.5, rng.uniform(0.1, 1.6, 4), near)
    low, high = -np.array(size) / 2 - far[:2], np.array(size) / 2 + far[2:]
    corners = pose(np.array([low, [high[0], low[1]], high, [low[0], high[1]]]))
    mask = filled(corners)
    shade(picture, mask, rng.uniform(0, 0.4), rng.uniform(1, 6))
    tone = (rng.uniform(185, 254) * (1 + rng.normal(0, 0.015, 3))).astype(np.float32)
    picture += mask[..., None] * (tone - picture)
    return tone


def lay_loose_sheets(rng: Rng, bank: Papers, picture: Picture, pose: Pose) -> None:
    """Newspapers, letters and other flat things lying about, at any angle."""
    for _ in range(int(rng.integers(1, 4))):
        paper = bank.paper(rng, like=2)[0] if rng.random() < 0.35 else bank.ground(rng)
        turn, wide = rng.uniform(0, 2 * np.pi), rng.uniform(0.4, 2.5)
        spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        corners = pose(rectangle(wide, wide * rng.uniform(0.5, 1.5)) @ spin + rng.uniform(-1.3, 1.3, 2))
        if (np.abs(corners) < 4 * RENDER).all():
            _lay_flat(rng, picture, paper, corners)


def _lay_flat(rng: Rng, picture: Picture, paper: NDArray[np.uint8], corners: NDArray[np.float64]) -> None:
    layer = lay(np.rot90(paper, int(rng.integers(4))), 0.0, corners)
    shade(picture, layer[..., 3], rng.uniform(0, 0.4), rng.uniform(1, 6))
    layer[..., :3] *= rng.uniform(0.7, 1.1)
    blend(picture, layer)


def _plain_sheet(rng: Rng, picture: Picture, corners: NDArray[np.float64]) -> None:
    mask = filled(corners)
    shade(picture, mask, 0.3, 5)
    tone = rng.uniform(170, 252) * (1 + rng.normal(0, 0.02, 3)) if rng.random() < 0.75 else colour(rng, 0.6, 5, 245)
    if rng.random() < 0.15:  # a device: a bright screen with a dark rim
        picture -= mask[..., None] * (picture - np.float32(rng.uniform(5, 60)))
        mask = cv2.erode(mask, np.ones((int(rng.integers(4, 20)),) * 2, np.uint8))
    picture += mask[..., None] * (tone.astype(np.float32) - picture)


def lay_things(rng: Rng, picture: Picture, pose: Pose, size: Size) -> None:
    """Pens, toys, coins beside the document, or just below its edge."""
    for _ in range(int(rng.integers(1, 5))):
        at = rng.uniform(-1.1, 1.1, 2) * (np.array(size) / 2 + 0.25)
        centre = pose(at[None])[0]
        scale = float(np.linalg.norm(pose(np.array([[0.1, 0.0]]))[0] - pose(np.zeros((1, 2)))[0])) * 10
        effects.thing(rng, picture, centre, scale)


def facing_page(rng: Rng, bank: Papers, pose: Pose, size: Size) -> NDArray[np.float32]:
    """The page opposite in an open booklet: same size, across the upper or another side, slightly folded up."""
    w, h = size
    step = (0, -h) if rng.random() < 0.7 else (0, h) if rng.random() < 0.5 else (w, 0)
    plane = rectangle(w, h, step)
    quad = pose(plane)
    far = np.abs(plane @ np.array([step[0] != 0, step[1] != 0])) > 0.5 * max(abs(step[0]), abs(step[1])) + 1e-6
    middle = pose(np.zeros((1, 2)))[0]
    quad[far] += (middle - quad[far]) * rng.uniform(-0.05, 0.25)
    if rng.random() < 0.5:
        return lay(_endpaper(rng), rng.choice([0.0, 0.025]), quad)
    paper, _, _ = bank.paper(rng, like=1)
    pale = rng.uniform(0.3, 0.95)
    faded = paper * (1 - pale) + paper.mean(axis=(0, 1)) * pale * rng.uniform(0.95, 1.05)
    return lay(faded.clip(0, 255).astype(np.uint8), 0.0, quad)


def _endpaper(rng: Rng) -> NDArray[np.uint8]:
    """A page of a booklet that is not about its holder: pale, with a few lines of print and an emblem, or none."""
    tone = colour(rng, 0.3, 150, 250)
    page = np.broadcast_to(tone, (256, 256, 3)).astype(np.uint8).copy()
    ink = (tone * rng.uniform(0.4, 0.95)).tolist()
    y, pitch = rng.uniform(0.05, 0.5) * 256, rng.uniform(8, 30)
    for _ in range(int(rng.integers(0, 15))):
        left, right = rng.uniform(0.05, 0.2) * 256, rng.uniform(0.4, 0.95) * 256
        cv2.line(page, (int(left), int(y)), (int(right), int(y)), ink, int(rng.integers(1, 4)), cv2.LINE_AA)
        y += pitch
    for _ in range(int(rng.integers(0, 3))):
        centre = tuple(int(v) for v in rng.uniform(50, 206, 2))
        cv2.circle(page, centre, int(rng.uniform(8, 40)), ink, int(rng.choice([-1, 1, 3])), cv2.LINE_AA)
    return page


def lay_others(rng: Rng, bank: Papers, picture: Picture, pose: Pose, kind: int) -> list[NDArray[np.float64]]:
    """One or two further documents of the same sort; returns their quads."""
    quads = []
    for _ in range(int(rng.integers(1, 3))):
        paper, radius, _ = bank.paper(rng, like=kind)
        h, w = paper.shape[:2]
        away = rng.uniform(0, 2 * np.pi)
        step = np.array([np.cos(away), np.sin(away)]) * rng.uniform(0.55, 1.5)
        turn = rng.choice([0.0, rng.uniform(0, np.pi)])
        spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        quad = pose(rectangle(*extent(w / h)) @ spin + step)
        if (quad < -RENDER).any() or (quad > 2 * RENDER).any():
            continue
        layer = lay(paper, radius, quad)
        shade(picture, layer[..., 3], 0.3, 4)
        blend(picture, layer)
        quads.append(quad)
    return quads
