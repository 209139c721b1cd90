"""Examples of places that were pasted in, and of places that were not: windows at full resolution.

An example is windows in a place (a portrait, a line of print, any rectangle), beside it (on its edge; of a line: on
other lines), and around it. Half of the places were pasted in (`donors`). What follows (saving again, shrinking)
happens to all examples alike. So that the network judges traces and not what a portrait ought to show, many photos
show something else in the portrait's place from the start.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from training.originality.donors import Photo, Pixels, Rng, line_set_anew, pasted_over, person

from fourcorners import specimens
from fourcorners.kit.geometry import Quad, apply_homography, homography
from fourcorners.specimens import Camera
from fourcorners.specimens.designs import designs_of
from fourcorners.specimens.documents import Document
from fourcorners.specimens.effects.sensor import decode, jpeg
from fourcorners.specimens.effects.splice import portrait_pasted
from fourcorners.specimens.model import box_quad
from fourcorners.specimens.surfaces import draw_surface

__all__ = [
    "AROUND", "BESIDE", "INSIDE", "NO_LINES", "SHORTEST_LINE", "SIZES", "WINDOW_PX", "Example", "drawn_document",
    "example", "length_of", "photo", "processed", "saved",
]  # fmt: skip

WINDOW_PX, GRID_PX = 64, 8
INSIDE, BESIDE, AROUND = 6, 6, 12
REACH_PX = 320
CLEAR_PX = 44
"""Windows around a place have their middle at least so far from it."""
SIZES = ((1600, 1200), (1200, 1600), (2000, 1500))
LARGE, LARGE_SHARE = (3264, 2448), 0.06
FIRST_SEED = 4_000_000
HELD_OUT = 10
"""One template in ten is measured on and never learned from."""
FINE_SHARE = 0.12
"""How often a document is drawn at 600 dpi, else at 300: no original should be known by its lack of detail."""
OTHER_CONTENT_SHARE = 0.35
"""How often the portrait's place shows something else from the start."""
SHORTEST_LINE = 2.5
"""In heights of the line: what is shorter holds a letter or two."""
NO_LINES = ("portrait", "ghost_portrait", "signature", "mrz", "ghost")


@dataclass(frozen=True)
class Example:
    """Windows (INSIDE + BESIDE + AROUND, 64, 64, 3) of a place; `pasted` in or not; `line` of print or not."""

    windows: Pixels
    pasted: bool
    line: bool


def drawn_document(rng: Rng, seed: int) -> tuple[Document, str, bool]:
    """A document of a training template, the font of its values, and whether its template is held out."""
    designs = designs_of(None, "train")
    number = int(rng.integers(len(designs)))
    design = designs[number]
    dpi = 600 if rng.random() < FINE_SHARE else 300
    document = specimens.draw(design.kind, seed=FIRST_SEED + seed, portrait=person(rng), design=design.name, dpi=dpi)
    return document, design.fonts["value"], number % HELD_OUT == 4


def photo(rng: Rng, seed: int, document: Document, font: str, kind: str = "genuine") -> Photo:
    """A photo by one of the three cameras, careful to careless."""
    if rng.random() < OTHER_CONTENT_SHARE:
        document = _with_other_content(rng, document)
    size = LARGE if rng.random() < LARGE_SHARE else SIZES[int(rng.integers(3))]
    camera = list(Camera)[int(rng.integers(len(Camera)))]
    severity = float(rng.uniform(0, 0.6))
    taken = specimens.capture(document, kind, severity, seed=FIRST_SEED + seed, size=size, camera=camera)
    assert taken.truth.corners is not None
    return Photo(processed(rng, taken.pixels), taken.truth.corners, dict(taken.truth.regions), font)


