"""Barcodes on a document: zxing-cpp on the flat page, then on likely places cut out and straightened, then the photo.

zxing-cpp reads PDF417 only within about 3 degrees of level, and wants 2 px a module: most that it misses are read once
the place is cut out, levelled and enlarged.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad, apply_homography, homography, polygon_area
from fourcorners.vision.page import Page
from fourcorners.vision.picture import Picture, Pixels

__all__ = ["Barcode", "read_barcodes"]

WHOLE_SIDE_MAX_PX = 2000
"""A larger photo is not searched beyond its page: that took 0.2 s at 12 megapixels, and the document is on the page."""

SEARCH_SIDE_PX = 800
"""Longest side of the copy in which likely places are looked for: modules of a licence's PDF417 are 3 px wide there."""

ENERGY_MIN = 60.0
"""Mean squared gradient (grey levels per px) from which a patch may be a barcode; paper and camera noise stay below."""

ENERGY_SHARE_MIN = 0.3
"""The same as a share of the strongest patches of the picture: a barcode is the densest print on a document."""

BLOCK_PX = 17
"""Blocks narrower than this vanish: lines of text in the search copy are lower, barcodes are not."""

CONTRAST_MIN = 60.0
"""Grey levels between the dark and the light tenth of a barcode, even blurred."""

COHERENCE_MIN = 0.22
"""Structure-tensor coherence of a block, 0 (edges in all directions) .. 1 (stripes): drawn PDF417 gives 0.27 when badly
blurred and 0.4 when sharp, portraits and blocks of text mostly less than 0.2."""

EVEN_MIN = 0.45
STRIPED_MIN = -0.05
"""A barcode is striped from end to end: gradient energy of its faintest tenth by that of its median block, and the
coherence along its rows (-1..1) that 85 of 100 blocks reach. Drawn backs, tilted, at 150 dpi or out of focus, have 0.62
and 0.04 at least; few zones, portraits and guilloches reach both.
"""

BLOCKS_ACROSS = (12, 4)
"""Blocks of a place across and down, for these."""

LARGE_PLACE_PX = 1600
"""Length from which a place is shrunk before it is cut: the cut would skip pixels."""

PLACES_MAX = 2

MARGIN = 0.06
"""Paper left on each side of a place, as a share of the cut's width: readers want a quiet zone."""

VARIANTS = (
    (700, 0.0, 0.0),
    (1100, 0.0, 0.0),
    (1600, 0.0, 0.0),
    (700, 0.0, 0.65),
    (1100, 0.0, 0.65),
    (700, 0.0, 0.5),
    (1100, 0.0, 0.5),
    (1100, -1.5, 0.0),
    (1100, 1.5, 0.0),
    (1100, -3.0, 0.5),
    (1100, 3.0, 0.5),
    (1600, 0.0, 0.8),
)
"""Width in px, tilt of the rows in degrees, blur to be undone in modules of a licence's PDF417 (standard deviation).

Of drawn backs at 150 dpi, or out of focus, that were not read without, the blurs 0.5 and 0.65 read 16 of 19.
"""

MODULES_ACROSS = 240
"""Modules across a licence's PDF417 with its start and stop patterns, about."""

NOISE_SHARE = 0.01
"""Power of noise by that of the print, as Wiener's filter wants it."""


@dataclass(frozen=True, slots=True, eq=False)
class Barcode:
    """`format` as zxing-cpp names it (`PDF417`, `QR Code`, `Code 39`, ...); `quad` (4, 2) in photo pixels.

    `data` is what was encoded, byte for byte; `text` the same with its declared character set decoded.
    """

    format: str
    data: bytes
    text: str
    quad: Quad


def read_barcodes(picture: Picture, page: Page) -> tuple[Barcode, ...]:
    """All barcodes of a photo, each once: those on the flat page or, if there are none, those anywhere in the photo."""
    flat = _grey(page.pixels)
    found = [_barcode(code, page.to_photo(_corners(code))) for code in _read(flat)]
    if not found and (places := _likely_places(flat)):
        found = _read_places(_grey(picture.pixels), [page.to_photo(place) for place in places])
    size = (picture.height, picture.width)
    is_whole = sorted(flat.shape) == sorted(size)  # without an outline the page is the photo, perhaps turned
    if not found and not is_whole and max(size) <= WHOLE_SIDE_MAX_PX:
        photo = _grey(picture.pixels)
        found = [_barcode(code, _corners(code)) for code in _read(photo)]
        found = found or _read_places(photo, _likely_places(photo))
    return tuple(_each_once(found))


