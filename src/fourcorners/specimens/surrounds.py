"""What may lie around a document's own outline: the opposite page of a booklet, a sheet of paper, a display."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.specimens.model import MM_PER_INCH, Pixels, Side
from fourcorners.specimens.pictures import as_u8, blurred, resized

__all__ = ["display", "opposite_page", "sheet"]

COARSE_DPI = 80


def opposite_page(side: Side, rng: np.random.Generator) -> tuple[Side, NDArray[np.float64]]:
    """The page above a passport's data page, and the matrix that carries its pixels to the data page's."""
    width, height = (round(value * COARSE_DPI / side.dpi) for value in side.size)
    tint = blurred(resized(side.pixels, (width, height)), 14)
    page = as_u8(np.clip(tint.astype(np.float32) * 0.4 + 150, 0, 250))[::-1].copy()
    ink = tuple(int(value) for value in rng.integers(60, 130, 3))
    for row in range(round(height * 0.2), round(height * 0.75), round(height * 0.055)):
        end = round(width * rng.uniform(0.6, 0.88))
        cv2.line(page, (round(width * 0.12), row), (end, row), ink, 1, cv2.LINE_AA)
    cv2.circle(page, (round(width * 0.5), round(height * 0.85)), round(height * 0.06), ink, 1, cv2.LINE_AA)
    fold = np.linspace(0.0, 1.0, height, dtype=np.float32)[:, None, None] ** 10
    page = as_u8(page * (1 - 0.3 * fold))
    return _coarse(page), _placed(side.dpi / COARSE_DPI, (0.0, -float(side.size[1])))


def sheet(side: Side, margins_mm: NDArray[np.float64], rng: np.random.Generator) -> tuple[Side, NDArray[np.float64]]:
    """White paper around a copy: `margins_mm` to the left, top, right and bottom of it."""
    unit = COARSE_DPI / MM_PER_INCH
    left, top, right, bottom = margins_mm * unit
    width = round(side.size[0] * COARSE_DPI / side.dpi + left + right)
    height = round(side.size[1] * COARSE_DPI / side.dpi + top + bottom)
    white = rng.uniform(228, 250)
    paper = np.full((height, width, 3), white, np.float32) + rng.uniform(-5, 5, 3)
    creases = cv2.resize(rng.random((6, 6), dtype=np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    paper = np.clip(paper - 10 * creases[..., None], 0, 255)
    corner = -np.array([left, top]) * side.dpi / COARSE_DPI
    return _coarse(as_u8(paper)), _placed(side.dpi / COARSE_DPI, (float(corner[0]), float(corner[1])))


def display(content: Side, bezel: NDArray[np.float64], rng: np.random.Generator) -> tuple[Side, NDArray[np.float64]]:
    """The body of a phone, tablet or monitor around what it shows; `bezel` in shares of the content's width."""
    left, top, right, bottom = bezel * content.size[0]
    zoom = 600 / content.size[0]
    width, height = round((content.size[0] + left + right) * zoom), round((content.size[1] + top + bottom) * zoom)
    tone = rng.uniform(8, 40) if rng.random() < 0.8 else rng.uniform(150, 220)
    body = as_u8(np.clip(np.full((height, width, 3), tone) + rng.uniform(-4, 4, 3), 0, 255))
    return _coarse(body), _placed(1 / zoom, (-float(left), -float(top)))


def _coarse(pixels: Pixels) -> Side:
    whole = np.full(pixels.shape[:2], 255, np.uint8)
    return Side(pixels, whole, np.zeros_like(whole), COARSE_DPI)


def _placed(zoom: float, corner: tuple[float, float]) -> NDArray[np.float64]:
    """Scaled, then shifted."""
    return np.array([[zoom, 0, corner[0]], [0, zoom, corner[1]], [0, 0, 1.0]])
