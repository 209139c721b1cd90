"""Lines on a document's face that run where another document's edge would: bands, frames, rules."""

import cv2
import numpy as np
from numpy.typing import NDArray
from training.outline.grounds import colour

Rng = np.random.Generator
Face = NDArray[np.uint8]


def banded(rng: Rng, face: Face) -> Face:
    """The face with a band of one bold colour along a side, as many have: its inner edge is not the document's."""
    turned = np.rot90(face, turn := int(rng.integers(4))).copy()
    high = max(2, int(rng.uniform(0.05, 0.28) * len(turned)))
    share = rng.uniform(0.6, 1)
    band = turned[:high] * (1 - share) + colour(rng, 0.9, 5, 250) * share
    turned[:high] = band.astype(np.uint8)
    return np.rot90(turned, -turn)


def lined(rng: Rng, face: Face) -> Face:
    """The face with a frame inside its edge, rules from side to side, or one part of it in another tone."""
    drawn = np.ascontiguousarray(face).copy()
    h, w = drawn.shape[:2]
    ink, short = colour(rng, 0.9, 5, 250).tolist(), min(h, w)
    thick = max(1, int(short * rng.uniform(0.004, 0.03)))
    kind = rng.random()
    if kind < 0.4:
        inset = int(short * rng.uniform(0.01, 0.12))
        cv2.rectangle(drawn, (inset, inset), (w - 1 - inset, h - 1 - inset), ink, thick, cv2.LINE_AA)
        return drawn
    if kind < 0.75:
        for _ in range(int(rng.integers(1, 4))):
            if rng.random() < 0.6:
                y = int(h * rng.uniform(0.03, 0.97))
                cv2.line(drawn, (0, y), (w - 1, y), ink, thick, cv2.LINE_AA)
            else:
                x = int(w * rng.uniform(0.03, 0.97))
                cv2.line(drawn, (x, 0), (x, h - 1), ink, thick, cv2.LINE_AA)
        return drawn
    part = np.rot90(drawn, int(rng.integers(4)))[: int(max(h, w) * rng.uniform(0.1, 0.6))]
    part[:] = np.clip(part * rng.uniform(0.35, 1.3), 0, 255).astype(np.uint8)
    return drawn
