"""A screenshot: a picture in a phone's or a computer's picture viewer, exact to the pixel."""

import cv2
import numpy as np

from fourcorners.specimens.fonts import draw_text
from fourcorners.specimens.model import Pixels
from fourcorners.specimens.pictures import as_u8, resized

__all__ = ["shown_in_viewer"]

Box = tuple[int, int, int, int]
LIGHT, DARK = ((250, 250, 250), (20, 20, 22)), ((16, 16, 18), (236, 236, 238))


def shown_in_viewer(content: Pixels, size: tuple[int, int], rng: np.random.Generator) -> tuple[Pixels, Box]:
    """The screen of (width, height) and where the content lies on it: x, y, width, height."""
    ground, ink = LIGHT if rng.random() < 0.5 else DARK
    screen = np.full((size[1], size[0], 3), ground, np.uint8)
    upright = size[1] >= size[0]
    bar = round(max(size) * (0.03 if upright else 0.035))
    _status_bar(screen, bar, ink, rng, upright=upright)
    foot = _tool_bar(screen, bar, ink, upright=upright)
    room = (round(size[0] * (1.0 if upright else 0.8)), foot - 3 * bar)
    scale = min(room[0] / content.shape[1], room[1] / content.shape[0])
    fitted = resized(content, (max(1, round(content.shape[1] * scale)), max(1, round(content.shape[0] * scale))))
    height, width = fitted.shape[:2]
    x, y = (size[0] - width) // 2, (3 * bar + foot - height) // 2
    screen[y : y + height, x : x + width] = fitted
    return screen, (x, y, width, height)


def _status_bar(
    screen: Pixels, bar: int, ink: tuple[int, int, int], rng: np.random.Generator, *, upright: bool
) -> None:
    width = screen.shape[1]
    clock = f"{rng.integers(7, 23)}:{rng.integers(0, 60):02d}"
    name = f"IMG_{rng.integers(1000, 9999)}.JPG"
    if upright:
        _word(screen, clock, (bar, round(bar * 0.75)), bar * 0.55, ink)
        x, y, step = width - round(bar * 3.6), round(bar * 0.72), bar / 6
        for n in range(4):
            left = round(x + n * step * 1.4)
            cv2.rectangle(screen, (left, round(y - (n + 1) * step * 0.6)), (round(left + step), y), ink, -1)
        _battery(screen, (width - round(bar * 2.0), round(bar * 0.3)), bar * 0.4, float(rng.uniform(0.1, 1)), ink)
        _word(screen, name, (round(bar * 2.2), round(bar * 2.3)), bar * 0.7, ink)
        cv2.polylines(screen, [_arrow(bar)], False, ink, max(1, bar // 14), cv2.LINE_AA)
    else:
        cv2.rectangle(screen, (0, 0), (width, bar), tuple(int(c * 0.5 + 60) for c in ink), -1)
        _word(screen, name, (bar // 2, round(bar * 0.7)), bar * 0.5, (255, 255, 255))
        for n, colour in enumerate([(232, 80, 70), (235, 190, 60), (90, 190, 80)]):
            cv2.circle(screen, (width - round(bar * (0.6 + 0.8 * n)), bar // 2), bar // 4, colour, -1, cv2.LINE_AA)


def _tool_bar(screen: Pixels, bar: int, ink: tuple[int, int, int], *, upright: bool) -> int:
    """Icons along the foot; returns the height where they begin."""
    height, width = screen.shape[:2]
    foot: int = height - round(bar * (3 if upright else 1.2))
    if upright:
        middle = foot + bar
        for n in range(4):
            x = round(width * (n + 0.5) / 4)
            r = round(bar * 0.35)
            if n % 2:
                cv2.circle(screen, (x, middle), r, ink, max(1, bar // 14), cv2.LINE_AA)
            else:
                cv2.rectangle(screen, (x - r, middle - r), (x + r, middle + r), ink, max(1, bar // 14), cv2.LINE_AA)
        cv2.line(screen, (round(width * 0.35), height - bar // 3), (round(width * 0.65), height - bar // 3), ink,
                 max(2, bar // 8), cv2.LINE_AA)  # fmt: skip
    else:
        cv2.rectangle(screen, (0, foot), (width, height), (44, 58, 86), -1)
        for n in range(7):
            x = round(width / 2 + (n - 3) * bar * 1.3)
            colour = ((n * 61) % 200 + 50, (n * 97) % 200 + 50, (n * 37) % 200 + 50)
            cv2.rectangle(screen, (x - bar // 3, foot + bar // 4), (x + bar // 3, height - bar // 4), colour, -1)
    return foot


def _word(screen: Pixels, text: str, at: tuple[int, int], em: float, ink: tuple[int, int, int]) -> None:
    coverage, left, top = draw_text(text, "roboto-Medium", em)
    y, x = at[1] + top, at[0] + left
    patch = screen[y : y + coverage.shape[0], x : x + coverage.shape[1]]
    share = coverage[: patch.shape[0], : patch.shape[1], None].astype(np.float32) / 255
    patch[:] = as_u8(patch + (np.array(ink, np.float32) - patch) * share + 0.5)


def _battery(screen: Pixels, at: tuple[int, int], height: float, charge: float, ink: tuple[int, int, int]) -> None:
    x, y, h, w = *at, round(height), round(height * 2)
    cv2.rectangle(screen, (x, y), (x + w, y + h), ink, 1, cv2.LINE_AA)
    cv2.rectangle(screen, (x + 2, y + 2), (x + 2 + round((w - 4) * charge), y + h - 2), ink, -1)
    cv2.rectangle(screen, (x + w + 1, y + h // 3), (x + w + 2, y + 2 * h // 3), ink, -1)


def _arrow(bar: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    points = np.array([[1.3, 1.8], [1.0, 2.1], [1.3, 2.4]]) * bar
    return np.round(points).astype(np.int32)