def _read_places(photo: NDArray[np.uint8], places: Sequence[Quad]) -> list[Barcode]:
    """What stands in places given in pixels of the photo; a large one is read in a smaller copy."""
    found: list[Barcode] = []
    for place in places:
        scale = min(1.0, LARGE_PLACE_PX / float(np.linalg.norm(place[1] - place[0])))
        found += _read_place(_resized(photo, scale), place, scale)
    return found


def _likely_places(photo: NDArray[np.uint8]) -> tuple[Quad, ...]:
    """Boxes around blocks of dense stripes, levelled with the stripes, in pixels of `photo`, largest first."""
    scale = min(1.0, SEARCH_SIDE_PX / max(photo.shape))
    small = _resized(photo, scale).astype(np.float32)
    gx, gy = cv2.Scharr(small, cv2.CV_32F, 1, 0) / 16, cv2.Scharr(small, cv2.CV_32F, 0, 1) / 16
    xx, yy, xy = (cv2.boxFilter(a, cv2.CV_32F, (11, 11)) for a in (gx * gx, gy * gy, gx * gy))
    energy = xx + yy
    dense = (energy > max(ENERGY_MIN, ENERGY_SHARE_MIN * float(np.percentile(energy, 99)))).astype(np.uint8)
    block = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (BLOCK_PX, BLOCK_PX))
    closed = cv2.morphologyEx(dense, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, block)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened)
    largest = sorted(range(1, count), key=lambda i: -int(stats[i, cv2.CC_STAT_AREA]))[:PLACES_MAX]
    places = []
    for i in largest:
        inside = labels == i
        dark, light = np.percentile(small[inside], (10, 90))
        coherence = np.hypot((xx - yy)[inside].sum(), 2 * xy[inside].sum()) / energy[inside].sum()
        if light - dark < CONTRAST_MIN or coherence < COHERENCE_MIN:
            continue
        stripes = 0.5 * np.arctan2(2 * float(xy[inside].sum()), float((xx - yy)[inside].sum()))
        quad = _four_sides(np.asarray(inside, dtype=np.uint8), float(stripes))
        if quad is not None:
            places.append((quad + 0.5) / scale - 0.5)
    return tuple(places)


def _four_sides(mask: NDArray[np.uint8], across: float) -> Quad | None:
    """The four-sided hull of a mask, clockwise, its first side nearest to the direction `across`; None if flat."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hull = cv2.convexHull(contours[0])
    if cv2.contourArea(hull) < BLOCK_PX**2:
        return None
    corners: Quad = np.asarray(cv2.approxPolyN(hull, 4), dtype=np.float64).reshape(-1, 2)
    if len(corners) < 4 or polygon_area(corners) < BLOCK_PX**2:
        return None
    x, y = corners.T
    if float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) < 0:
        corners = corners[::-1]
    sides = np.roll(corners, -1, axis=0) - corners
    along = sides @ np.array([np.cos(across), np.sin(across)]) / np.maximum(np.linalg.norm(sides, axis=1), 1e-9)
    return np.roll(corners, -int(np.argmax(along)), axis=0)


def _read_place(grey: NDArray[np.uint8], place: Quad, scale: float) -> list[Barcode]:
    """The first reading of a place (photo pixels) among its variants; `grey` is the photo times `scale`."""
    for i, (width, tilt, blur) in enumerate(VARIANTS):
        cut, matrix = _cut(grey, (place + 0.5) * scale - 0.5, width, tilt)
        if i == 0 and not _is_striped(cut):
            return []
        sigma = blur * width * (1 - 2 * MARGIN) / MODULES_ACROSS
        codes = _read(_unblurred(cut, sigma) if sigma else cut, thorough=False)
        if codes:
            return [_barcode(c, (apply_homography(matrix, _corners(c)) + 0.5) / scale - 0.5) for c in codes]
    return []


def _is_striped(cut: NDArray[np.uint8]) -> bool:
    """Whether a levelled place is a barcode's print throughout, not text or a face: that spares the other variants."""
    margin = round(MARGIN * cut.shape[1])
    inside = cut[margin:-margin, margin:-margin]
    across, down = (cv2.Scharr(inside, cv2.CV_32F, *way) ** 2 for way in ((1, 0), (0, 1)))
    a, b = (cv2.resize(energy, BLOCKS_ACROSS, interpolation=cv2.INTER_AREA) for energy in (across, down))
    energy = np.maximum(a + b, 1e-6)
    even = float(np.percentile(energy, 10) / np.median(energy))
    return even >= EVEN_MIN and float(np.percentile((a - b) / energy, 15)) >= STRIPED_MIN


