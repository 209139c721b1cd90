"""The pictures of a report: photos and close-ups as small JPEGs inside the page."""

from base64 import b64encode
from dataclasses import dataclass

import cv2
import numpy as np

from fourcorners.kit.geometry import Points
from fourcorners.vision.picture import Pixels

__all__ = ["Crop", "crop", "data_uri"]

PHOTO_SIDE_MAX_PX = 1200
CROP_SIDE_MAX_PX = 900
JPEG_QUALITY = 82


@dataclass(frozen=True, slots=True)
class Crop:
    """A close-up: its caption key (a name of the locale's `report` or `fields`), its image, its size in pixels."""

    name: str
    uri: str
    width: int
    height: int


def data_uri(pixels: Pixels, side_max: int = PHOTO_SIDE_MAX_PX) -> str:
    """The picture (h, w, 3), no side longer than `side_max`, as a `data:` address."""
    scale = min(1.0, side_max / max(pixels.shape[:2]))
    if scale < 1.0:
        pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    pixels = np.ascontiguousarray(pixels)
    options = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY]
    _, encoded = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), options)
    return "data:image/jpeg;base64," + b64encode(encoded.tobytes()).decode("ascii")


def crop(name: str, pixels: Pixels, points: Points, margin: float) -> Crop | None:
    """The upright box around `points` (n, 2), widened by `margin` of its longer side; None if it lies outside."""
    low, high = points.min(axis=0), points.max(axis=0)
    border = margin * float((high - low).max())
    h, w = pixels.shape[:2]
    x0, y0 = (int(v) for v in np.clip(np.floor(low - border), 0, [w, h]))
    x1, y1 = (int(v) for v in np.clip(np.ceil(high + border), 0, [w, h]))
    if x1 - x0 < 2 or y1 - y0 < 2:
        return None
    return Crop(name, data_uri(pixels[y0:y1, x0:x1], CROP_SIDE_MAX_PX), x1 - x0, y1 - y0)
