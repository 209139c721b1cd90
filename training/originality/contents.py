"""What a patch shows: print of drawn documents, and other things, at any scale."""

from collections.abc import Sequence

import cv2
import numpy as np
import skimage.data
from numpy.typing import NDArray

from fourcorners import specimens
from fourcorners.specimens.designs import designs_of
from fourcorners.specimens.surfaces import draw_surface

__all__ = ["Plane", "contents", "crop"]

Plane = NDArray[np.float32]
"""Light or ink, (h, w, 3), 0..1."""

PHOTOS = ("astronaut", "chelsea", "coffee", "rocket", "brick", "grass", "gravel")
"""Photographs that scikit-image carries and whose owners gave them away."""
SURFACES = 12
ZOOM_OUT, ZOOM_IN = 0.28, 2.2
TINT_SHARE = 0.15


def contents(rng: np.random.Generator, documents: int) -> list[NDArray[np.uint8]]:
    """Sides of drawn documents at 600 dpi, surfaces, photographs. Each kind's last design is kept for measuring."""
    kinds = list(specimens.DocumentKind)[:4]
    designs = [design for kind in kinds for design in designs_of(kind)[: max(1, len(designs_of(kind)) - 1)]]
    found: list[NDArray[np.uint8]] = []
    for i in range(documents):
        design = designs[i % len(designs)]
        seed = int(rng.integers(1 << 30))
        document = specimens.draw(design.kind, seed=seed, design=design.name, portrait=int(rng.integers(100)), dpi=600)
        found += [side.pixels for side in (document.front, document.back) if side is not None]
    found += [draw_surface((1400, 1000), rng) for _ in range(SURFACES)]
    for name in PHOTOS:
        photo = getattr(skimage.data, name)()
        found.append(photo if photo.ndim == 3 else cv2.cvtColor(photo, cv2.COLOR_GRAY2RGB))
    return found


def crop(rng: np.random.Generator, pool: Sequence[NDArray[np.uint8]], side: int) -> Plane:
    """A square of something, turned a little, blurred as far as it is shrunk."""
    picture = pool[int(rng.integers(len(pool)))]
    zoom = float(np.exp(rng.uniform(np.log(ZOOM_OUT), np.log(ZOOM_IN))))
    zoom = max(zoom, 1.1 * side / min(picture.shape[:2]))
    span = side / zoom
    angle = rng.normal(0, 6) if rng.random() < 0.8 else rng.uniform(0, 360)
    low = np.minimum(span / 2, np.array(picture.shape[1::-1]) / 2)
    middle = rng.uniform(low, np.array(picture.shape[1::-1]) - low)
    matrix = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), float(angle), zoom)
    matrix[:, 2] += side / 2 - middle
    if zoom < 0.8:
        margin = int(span * 0.75) + 4
        x0, y0 = np.maximum(0, (middle - margin).astype(int))
        part = picture[y0 : y0 + 2 * margin, x0 : x0 + 2 * margin]
        matrix[:, 2] += matrix[:, :2] @ [x0, y0]
        picture = cv2.GaussianBlur(part, (0, 0), 0.42 / zoom)
    seen = cv2.warpAffine(picture, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    light = np.asarray(seen, np.float32) / 255
    return _line_tint(rng, light) if rng.random() < TINT_SHARE else light


def _line_tint(rng: np.random.Generator, light: Plane) -> Plane:
    """Fine lines in one ink, straight or waved, as security print and cloth have them: no sign of anything."""
    side = light.shape[0]
    x, y = np.meshgrid(np.arange(side, dtype=np.float32), np.arange(side, dtype=np.float32))
    angle, pitch = rng.uniform(0, np.pi), np.exp(rng.uniform(np.log(2.5), np.log(16)))
    wave = rng.uniform(0, 3) * np.sin(2 * np.pi * x / rng.uniform(20, 120)) * (rng.random() < 0.6)
    phase = 2 * np.pi * (x * np.cos(angle) + y * np.sin(angle) + wave) / pitch
    ink = rng.uniform(0.02, 0.3) * (1 - rng.uniform(0, 1, 3)) * (rng.random() + 0.2)
    lines = np.clip(0.5 + rng.uniform(0.5, 2) * np.cos(phase), 0, 1)
    if rng.random() < 0.3:  # a weave
        crossed = 2 * np.pi * (y * np.cos(angle) - x * np.sin(angle)) / (pitch * rng.uniform(0.8, 1.25))
        lines = lines * np.clip(0.5 + rng.uniform(0.5, 2) * np.cos(crossed), 0, 1)
    return np.asarray(light * (1 - lines[..., None] * ink.astype(np.float32)), np.float32)
