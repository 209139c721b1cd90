"""What documents lie on when they are photographed: wood, cloth, paper, tiles, clutter, patterns, or a hand."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.specimens.effects.finger import SKINS
from fourcorners.specimens.model import Pixels
from fourcorners.specimens.pictures import as_u8, blurred, resized

__all__ = ["SURFACES", "draw_alike", "draw_surface"]

WORKING_SIDE = 768
Field = NDArray[np.float32]


def draw_surface(size: tuple[int, int], rng: np.random.Generator, name: str | None = None) -> Pixels:
    """A surface of (width, height), RGB; `name` is one of `SURFACES`, else chosen at random."""
    chosen = name or str(rng.choice(list(SURFACES)))
    shrink = min(1.0, WORKING_SIDE / max(size))
    small = max(8, round(size[0] * shrink)), max(8, round(size[1] * shrink))
    picture = SURFACES[chosen](small, rng)
    if small != size:
        picture = as_u8(cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR))
    return picture


def draw_alike(size: tuple[int, int], rng: np.random.Generator, colour: NDArray[np.float64]) -> Pixels:
    """A surface of nearly the document's own colour, against which its edge is hard to see."""
    shrink = min(1.0, WORKING_SIDE / max(size))
    small = max(8, round(size[0] * shrink)), max(8, round(size[1] * shrink))
    near = np.clip(colour * rng.uniform(0.94, 1.04) + rng.uniform(-8, 8, 3), 0, 255)
    return resized(_between(near * 0.95, near * 1.03, clouds(small, rng, (5, 5), 4)), size)


def clouds(size: tuple[int, int], rng: np.random.Generator, cells: tuple[float, float], octaves: int = 3) -> Field:
    """Smooth noise in 0..1 with about `cells` blobs across and down, each octave half as strong and twice as fine."""
    total = np.zeros((size[1], size[0]), np.float32)
    weight, reach = 1.0, 0.0
    for octave in range(octaves):
        columns, rows = (max(2, min(round(cell * 2**octave) + 2, side)) for cell, side in zip(cells, size, strict=True))
        grid = rng.random((rows, columns), dtype=np.float32)
        total += weight * cv2.resize(grid, size, interpolation=cv2.INTER_CUBIC)
        reach += weight
        weight /= 2
    return np.asarray(np.clip(total / reach, 0, 1), np.float32)


def _turned(size: tuple[int, int], rng: np.random.Generator) -> tuple[Field, Field]:
    """Coordinates in units of the longer side, turned by a random angle."""
    angle = rng.uniform(0, np.pi)
    y, x = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32) / max(size)
    cosine, sine = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    return x * cosine + y * sine, y * cosine - x * sine


def _colour(rng: np.random.Generator, low: float, high: float) -> NDArray[np.float64]:
    """A colour as things have them: seldom vivid."""
    grey = rng.uniform(low, high)
    vividness = rng.beta(1.2, 3.0)
    return grey + (rng.uniform(0, 255, 3) - grey) * vividness


def _between(low: NDArray[np.float64], high: NDArray[np.float64], share: Field) -> Pixels:
    """Colours from `low` to `high` by share, through a table of 256."""
    table = np.linspace(low, high, 256).clip(0, 255).astype(np.uint8)
    index = np.clip(share * 255, 0, 255).astype(np.uint8)
    return np.stack([cv2.LUT(index, np.ascontiguousarray(table[:, channel])) for channel in range(3)], axis=2).astype(
        np.uint8
    )


def _wood(size: tuple[int, int], rng: np.random.Generator) -> Pixels:
    along, across = _turned(size, rng)
    warp = clouds(size, rng, (3, 3), 2)
    rings = 0.5 + 0.5 * np.sin(2 * np.pi * (across * rng.uniform(8, 26) + warp * rng.uniform(1, 4)))
    grain = _directed_grain(size, along, across, rng)
    plank = np.floor(across * rng.uniform(2, 6))
    tint = (np.sin(plank * 12.9898 + rng.uniform(0, 6)) * 0.5 + 0.5).astype(np.float32)
    base = np.array(WOODS[int(rng.integers(len(WOODS)))]) * rng.uniform(0.8, 1.15)
    return _between(base * 0.72, base * 1.1, 0.25 * rings + 0.45 * grain + 0.3 * tint)


