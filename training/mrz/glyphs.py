"""Glyphs as ink maps: OCR-B in many weights and proportions, and the typewriter faces that some print instead."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from training.mrz.texts import ALPHABET

from fourcorners.specimens.ocrb import ADVANCE_MM, CENTRE_MM, HEIGHT_MM, draw_line

CAP_PX = 28  # height of a capital in the maps
CELL_PX = 48  # side of a map; the glyph's cell is centred in x, the capital's middle in y

FONTS = {  # file name: share of the lines
    "OCRB.otf": 5.0,
    "OCRBS.otf": 2.0,
    "FreeMono.ttf": 0.5,
    "FreeMonoBold.ttf": 0.5,
    "LiberationMono-Regular.ttf": 0.7,
    "LiberationMono-Bold.ttf": 0.4,
    "DejaVuSansMono.ttf": 0.5,
    "DejaVuSansMono-Bold.ttf": 0.2,
    "OCRA.ttf": 0.2,
}
OUR_SHARE = 5.0
OUR_CAP_MM = 2 * (HEIGHT_MM - CENTRE_MM)
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")


@dataclass(frozen=True)
class Face:
    """One face in one weight: `ink` (37, CELL_PX, CELL_PX) in 0..1, and its own pitch as a share of the cap height."""

    name: str
    ink: NDArray[np.float32]
    pitch: float
    share: float


def faces(rng: np.random.Generator) -> list[Face]:
    """All faces in several weights and proportions."""
    built = []
    for name, share in FONTS.items():
        path = _find(name)
        if path is None:
            raise SystemExit(f"{name} is not installed: see training/README.md")
        variants = 24 if name.startswith("OCRB") else 8
        plain, pitch = _render(path)
        built += [Face(name, _vary(rng, plain), pitch, share / variants) for _ in range(variants)]
    for pen_mm in np.linspace(0.24, 0.5, 24):
        built.append(Face("specimens", _vary(rng, _strokes(float(pen_mm))), ADVANCE_MM / OUR_CAP_MM, OUR_SHARE / 24))
    return built


def _strokes(pen_mm: float) -> NDArray[np.float32]:
    """The stroke glyphs of our own specimens."""
    scale = CAP_PX / OUR_CAP_MM
    ink = np.zeros((len(ALPHABET), CELL_PX, CELL_PX), np.float32)
    for i, character in enumerate(ALPHABET):
        drawn = draw_line(character, scale, pen_mm)
        top, left = round(CELL_PX / 2 - CENTRE_MM * scale), (CELL_PX - drawn.shape[1]) // 2
        ink[i, top : top + drawn.shape[0], left : left + drawn.shape[1]] = drawn / 255
    return ink


def _find(name: str) -> Path | None:
    return next((p for folder in FOLDERS for p in sorted(Path(folder).rglob(name))), None)


def _render(path: Path) -> tuple[NDArray[np.float32], float]:
    big = 4
    font = ImageFont.truetype(str(path), 200)
    _, top, _, bottom = font.getbbox("H")
    size = round(200 * CAP_PX * big / (bottom - top))
    font = ImageFont.truetype(str(path), size)
    _, top, _, bottom = font.getbbox("H")
    advance = font.getlength("H")
    side = CELL_PX * big
    ink = np.zeros((len(ALPHABET), CELL_PX, CELL_PX), np.float32)
    for i, character in enumerate(ALPHABET):
        image = Image.new("L", (side, side), 0)
        ImageDraw.Draw(image).text(
            ((side - advance) / 2, side / 2 - (top + bottom) / 2), character, font=font, fill=255
        )
        ink[i] = cv2.resize(np.asarray(image, np.float32) / 255, (CELL_PX, CELL_PX), interpolation=cv2.INTER_AREA)
    return ink, float(advance / (bottom - top))


def _vary(rng: np.random.Generator, plain: NDArray[np.float32]) -> NDArray[np.float32]:
    """Another weight (ink spread), proportion and slant; letters a little larger or smaller than digits; O rounder."""
    spread = rng.uniform(0.6, 1.6)
    level = float(np.clip(rng.normal(0.45, 0.13), 0.18, 0.72))
    wide, high, slant = rng.uniform(0.9, 1.12), rng.uniform(0.94, 1.06), rng.normal(0, 0.02)
    letters = rng.uniform(0.94, 1.06)
    round_o = rng.uniform(1.0, 1.2)
    middle = (CELL_PX - 1) / 2
    varied = np.empty_like(plain)
    for i, ink in enumerate(plain):
        w, h = wide, high
        if 10 <= i < 36:
            w, h = w * letters, h * letters
        if ALPHABET[i] in "OQ":
            w *= round_o
        matrix = np.float32([[w, slant, middle * (1 - w - slant)], [0, h, middle * (1 - h)]])
        warped = cv2.warpAffine(ink, matrix, (CELL_PX, CELL_PX), flags=cv2.INTER_LINEAR)
        soft = cv2.GaussianBlur(warped, (0, 0), spread)
        varied[i] = np.clip((soft - level) / 0.35 + 0.5, 0, 1)
    return varied
