"""A shadow with a soft edge: of the phone and the arm that hold it, or of something between lamp and document."""

import cv2
import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.specimens.model import Pixels
from fourcorners.specimens.pictures import as_u8, blurred, dimmed

__all__ = ["shaded"]

WORKING_SIDE = 384


def shaded(picture: Pixels, corners: Quad, severity: float, rng: np.random.Generator) -> Pixels:
    """Throw a shadow whose edge runs over the document; it takes up to 85 % of the light."""
    height, width = picture.shape[:2]
    shrink = WORKING_SIDE / max(height, width)
    size = max(2, round(width * shrink)), max(2, round(height * shrink))
    mask = np.zeros((size[1], size[0]), np.uint8)
    middle = corners.mean(axis=0) * shrink
    extent = float(np.hypot(*(corners[1] - corners[0]))) * shrink
    angle = rng.uniform(0, 2 * np.pi)
    away = np.array([np.cos(angle), np.sin(angle)])
    along = np.array([-away[1], away[0]])
    edge = middle + away * extent * rng.uniform(-0.2, 0.2)
    if rng.random() < 0.5:
        near, far = 9 * extent, 9 * extent
        start = edge
    else:  # a phone, and the arm behind it
        half = extent * rng.uniform(0.18, 0.32)
        near, far = half, half * 0.8
        start = edge - away * half
    beyond = edge + away * 9 * extent
    outline = [start - along * near, start + along * near, beyond + along * far, beyond - along * far]
    cv2.fillPoly(mask, [np.round(np.array(outline)).astype(np.int32)], (255,), cv2.LINE_AA)
    soft = blurred(mask, extent * rng.uniform(0.015, 0.08))
    depth = 0.15 + 0.7 * severity
    return dimmed(picture, as_u8(255 - soft.astype(np.float32) * depth))
