"""Draw examples of places that were pasted in, and of places that were not.

    python -m training.originality.splices OUT.npz [--photos N] [--examples M] [--seed S]

An example is the traces (`fourcorners.vision.originality.traces`) of windows in a place (a portrait, a line of print,
any rectangle) and of windows around it, at full resolution.
Half of the places were pasted in: from a clean picture, as editors do, or from anywhere in another photo with its own
noise and compression. A portrait cut from the photo of another document is never pasted: that attack is kept for
measuring. What follows (saving again, shrinking) happens to all examples alike.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners import specimens
from fourcorners.kit.geometry import Quad, apply_homography, homography
from fourcorners.specimens import Camera
from fourcorners.specimens.designs import designs_of
from fourcorners.specimens.effects.sensor import decode, jpeg
from fourcorners.specimens.effects.splice import portrait_pasted, text_replaced
from fourcorners.specimens.model import box_quad
from fourcorners.specimens.portraits import id_portrait
from fourcorners.vision.originality.traces import TRACES, WINDOW_PX, window_traces

GRID_PX = 8
INSIDE, AROUND = 5, 8
REACH_PX = 260
CLEAR_PX = 44
"""Windows around a place have their middle at least so far from it."""
SIZES = ((1600, 1200), (1200, 1600), (2000, 1500))
Pixels = NDArray[np.uint8]
Rng = np.random.Generator


@dataclass(frozen=True)
class Photo:
    """A genuine photo of a training template: `regions` in its pixels, `font` of its values."""

    pixels: Pixels
    corners: Quad
    regions: dict[str, Quad]
    font: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--photos", type=int, default=110)
    parser.add_argument("--examples", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=11)
    arguments = parser.parse_args()
    photos = [photo(arguments.seed + n) for n in range(arguments.photos)]
    traces, labels = many(np.random.default_rng(arguments.seed), photos, arguments.examples)
    np.savez(arguments.out, traces=traces, labels=labels)


def photo(seed: int) -> Photo:
    """A photo by one of the three cameras, careful to careless."""
    rng = np.random.default_rng((seed, 4))
    designs = designs_of(None, "train")
    design = designs[int(rng.integers(len(designs)))]
    document = specimens.draw(design.kind, seed=4_000_000 + seed, portrait=seed % 1000, design=design.name)
    size, camera = SIZES[int(rng.integers(3))], list(Camera)[int(rng.integers(len(Camera)))]
    taken = specimens.capture(
        document, "genuine", float(rng.uniform(0, 0.6)), seed=4_000_000 + seed, size=size, camera=camera
    )
    assert taken.truth.corners is not None
    return Photo(taken.pixels, taken.truth.corners, dict(taken.truth.regions), design.fonts["value"])


def many(rng: Rng, photos: list[Photo], count: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Traces (count, INSIDE + AROUND, TRACES), and 1 where the place was pasted in."""
    traces = np.zeros((count, INSIDE + AROUND, TRACES), np.float32)
    labels = np.zeros(count, np.int64)
    done = 0
    while done < count:
        label = int(rng.integers(2))
        cut = example(rng, photos, bool(label))
        if cut is not None:
            traces[done], labels[done] = window_traces(cut), label
            done += 1
    return traces, labels


def example(rng: Rng, photos: list[Photo], pasted: bool) -> Pixels | None:
    """Windows of one place and around it; None where it is too near to the photo's edge."""
    host = photos[int(rng.integers(len(photos)))]
    kind, place = _place(rng, host)
    low = (np.floor((place.min(axis=0) - REACH_PX) / 16) * 16).clip(0).astype(int)
    high = np.minimum(np.ceil(place.max(axis=0) + REACH_PX), host.pixels.shape[1::-1]).astype(int)
    part = np.ascontiguousarray(host.pixels[low[1] : high[1], low[0] : high[0]])
    where = place - low
    if pasted:
        part = _pasted(rng, photos, host, part, kind, where)
    part, factor = _saved(rng, part, pasted)
    return windows_of(rng, part, where * factor)


