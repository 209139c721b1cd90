"""Does a document lie in its picture as straight as in a scanner?"""

import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.picture import Pixels

__all__ = ["keystone", "surround_spread", "tilt_deg"]

LINES_MIN = 3
RING = 0.04
"""Width of the ring outside the outline that is looked at, as a share of the picture's short side."""
ALONG = 60
"""Places along each side at which it is looked at."""


def tilt_deg(frame: DocumentFrame) -> float | None:
    """Median angle to the nearest axis of the sides, MRZ and printed lines in degrees, 0..45; None without any."""
    quads = [frame.page.to_photo(line.quad) for line in frame.text]
    quads += [] if frame.mrz is None else list(frame.mrz.line_quads)
    along = [quad[1] - quad[0] for quad in quads]
    if frame.quad is not None:
        along += list(np.roll(frame.quad, -1, axis=0) - frame.quad)
    if len(along) < LINES_MIN:
        return None
    angles = np.degrees([np.arctan2(y, x) for x, y in along])
    return float(np.median(np.abs((angles + 45) % 90 - 45)))


def keystone(quad: Quad) -> float:
    """Largest relative difference between opposite sides of a quad: 0 for a rectangle seen straight from above."""
    sides = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    return float(
        max(abs(sides[0] - sides[2]) / max(sides[0], sides[2]), abs(sides[1] - sides[3]) / max(sides[1], sides[3]))
    )


def surround_spread(pixels: Pixels, quad: Quad) -> tuple[float, float] | None:
    """Mean brightness and its spread (grey levels) just outside the outline; None when there is no such place."""
    height, width = pixels.shape[:2]
    starts, ends = quad, np.roll(quad, -1, axis=0)
    outward = (starts + ends) / 2 - quad.mean(axis=0)
    outward /= np.maximum(np.linalg.norm(outward, axis=1, keepdims=True), 1e-9)
    along = starts[:, None] + np.linspace(0.1, 0.9, ALONG)[:, None] * (ends - starts)[:, None]  # (sides, places, 2)
    away = np.array([0.4, 0.7, 1.0])[:, None, None, None] * RING * min(height, width) * outward[:, None]
    x, y = np.round(along + away).astype(int).reshape(-1, 2).T
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    samples = pixels[y[inside], x[inside]].mean(axis=1)
    return (float(samples.mean()), float(samples.std())) if len(samples) >= ALONG else None
