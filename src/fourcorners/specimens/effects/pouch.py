"""A lamination pouch: clear film that stands out around what it holds, and waves that mirror the room in streaks."""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.specimens.model import MM_PER_INCH, Pixels, Plane, Side
from fourcorners.specimens.pictures import as_u8, blurred, brightened

__all__ = ["in_pouch", "streaked"]

FILM_TINT = 225
FILM_OPACITY = 46
WORKING_SIDE = 512


def in_pouch(side: Side, margin_mm: float) -> tuple[Side, NDArray[np.float64]]:
    """The side between two films that stand out by `margin_mm`; and the matrix from its pixels to the pouch's."""
    edge = round(margin_mm * side.dpi / MM_PER_INCH)
    pixels = cv2.copyMakeBorder(side.pixels, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=[FILM_TINT] * 3)
    inner = cv2.copyMakeBorder(side.alpha, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=[0])
    film = np.zeros_like(inner)
    height, width = film.shape
    cv2.rectangle(film, (edge, 0), (width - 1 - edge, height - 1), (FILM_OPACITY,), -1)
    cv2.rectangle(film, (0, edge), (width - 1, height - 1 - edge), (FILM_OPACITY,), -1)
    for x in (edge, width - 1 - edge):
        for y in (edge, height - 1 - edge):
            cv2.circle(film, (x, y), edge, (FILM_OPACITY,), -1, cv2.LINE_AA)
    alpha = as_u8(cv2.max(inner, film))
    matrix = np.array([[1, 0, edge], [0, 1, edge], [0, 0, 1.0]])
    return replace(side, pixels=as_u8(pixels), alpha=alpha, foil=np.zeros_like(alpha)), matrix


def streaked(
    picture: Pixels, coverage: Plane, severity: float, rng: np.random.Generator
) -> tuple[Pixels, Plane, dict[str, float]]:
    """Streaks of light mirrored in the film's waves, on the covered part only.

    Returns the photo, on a coarse plane where nothing can be read any more (255), and the physics.
    """
    height, width = picture.shape[:2]
    shrink = WORKING_SIDE / max(height, width)
    size = max(2, round(width * shrink)), max(2, round(height * shrink))
    waves = int(rng.integers(3, 9))
    grid = rng.random((waves, 2 * waves), dtype=np.float32)
    slope = cv2.resize(grid, (2 * max(size), 2 * max(size)), interpolation=cv2.INTER_CUBIC)
    angle = rng.uniform(0, 180)
    spin = cv2.getRotationMatrix2D((max(size), max(size)), angle, 1.0)
    spin[:, 2] += np.array(size) / 2 - max(size)
    field = np.asarray(cv2.warpAffine(slope, spin, size, borderMode=cv2.BORDER_REFLECT), np.float32)
    # A lamp is mirrored where the film's slope points it at the lens: on the level lines of the slope.
    level, breadth = rng.uniform(0.35, 0.65), 0.02 + 0.09 * severity
    peak = 120 + 380 * severity
    light = peak * np.exp(-(((field - level) / breadth) ** 2))
    inside = cv2.resize(coverage, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    light = blurred(as_u8(np.clip(light * 0.5, 0, 255)), 1.0).astype(np.float32) * 2 * inside
    glow = as_u8(np.clip(light, 0, 255))
    lit = brightened(picture, as_u8(cv2.merge([glow, glow, glow])))
    washed_out = as_u8(np.where(light > 150, 255, 0))
    return lit, washed_out, {"reflection_peak_levels": round(peak, 1), "film_waves": float(waves)}