def _place(rng: Rng, host: Photo) -> tuple[str, Quad]:
    lines = [n for n in host.regions if n not in ("portrait", "mrz", "signature", "ghost")]
    kind = str(rng.choice(["portrait", "line", "any"], p=[0.45, 0.35, 0.2]))
    if kind == "portrait" and "portrait" in host.regions:
        return kind, host.regions["portrait"]
    if kind == "line" and lines:
        return kind, host.regions[lines[int(rng.integers(len(lines)))]]
    wide, high = rng.uniform(0.12, 0.35, 2)
    x, y = rng.uniform(0, 1 - wide), rng.uniform(0, 1 - high)
    return "any", apply_homography(homography(box_quad(0, 0, 1, 1), host.corners), box_quad(x, y, x + wide, y + high))


def _pasted(rng: Rng, photos: list[Photo], host: Photo, part: Pixels, kind: str, where: Quad) -> Pixels:
    severity = float(rng.uniform(0, 1))
    if kind == "line" and rng.random() < 0.6:
        text = "".join(rng.choice(list("0123456789.ABCDEFGHIKLMNORSTU"), int(rng.integers(4, 12))))
        return text_replaced(part, text, host.font, where, severity, rng)
    if kind == "portrait" and rng.random() < 0.4:
        other = id_portrait(int(rng.integers(1000)), int(rng.integers(1000)))
        return portrait_pasted(part, other, where, severity, rng)
    return portrait_pasted(part, _from_elsewhere(rng, photos, host, where), where, 0.7 * severity, rng)


def _from_elsewhere(rng: Rng, photos: list[Photo], host: Photo, where: Quad) -> Pixels:
    """As large a piece of another photo, from anywhere but its portrait, at another scale, taken out flat."""
    while True:
        donor = photos[int(rng.integers(len(photos)))]
        size = np.ptp(where, axis=0) * rng.uniform(0.7, 1.4)
        room = np.array(donor.pixels.shape[1::-1]) - size
        if donor is host or (room < 2).any():
            continue
        x, y = rng.uniform(0, room)
        box = box_quad(x, y, x + size[0], y + size[1])
        if "portrait" in donor.regions and _meet(box, donor.regions["portrait"]):
            continue
        out = (np.ptp(where, axis=0) * rng.uniform(0.75, 1.3)).clip(8).astype(int)
        onto = homography(box + rng.normal(0, 0.02, (4, 2)) * size, box_quad(0, 0, *out))
        flags = cv2.INTER_CUBIC if rng.random() < 0.3 else cv2.INTER_LINEAR
        size_px = int(out[0]), int(out[1])
        flat = cv2.warpPerspective(donor.pixels, onto, size_px, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(flat, np.uint8)


def _meet(a: Quad, b: Quad) -> bool:
    return bool((a.min(axis=0) < b.max(axis=0)).all() and (b.min(axis=0) < a.max(axis=0)).all())


def _saved(rng: Rng, part: Pixels, pasted: bool) -> tuple[Pixels, float]:
    """The part after it was sent and saved again, and by how much it shrank. Genuine files are often as taken."""
    factor = float(rng.uniform(0.6, 0.95)) if rng.random() < 0.15 else 1.0
    if factor < 1:
        part = np.asarray(cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)
    if rng.random() < 0.2:
        return _sent_on(rng, part), factor
    if rng.random() < (0.92 if pasted or factor < 1 else 0.5):
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


def windows_of(rng: Rng, part: Pixels, where: Quad) -> Pixels | None:
    """Windows in a place and around it, on the grid of JPEG's blocks; None where there is no room."""
    height, width = part.shape[:2]
    room = np.array([width, height]) - WINDOW_PX
    if (room < GRID_PX).any():
        return None
    lattice = homography(box_quad(0, 0, 1, 1), where)
    inside = apply_homography(lattice, rng.uniform(0.12, 0.88, (INSIDE, 2)))
    tries = rng.uniform(0, 1, (60, 2)) * room + WINDOW_PX / 2
    shape = where.astype(np.float32)
    away = [p for p in tries if cv2.pointPolygonTest(shape, tuple(p.tolist()), True) < -CLEAR_PX][:AROUND]
    if len(away) < AROUND:
        return None
    corners = np.rint((np.vstack([inside, away]) - WINDOW_PX / 2) / GRID_PX) * GRID_PX
    corners = np.clip(corners, 0, room // GRID_PX * GRID_PX).astype(int)
    return np.stack([part[y : y + WINDOW_PX, x : x + WINDOW_PX] for x, y in corners.tolist()])


if __name__ == "__main__":
    main()
