"""Corners that are gone: a hole punched near one, or a piece cut off. Issuers mark invalid documents so."""

from dataclasses import replace

import cv2
import numpy as np

from fourcorners.specimens.model import MM_PER_INCH, Side
from fourcorners.specimens.pictures import as_u8
from fourcorners.specimens.shapes import Points

__all__ = ["clipped", "punched"]


def punched(side: Side, corner: int, radius_mm: float, inset_mm: float) -> Side:
    """A round hole of `radius_mm`, `inset_mm` from both edges of a corner (0 top left, clockwise)."""
    unit = side.dpi / MM_PER_INCH
    at, inward = _corner(side, corner)
    middle = np.round(at + inward * inset_mm * unit).astype(int)
    alpha = side.alpha.copy()
    cv2.circle(alpha, middle.tolist(), round(radius_mm * unit), (0,), -1, cv2.LINE_AA)
    return replace(side, alpha=as_u8(alpha))


def clipped(side: Side, corner: int, legs_mm: tuple[float, float]) -> Side:
    """A corner cut off straight, `legs_mm` along the horizontal and the vertical edge."""
    unit = side.dpi / MM_PER_INCH
    at, inward = _corner(side, corner)
    beyond = at - inward * unit
    cut = np.array([beyond, [at[0] + inward[0] * legs_mm[0] * unit, beyond[1]],
                    [beyond[0], at[1] + inward[1] * legs_mm[1] * unit]])  # fmt: skip
    alpha = side.alpha.copy()
    cv2.fillPoly(alpha, [np.round(cut).astype(np.int32)], (0,), cv2.LINE_AA)
    return replace(side, alpha=as_u8(alpha))


def _corner(side: Side, corner: int) -> tuple[Points, Points]:
    """Where a corner is, and the signs of the way into the document."""
    width, height = side.size
    right, bottom = corner in (1, 2), corner in (2, 3)
    at = np.array([width if right else 0, height if bottom else 0], dtype=np.float64)
    return at, np.array([-1.0 if right else 1.0, -1.0 if bottom else 1.0])
