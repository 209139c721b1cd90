"""What lies across a page or below it unnoticed: cables, pens, a pile of sheets; ground of the page's own colour."""

import cv2
import numpy as np
from numpy.typing import NDArray
from training.outline import effects
from training.outline.bank_file import Papers
from training.outline.grounds import colour, noise
from training.outline.layers import RENDER, Picture, blend, lay, shade
from training.outline.pose import Pose, rectangle

Rng = np.random.Generator
Size = tuple[float, float]
Covered = NDArray[np.float32]


def lay_across(rng: Rng, picture: Picture, quad: NDArray[np.float64]) -> Covered:
    """One to three cables over a document and beyond it, sometimes pens on it; returns what they cover, 0..1."""
    covered = np.zeros((RENDER, RENDER), np.float32)
    length = float(np.linalg.norm(quad[0] - quad[2]))
    for _ in range(int(rng.integers(1, 4)) if rng.random() < 0.75 else 0):
        np.maximum(covered, _cable(rng, picture, quad, length), out=covered)
    for _ in range(int(rng.integers(0, 4))):
        weights = rng.dirichlet(np.ones(4))
        np.maximum(covered, effects.thing(rng, picture, weights @ quad, length * rng.uniform(0.3, 1)), out=covered)
    return covered


def _cable(rng: Rng, picture: Picture, quad: NDArray[np.float64], length: float) -> Covered:
    """A smooth curve through the document: through its middle or along one of its sides, thin, mostly dark."""
    turn = rng.uniform(0, np.pi)
    if rng.random() < 0.5:  # as if it were an edge: nearly parallel to a side
        way = quad[(side := int(rng.integers(4)))] - quad[(side + 1) % 4]
        turn = float(np.arctan2(way[1], way[0])) + rng.normal(0, 0.15)
    along = np.array([np.cos(turn), np.sin(turn)])
    across = np.array([-along[1], along[0]])
    t = np.linspace(-1, 1, 80)
    bend = rng.uniform(0, 0.3) * np.sin(np.pi * t * rng.uniform(0.3, 1.5) + rng.uniform(0, 6)) + 0.02 * np.cumsum(
        rng.standard_normal(80)
    ) * rng.uniform(0, 0.3)
    middle = rng.dirichlet(np.ones(4) * 2) @ quad
    reach = rng.uniform(0.5, 2.0) * length
    points = middle + t[:, None] * along * reach + (bend - bend[40])[:, None] * across * length
    thick = max(1, round(length * float(np.exp(rng.uniform(np.log(0.005), np.log(0.03))))))
    mask = np.zeros((RENDER, RENDER), np.float32)
    cv2.polylines(mask, [np.round(points * 16).astype(np.int32)], False, 1.0, thick, cv2.LINE_AA, 4)
    if rng.random() < 0.7:
        offset = rng.normal(0, 1.5, 2) * max(1, thick / 3)
        shadow = cv2.warpAffine(mask, np.float32([[1, 0, offset[0]], [0, 1, offset[1]]]), (RENDER, RENDER))
        shade(picture, shadow, rng.uniform(0.1, 0.5), rng.uniform(0.6, 4))
    tone = colour(rng, 0.3, 5, 60) if rng.random() < 0.65 else colour(rng, 0.9, 20, 250)
    picture += mask[..., None] * (tone - picture)
    if thick > 3 and rng.random() < 0.5:  # light along its back
        back = np.zeros_like(mask)
        cv2.polylines(back, [np.round((points - thick / 5) * 16).astype(np.int32)], False, 1.0, 1, cv2.LINE_AA, 4)
        picture += back[..., None] * np.float32(rng.uniform(10, 70))
    return mask


def lay_pile(rng: Rng, bank: Papers, picture: Picture, pose: Pose, size: Size) -> None:
    """One to three further sheets of the same size below the page, a little turned and shifted: their rims show."""
    for _ in range(int(rng.integers(1, 4))):
        paper, radius, _ = bank.paper(rng, like=2)
        turn = rng.normal(0, 0.05)
        spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        layer = lay(paper, radius, pose(rectangle(*size) @ spin + rng.normal(0, 0.02, 2)))
        layer[..., :3] *= np.float32(rng.uniform(0.8, 1.1))
        shade(picture, layer[..., 3], rng.uniform(0.05, 0.5), rng.uniform(0.8, 4))
        blend(picture, layer)


def same_coloured(rng: Rng, paper: NDArray[np.uint8]) -> Picture:
    """Smooth ground nearly of the colour of the document's rim: white paper on a white table."""
    rim = np.concatenate([paper[:3].reshape(-1, 3), paper[-3:].reshape(-1, 3), paper[:, :3].reshape(-1, 3)])
    tone = np.median(rim, axis=0) * rng.uniform(0.82, 1.1) * (1 + rng.normal(0, 0.025, 3))
    side = RENDER // 4
    field = noise(rng, side, (2, 2), 2) * rng.uniform(0, 9) + noise(rng, side, (40, 40), 1) * rng.uniform(0, 2)
    large = cv2.resize(field, (RENDER, RENDER), interpolation=cv2.INTER_CUBIC)
    return np.clip(tone + large[..., None], 0, 255).astype(np.float32)
