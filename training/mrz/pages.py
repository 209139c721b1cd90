"""Training pictures for the finder: zones among other print on many grounds, at any rotation, and maps of them."""

from __future__ import annotations

import string
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from training.mrz.glyphs import CAP_PX, CELL_PX, FOLDERS, Face
from training.mrz.scenes import DEFOCUSED_CAPS, SHAKEN_CAPS, blobs, defocused, filed, ground, shaken, stamp
from training.mrz.texts import ALPHABET, zone

from fourcorners.vision.mrz.strips import even_light

SIDE_PX = 256
STRIDE_PX = 4
CAP_UNIT_PX = 8.0
SHAKEN, DEFOCUSED = 0.15, 0.08
"""Shares of squares blurred further than a good photo is."""
OTHER_FONTS = [
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
    "DejaVuSerif.ttf",
    "DejaVuSansMono.ttf",
    "LiberationSans-Regular.ttf",
    "LiberationSans-Bold.ttf",
    "LiberationSerif-Regular.ttf",
    "LiberationMono-Regular.ttf",
    "LiberationSansNarrow-Regular.ttf",
    "FreeSans.ttf",
    "FreeSerif.ttf",
    "FreeMono.ttf",
    "OCRB.otf",
    "OCRA.ttf",
]

Mask = NDArray[np.uint8]


@dataclass(frozen=True)
class PagePart:
    """A square of a page and what the network should say of it.

    `picture` (side, side) with its light made even; `score` (side/2, side/2) where lines run; `place` (3, side/4,
    side/4) cosine and sine of their direction and log of their cap height; `near` where `place` counts.
    """

    picture: NDArray[np.float32]
    score: NDArray[np.float32]
    place: NDArray[np.float32]
    near: NDArray[np.float32]