def _unblurred(grey: NDArray[np.uint8], sigma_px: float) -> NDArray[np.uint8]:
    """Wiener's filter for a Gaussian blur: what unsharp masking does by halves (Gonzalez and Woods, section 5.8)."""
    padded = cv2.copyMakeBorder(grey, *_to_fast_size(grey.shape), cv2.BORDER_REFLECT_101).astype(np.float32)
    h, w = padded.shape
    rows, columns = np.fft.fftfreq(h)[:, None], np.fft.rfftfreq(w)[None]
    blur = np.exp(-2 * (np.pi * sigma_px) ** 2 * (rows**2 + columns**2))
    sharp = np.fft.irfft2(np.fft.rfft2(padded) * blur / (blur**2 + NOISE_SHARE), s=(h, w))
    return np.clip(sharp[: grey.shape[0], : grey.shape[1]], 0, 255).astype(np.uint8)


def _to_fast_size(shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Rows and columns to add below and to the right: a transform of a prime length takes many times longer."""
    return 0, cv2.getOptimalDFTSize(shape[0]) - shape[0], 0, cv2.getOptimalDFTSize(shape[1]) - shape[1]


def _cut(
    photo: NDArray[np.uint8], place: Quad, width: int, tilt: float
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """The place made a rectangle, `width` px wide with a margin, rows tilted by `tilt` degrees; and the way back."""
    edges = np.linalg.norm(place - np.roll(place, -1, axis=0), axis=1)
    inner, margin = width * (1 - 2 * MARGIN), width * MARGIN
    height = float(np.clip(inner * max(edges[1], edges[3]) / max(edges[0], edges[2], 1.0), 24, 2 * inner))
    slope = np.tan(np.deg2rad(tilt)) * inner / 2
    left, right, top, bottom = margin, margin + inner, margin, margin + height
    corners = np.array([[left, top - slope], [right, top + slope], [right, bottom + slope], [left, bottom - slope]])
    matrix = homography(corners, place)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    size = (width, round(height + 2 * margin))
    cut = cv2.warpPerspective(photo, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, dtype=np.uint8), matrix


def _each_once(found: list[Barcode]) -> list[Barcode]:
    seen: set[tuple[str, bytes]] = set()
    kept = []
    for code in found:
        if (code.format, code.data) not in seen:
            seen.add((code.format, code.data))
            kept.append(code)
    return kept


def _read(grey: NDArray[np.uint8], thorough: bool = True) -> list[zxingcpp.Barcode]:
    return list(
        zxingcpp.read_barcodes(
            grey,
            text_mode=zxingcpp.TextMode.Plain,
            try_rotate=thorough,
            try_downscale=thorough,
            try_invert=thorough,
        )
    )


def _barcode(code: zxingcpp.Barcode, quad: Quad) -> Barcode:
    return Barcode(str(code.format), bytes(code.bytes), code.text, quad)


def _corners(code: zxingcpp.Barcode) -> Quad:
    p = code.position
    return np.array([[c.x, c.y] for c in (p.top_left, p.top_right, p.bottom_right, p.bottom_left)], dtype=np.float64)


def _grey(pixels: Pixels) -> NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _resized(grey: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    if scale == 1.0:
        return grey
    return np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
