"""Drawn zones as a camera or a scanner would see them, with the place of every character."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from training.mrz.glyphs import CAP_PX, CELL_PX, Face
from training.mrz.texts import ALPHABET, line

Image = NDArray[np.float32]

SLANTED, SLANT_MOST = 0.25, 0.35
"""Share of scenes that lean, as a page does that was flattened by wrong corners; and how far, as a tangent."""
SHAKEN_CAPS = (0.05, 0.3), (0.2, 1.4)
"""How far a shaking hand blurs, in heights of a capital: a little, or past what a person can read."""
DEFOCUSED_CAPS = 0.08, 0.5
DARK, DARK_NOISE = 0.1, (0.02, 0.35)
"""Share of pictures taken in the dark, and their noise in units of the contrast."""


@dataclass(frozen=True)
class Scene:
    """A grey picture of lines: for each its text, its characters' centres (n, 2), and which of them something hides."""

    image: NDArray[np.uint8]
    texts: list[str]
    centres: list[NDArray[np.float64]]
    cap_px: float
    pitch_px: float
    angle: float
    hidden: list[NDArray[np.bool_]]


def draw(rng: np.random.Generator, faces: list[Face], shares: NDArray[np.float64], length: int) -> Scene:
    """One to three lines of `length` characters on a textured ground, seen by a camera."""
    face = faces[int(rng.choice(len(faces), p=shares))]
    texts = [line(rng, length) for _ in range(int(rng.integers(1, 4)))]
    pitch = CAP_PX * (face.pitch * rng.uniform(0.88, 1.12))
    gap = CAP_PX * rng.uniform(1.35, 2.8)
    margin = CAP_PX * 1.6
    width, height = int(2 * margin + pitch * length), int(2 * margin + gap * (len(texts) - 1))
    ink = np.zeros((height, width), np.float32)
    centres = []
    for row, text in enumerate(texts):
        y = margin + gap * row
        x = margin + pitch * (np.arange(length) + 0.5)
        centres.append(np.column_stack([x, np.full(length, y)]))
        for character, cx in zip(text, x, strict=True):
            stamp(ink, face.ink[ALPHABET.index(character)], cx, y)
    ink = _worn(rng, ink)
    levels, hidden = _printed(rng, ink, centres)
    return _seen(rng, levels, texts, centres, hidden, pitch)


def stamp(ink: Image, glyph: Image, x: float, y: float) -> None:
    left, top = round(x - (CELL_PX - 1) / 2), round(y - (CELL_PX - 1) / 2)
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(ink.shape[1], left + CELL_PX), min(ink.shape[0], top + CELL_PX)
    part = ink[y0:y1, x0:x1]
    np.maximum(part, glyph[y0 - top : y1 - top, x0 - left : x1 - left], out=part)


def blobs(rng: np.random.Generator, shape: tuple[int, int], cell: float) -> Image:
    """Smooth noise of unit spread with features of about `cell` pixels."""
    h, w = max(2, int(shape[0] / cell) + 2), max(2, int(shape[1] / cell) + 2)
    coarse = rng.standard_normal((h, w), np.float32)
    return cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def _worn(rng: np.random.Generator, ink: Image) -> Image:
    """Ink that is faded in places, flecked or broken."""
    if rng.random() < 0.3:
        ink = ink * np.clip(
            1 - rng.uniform(0.1, 0.6) * np.maximum(blobs(rng, ink.shape, rng.uniform(10, 120)), 0), 0.15, 1
        )
    if rng.random() < 0.25:
        flecks = blobs(rng, ink.shape, rng.uniform(1.5, 4)) > rng.uniform(1.2, 2.5)
        ink = ink * (1 - flecks * rng.uniform(0.3, 1.0))
    return ink.astype(np.float32)


def ground(rng: np.random.Generator, shape: tuple[int, int], crossing: float = 0.35) -> Image:
    """The printed ground under the lines, about 1.0 bright."""
    h, w = shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    paper = np.ones(shape, np.float32)
    if rng.random() < 0.6:
        paper += rng.uniform(0, 0.12) * blobs(rng, shape, rng.uniform(30, 300))
    if rng.random() < 0.5:  # guilloche: bundles of waving lines
        for _ in range(int(rng.integers(1, 4))):
            period, swing, wave = rng.uniform(4, 24), rng.uniform(0, 30), rng.uniform(40, 300)
            angle = rng.uniform(0, np.pi)
            u, v = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
            phase = (v + swing * np.sin(2 * np.pi * u / wave + rng.uniform(0, 7))) / period
            bundle = np.abs(phase - np.round(phase)) < rng.uniform(0.05, 0.2)
            paper -= rng.uniform(0.02, 0.25) * bundle
    if rng.random() < 0.4:
        paper += rng.uniform(0.01, 0.1) * blobs(rng, shape, rng.uniform(1.0, 6))
    for _ in range(int(rng.integers(0, 4)) if rng.random() < crossing else 0):  # rules, edges, big faint print
        p, q = rng.uniform(0, 1, 2) * (w, h), rng.uniform(0, 1, 2) * (w, h)
        tone = 1 - rng.uniform(0.05, 0.35)
        stroke = np.ones(shape, np.float32)
        if rng.random() < 0.5:
            cv2.line(stroke, _int(p), _int(q), tone, int(rng.integers(1, 12)), cv2.LINE_AA)
        else:
            size, mark = rng.uniform(1, 5), np.zeros(shape, np.uint8)
            text = "".join(rng.choice(list(ALPHABET), 6))
            cv2.putText(mark, text, _int(p - (60, 0)), cv2.FONT_HERSHEY_DUPLEX, size, 255, int(1 + size), cv2.LINE_AA)
            stroke -= mark.astype(np.float32) / 255 * (1 - tone)
        paper *= stroke
    return paper


