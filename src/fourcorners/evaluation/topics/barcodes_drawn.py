"""PDF417 on drawn backs of driving licences: tilted, at a low resolution, out of focus; needs no pictures."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import zxingcpp

from fourcorners.evaluation.topic import Item, Measure, Row, share
from fourcorners.kit.geometry import Quad, apply_homography
from fourcorners.specimens import draw
from fourcorners.specimens.camera import lay, pose, side_corners
from fourcorners.specimens.model import MM_PER_INCH, Side
from fourcorners.vision.barcodes import read_barcodes
from fourcorners.vision.page import rectify
from fourcorners.vision.picture import Picture, Pixels

NAME = "barcodes_drawn"
ABOUT = "barcodes on drawn licence backs, tilted up to 30 degrees about all axes, beside zxing-cpp alone"
LABELS: tuple[str, ...] = ()

CARD_WIDTH_MM = 85.6
FIRST_SEED = 70_000
"""No number was chosen on these seeds, nor on the templates of the split "evaluation"."""
TILT_DEG = 30.0
CORNER_ERROR_PX = 2.0
"""Standard deviation of the corners that the page is cut out by: what the outline network leaves."""


class Condition(NamedTuple):
    """Dots per inch of the card in the photo, the range of the blur in px, and how many photos."""

    dpi: float
    blur_px: tuple[float, float]
    photos: int


CONDITIONS = {
    "200 dpi": Condition(200, (0.4, 0.9), 60),
    "150 dpi": Condition(150, (0.4, 0.9), 30),
    "200 dpi, out of focus": Condition(200, (1.0, 1.4), 30),
}


def items(root: Path) -> list[Item]:
    """One drawn back an item; `root` is not looked at."""
    return [
        {"set": name, "file": f"{name}, seed {FIRST_SEED + i}", "seed": FIRST_SEED + i}
        for name, condition in CONDITIONS.items()
        for i in range(condition.photos)
    ]


def measure(root: Path, item: Item) -> Row:
    """Whether the bytes were read exactly, by us and by the library alone."""
    condition = CONDITIONS[item["set"]]
    rng = np.random.default_rng(item["seed"])
    side = _back(item["seed"])
    pixels, corners = _photo(side, condition, rng)
    page = rectify(pixels, corners + rng.normal(0, CORNER_ERROR_PX, corners.shape))
    ours = read_barcodes(Picture(pixels, "PNG", 0, ""), page)
    bare = zxingcpp.read_barcodes(pixels)
    return {
        "ours": any(code.data == side.barcode for code in ours),
        "bare": any(bytes(code.bytes) == side.barcode for code in bare),
        "wrong": any(code.format == "PDF417" and code.data != side.barcode for code in ours),
    }


def _back(seed: int) -> Side:
    """The first back with a barcode among the licences drawn from a seed on: not every design has one."""
    for attempt in range(100):
        side = draw("driving_licence", seed=seed + 1_000 * attempt, split="evaluation").back
        if side is not None and side.barcode:
            return side
    raise ValueError("No licence has a barcode.")


def _photo(side: Side, condition: Condition, rng: np.random.Generator) -> tuple[Pixels, Quad]:
    """The back on plain ground, its longer edge as long as the resolution asks, and its corners."""
    width = CARD_WIDTH_MM / MM_PER_INCH * condition.dpi
    size = round(1.65 * width), round(1.35 * width)
    turn = rng.uniform(-TILT_DEG, TILT_DEG)
    matrix = pose(size, side, rng, tilt_deg=TILT_DEG, turn_deg=turn, fill=0.99, margin=0.01)
    corners = apply_homography(matrix, side_corners(side))
    zoom = width / max(float(np.linalg.norm(corners[1] - corners[0])), float(np.linalg.norm(corners[2] - corners[3])))
    shift = np.array(size) / 2 - zoom * corners.mean(axis=0)
    matrix = np.array([[zoom, 0, shift[0]], [0, zoom, shift[1]], [0, 0, 1]]) @ matrix
    ground = np.full((size[1], size[0], 3), rng.integers(60, 220, 3), dtype=np.uint8)
    picture = cv2.GaussianBlur(lay(ground, side, matrix, rng).pixels, (0, 0), float(rng.uniform(*condition.blur_px)))
    noisy = picture * rng.uniform(0.75, 1.0) + rng.normal(0, rng.uniform(1, 5), picture.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8), apply_homography(matrix, side_corners(side))


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Read by each, per condition; and the seeds that were not read."""
    measures: list[Measure] = []
    for name in CONDITIONS:
        here = [r for i, r in zip(items, rows, strict=True) if i["set"] == name]
        measures.append(share(f"{name}: read", sum(bool(r.get("ours")) for r in here), len(here)))
        measures.append(share(f"{name}: read by zxing-cpp alone", sum(bool(r.get("bare")) for r in here), len(here)))
    measures.append(share("read as something else", sum(bool(r.get("wrong")) for r in rows), len(rows)))
    return measures, [f"{i['file']}: not read" for i, r in zip(items, rows, strict=True) if not r.get("ours")]
