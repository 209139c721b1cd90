"""Screenshots as files: an app on a screen, and how the file was saved and sent on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from fourcorners.kit.data import load_toml
from fourcorners.specimens.effects.sensor import decode, jpeg
from fourcorners.specimens.model import Pixels, SpecimenError
from fourcorners.specimens.pictures import resized
from fourcorners.specimens.screens.apps import APPS
from fourcorners.specimens.screens.parts import Place, Screen

__all__ = ["PICTURE_ALONE", "SAVED", "ScreenFile", "apps_of", "screenshot_file"]

SAVED = {"png": 0.34, "jpeg": 0.2, "scaled": 0.16, "sent": 0.2, "cropped": 0.1}
"""How a screenshot becomes a file, and how often. "picture alone" is drawn only when asked for."""
PICTURE_ALONE = "picture alone"
SENT_SIDES_PX = (1280, 1600)
COLOUR_IN_FULL = cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444


@dataclass(frozen=True, eq=False)
class ScreenFile:
    """A file; the app that was on the screen, how it was saved, and the screen's size (width, height).

    `beside` is the share of the file, 0..1, that shows something of the screen beside the picture.
    """

    encoded: bytes
    app: str
    saved: str
    screen: tuple[int, int]
    beside: float


def _table() -> Mapping[str, Any]:
    return load_toml("fourcorners.specimens.screens", "screens.toml")


def apps_of(split: str) -> tuple[str, ...]:
    """The apps of a split: "train", "tuning" or "evaluation"."""
    found = tuple(name for name, app in _table()["apps"].items() if app["split"] == split)
    if not found:
        raise SpecimenError(f"No app is of the split {split!r}.")
    return found


def screenshot_file(
    picture: Pixels, *, seed: int, split: str, app: str | None = None, saved: str | None = None
) -> ScreenFile:
    """The picture (h, w, 3) in one of the split's apps, on one of its screens, saved in one of its ways."""
    rng = np.random.default_rng((seed, 17))
    names = apps_of(split)
    chosen = app or names[int(rng.integers(len(names)))]
    way = saved or str(rng.choice(list(SAVED), p=list(SAVED.values())))
    table = _table()
    screens = table[f"{table['apps'][chosen]['on']}s"][split]
    width, height, pt = screens[int(rng.integers(len(screens)))]
    themes = table["themes"][split]
    ground, ink, accent = (tuple(colour) for colour in themes[int(rng.integers(len(themes)))])
    blank = np.full((height, width, 3), ground, np.uint8)
    screen = Screen(blank, pt * rng.uniform(0.9, 1.15), ground, ink, accent, rng)
    place = APPS[chosen](screen, picture)
    kept = _kept(screen.pixels, place, rng) if way == "cropped" else (0, 0, width, height)
    encoded = _saved(screen.pixels, place if way == PICTURE_ALONE else kept, way, rng)
    beside = 0.0 if way == PICTURE_ALONE else 1 - place[2] * place[3] / (kept[2] * kept[3])
    return ScreenFile(encoded, chosen, way, (width, height), beside)


def _kept(screen: Pixels, place: Place, rng: np.random.Generator) -> Place:
    """The picture and some of what lies around it, on each side on its own."""
    x, y, width, height = place
    keep = rng.uniform(0, 1, 4) * (rng.random(4) < 0.75)
    left, top = round(x * (1 - keep[0])), round(y * (1 - keep[1]))
    right = round(x + width + (screen.shape[1] - x - width) * keep[2])
    bottom = round(y + height + (screen.shape[0] - y - height) * keep[3])
    return left, top, right - left, bottom - top


def _saved(screen: Pixels, place: Place, way: str, rng: np.random.Generator) -> bytes:
    """The screen as a file; of it only `place` where it was cut."""
    if way == "png":
        return _png(screen)
    if way == "jpeg":
        return _jpeg(screen, int(rng.integers(72, 99)), in_full=rng.random() < 0.4)
    if way == "scaled":
        share = rng.uniform(0.4, 0.92)
        small = resized(screen, (round(screen.shape[1] * share), round(screen.shape[0] * share)))
        return _png(small) if rng.random() < 0.3 else _jpeg(small, int(rng.integers(70, 97)), in_full=False)
    if way == "sent":
        share = min(1.0, int(rng.choice(SENT_SIDES_PX)) / max(screen.shape[:2]))
        once = decode(_jpeg(screen, int(rng.integers(85, 97)), in_full=True)) if rng.random() < 0.4 else screen
        small = resized(once, (round(screen.shape[1] * share), round(screen.shape[0] * share)))
        return _jpeg(small, int(rng.integers(60, 86)), in_full=False)
    x, y, width, height = place
    cut = np.ascontiguousarray(screen[y : y + height, x : x + width])
    if way == PICTURE_ALONE:
        return _jpeg(cut, int(rng.integers(80, 97)), in_full=False)
    return _png(cut) if rng.random() < 0.4 else _jpeg(cut, int(rng.integers(75, 97)), in_full=False)


def _jpeg(picture: Pixels, quality: int, *, in_full: bool) -> bytes:
    if not in_full:
        return jpeg(picture, quality)
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, COLOUR_IN_FULL]
    return cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), options)[1].tobytes()


def _png(picture: Pixels) -> bytes:
    return cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()
