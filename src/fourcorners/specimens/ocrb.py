"""OCR-B drawn by ourselves, so that specimens look the same on every machine.

The strokes are in `ocrb.toml`; a line of text is drawn with a round pen of constant width, 10 characters an inch.
"""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.data import load_toml
from fourcorners.specimens.pictures import resized

__all__ = ["ADVANCE_MM", "CENTRE_MM", "GLYPHS", "HEIGHT_MM", "draw_line"]

_DATA = load_toml("fourcorners.specimens", "ocrb.toml")
GLYPHS: frozenset[str] = frozenset(_DATA["glyphs"])
ADVANCE_MM: float = _DATA["cell"] / 100
PEN_MM: float = _DATA["pen"] / 100
HEIGHT_MM: float = (_DATA["rise"] + _DATA["height"] + _DATA["pen"]) / 100
"""Height of a digit, ink included; capitals are a little lower."""
CENTRE_MM: float = (_DATA["rise"] + _DATA["height"] / 2 + _DATA["pen"] / 2) / 100
"""From the top of a drawn line to its reference centre line, which halves the capitals."""

SUPERSAMPLING = 4
SUBPIXEL_BITS = 4
CURVE_STEPS = 10


def draw_line(text: str, px_per_mm: float, pen_mm: float = PEN_MM) -> NDArray[np.uint8]:
    """Ink coverage (height, width) of one line: 255 is full ink, one cell of 2.54 mm a character.

    The picture spans the text's cells exactly and the height of a digit. Raises KeyError for a character
    outside A-Z, 0-9 and `<`.
    """
    width, height = round(len(text) * ADVANCE_MM * px_per_mm), round(HEIGHT_MM * px_per_mm)
    scale_x, scale_y = width / (len(text) * ADVANCE_MM), height / HEIGHT_MM
    ink = np.zeros((height * SUPERSAMPLING, width * SUPERSAMPLING), np.uint8)
    to_px = np.array([scale_x, scale_y]) * SUPERSAMPLING / 100 * (1 << SUBPIXEL_BITS)
    strokes = []
    for column, character in enumerate(text):
        corner = np.array([column * _DATA["cell"], _DATA["rise"] + _DATA["pen"] / 2])
        strokes += [np.round((stroke + corner) * to_px).astype(np.int32) for stroke in _strokes(character)]
    pen = max(1, round(pen_mm * px_per_mm * SUPERSAMPLING))
    cv2.polylines(ink, strokes, False, 255, pen, cv2.LINE_8, SUBPIXEL_BITS)
    return resized(ink, (width, height))


@cache
def _strokes(character: str) -> tuple[NDArray[np.float64], ...]:
    """The strokes of one character as polylines (n, 2), 1/100 mm."""
    strokes: list[NDArray[np.float64]] = []
    points: list[NDArray[np.float64]] = []
    for command, numbers in _commands(_DATA["glyphs"][character]):
        given = np.array(numbers, dtype=np.float64).reshape(-1, 2)
        if command == "M":
            if points:
                strokes.append(np.array(points))
            points = [given[0]]
        elif command == "L":
            points.extend(given)
        else:
            points.extend(_bezier(points[-1], *given))
    strokes.append(np.array(points))
    return tuple(strokes)


def _commands(path: str) -> list[tuple[str, list[float]]]:
    commands: list[tuple[str, list[float]]] = []
    for token in path.split():
        if token[0] in "MLC":
            commands.append((token[0], [float(token[1:])]))
        else:
            commands[-1][1].append(float(token))
    return commands


def _bezier(
    start: NDArray[np.float64], a: NDArray[np.float64], b: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    t = np.linspace(0, 1, CURVE_STEPS + 1)[1:, None]
    curve: NDArray[np.float64] = (1 - t) ** 3 * start + 3 * (1 - t) ** 2 * t * a + 3 * (1 - t) * t**2 * b + t**3 * end
    return curve
