"""What lies under and around a document: procedural pictures, (size, size, 3) RGB uint8, one function a kind."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from training.outline.print_marks import FAMILIES, write_column, write_line

Image = NDArray[np.uint8]
Rng = np.random.Generator


def noise(rng: Rng, size: int, cells: tuple[float, float], octaves: int = 3) -> NDArray[np.float32]:
    """Smooth noise of about unit variance; `cells` = how many features across and down."""
    total = np.zeros((size, size), np.float32)
    for octave in range(octaves):
        w, h = (max(2, min(size, int(c * 2**octave))) for c in cells)
        grid = rng.standard_normal((h, w)).astype(np.float32)
        total += cv2.resize(grid, (size, size), interpolation=cv2.INTER_CUBIC) / 2**octave
    return total / 1.3


def colour(rng: Rng, saturation: float = 0.5, low: int = 20, high: int = 240) -> NDArray[np.float32]:
    """A random RGB colour; saturation 0 gives greys."""
    grey = rng.uniform(low, high)
    tint = rng.uniform(-1, 1, 3) * saturation * min(grey, 255 - grey, 90)
    return np.clip(grey + tint, 0, 255).astype(np.float32)


def _tinted(field: NDArray[np.float32], base: NDArray[np.float32], strength: float) -> Image:
    return np.clip(base + field[..., None] * strength * (0.4 + base / 200), 0, 255).astype(np.uint8)


def plain(rng: Rng, size: int) -> Image:
    field = noise(rng, size, (2, 2), 2) + 0.2 * noise(rng, size, (size / 3, size / 3), 1)
    return _tinted(field, colour(rng), rng.uniform(0, 12))


def _warm(rng: Rng) -> NDArray[np.float32]:
    dark = rng.uniform(0.25, 1)
    return np.array([200, 140 + rng.uniform(-15, 35), 80 + rng.uniform(-25, 60)], np.float32) * dark


def wood(rng: Rng, size: int) -> Image:
    long = rng.uniform(1, 3)
    grain = noise(rng, size, (long, rng.uniform(15, 60)), 3)
    rings = np.sin(noise(rng, size, (long, 4), 2) * rng.uniform(2, 9)).astype(np.float32)
    picture = _tinted(0.6 * grain + rng.uniform(0, 0.7) * rings, _warm(rng), rng.uniform(6, 30))
    if rng.random() < 0.5:
        picture = np.clip(picture * _planks(rng, size), 0, 255).astype(np.uint8)
    return picture


def _planks(rng: Rng, size: int) -> NDArray[np.float32]:
    shade = np.ones((size, size, 1), np.float32)
    y = 0
    while y < size:
        height = int(rng.uniform(0.08, 0.35) * size)
        shade[y : y + height] *= rng.uniform(0.8, 1.15)
        shade[y : y + int(rng.integers(1, 4))] *= rng.uniform(0.3, 1.1)
        if rng.random() < 0.5:
            shade[y : y + height, (x := int(rng.uniform(0, size))) : x + 2] *= 0.5
        y += height
    return shade


def cloth(rng: Rng, size: int) -> Image:
    y, x = np.mgrid[:size, :size].astype(np.float32)
    pitch = rng.uniform(3, 9)
    weave = np.sin(2 * np.pi * x / pitch) * np.sin(2 * np.pi * y / (pitch * rng.uniform(0.8, 1.3)))
    folds = noise(rng, size, (3, 3), 2)
    field = 0.5 * weave + rng.uniform(0, 2.5) * folds + 0.4 * noise(rng, size, (size / 3, size / 3), 1)
    picture = _tinted(field.astype(np.float32), colour(rng, 0.9), rng.uniform(4, 18))
    return _stripes(rng, picture) if rng.random() < 0.4 else picture


def _stripes(rng: Rng, picture: Image) -> Image:
    size = len(picture)
    out = picture.astype(np.float32)
    for axis in (0, 1)[: int(rng.integers(1, 3))]:
        period = rng.uniform(0.04, 0.3) * size
        band = (np.arange(size) % period) < period * rng.uniform(0.1, 0.6)
        mask = (band[:, None] if axis else band[None, :]) * np.float32(rng.uniform(0.3, 0.9))
        mask = np.broadcast_to(mask, (size, size))[..., None]
        out = out * (1 - mask) + colour(rng, 0.9) * mask
    return out.astype(np.uint8)


def tiles(rng: Rng, size: int) -> Image:
    base, grout = colour(rng, 0.6), colour(rng, 0.2)
    picture = np.broadcast_to(grout, (size, size, 3)).copy()
    width = rng.uniform(0.08, 0.5) * size
    height = width * rng.choice([1.0, 0.5, 0.3])
    gap = max(1, int(width * rng.uniform(0.01, 0.08)))
    shift = rng.choice([0.0, 0.5])
    for row in range(int(size / height) + 2):
        for column in range(-1, int(size / width) + 2):
            x, y = int((column + shift * (row % 2)) * width), int(row * height)
            tone = np.clip(base * rng.uniform(0.85, 1.15), 0, 255)
            cv2.rectangle(picture, (x, y), (int(x + width) - gap, int(y + height) - gap), tone.tolist(), -1)
    return _tinted(noise(rng, size, (20, 20)), picture, rng.uniform(1, 8))


def stone(rng: Rng, size: int) -> Image:
    cells = rng.uniform(3, 40)
    field = noise(rng, size, (cells, cells), 4)
    veins = np.exp(-np.abs(noise(rng, size, (4, 4), 4)) * 8)
    return _tinted(field + rng.uniform(-2, 2) * veins, colour(rng, 0.4), rng.uniform(5, 30))


def newspaper(rng: Rng, size: int) -> Image:
    paper = colour(rng, 0.12, 170, 245)
    picture = np.broadcast_to(paper, (size, size, 3)).astype(np.uint8).copy()
    ink = tuple(int(v) for v in colour(rng, 0.1, 5, 70))
    columns = int(rng.integers(2, 6))
    step = size // columns
    family = str(rng.choice(FAMILIES))
    for column in range(columns):
        x, y = column * step + step // 16, int(rng.integers(0, size // 10))
        width = step - step // 8
        while y < size:
            kind = rng.random()
            if kind < 0.2:
                height = int(step * rng.uniform(0.4, 1.1))
                span = width if rng.random() < 0.7 else min(size - x, 2 * step - step // 8)
                picture[y : y + height, x : x + span] = photo(rng, size)[y : y + height, x : x + span]
            elif kind < 0.45:
                height = int(rng.uniform(0.05, 0.16) * size)
                write_line(rng, picture, (x, y), int(height * 0.8), size, family, ink)
            else:
                height = int(rng.uniform(0.1, 0.5) * size)
                write_column(rng, picture, (x, y, width, height), int(rng.integers(6, 15)), family, ink)
            y += height + size // 40
    return picture


def book(rng: Rng, size: int) -> Image:
    picture = np.broadcast_to(colour(rng, 0.1, 150, 250), (size, size, 3)).astype(np.uint8).copy()
    ink = tuple(int(v) for v in colour(rng, 0.1, 5, 90))
    write_column(rng, picture, (0, 0, size, size), int(rng.integers(8, 26)), str(rng.choice(FAMILIES)), ink)
    return picture


def photo(rng: Rng, size: int) -> Image:
    """A crop of one of the free pictures that scikit-image carries, colours shifted."""
    from skimage import data

    name = str(rng.choice(["coffee", "chelsea", "astronaut", "rocket", "camera", "brick", "grass", "gravel", "coins"]))
    source = getattr(data, name)()
    if source.ndim == 2:
        source = cv2.cvtColor(source, cv2.COLOR_GRAY2RGB)
    side = int(min(source.shape[:2]) * rng.uniform(0.5, 1))
    y, x = (int(rng.integers(0, n - side + 1)) for n in source.shape[:2])
    crop = cv2.resize(source[y : y + side, x : x + side], (size, size), interpolation=cv2.INTER_LINEAR)
    gain = rng.uniform(0.6, 1.3) * (1 + rng.uniform(-0.25, 0.25, 3))
    turned = np.rot90(crop, int(rng.integers(4)))
    return np.clip(turned * gain, 0, 255).astype(np.uint8)


def clutter(rng: Rng, size: int) -> Image:
    """A table full of things: boxes, discs, cables, keyboards, other papers."""
    picture = SIMPLE[int(rng.integers(len(SIMPLE)))](rng, size)
    for _ in range(int(rng.integers(3, 14))):
        tone = tuple(int(v) for v in colour(rng, 0.9, 5, 250))
        centre = tuple(int(v) for v in rng.uniform(0, size, 2))
        extent = rng.uniform(0.05, 0.4, 2) * size
        kind = rng.random()
        if kind < 0.3:
            box = cv2.boxPoints((centre, tuple(extent), float(rng.uniform(0, 180)))).astype(np.int32)
            cv2.fillConvexPoly(picture, box, tone, cv2.LINE_AA)
            if rng.random() < 0.4:
                _scrap(rng, picture, box)
            elif rng.random() < 0.5:
                cv2.polylines(picture, [box], True, tuple(int(v) for v in colour(rng)), 2, cv2.LINE_AA)
        elif kind < 0.5:
            axes = tuple(int(v / 2) for v in extent)
            cv2.ellipse(picture, centre, axes, float(rng.uniform(0, 180)), 0, 360, tone, -1, cv2.LINE_AA)
        elif kind < 0.75:
            points = np.cumsum(rng.standard_normal((6, 2)) * size * 0.15, axis=0) + centre
            t = np.linspace(0, 1, 60)
            curve = np.column_stack([np.interp(t, np.linspace(0, 1, 6), points[:, k]) for k in (0, 1)])
            curve = cv2.GaussianBlur(curve, (1, 15), 4).astype(np.int32)
            cv2.polylines(picture, [curve], False, tone, int(rng.integers(2, 14)), cv2.LINE_AA)
        else:
            _keyboard(rng, picture, centre, int(extent.max()))
    return picture


def _keyboard(rng: Rng, picture: Image, centre: tuple[int, int], extent: int) -> None:
    pitch = int(rng.integers(12, 40))
    body, key = (tuple(int(v) for v in colour(rng, 0.2, 10, 230)) for _ in range(2))
    x0, y0 = centre[0] - extent, centre[1] - extent // 2
    cv2.rectangle(picture, (x0, y0), (x0 + 2 * extent, y0 + extent), body, -1)
    for y in range(y0 + 3, y0 + extent - pitch, pitch):
        for x in range(x0 + 3, x0 + 2 * extent - pitch, pitch):
            cv2.rectangle(picture, (x, y), (x + pitch - 4, y + pitch - 4), key, -1)
            write_line(rng, picture, (x + 3, y + 2), pitch // 2, pitch // 2, FAMILIES[0], body)


def room(rng: Rng, size: int) -> Image:
    """What stands behind a hand-held document: walls, windows with blinds, rows of furniture, out of focus or not."""
    picture = plain(rng, size)
    for _ in range(int(rng.integers(3, 9))):
        centre, extent = rng.uniform(0, size, 2), rng.uniform(0.1, 0.8, 2) * size
        corners = rng.uniform(0.85, 1.15, (4, 2)) * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * extent / 2 + centre
        tone = colour(rng, 0.5, 5, 255)
        cv2.fillConvexPoly(picture, corners.astype(np.int32), tone.tolist(), cv2.LINE_AA)
        if rng.random() < 0.5:  # blinds, shelves, backs of chairs: the same thing again and again across it
            other, bars = colour(rng, 0.5, 5, 255), int(rng.integers(3, 25))
            for t in (np.arange(bars) + 0.3) / bars:
                ends = corners[[0, 1]] * (1 - t) + corners[[3, 2]] * t
                thickness = max(1, int(extent[1] / bars * rng.uniform(0.2, 0.6)))
                cv2.line(
                    picture, *(tuple(e.astype(int).tolist()) for e in ends), other.tolist(), thickness, cv2.LINE_AA
                )
    soft = rng.choice([0.0, rng.uniform(1, 8)])
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), soft), dtype=np.uint8) if soft else picture


def _scrap(rng: Rng, picture: Image, corners: NDArray[np.int32]) -> None:
    """A bit of paper or packaging with bars and lines on it, which is no document."""
    cv2.fillConvexPoly(picture, corners, colour(rng, 0.7, 40, 250).tolist(), cv2.LINE_AA)
    ink = colour(rng, 0.5, 5, 200).tolist()
    for t in np.arange(0.15, 0.9, rng.uniform(0.07, 0.2)):
        ends = corners[[0, 1]] * (1 - t) + corners[[3, 2]] * t
        ends = ends[0] + (ends[1] - ends[0]) * np.array([[0.12], [rng.uniform(0.4, 0.9)]])
        cv2.line(picture, *(tuple(e.astype(int).tolist()) for e in ends), ink, int(rng.integers(1, 7)), cv2.LINE_AA)


SIMPLE: tuple[Callable[[Rng, int], Image], ...] = (plain, wood, cloth, tiles, stone)
KINDS: tuple[Callable[[Rng, int], Image], ...] = (
    plain,
    wood,
    wood,
    cloth,
    tiles,
    stone,
    newspaper,
    newspaper,
    book,
    photo,
    clutter,
    clutter,
    room,
    room,
)


def draw(rng: Rng, size: int) -> Image:
    """One ground of a random kind."""
    return np.ascontiguousarray(KINDS[int(rng.integers(len(KINDS)))](rng, size))
