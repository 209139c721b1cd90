"""Print: lines and columns of meaningless text in real typefaces, Latin, Cyrillic and Greek."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

FAMILIES = ("font_roboto", "font_source_sans_pro", "font_source_serif_pro")
LETTERS = {
    "latin": "etaoinshrdlucmfwypvbgkqjxzéüñçã",
    "cyrillic": "оеаинтсрвлкмдпуяыьгзбчйхжшю",
    "greek": "αοιετνσρκπυλμηδθγχφβξζ",
}


@cache
def _files(package: str) -> tuple[str, ...]:
    spec = find_spec(package)
    assert spec is not None, f"{package} is not installed"
    assert spec.submodule_search_locations
    root = Path(next(iter(spec.submodule_search_locations)))
    return tuple(sorted(str(p) for p in root.rglob("*.ttf") if "Italic" not in p.name))


@cache
def font(package: str, index: int, height: int) -> ImageFont.FreeTypeFont:
    """A face of a font package at a size."""
    files = _files(package)
    return ImageFont.truetype(files[index % len(files)], max(5, height))


def words(rng: np.random.Generator, count: int, script: str | None = None) -> list[str]:
    """Letter soup in word lengths."""
    letters = LETTERS[script or str(rng.choice(list(LETTERS), p=[0.7, 0.2, 0.1]))]
    made = ["".join(rng.choice(list(letters), int(rng.integers(1, 10)))) for _ in range(count)]
    case = rng.random(count)
    return [
        w.upper() if c < 0.15 else w.capitalize() if c < 0.4 else w if c < 0.85 else str(int(c * 1e6))
        for w, c in zip(made, case, strict=True)
    ]


def write_line(
    rng: np.random.Generator,
    picture: NDArray[np.uint8],
    at: tuple[int, int],
    height: int,
    width: int,
    family: str,
    ink: tuple[int, ...],
    text: str | None = None,
) -> None:
    """One line at (x, y), cut off at `width`."""
    write_column(rng, picture, (at[0], at[1], width, int(height * 1.4) + 1), height, family, ink, text)


def write_column(
    rng: np.random.Generator,
    picture: NDArray[np.uint8],
    box: tuple[int, int, int, int],
    height: int,
    family: str,
    ink: tuple[int, ...],
    text: str | None = None,
) -> None:
    """Lines of `height` px from the top of a box (x, y, w, h) to its bottom."""
    x, y, w, h = box
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(picture.shape[1], x + w), min(picture.shape[0], y + h)
    if x1 - x0 < 4 or y1 - y0 < 4:
        return
    patch = Pillow.fromarray(picture[y0:y1, x0:x1])
    pen = ImageDraw.Draw(patch)
    face = font(family, int(rng.integers(8)), height)
    line = int(height * rng.uniform(1.1, 1.6)) + 1
    count = max(1, int(w / height / 2) + 1)
    for top in range(0, y1 - y0 - int(height * 0.8), line):
        if text is None and rng.random() < 0.06:
            continue
        pen.text((0, top), text or " ".join(words(rng, count)), fill=ink[:3], font=face)
    picture[y0:y1, x0:x1] = np.asarray(patch)
