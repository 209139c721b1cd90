"""Barcodes on a document: zxing-cpp on the flat page first, then on the whole photo."""

from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from fourcorners.kit.geometry import Quad
from fourcorners.vision.page import Page
from fourcorners.vision.picture import Picture, Pixels

__all__ = ["Barcode", "read_barcodes"]


@dataclass(frozen=True, slots=True, eq=False)
class Barcode:
    """`format` as zxing-cpp names it (`PDF417`, `QRCode`, ...); `quad` (4, 2) in photo pixels."""

    format: str
    data: bytes
    text: str
    quad: Quad


def read_barcodes(picture: Picture, page: Page) -> tuple[Barcode, ...]:
    """All barcodes of a photo, those on the page first."""
    found = [(code, page.to_photo(_corners(code))) for code in _read(page.pixels)]
    if not found:
        found = [(code, _corners(code)) for code in _read(picture.pixels)]
    return tuple(Barcode(code.format.name, bytes(code.bytes), code.text, quad) for code, quad in found)


def _read(pixels: Pixels) -> list[zxingcpp.Barcode]:
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return list(zxingcpp.read_barcodes(grey, text_mode=zxingcpp.TextMode.Plain))


def _corners(code: zxingcpp.Barcode) -> Quad:
    p = code.position
    corners = (p.top_left, p.top_right, p.bottom_right, p.bottom_left)
    return np.array([[c.x, c.y] for c in corners], dtype=np.float64)
