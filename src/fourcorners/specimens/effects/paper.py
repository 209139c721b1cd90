"""Paper: its fibres, the cloudiness of its sheet, its shade of white."""

from dataclasses import asdict, dataclass
from functools import cache

import cv2
import numpy as np

from fourcorners.specimens.model import MM_PER_INCH, Pixels, Plane
from fourcorners.specimens.pictures import as_u8, resized

__all__ = ["Paper", "fibrous", "random_paper"]

TILE_PX = 768
TILE_PX_PER_MM = 24.0
FIBRES = 9000
UNITY = 128


@dataclass(frozen=True)
class Paper:
    """A sheet. Depths are shares of brightness, from trough to peak about; `white` is RGB."""

    white: tuple[int, int, int]
    fibre_depth: float
    cloud_depth: float

    def to_dict(self) -> dict[str, float]:
        """The parameters by name."""
        return {name: round(value, 4) for name, value in asdict(self).items() if name != "white"}


def random_paper(rng: np.random.Generator) -> Paper:
    """From glossy photo paper, which has hardly any fibre, to recycled office paper."""
    tone = rng.uniform(228, 252)
    warmth = rng.normal(0, 3)
    white = tuple(int(value) for value in np.clip([tone + warmth, tone, tone - warmth], 0, 255))
    return Paper((white[0], white[1], white[2]), float(rng.uniform(0, 0.09)), float(rng.uniform(0.0, 0.04)))


def fibrous(picture: Pixels, dpi: float, paper: Paper, rng: np.random.Generator) -> Pixels:
    """The print with the paper's relief, lit from the side."""
    height, width = picture.shape[:2]
    scale = dpi / MM_PER_INCH / TILE_PX_PER_MM
    side = max(8, round(TILE_PX * scale))
    tile = np.roll(_fibres(), rng.integers(0, TILE_PX, 2).tolist(), axis=(0, 1))
    tile = resized(tile, (side, side))
    relief = np.tile(tile, (-(-height // side), -(-width // side)))[:height, :width].astype(np.float32) - UNITY
    grid = rng.standard_normal((24, 32), dtype=np.float32)
    clouds = cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
    factor = 1 + relief * np.float32(paper.fibre_depth / UNITY) + clouds * np.float32(paper.cloud_depth / 4)
    light = as_u8(np.clip(factor * UNITY, 0, 255))
    return as_u8(cv2.multiply(picture, cv2.merge([light, light, light]), scale=1 / UNITY))


@cache
def _fibres() -> Plane:
    """A tile of crossing fibres, 1 to 2 mm long, light on one flank and dark on the other."""
    rng = np.random.default_rng(92)
    height = np.zeros((TILE_PX, TILE_PX), np.uint8)
    for _ in range(FIBRES):
        start = rng.uniform(0, TILE_PX, 2)
        angle, length = rng.uniform(0, np.pi), rng.uniform(1, 2) * TILE_PX_PER_MM
        end = start + length * np.array([np.cos(angle), np.sin(angle)])
        tone = int(rng.integers(60, 255))
        for shift_x in (-TILE_PX, 0):
            for shift_y in (-TILE_PX, 0, TILE_PX):
                shift = np.array([shift_x, shift_y])
                cv2.line(height, np.round(start + shift).astype(int).tolist(),
                         np.round(end + shift).astype(int).tolist(), (tone,), 1, cv2.LINE_AA)  # fmt: skip
    soft = cv2.GaussianBlur(np.tile(height, (3, 3)).astype(np.float32), (0, 0), 1.2)
    slope = soft - np.roll(soft, (1, 1), axis=(0, 1))
    middle = slope[TILE_PX : 2 * TILE_PX, TILE_PX : 2 * TILE_PX]
    return as_u8(np.clip(UNITY + middle / middle.std() * 32, 0, 255))
