"""The PDF417 barcode on the back of a driving licence."""

import numpy as np
import zxingcpp

from fourcorners.specimens.model import Plane

__all__ = ["draw_pdf417"]

COLUMNS = 13
"""Data columns; AAMVA's 2020 card design standard, annex D.3, asks for a symbol that fits an ID-1 card's width."""
ERROR_CORRECTION = "5"
"""The security level that the same annex recommends."""
QUIET_MODULES = 2


def draw_pdf417(payload: bytes) -> Plane:
    """The symbol at one pixel a module with its quiet zone: 0 is ink, 255 paper."""
    symbol = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.PDF417, columns=COLUMNS, ec_level=ERROR_CORRECTION)
    modules = np.array(symbol.to_image(scale=1, add_quiet_zones=False), dtype=np.uint8)
    return np.pad(modules, QUIET_MODULES, constant_values=255)
