"""A photo of a paper on a desk that nobody has cleared: cables, other sheets, a pile below it, creased edges."""

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad, apply_homography
from fourcorners.specimens.camera import lay, pose, side_corners
from fourcorners.specimens.effects.blur import soft_lens
from fourcorners.specimens.effects.light import lit, room_light
from fourcorners.specimens.effects.sensor import jpeg, noisy
from fourcorners.specimens.model import Pixels, Side
from fourcorners.specimens.papers.model import PaperSpecimen
from fourcorners.specimens.papers.photograph import DPI, PAPER_THICKNESS
from fourcorners.specimens.pictures import as_u8, blurred, dimmed, mixed
from fourcorners.specimens.surfaces import draw_surface

__all__ = ["DISORDERS", "photograph_in_disorder"]

Matrix = NDArray[np.float64]
Rng = np.random.Generator

FILL = (0.6, 0.95)
TILT_DEG = 18
CABLE_SHARE = (0.006, 0.02)
"""Breadth of a cable as a share of the page's diagonal."""


def photograph_in_disorder(
    paper: PaperSpecimen, disorder: str, *, seed: int, size: tuple[int, int] = (1080, 1440)
) -> tuple[bytes, Quad]:
    """A JPEG of a paper's first page, and the page's corners in it, clockwise from its top left.

    `disorder` is one of DISORDERS. The same arguments give the same bytes.
    """
    rng = np.random.default_rng((seed, 67))
    side = _side(paper)
    if disorder == "creased":
        side = _creased(side, rng)
    turn = float(rng.normal(0, 6)) + 90 * float(rng.choice([0, 0, 0, 1]))
    matrix = pose(size, side, rng, tilt_deg=TILT_DEG, turn_deg=turn, fill=float(rng.uniform(*FILL)))
    ground = draw_surface(size, rng)
    if disorder in ("pile", "sheets"):
        ground = _with_sheets(ground, side, matrix, rng, apart=disorder == "sheets")
    picture = lay(ground, side, matrix, rng, height=PAPER_THICKNESS).pixels
    corners = apply_homography(matrix, side_corners(side))
    if disorder == "cable":
        picture = _with_cables(picture, corners, rng)
    picture = lit(picture, room_light(rng, 0.4))
    picture = noisy(soft_lens(picture, 0.8), 2.5, rng, 1.0)
    return jpeg(picture, int(rng.integers(80, 95))), corners


DISORDERS = ("none", "cable", "pile", "sheets", "creased")
"""Nothing else; cables across; sheets of the same size below it, their rims in sight; other sheets half below; edges
that are not straight."""


def _side(paper: PaperSpecimen) -> Side:
    bitmap = pypdfium2.PdfDocument(paper.pdf)[0].render(scale=DPI / 72, rev_byteorder=True)
    pixels = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
    whole = np.full(pixels.shape[:2], 255, np.uint8)
    return Side(pixels, whole, np.zeros_like(whole), DPI)


def _with_sheets(ground: Pixels, side: Side, matrix: Matrix, rng: Rng, *, apart: bool) -> Pixels:
    """One to three sheets below: of a pile a little turned and shifted, `apart` anyhow."""
    width, height = side.size
    for _ in range(int(rng.integers(1, 4))):
        angle = rng.normal(0, 0.4 if apart else 0.04)
        shift = rng.normal(0, 0.35 if apart else 0.02, 2) * width
        cosine, sine = np.cos(angle), np.sin(angle)
        centre = np.array([width, height]) / 2
        spin = np.array([[cosine, -sine], [sine, cosine]])
        offset = centre + shift - spin @ centre
        moved = np.vstack([np.column_stack([spin, offset]), [0, 0, 1]])
        tint = rng.uniform(0.85, 1.0)
        pixels = np.full_like(side.pixels, 246) if rng.random() < 0.4 else side.pixels[::-1, ::-1]
        below = Side(as_u8(pixels * tint), side.alpha, side.foil, side.dpi)
        ground = lay(ground, below, matrix @ moved, rng, height=PAPER_THICKNESS).pixels
    return ground


def _creased(side: Side, rng: Rng) -> Side:
    """The page with waves along its edges, up to 1.5 % of its width, and shaded folds."""
    width, height = side.size
    coarse = [rng.standard_normal((6, 5)).astype(np.float32) for _ in range(2)]
    waves = [cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC) for grid in coarse]
    reach = width * rng.uniform(0.003, 0.01)
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    dx, dy = (wave * np.float32(reach) for wave in waves)
    pixels = cv2.remap(side.pixels, x + dx, y + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    alpha = cv2.remap(side.alpha, x + dx, y + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    slope = np.gradient(dx, axis=1)
    light = np.clip(1 + rng.uniform(0.05, 0.2) * slope / max(float(np.abs(slope).max()), 1e-6), 0.75, 1)
    return Side(as_u8(pixels * light[..., None]), as_u8(alpha), side.foil, side.dpi)


def _with_cables(picture: Pixels, corners: Quad, rng: Rng) -> Pixels:
    """One to three cables over the page, half of them nearly along one of its sides."""
    length = float(np.linalg.norm(corners[0] - corners[2]))
    for _ in range(int(rng.integers(1, 4))):
        way = corners[(turn := int(rng.integers(4)))] - corners[turn - 1]
        angle = float(np.arctan2(way[1], way[0])) + rng.normal(0, 0.12) + (rng.random() < 0.5) * rng.uniform(0, np.pi)
        along = np.array([np.cos(angle), np.sin(angle)])
        across = np.array([-along[1], along[0]])
        t = np.linspace(-1, 1, 100)
        bend = rng.uniform(0, 0.15) * np.sin(np.pi * t * rng.uniform(0.3, 1.3) + rng.uniform(0, 6))
        middle = rng.dirichlet(np.ones(4) * 2) @ corners
        points = middle + t[:, None] * along * length + (bend - bend[50])[:, None] * across * length
        thick = max(2, round(length * rng.uniform(*CABLE_SHARE)))
        mask = np.zeros(picture.shape[:2], np.uint8)
        cv2.polylines(mask, [np.round(points * 16).astype(np.int32)], False, (255,), thick, cv2.LINE_AA, 4)
        fall = np.roll(blurred(mask, thick / 2), round(thick / 3), axis=(0, 1))
        tone = rng.uniform(10, 60, 3) if rng.random() < 0.7 else rng.uniform(150, 245, 3)
        picture = dimmed(picture, as_u8(255 - fall * np.float32(0.4)))
        picture = mixed(picture, np.full_like(picture, tone.astype(np.uint8)), mask)
    return picture