def _directed_grain(size: tuple[int, int], along: Field, across: Field, rng: np.random.Generator) -> Field:
    """Noise drawn out along one direction, looked up in a narrow random texture."""
    texture = cv2.resize(rng.random((400, 12), dtype=np.float32), (128, 800), interpolation=cv2.INTER_CUBIC)
    map_x = (along * 100) % 127
    map_y = (across * 700 + 1200) % 799
    return np.clip(cv2.remap(texture, map_x.astype(np.float32), map_y.astype(np.float32), cv2.INTER_LINEAR), 0, 1)


def _cloth(size: tuple[int, int], rng: np.random.Generator) -> Pixels:
    along, across = _turned(size, rng)
    threads = rng.uniform(90, 220)
    weave = 0.5 + 0.25 * (np.sin(2 * np.pi * along * threads) + np.sin(2 * np.pi * across * threads))
    folds = clouds(size, rng, (3, 3), 3)
    colour = _colour(rng, 25, 225)
    return _between(colour * 0.6, colour * 1.15, 0.25 * weave + 0.75 * folds)


def _paper(size: tuple[int, int], rng: np.random.Generator) -> Pixels:
    colour = np.array([rng.uniform(205, 245)] * 3) + rng.uniform(-8, 8, 3)
    return _between(colour * 0.93, colour * 1.03, clouds(size, rng, (4, 4), 5))


def _plain(size: tuple[int, int], rng: np.random.Generator) -> Pixels:
    colour = _colour(rng, 15, 240)
    return _between(colour * 0.85, colour * 1.08, clouds(size, rng, (2, 2), 2))


def _stone(size: tuple[int, int], rng: np.random.Generator) -> Pixels:
    colour = np.array([rng.uniform(50, 220)] * 3) * (1 + rng.uniform(-0.08, 0.08, 3))
    speckle = rng.random((size[1], size[0]), dtype=np.float32)
    veins = np.abs(clouds(size, rng, (4, 4), 5) - 0.5) * 3
    return _between(colour * 0.6, colour * 1.15, np.clip(0.55 * veins + 0.35 * speckle + 0.1, 0, 1))


def _tiles(size: tuple[int, int], rng: np.random.Generator) -> Pixels:
    along, across = _turned(size, rng)
    count = rng.uniform(2.5, 8)
    u, v = along * count, across * count * rng.uniform(0.7, 1.4)
    edge = np.minimum(np.abs(u - np.round(u)), np.abs(v - np.round(v)))
    tint = np.sin(np.floor(u + 0.5) * 12.9898 + np.floor(v + 0.5) * 78.233) * 0.5 + 0.5
    colour = _colour(rng, 90, 235)
    share = np.where(edge < 0.02, 0.0, 0.55 + 0.2 * tint + 0.25 * clouds(size, rng, (6, 6), 3)).astype(np.float32)
    return _between(colour * 0.45, colour * 1.05, share)


def _pattern(size: tuple[int, int], rng: np.random.Generator) -> Pixels:
    along, across = _turned(size, rng)
    count = rng.uniform(5, 20)
    style = int(rng.integers(3))
    if style == 0:
        share = np.sin(2 * np.pi * along * count) > rng.uniform(-0.6, 0.6)
    elif style == 1:
        share = (np.sin(2 * np.pi * along * count) > 0) ^ (np.sin(2 * np.pi * across * count) > 0)
    else:
        share = np.sin(2 * np.pi * along * count) * np.sin(2 * np.pi * across * count) > 0.4
    soft = cv2.GaussianBlur(share.astype(np.float32), (0, 0), 0.8)
    low, high = _colour(rng, 20, 240), _colour(rng, 20, 240)
    return _between(low, high, 0.8 * soft + 0.2 * clouds(size, rng, (4, 4), 3))