def _with_other_content(rng: Rng, document: Document) -> Document:
    side = document.front
    if "portrait" not in side.regions:
        return document
    where = side.regions["portrait"]
    size = np.ptp(where, axis=0)
    if rng.random() < 0.5:
        other = draw_surface((int(size[0]), int(size[1])), rng)
    else:
        x, y = rng.uniform(0, 1, 2) * (np.array(side.size) - size)
        other = side.pixels[int(y) : int(y + size[1]), int(x) : int(x + size[0])].copy()
    return replace(document, front=replace(side, pixels=portrait_pasted(side.pixels, other, where, 0.8, rng)))


def example(rng: Rng, hosts: Sequence[Photo]) -> Example | None:
    """A place of one of the photos; None where it is too near to the photo's edge."""
    host = hosts[int(rng.integers(len(hosts)))]
    pasted = bool(rng.random() < 0.5)
    name, place = _place(rng, host)
    line = name not in ("portrait", "any")
    low = (np.floor((place.min(axis=0) - REACH_PX) / 16) * 16).clip(0).astype(int)
    high = np.minimum(np.ceil(place.max(axis=0) + REACH_PX), host.pixels.shape[1::-1]).astype(int)
    part = np.ascontiguousarray(host.pixels[low[1] : high[1], low[0] : high[0]])
    if min(part.shape[:2]) < 3 * WINDOW_PX:
        return None
    where = place - low
    lines = [quad - low for other, quad in host.regions.items() if other not in (*NO_LINES, name)]
    if pasted and line:
        other = lines[int(rng.integers(len(lines)))] if lines else None
        part = line_set_anew(rng, part, where, host.font, other, hosts)
    elif pasted:
        part = pasted_over(rng, part, where, name == "portrait", hosts)
    part, factor = saved(rng, part, pasted)
    seen = _as_found(rng, where, line)
    windows = windows_of(rng, part, seen * factor, [quad * factor for quad in lines] if line else None)
    return None if windows is None else Example(windows, pasted, line)


def _place(rng: Rng, host: Photo) -> tuple[str, Quad]:
    lines = [name for name, quad in host.regions.items() if name not in NO_LINES and length_of(quad) >= SHORTEST_LINE]
    way = rng.random()
    if way < 0.5 and "portrait" in host.regions:
        return "portrait", host.regions["portrait"]
    if way < 0.9 and lines:
        name = lines[int(rng.integers(len(lines)))]
        return name, host.regions[name]
    wide, high = rng.uniform(0.12, 0.35, 2)
    x, y = rng.uniform(0, 1 - wide), rng.uniform(0, 1 - high)
    return "any", apply_homography(homography(box_quad(0, 0, 1, 1), host.corners), box_quad(x, y, x + wide, y + high))


def processed(rng: Rng, pixels: Pixels) -> Pixels:
    """One photo in four as phones that do more make it: noise smoothed away, edges lifted, tones spread."""
    if rng.random() > 0.25:
        return pixels
    if rng.random() < 0.5:
        pixels = np.asarray(cv2.bilateralFilter(pixels, 5, float(rng.uniform(6, 25)), 1.5), np.uint8)
    if rng.random() < 0.6:
        amount, radius = rng.uniform(0.2, 1.3), rng.uniform(0.7, 2.0)
        soft = cv2.GaussianBlur(pixels, (0, 0), radius)
        pixels = np.asarray(cv2.addWeighted(pixels, 1 + amount, soft, -amount, 0), np.uint8)
    tones = 255 * np.linspace(0, 1, 256) ** rng.uniform(0.75, 1.25)
    pixels = np.asarray(cv2.LUT(pixels, np.rint(tones).astype(np.uint8)), np.uint8)
    return decode(jpeg(pixels, int(rng.integers(78, 97))))


def _as_found(rng: Rng, where: Quad, line: bool) -> Quad:
    """The place as it is found in a photo: a portrait is guessed from its face, a line's ends are missed a little."""
    size, middle = np.ptp(where, axis=0), where.mean(axis=0)
    if line:
        return where + rng.normal(0, 0.08, (4, 2)) * size.min()
    return middle + (where - middle) * rng.uniform(0.78, 1.08, 2) + rng.normal(0, 0.03, 2) * size