def _printed(
    rng: np.random.Generator, ink: Image, centres: list[NDArray[np.float64]]
) -> tuple[Image, list[NDArray[np.bool_]]]:
    """Ink on ground in light, 0..1; and which characters something opaque hides."""
    shape = (ink.shape[0], ink.shape[1])
    paper = rng.uniform(0.45, 1.0)
    black = paper * rng.uniform(0.05, 0.75 if rng.random() < 0.3 else 0.45)
    opaque = rng.uniform(0.8, 1.0)
    levels = ground(rng, shape) * paper * (1 - ink * opaque) + black * ink * opaque
    if rng.random() < 0.5:
        levels *= np.clip(1 + rng.uniform(0, 0.25) * blobs(rng, shape, rng.uniform(100, 600)), 0.25, 2)
    if rng.random() < 0.2:  # the edge of a shadow
        a, b, c = rng.normal(), rng.normal(), rng.uniform(0.2, 0.8)
        y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
        side = (a * (x / shape[1] - c) + b * (y / shape[0] - 0.5)) * shape[1] / rng.uniform(2, 60)
        levels *= 1 - rng.uniform(0.2, 0.75) / (1 + np.exp(-np.clip(side, -30, 30)))
    hidden = [np.zeros(len(c), np.bool_) for c in centres]
    if rng.random() < 0.12:
        levels = _glare(rng, levels)
    if rng.random() < 0.08:
        levels = _covered(rng, levels, centres, hidden)
    return levels.astype(np.float32), hidden


def _glare(rng: np.random.Generator, levels: Image) -> Image:
    blob = np.zeros(levels.shape, np.float32)
    centre = _int(rng.uniform(0, 1, 2) * (levels.shape[1], levels.shape[0]))
    axes = _int(rng.uniform(10, 90, 2))
    cv2.ellipse(blob, centre, axes, float(rng.uniform(0, 180)), 0, 360, 1.0, -1, cv2.LINE_AA)
    blob = cv2.GaussianBlur(blob, (0, 0), rng.uniform(4, 30))
    return levels + blob * rng.uniform(0.2, 0.9)