def _clutter(size: tuple[int, int], rng: np.random.Generator) -> Pixels:
    """A desk with sheets, books, pens and coins, each with a shadow."""
    picture = (_wood if rng.random() < 0.5 else _plain)(size, rng)
    longest = max(size)
    for _ in range(int(rng.integers(5, 14))):
        centre = np.array([rng.uniform(0, size[0]), rng.uniform(0, size[1])])
        extent = longest * np.array([rng.uniform(0.08, 0.4), rng.uniform(0.01, 0.3)])
        box = cv2.boxPoints((tuple(centre.tolist()), tuple(extent.tolist()), rng.uniform(0, 360))).astype(np.int32)
        colour = _colour(rng, 10, 245)
        shade = picture.copy()
        cv2.fillPoly(shade, [box + int(longest * 0.008)], (20, 20, 20), cv2.LINE_AA)
        picture = as_u8(cv2.addWeighted(picture, 0.5, shade, 0.5, 0))
        cv2.fillPoly(picture, [box], colour.tolist(), cv2.LINE_AA)
        if min(extent) > longest * 0.05 and rng.random() < 0.6:
            _print_lines(picture, box, colour, rng)
    return blurred(picture, 0.7)


def _print_lines(
    picture: Pixels, box: NDArray[np.int32], colour: NDArray[np.float64], rng: np.random.Generator
) -> None:
    ink = (255 - colour if rng.random() < 0.5 else colour * 0.4).tolist()
    a, b, c, d = box.astype(np.float64)
    for share in np.arange(0.1, 0.9, rng.uniform(0.06, 0.15)):
        start, end = a + (d - a) * share, b + (c - b) * share
        left = start + (end - start) * 0.08
        right = start + (end - start) * rng.uniform(0.4, 0.92)
        cv2.line(
            picture, left.astype(int).tolist(), right.astype(int).tolist(), ink, int(rng.integers(1, 4)), cv2.LINE_AA
        )


def _hand(size: tuple[int, int], rng: np.random.Generator) -> Pixels:
    """A room out of focus, and fingers that hold the document from behind."""
    room = blurred(_clutter(size, rng), max(size) / 50)
    skin = np.array(SKINS[int(rng.integers(len(SKINS)))], np.float64)
    mask = np.zeros((size[1], size[0]), np.uint8)
    longest = max(size)
    base = np.array([size[0] * rng.uniform(0.3, 0.7), size[1] * 1.1])
    for spread in np.linspace(-0.55, 0.55, 4) + rng.uniform(-0.05, 0.05, 4):
        direction = np.array([np.sin(spread), -np.cos(spread)])
        tip = base + direction * longest * rng.uniform(0.75, 1.0)
        thickness = round(longest * rng.uniform(0.09, 0.12))
        cv2.line(mask, base.astype(int).tolist(), tip.astype(int).tolist(), 255, thickness, cv2.LINE_AA)
    share = cv2.GaussianBlur(mask, (0, 0), 2).astype(np.float32)[..., None] / 255
    relief = cv2.GaussianBlur(mask, (0, 0), longest / 45).astype(np.float32) / 255
    flesh = _between(skin * 0.5, skin * 1.08, np.clip(relief * 0.9 + 0.2 * clouds(size, rng, (30, 30), 3) - 0.05, 0, 1))
    return (room + (flesh.astype(np.float32) - room) * share + 0.5).astype(np.uint8)


WOODS = [(186, 140, 96), (140, 94, 60), (92, 62, 44), (214, 182, 140), (166, 128, 104), (120, 110, 100)]

SURFACES: dict[str, Callable[[tuple[int, int], np.random.Generator], Pixels]] = {
    "wood": _wood,
    "cloth": _cloth,
    "paper": _paper,
    "plain": _plain,
    "stone": _stone,
    "tiles": _tiles,
    "pattern": _pattern,
    "clutter": _clutter,
    "hand": _hand,
}
