"""Draw examples to choose limits on and to measure with: windows of faces, what is worn, and what is covered."""

import argparse
from pathlib import Path

import cv2
import numpy as np
from training.faces.bases import Base, load
from training.faces.labels import LABELS
from training.faces.nothing import no_face, spoiled
from training.faces.scenes import draw

from fourcorners.vision.faces.coverings.window import SIDE_PX, WINDOW_UNITS
from fourcorners.vision.faces.crop import cut

__all__ = ["chosen", "framed", "loosened"]

CELLS = 8
"""Places along a side of the window."""

NOTHING_SHARE = 0.25
"""Share of the windows without a face."""

EDGE_SHARE = 0.25
"""Share of the windows that reach beyond the photo."""

PHOTO_SHARE = 0.6
"""Share of the examples that start from a photo rather than from a drawn person."""


def chosen(bases: list[Base], rng: np.random.Generator) -> Base:
    """A photo or a drawn person."""
    photos = [b for b in bases if not b.who.startswith("drawn")]
    drawn = [b for b in bases if b.who.startswith("drawn")]
    group = photos if rng.random() < PHOTO_SHARE else drawn
    return group[int(rng.integers(len(group)))]


def framed(window: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Now and then with the edge of the photo in it, beyond which all is black (or white, or one colour)."""
    if rng.random() > EDGE_SHARE:
        return window
    inside = np.zeros(window.shape[:2], np.uint8)
    centre = SIDE_PX / 2 + rng.normal(0, 5, 2)
    size = SIDE_PX * rng.uniform(0.72, 1.3, 2)
    corners = cv2.boxPoints(((float(centre[0]), float(centre[1])), (float(size[0]), float(size[1])), rng.normal(0, 8)))
    cv2.fillPoly(inside, [np.round(corners).astype(np.int32)], (1,))
    beyond = rng.choice([0, 0, 0, 255, int(rng.integers(256))])
    return np.where(inside[..., None] > 0, window, beyond).astype(np.uint8)


def loosened(window: np.ndarray, covered: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """As badly placed as the detector's eyes are on covered faces: half of the windows, by up to a tenth."""
    if rng.random() < 0.5:
        return window, covered
    turn = cv2.getRotationMatrix2D((SIDE_PX / 2, SIDE_PX / 2), rng.normal(0, 5), float(np.exp(rng.normal(0, 0.09))))
    turn[:, 2] += rng.normal(0, 0.03 * SIDE_PX, 2)
    size = SIDE_PX, SIDE_PX
    return cv2.warpAffine(window, turn, size, borderMode=cv2.BORDER_REPLICATE), cv2.warpAffine(covered, turn, size)


def main() -> None:
    """Write windows (n, 150, 150, 3), labels (n, 8) and covered shares (n, 8, 8)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bank", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--part", choices=("tune", "test"), required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    rng = np.random.default_rng(arguments.seed)
    bases = [b for b in load(arguments.bank) if b.part == arguments.part]
    seen = [
        _nothing(bases, rng) if rng.random() < NOTHING_SHARE else _somebody(bases, rng) for _ in range(arguments.count)
    ]
    windows, labels, covered = (np.stack(part) for part in zip(*seen, strict=True))
    np.savez_compressed(arguments.out, windows=windows, labels=labels, covered=covered)


Seen = tuple[np.ndarray, np.ndarray, np.ndarray]
"""A window, what is true of it, and which shares of its places are covered."""


def _somebody(bases: list[Base], rng: np.random.Generator) -> Seen:
    example = draw(chosen(bases, rng), rng, WINDOW_UNITS, [b.canvas for b in bases if not b.wears])
    place = example.window(SIDE_PX)
    window = framed(cut(example.pixels, place, SIDE_PX), rng)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    covered = cv2.warpAffine(example.covered, place, (SIDE_PX, SIDE_PX), flags=flags)
    window, covered = loosened(window, covered, rng)
    if rng.random() < 0.5:
        window, covered = np.ascontiguousarray(window[:, ::-1]), np.ascontiguousarray(covered[:, ::-1])
    return window, example.worn, cv2.resize(covered, (CELLS, CELLS), interpolation=cv2.INTER_AREA)


def _nothing(bases: list[Base], rng: np.random.Generator) -> Seen:
    window = no_face(rng) if rng.random() < 0.6 else spoiled(_somebody(bases, rng)[0], rng)
    return window, np.zeros(len(LABELS), np.float32), np.zeros((CELLS, CELLS), np.float32)


if __name__ == "__main__":
    main()