def length_of(line: Quad) -> float:
    """Of a line of print, in its heights."""
    return float(np.linalg.norm(line[1] - line[0]) / max(1.0, float(np.linalg.norm(line[3] - line[0]))))


def saved(rng: Rng, part: Pixels, pasted: bool) -> tuple[Pixels, float]:
    """The part after it was sent and saved again, and by how much it shrank. Genuine files are often as taken."""
    factor = float(rng.uniform(0.6, 0.95)) if rng.random() < 0.15 else 1.0
    if factor < 1:
        part = np.asarray(cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)
    if rng.random() < 0.15:
        return _sent_on(rng, part), factor
    if rng.random() < (0.92 if pasted or factor < 1 else 0.6):
        part = decode(jpeg(part, int(rng.integers(66, 97))))
    return part, factor


def _sent_on(rng: Rng, part: Pixels) -> Pixels:
    """Through messengers: shrunk and compressed, perhaps again, and brought back to its size."""
    height, width = part.shape[:2]
    for _ in range(int(rng.integers(1, 4))):
        share = rng.uniform(0.55, 1)
        part = np.asarray(cv2.resize(part, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), np.uint8)
        part = decode(jpeg(part, int(rng.integers(35, 88))))
    part = np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
    return decode(jpeg(part, int(rng.integers(70, 92))))


def windows_of(rng: Rng, part: Pixels, where: Quad, lines: Sequence[Quad] | None) -> Pixels | None:
    """Windows in a place, beside and around it, on the lattice of JPEG's blocks; None where there is no room.

    Beside a place is its edge; beside a line of print (`lines` given) are the others.
    """
    height, width = part.shape[:2]
    room = np.array([width, height]) - WINDOW_PX
    if (room < GRID_PX).any():
        return None
    if lines is None:
        inside = _at(where, rng.uniform(0.12, 0.88, (INSIDE, 2)))
        beside = _at(where, _on_edge(rng, BESIDE))
    else:
        inside = _at(where, _along(rng, INSIDE))
        seen = [quad for quad in lines if (quad.min(axis=0) > 8).all() and (quad.max(axis=0) < [width, height]).all()]
        if not seen:
            return None
        beside = np.vstack([_at(seen[int(rng.integers(len(seen)))], _along(rng, 1)) for _ in range(BESIDE)])
    tries = rng.uniform(0, 1, (80, 2)) * room + WINDOW_PX / 2
    shape = where.astype(np.float32)
    away = [p for p in tries if cv2.pointPolygonTest(shape, tuple(p.tolist()), True) < -CLEAR_PX][:AROUND]
    if len(away) < AROUND:
        return None
    corners = np.rint((np.vstack([inside, beside, away]) - WINDOW_PX / 2) / GRID_PX) * GRID_PX
    corners = np.clip(corners, 0, room // GRID_PX * GRID_PX).astype(int)
    return np.stack([part[y : y + WINDOW_PX, x : x + WINDOW_PX] for x, y in corners.tolist()])


def _at(quad: Quad, shares: Quad) -> Quad:
    return apply_homography(homography(box_quad(0, 0, 1, 1), quad), shares)


def _along(rng: Rng, count: int) -> Quad:
    return np.column_stack([rng.uniform(0.03, 0.97, count), np.full(count, 0.5)])


def _on_edge(rng: Rng, count: int) -> Quad:
    turn = rng.uniform(0, 4, count)
    side, t = np.floor(turn), turn % 1
    x = np.select([side == 0, side == 1, side == 2], [t, np.ones(count), 1 - t], 0.0)
    y = np.select([side == 0, side == 1, side == 2], [np.zeros(count), t, np.ones(count)], 1 - t)
    return np.column_stack([x, y])
