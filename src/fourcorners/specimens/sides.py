"""One side of a document, drawn from a design, a layout and the holder's data."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from fourcorners.kit.geometry import Quad
from fourcorners.specimens.canvas import Canvas
from fourcorners.specimens.designs import Design, Layout, design_named, field_values, label, layout_named
from fourcorners.specimens.form import decorate
from fourcorners.specimens.model import SIZE_MM, DocumentKind, Holder, Pixels, Plane, Side, box_quad
from fourcorners.specimens.ocrb import ADVANCE_MM, CENTRE_MM, HEIGHT_MM, draw_line
from fourcorners.specimens.pictures import blurred, resized
from fourcorners.specimens.security_print import foil_pattern, guilloche

__all__ = ["Artwork", "draw_side"]

MRZ_LINE_MM = 6.35
MRZ_INK = (18, 18, 22)
CARD_CORNER_MM = 3.18
"""Corner radius of ISO/IEC 7810 cards."""
PASSPORT_CORNER_MM = 1.6
GHOST_OPACITY = 0.55
LABEL_GAP_MM = 0.6
BLANKS_KEPT = 40
"""Forms kept in memory: all those for measuring, at about 3 MB each."""
FOIL_TINT = (205, 215, 230)
PEN_INK = (24, 26, 60)


@dataclass(frozen=True)
class Artwork:
    """What is the same on every side of one document."""

    portrait: Pixels
    signature: Plane
    mrz: tuple[str, ...]
    payload: bytes
    symbol: Plane | None
    mrz_font: Path | None


def draw_side(design: Design, layout_name: str, holder: Holder, artwork: Artwork, dpi: float) -> Side:
    """Draw one side at a resolution, with the truth about it."""
    layout = layout_named(layout_name)
    canvas = Canvas(SIZE_MM[design.kind], dpi, _blank(design.name, layout_name, dpi))
    regions = dict(_pictures(canvas, design, layout, artwork))
    values = field_values(design, holder)
    shown = [name for name, *_ in layout["fields"] if name in values]
    for name, x, y, width in layout["fields"]:
        if name in values:
            regions[name] = _field(canvas, design, layout, name, (x, y, width), values[name][1])
    lines = artwork.mrz if "mrz" in layout else ()
    if lines:
        regions |= _mrz(canvas, layout, lines, artwork.mrz_font)
    return Side(
        pixels=canvas.pixels,
        alpha=_outline(canvas, PASSPORT_CORNER_MM if design.kind is DocumentKind.PASSPORT else CARD_CORNER_MM),
        foil=foil_pattern(SIZE_MM[design.kind], dpi, _print_seed(design.name, layout_name)),
        dpi=dpi,
        laminate=design.laminate,
        fields={name: values[name][0] for name in shown},
        printed={name: values[name][1] for name in shown},
        regions=regions,
        mrz=lines,
        barcode=artwork.payload if "barcode" in layout else b"",
    )


@lru_cache(maxsize=BLANKS_KEPT)
def _blank(design_name: str, layout_name: str, dpi: float) -> Pixels:
    """The form before it is filled in: paper, foil, titles, labels. Kept for the next call: do not change it."""
    design, layout = design_named(design_name), layout_named(layout_name)
    size_mm, seed = SIZE_MM[design.kind], _print_seed(design_name, layout_name)
    canvas = Canvas(size_mm, dpi, guilloche(size_mm, dpi, design.print, design.paper, design.inks, seed))
    canvas.ink(foil_pattern(size_mm, dpi, seed), (0, 0), FOIL_TINT, 0.12)
    decorate(canvas, design, layout)
    for name, x, y, width in layout["fields"]:
        words = label(design, name)
        if words is not None:
            room = layout.get("label_column", width + LABEL_GAP_MM) - LABEL_GAP_MM
            font = design.fonts["label"]
            canvas.text(words, (x, y), font, layout["label_em"], design.label_colour, max_width_mm=room)
    return canvas.pixels


def _print_seed(design_name: str, layout_name: str) -> int:
    """Every document of a design carries the same print."""
    return crc32(f"{design_name} {layout_name}".encode())


def _pictures(canvas: Canvas, design: Design, layout: Layout, artwork: Artwork) -> Iterator[tuple[str, Quad]]:
    if "ghost" in layout:
        height, width = artwork.portrait.shape[:2]
        y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
        fade = np.clip((1.15 - np.hypot(x, y)) * 4, 0, 1) * 255 * GHOST_OPACITY
        grey = cv2.cvtColor(artwork.portrait, cv2.COLOR_RGB2GRAY).astype(np.float32)[..., None] / 255
        ink = np.array(design.label_colour, np.float32)
        tinted = (ink + (255 - ink) * grey).astype(np.uint8)
        yield "ghost_portrait", canvas.paste(tinted, layout["ghost"], fade.astype(np.uint8))
    if "portrait" in layout:
        yield "portrait", canvas.paste(artwork.portrait, layout["portrait"], _portrait_edge(artwork.portrait))
    if "signature" in layout:
        x, y, width, height = layout["signature"]
        size = round(width * canvas.px_per_mm), round(height * canvas.px_per_mm)
        ink_share = resized(artwork.signature, size)
        at = round(x * canvas.px_per_mm), round(y * canvas.px_per_mm)
        canvas.ink(ink_share, at, PEN_INK if sum(design.value_colour) < 3 * 128 else design.value_colour, 0.92)
        yield "signature", box_quad(*at, *size)
    if "barcode" in layout and artwork.symbol is not None:
        yield "barcode", _barcode(canvas, layout["barcode"], artwork.symbol)


def _portrait_edge(portrait: Pixels) -> Plane:
    """Coverage that lets the print show through a little at the portrait's rim, as a card printer's does."""
    coverage = np.full(portrait.shape[:2], 250, np.uint8)
    rim = max(2, portrait.shape[1] // 60)
    coverage[:rim], coverage[-rim:], coverage[:, :rim], coverage[:, -rim:] = 150, 150, 150, 150
    return blurred(coverage, rim * 0.7)


def _barcode(canvas: Canvas, box: list[float], symbol: Plane) -> Quad:
    """The symbol on a white patch, at a whole number of pixels a module so that bars keep their widths."""
    x, y, width, height = (round(value * canvas.px_per_mm) for value in box)
    module = max(1, min(width // symbol.shape[1], height // symbol.shape[0]))
    if width < symbol.shape[1] * module or height < symbol.shape[0] * module:
        wide = resized(symbol, (width, height))
    else:
        wide = np.kron(symbol, np.ones((module, module), np.uint8))
    canvas.pixels[y : y + wide.shape[0], x : x + wide.shape[1]] = np.maximum(wide, 18)[..., None]
    return box_quad(x, y, wide.shape[1], wide.shape[0])


def _field(
    canvas: Canvas, design: Design, layout: Layout, name: str, place: tuple[float, float, float], printed: str
) -> Quad:
    x, y, width = place
    indent = layout.get("label_column", 0) if label(design, name) is not None else 0
    at = x + indent, y + layout["line_gap"]
    font, em = design.fonts["value"], layout["value_em"]
    return canvas.text(printed, at, font, em, design.value_colour, max_width_mm=width - indent)


def _mrz(canvas: Canvas, layout: Layout, lines: tuple[str, ...], font: Path | None) -> dict[str, Quad]:
    x, last_y = layout["mrz"]
    scale = canvas.px_per_mm
    top = round((last_y - MRZ_LINE_MM * (len(lines) - 0.5)) * scale)
    band = canvas.pixels[top:]
    band[:] = (band * 0.35 + 250 * 0.65).astype(np.uint8)  # the zone is printed on little else: 9303-3, 4.4
    regions = {}
    for number, line in enumerate(lines, start=1):
        centre = last_y - MRZ_LINE_MM * (len(lines) - number)
        ink = draw_line(line, scale) if font is None else _draw_with_font(line, scale, font)
        at = round(x * scale), round((centre - CENTRE_MM) * scale)
        canvas.ink(ink, at, MRZ_INK, 0.97)
        regions[f"mrz_{number}"] = box_quad(*at, ink.shape[1], ink.shape[0])
    first, last = regions["mrz_1"], regions[f"mrz_{len(lines)}"]
    regions["mrz"] = np.array([first[0], first[1], last[2], last[3]])
    return regions


def _draw_with_font(line: str, px_per_mm: float, font: Path) -> Plane:
    """The same line in an installed font, each character centred in its cell."""
    height = round(HEIGHT_MM * px_per_mm)
    face = ImageFont.truetype(str(font), height)
    digit = face.getbbox("0", anchor="ls")
    face = ImageFont.truetype(str(font), height * height / (digit[3] - digit[1]))
    picture = Image.new("L", (round(len(line) * ADVANCE_MM * px_per_mm), height), 0)
    pen = ImageDraw.Draw(picture)
    for column, character in enumerate(line):
        pen.text(((column + 0.5) * ADVANCE_MM * px_per_mm, height), character, fill=255, font=face, anchor="ms")
    return np.asarray(picture)


def _outline(canvas: Canvas, radius_mm: float) -> Plane:
    alpha = np.zeros((canvas.height * 4, canvas.width * 4), np.uint8)
    r, w, h = round(radius_mm * canvas.px_per_mm * 4), canvas.width * 4, canvas.height * 4
    alpha[r : h - r] = 255
    alpha[:, r : w - r] = 255
    for centre in ((r, r), (w - r - 1, r), (r, h - r - 1), (w - r - 1, h - r - 1)):
        cv2.circle(alpha, centre, r, 255, -1)
    return resized(alpha, (canvas.width, canvas.height))