def _covered(
    rng: np.random.Generator, levels: Image, centres: list[NDArray[np.float64]], hidden: list[NDArray[np.bool_]]
) -> Image:
    blob = np.zeros(levels.shape, np.float32)
    centre = _int(rng.uniform(0, 1, 2) * (levels.shape[1], levels.shape[0]))
    cv2.ellipse(blob, centre, _int(rng.uniform(15, 60, 2)), float(rng.uniform(0, 180)), 0, 360, 1.0, -1, cv2.LINE_AA)
    for row, line_centres in enumerate(centres):
        x, y = np.round(line_centres).astype(int).T
        hidden[row] |= cv2.blur(blob, (CAP_PX // 2, CAP_PX // 2))[y, x] > 0.25
    blob = cv2.GaussianBlur(blob, (0, 0), rng.uniform(1, 4))
    tone = rng.uniform(0.1, 1.0) * (1 + 0.1 * blobs(rng, levels.shape, 12))
    return levels * (1 - blob) + tone * blob


def _seen(
    rng: np.random.Generator,
    levels: Image,
    texts: list[str],
    centres: list[NDArray[np.float64]],
    hidden: list[NDArray[np.bool_]],
    pitch: float,
) -> Scene:
    """Lens, sensor and file: a capital ends up 7 to 26 pixels high, small ones more often."""
    cap = float(np.exp(rng.uniform(np.log(7), np.log(26))))
    scale = cap / CAP_PX
    angle = rng.normal(0, 0.02)
    shear = rng.normal(0, 0.04) if rng.random() > SLANTED else rng.uniform(-SLANT_MOST, SLANT_MOST)
    squeeze = rng.uniform(0.88, 1.12)
    bend = rng.normal(0, 0.35) * CAP_PX / (levels.shape[1] / 2) ** 2 if rng.random() < 0.4 else 0.0
    middle = levels.shape[1] / 2
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = turn @ np.array([[squeeze, shear], [0, 1]]) * scale
    corners = (
        np.array([[0, 0], [levels.shape[1], 0], [levels.shape[1], levels.shape[0]], [0, levels.shape[0]]]) @ matrix.T
    )
    low = corners.min(0)
    width, height = np.ceil(corners.max(0) - low).astype(int)

    def forward(points: NDArray[np.float64]) -> NDArray[np.float64]:
        bent = points + np.column_stack([np.zeros(len(points)), bend * (points[:, 0] - middle) ** 2])
        return bent @ matrix.T - low

    blur = np.exp(rng.uniform(np.log(0.25), np.log(0.85))) / scale
    if rng.random() < 0.15:
        blur *= rng.uniform(1, 1 + cap / 14)
    levels = cv2.GaussianBlur(levels, (0, 0), float(blur))
    gx, gy = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    inverse = np.linalg.inv(matrix)
    sx = inverse[0, 0] * (gx + low[0]) + inverse[0, 1] * (gy + low[1])
    sy = inverse[1, 0] * (gx + low[0]) + inverse[1, 1] * (gy + low[1])
    sy -= bend * (sx - middle) ** 2
    seen = cv2.remap(
        levels, sx.astype(np.float32), sy.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    spoilt = rng.random()
    if spoilt < 0.22:
        seen = shaken(rng, seen, cap * rng.uniform(*SHAKEN_CAPS[0 if spoilt < 0.06 else 1]))
    elif spoilt < 0.34:
        seen = defocused(seen, cap * rng.uniform(*DEFOCUSED_CAPS))
    if rng.random() < DARK:
        seen = seen * rng.uniform(25, 120)
        noise = rng.standard_normal(seen.shape, np.float32) * rng.uniform(*DARK_NOISE) * (seen.max() - seen.min())
        seen = seen + (noise if rng.random() < 0.5 else cv2.GaussianBlur(noise, (0, 0), rng.uniform(0.5, 1.2)))
    else:
        seen = seen * rng.uniform(170, 255)
    image = filed(rng, seen)
    return Scene(image, texts, [forward(c) for c in centres], cap, pitch * scale * squeeze, float(angle), hidden)


def defocused(image: Image, radius: float) -> Image:
    """A lens out of focus: every point a disc."""
    size = int(np.ceil(radius)) * 2 + 1
    y, x = np.mgrid[0:size, 0:size] - size // 2
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
    return cv2.filter2D(image, -1, disc / disc.sum())


def shaken(rng: np.random.Generator, image: Image, length: float) -> Image:
    """A hand that moved while the shutter was open: every point a short bent stroke."""
    angle, bend = rng.uniform(0, np.pi), rng.normal(0, 0.2)
    t = np.linspace(-0.5, 0.5, 16)
    path = length * np.column_stack([t, bend * (t**2 - 1 / 12)])
    path = path @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    half = int(np.ceil(length * 0.6)) + 1
    stroke = np.zeros((8 * half + 4, 8 * half + 4), np.uint8)  # four times as large, for a smooth line
    cv2.polylines(stroke, [np.round((path * 4 + 4 * half + 1.5) * 16).astype(np.int32)], False, 255, 3, cv2.LINE_AA, 4)
    kernel = cv2.resize(stroke, (2 * half + 1, 2 * half + 1), interpolation=cv2.INTER_AREA).astype(np.float32)
    return cv2.filter2D(image, -1, kernel / kernel.sum())


def filed(rng: np.random.Generator, seen: Image) -> NDArray[np.uint8]:
    """Sensor noise, the camera's sharpening, resizing and JPEG."""
    if rng.random() < 0.6:
        noise = rng.standard_normal(seen.shape, np.float32) * np.exp(rng.uniform(np.log(0.5), np.log(32)))
        if rng.random() < 0.5:
            noise = cv2.GaussianBlur(noise, (0, 0), 0.7) * 1.8
        seen = seen + noise
    if rng.random() < 0.3:
        seen = seen + rng.uniform(0.3, 1.5) * (seen - cv2.GaussianBlur(seen, (0, 0), rng.uniform(0.7, 1.5)))
    if rng.random() < 0.15:  # saved small, then enlarged by somebody
        factor = rng.uniform(0.7, 0.95)
        small = cv2.resize(seen, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        seen = cv2.resize(small, (seen.shape[1], seen.shape[0]), interpolation=cv2.INTER_CUBIC)
    image = np.clip(seen + 0.5, 0, 255).astype(np.uint8)
    if rng.random() < 0.7:
        quality = int(rng.integers(20, 96))
        coded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        image = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
    return image


def _int(point: NDArray[np.float64]) -> tuple[int, int]:
    return int(point[0]), int(point[1])