def other_print(rng: np.random.Generator, count: int = 500) -> list[Mask]:
    """Snippets of print that is no zone, capitals about 28 px high, ink 255."""
    paths = [p for name in OTHER_FONTS if (p := _find(name)) is not None]
    letters = string.ascii_letters + string.digits + "  .,:-/ÄÖÜÉÈÇÑŠŽ" + string.ascii_lowercase * 2
    made = []
    for _ in range(count):
        path = paths[int(rng.integers(len(paths)))]
        font = ImageFont.truetype(str(path), int(CAP_PX * 1.4))
        n = int(rng.integers(1, 40))
        alphabet = letters if rng.random() < 0.6 else string.ascii_uppercase + string.digits + " "
        lines = ["".join(rng.choice(list(alphabet), n)) for _ in range(int(rng.choice([1, 1, 1, 2, 5])))]
        image = Image.new("L", (int(font.getlength("M" * n)) + 10, 46 * len(lines) + 10), 0)
        ImageDraw.Draw(image).multiline_text((4, 0), "\n".join(lines), font=font, fill=255)
        box = image.getbbox()
        if box is not None:
            made.append(np.asarray(image.crop(box), np.uint8))
    for _ in range(count // 12):  # barcodes and rules
        bars = (rng.random(int(rng.integers(20, 120))) < 0.5).astype(np.uint8) * 255
        made.append(np.repeat(np.repeat(bars[None], int(rng.integers(8, 80)), 0), int(rng.integers(2, 5)), 1))
    return made


def part(rng: np.random.Generator, faces: list[Face], shares: NDArray[np.float64], prints: list[Mask]) -> PagePart:
    """One square of a page."""
    side = SIDE_PX
    angle = _angle(rng)
    paper = rng.uniform(0.4, 1.0)
    levels = ground(rng, (side, side), crossing=0.3) * paper
    if rng.random() < 0.5:
        levels *= np.clip(1 + rng.uniform(0.05, 0.4) * blobs(rng, (side, side), rng.uniform(20, 150)), 0.2, 1.6)
    for _ in range(int(rng.integers(0, 5))):
        _block(rng, levels)
    cap = float(np.exp(rng.uniform(np.log(3.5), np.log(22))))
    for _ in range(int(rng.integers(0, 14))):
        _print(rng, levels, prints, angle, cap)
    score = np.zeros((side, side), np.float32)
    place, near = np.zeros((3, side, side), np.float32), np.zeros((side, side), np.float32)
    if rng.random() < 0.8:
        _zone(rng, levels, faces[int(rng.choice(len(faces), p=shares))], angle, cap, (score, place, near))
    if rng.random() < 0.25:
        levels *= np.clip(1 + rng.uniform(0.05, 0.3) * blobs(rng, (side, side), rng.uniform(60, 300)), 0.2, 1.5)
    blur = rng.uniform(0.2, 0.8) * (1 if rng.random() < 0.85 else rng.uniform(1, 1 + cap / 10))
    levels = cv2.GaussianBlur(levels, (0, 0), float(blur)) * rng.uniform(150, 255)
    spoilt = rng.random()
    if spoilt < SHAKEN:
        levels = shaken(rng, levels, cap * rng.uniform(*SHAKEN_CAPS[1]))
    elif spoilt < SHAKEN + DEFOCUSED:
        levels = defocused(levels, cap * rng.uniform(*DEFOCUSED_CAPS))
    picture = even_light(filed(rng, levels))
    small = (side // STRIDE_PX, side // STRIDE_PX)
    return PagePart(
        picture,
        cv2.resize(score, (side // 2, side // 2), interpolation=cv2.INTER_AREA),
        np.stack([cv2.resize(p, small, interpolation=cv2.INTER_NEAREST) for p in place]),
        cv2.resize(near, small, interpolation=cv2.INTER_NEAREST),
    )


def _find(name: str) -> Path | None:
    return next((p for folder in FOLDERS for p in sorted(Path(folder).rglob(name))), None)


def _angle(rng: np.random.Generator) -> float:
    kind = rng.random()
    if kind < 0.5:
        return float(rng.normal(0, 0.08))
    if kind < 0.75:
        return float(rng.integers(1, 4) * np.pi / 2 + rng.normal(0, 0.08))
    return float(rng.uniform(-np.pi, np.pi))


def _block(rng: np.random.Generator, levels: NDArray[np.float32]) -> None:
    """A plain or textured area with an edge: a portrait, a table top, a stripe of colour."""
    side = levels.shape[0]
    centre, size = rng.uniform(0, side, 2), np.exp(rng.uniform(np.log(10), np.log(200), 2))
    box = cv2.boxPoints(
        ((float(centre[0]), float(centre[1])), (float(size[0]), float(size[1])), float(rng.uniform(0, 90)))
    )
    mask = np.zeros(levels.shape, np.float32)
    if rng.random() < 0.7:
        cv2.fillPoly(mask, [box.astype(np.int32)], 1.0, cv2.LINE_AA)
    else:
        cv2.ellipse(
            mask, tuple(int(c) for c in centre), tuple(int(s / 2) + 1 for s in size), 0, 0, 360, 1.0, -1, cv2.LINE_AA
        )
    tone = rng.uniform(0.05, 1.0) * np.clip(
        1 + rng.uniform(0, 0.4) * blobs(rng, levels.shape, rng.uniform(3, 40)), 0, 2
    )
    opaque = mask * rng.uniform(0.2, 1.0)
    levels[:] = levels * (1 - opaque) + tone * opaque


def _print(rng: np.random.Generator, levels: NDArray[np.float32], prints: list[Mask], angle: float, cap: float) -> None:
    mask = prints[int(rng.integers(len(prints)))]
    scale = cap / CAP_PX * np.exp(rng.uniform(np.log(0.5), np.log(2.0)))
    turn = angle + (np.pi / 2 * int(rng.integers(0, 4)) if rng.random() < 0.15 else 0)
    where = rng.uniform(0, levels.shape[0], 2)
    alpha = _laid(mask, scale, turn, where, levels.shape[0])[0] * rng.uniform(0.4, 1.0)
    tone = rng.uniform(0.0, 0.4) if rng.random() < 0.9 else rng.uniform(0.6, 1.0)
    levels[:] = levels * (1 - alpha) + tone * alpha


def _laid(
    mask: Mask,
    scale: float,
    angle: float,
    where: NDArray[np.float64],
    side: int,
    tilt: NDArray[np.float64] | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """The mask's middle laid at `where`, scaled and turned; the alpha map and the 3x3 matrix from mask to page."""
    if scale < 0.7:
        h, w = max(2, round(mask.shape[0] * scale)), max(2, round(mask.shape[1] * scale))
        small = cv2.resize(mask, (w, h), interpolation=cv2.INTER_AREA)
    else:
        small = mask
    sx, sy = small.shape[1] / mask.shape[1], small.shape[0] / mask.shape[0]
    shrink = np.array([[sx, 0, (sx - 1) / 2], [0, sy, (sy - 1) / 2], [0, 0, 1]])
    middle = np.array([[1, 0, -mask.shape[1] / 2], [0, 1, -mask.shape[0] / 2], [0, 0, 1]])
    turn = np.array(
        [
            [scale * np.cos(angle), -scale * np.sin(angle), where[0]],
            [scale * np.sin(angle), scale * np.cos(angle), where[1]],
            [0, 0, 1],
        ]
    )
    matrix = turn @ (np.eye(3) if tilt is None else tilt) @ middle
    alpha = cv2.warpPerspective(small, matrix @ np.linalg.inv(shrink), (side, side), flags=cv2.INTER_LINEAR)
    return alpha.astype(np.float32) / 255, matrix


def _zone(
    rng: np.random.Generator,
    levels: NDArray[np.float32],
    face: Face,
    angle: float,
    cap: float,
    maps: tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]],
) -> None:
    texts = zone(rng)
    pitch, gap = CAP_PX * face.pitch * rng.uniform(0.88, 1.12), CAP_PX * rng.uniform(1.5, 2.8)
    length = len(texts[0])
    ink = np.zeros((int(gap * (len(texts) - 1)) + CELL_PX, int(pitch * length) + CELL_PX), np.float32)
    for row, text in enumerate(texts):
        for column, character in enumerate(text):
            stamp(
                ink, face.ink[ALPHABET.index(character)], CELL_PX / 2 + pitch * (column + 0.5), CELL_PX / 2 + gap * row
            )
    side = levels.shape[0]
    scale = cap / CAP_PX
    # some part of the zone lies in the square
    anchor = rng.uniform(0.1, 0.9, 2) * (ink.shape[1], ink.shape[0]) - np.array([ink.shape[1], ink.shape[0]]) / 2
    turned = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ (anchor * scale)
    where = rng.uniform(0.25, 0.75, 2) * side - turned
    tilt = np.eye(3)
    if rng.random() < 0.5:
        tilt[2, :2] = rng.normal(0, 0.12, 2) / np.array([ink.shape[1], ink.shape[1]])
        tilt[0, 1] = rng.normal(0, 0.06)
    alpha, matrix = _laid((ink * 255).astype(np.uint8), scale, angle, where, side, tilt)
    strength = rng.uniform(0.55, 1.0)
    tone = rng.uniform(0.0, 0.35)
    levels[:] = levels * (1 - alpha * strength) + tone * alpha * strength
    for row in range(len(texts)):
        y = CELL_PX / 2 + gap * row
        _mark(maps, matrix, CELL_PX / 2 + pitch * np.linspace(0, length, 12), y)


def _mark(maps: tuple[NDArray[np.float32], ...], matrix: NDArray[np.float64], x: NDArray[np.float64], y: float) -> None:
    """Marks one line piece by piece, because perspective changes its size and direction along it."""
    score, place, near = maps

    def carried(dy: float) -> NDArray[np.float64]:
        points = np.column_stack([x, np.full(len(x), y + dy), np.ones(len(x))]) @ matrix.T
        return points[:, :2] / points[:, 2:]

    top, middle, bottom = carried(-CAP_PX / 2), carried(0), carried(CAP_PX / 2)
    caps = np.linalg.norm(bottom - top, axis=1)
    for i in range(len(x) - 1):
        cap = (caps[i] + caps[i + 1]) / 2
        direction = middle[i + 1] - middle[i]
        direction = direction / max(float(np.linalg.norm(direction)), 1e-6)
        for share, target in ((0.62, score), (1.0, near)):
            upper = (middle + share * (top - middle))[i : i + 2]
            lower = (middle + share * (bottom - middle))[i : i + 2]
            quad = np.round(np.concatenate([upper, lower[::-1]]) * 16).astype(np.int32)
            if target is near:
                fresh = np.zeros(near.shape, np.uint8)
                cv2.fillPoly(fresh, [quad], 1, cv2.LINE_8, 4)
                inside = fresh > 0
                near[inside] = 1
                place[0][inside], place[1][inside] = direction
                place[2][inside] = np.log(max(cap, 1.0) / CAP_UNIT_PX)
            else:
                cv2.fillPoly(score, [quad], 1.0, cv2.LINE_AA, 4)
