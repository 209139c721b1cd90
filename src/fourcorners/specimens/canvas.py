"""A sheet that is drawn on in millimetres."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad
from fourcorners.specimens.fonts import draw_text, text_width
from fourcorners.specimens.model import MM_PER_INCH, Pixels, Plane, box_quad
from fourcorners.specimens.pictures import resized

__all__ = ["Canvas", "Colour"]

Colour = tuple[int, int, int]
SUBPIXEL_BITS = 4


class Canvas:
    """An RGB picture of a flat sheet, of `size_mm`, that inks are laid on. Points are millimetres from the top left."""

    def __init__(self, size_mm: tuple[float, float], dpi: float, background: Pixels | None = None) -> None:
        self.dpi = dpi
        self.px_per_mm = dpi / MM_PER_INCH
        self.width, self.height = round(size_mm[0] * self.px_per_mm), round(size_mm[1] * self.px_per_mm)
        self.pixels: Pixels = (
            np.full((self.height, self.width, 3), 255, np.uint8) if background is None else background.copy()
        )

    def ink(self, coverage: Plane, at_px: tuple[int, int], colour: Colour, opacity: float = 1.0) -> None:
        """Lay ink of one colour where `coverage` says, its top left at a pixel; what falls outside is lost."""
        used_x, used_y, used_width, used_height = cv2.boundingRect(coverage)
        coverage = coverage[used_y : used_y + used_height, used_x : used_x + used_width]
        x, y = at_px[0] + used_x, at_px[1] + used_y
        left, top = max(0, x), max(0, y)
        right, bottom = min(self.width, x + coverage.shape[1]), min(self.height, y + coverage.shape[0])
        if left >= right or top >= bottom:
            return
        share = coverage[top - y : bottom - y, left - x : right - x, None].astype(np.float32) * (opacity / 255)
        patch = self.pixels[top:bottom, left:right]
        inked = patch + (np.array(colour, np.float32) - patch) * share
        self.pixels[top:bottom, left:right] = (inked + 0.5).astype(np.uint8)

    def text(
        self,
        text: str,
        at: tuple[float, float],
        font: str,
        em_mm: float,
        colour: Colour,
        *,
        opacity: float = 1.0,
        max_width_mm: float | None = None,
        align: str = "left",
    ) -> Quad:
        """Print a line, its baseline starting (or ending, or centred) at `at`; shrunk where it would be too wide.

        Returns the box of its ink in pixels.
        """
        em = em_mm * self.px_per_mm
        width = text_width(text, font, em)
        if max_width_mm is not None and width > max_width_mm * self.px_per_mm:
            em *= max_width_mm * self.px_per_mm / width
            width = text_width(text, font, em)
        coverage, left, top = draw_text(text, font, round(em, 2))
        shift = {"left": 0.0, "centre": width / 2, "right": width}[align]
        x, y = round(at[0] * self.px_per_mm - shift) + left, round(at[1] * self.px_per_mm) + top
        self.ink(coverage, (x, y), colour, opacity)
        return box_quad(x, y, coverage.shape[1], coverage.shape[0])

    def lines(self, lines_mm: list[NDArray[np.float64]], colour: Colour, width_mm: float, opacity: float = 1.0) -> None:
        """Draw open polylines (n, 2)."""
        coverage = np.zeros((self.height, self.width), np.uint8)
        cv2.polylines(
            coverage,
            [self._fixed(line) for line in lines_mm],
            False,
            255,
            self.pen(width_mm),
            cv2.LINE_AA,
            SUBPIXEL_BITS,
        )
        self.ink(coverage, (0, 0), colour, opacity)

    def fill(self, polygon_mm: NDArray[np.float64], colour: Colour, opacity: float = 1.0) -> None:
        """Fill a polygon (n, 2)."""
        coverage = np.zeros((self.height, self.width), np.uint8)
        cv2.fillPoly(coverage, [self._fixed(polygon_mm)], 255, cv2.LINE_AA, SUBPIXEL_BITS)
        self.ink(coverage, (0, 0), colour, opacity)

    def paste(self, picture: Pixels, box_mm: tuple[float, float, float, float], coverage: Plane | None = None) -> Quad:
        """Paste a picture, resized to fill a box (x, y, width, height); returns the box in pixels."""
        x, y, width, height = (round(value * self.px_per_mm) for value in box_mm)
        fitted = resized(picture, (width, height))
        target = self.pixels[y : y + height, x : x + width]
        if coverage is None:
            target[:] = fitted
        else:
            share = resized(coverage, (width, height))[..., None].astype(np.float32) / 255
            target[:] = (target + (fitted.astype(np.float32) - target) * share + 0.5).astype(np.uint8)
        return box_quad(x, y, width, height)

    def pen(self, width_mm: float) -> int:
        """A pen width in whole pixels, at least one."""
        return max(1, round(width_mm * self.px_per_mm))

    def _fixed(self, points_mm: NDArray[np.float64]) -> NDArray[np.int32]:
        return np.round(points_mm * self.px_per_mm * (1 << SUBPIXEL_BITS)).astype(np.int32)
