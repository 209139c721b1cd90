"""A printer: separation into four inks, its halftone, its faults, its paper."""

from dataclasses import asdict, dataclass, replace

import cv2
import numpy as np

from fourcorners.kit.data import load_toml
from fourcorners.specimens.effects.halftone import blue_noise, dot_screen, inked, line_screen
from fourcorners.specimens.effects.paper import fibrous, random_paper
from fourcorners.specimens.model import MM_PER_INCH, Pixels, Plane, Side
from fourcorners.specimens.pictures import as_u8, blurred, resized

__all__ = ["PRINT_DPI", "Press", "printed", "random_press"]

PRINT_DPI = 600
"""Resolution at which prints are drawn: a spot is 42 um."""
SPOT_UM = 1000 * MM_PER_INCH / PRINT_DPI
INKS = ((0, 150, 215), (215, 20, 115), (250, 235, 20), (28, 26, 28))
"""Cyan, magenta, yellow and black on white paper, RGB."""
BLACK_SHARE = 0.7
"""How much of the grey component black replaces."""


@dataclass(frozen=True)
class Press:
    """A printer of `process` "dots" (AM), "lines" (laser), "spots" (FM) or "drops" (ink-jet).

    `ruling_lpi` counts cells an inch of the first two; `dot_gain_um` is how far ink creeps, `register_um` how far the
    plates miss each other; bands run across the feed every `band_mm`; `satellites` is the share of stray spots.
    """

    process: str
    ruling_lpi: float
    dot_gain_um: float
    register_um: float
    band_mm: float
    band_depth: float
    ink_density: float
    satellites: float

    def to_dict(self) -> dict[str, float | str]:
        """The parameters by name."""
        return {name: value if isinstance(value, str) else round(value, 4) for name, value in asdict(self).items()}


def random_press(name: str, rng: np.random.Generator) -> Press:
    """A printer of a kind that `presses.toml` lists: "laser", "inkjet", "fm" or "offset"."""
    ranges = load_toml("fourcorners.specimens", "presses.toml")[name]
    values = {key: float(rng.uniform(*reach)) for key, reach in ranges.items() if key != "process"}
    return Press(process=ranges["process"], **values)


def printed(side: Side, press: Press, rng: np.random.Generator) -> tuple[Side, dict[str, float | str]]:
    """The side as a print at `PRINT_DPI`, and the physics of it. Regions and fields stay those of the original."""
    zoom = PRINT_DPI / side.dpi
    size = round(side.size[0] * zoom), round(side.size[1] * zoom)
    source = resized(blurred(side.pixels, 0.5), size)
    paper = random_paper(rng)
    sheet = np.empty((size[1], size[0], 3), np.uint8)
    sheet[:] = paper.white
    slope = 512 * press.ruling_lpi / PRINT_DPI if press.process in ("dots", "lines") else 1.0
    for number, (plate, ink) in enumerate(zip(_plates(source, press.ink_density), INKS, strict=True)):
        spots = inked(plate, _thresholds(press, number, size, rng), slope)
        if press.satellites > 0:
            spots = _with_satellites(spots, press.satellites, rng)
        shift = np.round(rng.normal(0, press.register_um / SPOT_UM, 2)).astype(int)
        spread = blurred(np.roll(spots, shift.tolist(), axis=(0, 1)), max(0.35, press.dot_gain_um / SPOT_UM))
        sheet = _inked_sheet(sheet, spread, ink)
    sheet = fibrous(_with_bands(sheet, press, rng), PRINT_DPI, paper, rng)
    alpha = np.full((size[1], size[0]), 255, np.uint8)
    copy = replace(side, pixels=sheet, alpha=alpha, foil=np.zeros_like(alpha), dpi=PRINT_DPI, laminate=0.0)
    return copy, {**press.to_dict(), **paper.to_dict()}


def _plates(picture: Pixels, density: float) -> list[Plane]:
    """How much cyan, magenta, yellow and black each pixel asks for."""
    ink = 255 - picture
    black = as_u8(ink.min(axis=2) * np.float32(BLACK_SHARE))
    plates = [cv2.subtract(np.ascontiguousarray(ink[..., channel]), black) for channel in range(3)] + [black]
    return [as_u8(cv2.convertScaleAbs(plate, alpha=density)) for plate in plates]


def _thresholds(press: Press, plate: int, size: tuple[int, int], rng: np.random.Generator) -> Plane:
    cell_px = PRINT_DPI / press.ruling_lpi
    angle = (15.0, 75.0, 0.0, 45.0)[plate]
    if press.process == "dots":
        return dot_screen(size, cell_px, angle)
    if press.process == "lines":
        return line_screen(size, cell_px, angle)
    return blue_noise(size, rng)


def _with_satellites(spots: Plane, share: float, rng: np.random.Generator) -> Plane:
    """Stray spots near ink: drops that broke up, toner that missed."""
    near = cv2.dilate(spots, np.ones((5, 5), np.uint8))
    tile = (rng.random((251, 251), dtype=np.float32) < share).astype(np.uint8) * 255
    rows, columns = -(-spots.shape[0] // 251), -(-spots.shape[1] // 251)
    stray = np.tile(tile, (rows, columns))[: spots.shape[0], : spots.shape[1]]
    return as_u8(cv2.bitwise_or(spots, cv2.bitwise_and(near, np.ascontiguousarray(stray))))


def _inked_sheet(sheet: Pixels, coverage: Plane, ink: tuple[int, int, int]) -> Pixels:
    """Ink is a filter: what it lets through is multiplied (Demichel's equations, spot by spot)."""
    ramp = np.arange(256)
    filters = [cv2.LUT(coverage, as_u8(255 - ramp * (255 - tone) / 255)) for tone in ink]
    return as_u8(cv2.multiply(sheet, cv2.merge(filters), scale=1 / 255))


def _with_bands(sheet: Pixels, press: Press, rng: np.random.Generator) -> Pixels:
    y = np.arange(sheet.shape[0]) * MM_PER_INCH / PRINT_DPI
    wave = np.sin(2 * np.pi * y / press.band_mm + rng.uniform(0, 6.3))
    light = as_u8(np.round(128 * (1 + press.band_depth * wave)))
    field = np.repeat(light[:, None], sheet.shape[1], axis=1)
    return as_u8(cv2.multiply(sheet, cv2.merge([field, field, field]), scale=1 / 128))
