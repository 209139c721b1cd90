"""Passive signs that a selfie shows a screen or a print instead of a person.

Six weak signs, weighed together: the turning hue of a display's stripes, a lattice of dots on the face, straight edges
around it such as a bezel or a sheet has, blacks that are not black, pale colours, and what the recapture network, which
learned it on other pictures than faces, says of displays. A good attack shows none of them,
and a genuine photo in fog shows some: ISO/IEC 30107-3 would call this a signal, not a detector.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.data import load_toml
from fourcorners.kit.geometry import Points, Quad
from fourcorners.vision.faces.mesh import FaceMesh
from fourcorners.vision.faces.view import FaceView
from fourcorners.vision.originality.moire import turning_hue
from fourcorners.vision.originality.recapture import look_for_recapture
from fourcorners.vision.picture import Pixels
from fourcorners.vision.pyramid import shrunk

__all__ = ["Recapture", "recapture_evidence", "recapture_measures"]

TILE_PX = 64
TILES_MAX = 6
FACE_PART = 1.5
"""Side of the square that is searched for dots, by the longer side of the face."""

WINDOWS = (4, 3)
"""Windows of the recapture network along the longer and the shorter side of that square."""

WAVES = (5, 31)
"""Waves to a tile: fewer are features of the face, more are lost in compression."""

EMPTY_POWER = 100.0
"""Power (squared code values, windowed sum) below which a frequency counts as empty."""

STRIPES_SIDE_PX = 2048
LINES_SIDE_PX = 400
"""Longest sides of the copies in which stripes and straight lines are looked for."""

LINE_MIN_PX = 15.0
LEAN_MAX = 0.36
"""Edges of a held screen or sheet lean by less than 20 degrees (tangent)."""

BUNDLE_PX = 5.0
"""Pieces of a line that cross the middle of the picture this near to each other are one line."""


@dataclass(frozen=True, slots=True)
class Recapture:
    """Natural log of the odds that the photo shows a photo, and what each measure added: (measure, value, part)."""

    log_odds: float
    because: tuple[tuple[str, float, float], ...]

    @property
    def display(self) -> float:
        """The network's mean chance, by itself, that the texture is a display's."""
        return next(value for name, value, _ in self.because if name == "display")


def recapture_measures(pixels: Pixels, mesh: FaceMesh, view: FaceView) -> dict[str, float]:
    """`stripes`: share of the photo whose hue turns. `dots`: log power of the clearest lattice over its surroundings.

    `edges`: how far the third longest of the lines left, right, above and below the face runs, by the picture's side.
    `black`: L* of the face's darkest hundredth. `chroma`: median distance from grey, a*b*. `display`: mean chance, by
    the network, that windows on and about the face show one.
    """
    shrink = -(-max(pixels.shape[:2]) // STRIPES_SIDE_PX)  # a whole number: those shrink fastest
    h, w = (n // shrink for n in pixels.shape[:2])
    copy = pixels
    if shrink > 1 and min(h, w) > 0:
        whole = pixels[: h * shrink, : w * shrink]
        copy = np.asarray(cv2.resize(whole, (w, h), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    hue = turning_hue(copy)
    inside = view.lab[view.inside]
    texture = look_for_recapture(pixels, _around(mesh.box), WINDOWS)
    return {
        "stripes": 0.0 if hue is None else hue.share,
        "dots": _dots(pixels, mesh.box),
        "edges": sorted(_edges_around(copy, mesh.box / shrink))[1],
        "black": float(np.percentile(inside[:, 0], 1)) if len(inside) else 0.0,
        "chroma": float(np.median(np.hypot(inside[:, 1], inside[:, 2]))) if len(inside) else 0.0,
        "display": 0.0 if texture is None else float(texture.display.mean()),
    }


def recapture_evidence(pixels: Pixels, mesh: FaceMesh, view: FaceView) -> Recapture:
    """How the measures weigh together, as `liveness.toml` says."""
    model = load_toml("fourcorners.vision.faces", "liveness.toml")
    seen = recapture_measures(pixels, mesh, view)
    added = [(name, seen[name], w["weight"] * (seen[name] - w["genuine"])) for name, w in model["measures"].items()]
    return Recapture(model["genuine_log_odds"] + sum(part for _, _, part in added), tuple(added))


def _around(box: Points) -> Quad:
    """The square about the face."""
    half = FACE_PART / 2 * float((box[1] - box[0]).max())
    return np.asarray(box.mean(axis=0) + half * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]), dtype=np.float64)


def _dots(pixels: Pixels, box: Points) -> float:
    h, w = pixels.shape[:2]
    half = FACE_PART / 2 * float((box[1] - box[0]).max())
    x0, y0 = np.maximum(0, box.mean(axis=0) - half).astype(int)
    x1, y1 = np.minimum([w, h], box.mean(axis=0) + half).astype(int)
    if min(x1 - x0, y1 - y0) < TILE_PX:
        return 0.0
    places = [(y0 + y, x0 + x) for y in _starts(y1 - y0) for x in _starts(x1 - x0)]
    spectra = [_spectrum(pixels[y : y + TILE_PX, x : x + TILE_PX]) for y, x in places]
    typical = np.median(spectra, axis=0).astype(np.float32)
    excess = typical - cv2.blur(cv2.medianBlur(typical, 5), (7, 7))
    return float(np.where(_BAND, excess, 0).max())


def _starts(length: int) -> NDArray[np.int_]:
    return np.linspace(0, length - TILE_PX, min(TILES_MAX, length // TILE_PX)).astype(int)


def _spectrum(pixels: Pixels) -> NDArray[np.float32]:
    tile = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    waves = cv2.dft((tile - tile.mean()) * _WINDOW, flags=cv2.DFT_COMPLEX_OUTPUT)
    power = np.fft.fftshift(waves[..., 0] ** 2 + waves[..., 1] ** 2)
    return np.asarray(np.log(power + EMPTY_POWER), dtype=np.float32)


def _edges_around(pixels: Pixels, box: Points) -> list[float]:
    """Length of the longest straight line left of, right of, above and below the face, by the side it runs along."""
    scale = LINES_SIDE_PX / max(pixels.shape[:2])
    near = shrunk(pixels, 2 * LINES_SIDE_PX) if scale < 0.5 else pixels  # most of the way by halves, which is fast
    scale_left = LINES_SIDE_PX / max(near.shape[:2])
    small = cv2.resize(near, None, fx=scale_left, fy=scale_left, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(np.asarray(small, dtype=np.uint8), cv2.COLOR_RGB2GRAY)
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE).detect(grey)[0]
    if found is None:
        return [0.0] * 4
    lines = np.asarray(found, dtype=np.float64).reshape(-1, 2, 2)
    (left, top), (right, bottom) = box * scale
    h, w = grey.shape
    upright = _bundles(lines[..., ::-1], w, h)  # x and y swapped: upright lines lie flat
    level = _bundles(lines, h, w)
    return [
        _longest(upright, lambda at: at < left) / h,
        _longest(upright, lambda at: at > right) / h,
        _longest(level, lambda at: at < top) / w,
        _longest(level, lambda at: at > bottom) / w,
    ]


def _bundles(lines: NDArray[np.float64], height: int, width: int) -> dict[int, float]:
    """Total length of the nearly level pieces of each line, by where it crosses the middle column."""
    (x0, y0), (x1, y1) = lines[:, 0].T, lines[:, 1].T
    lengths = np.hypot(x1 - x0, y1 - y0)
    level = (lengths >= LINE_MIN_PX) & (np.abs(y1 - y0) <= LEAN_MAX * np.abs(x1 - x0))
    x0, y0, x1, y1, lengths = (values[level] for values in (x0, y0, x1, y1, lengths))
    crossings = (y0 + y1) / 2 - ((x0 + x1) / 2 - width / 2) * (y1 - y0) / (x1 - x0)
    inside = (crossings >= 0) & (crossings <= height)
    places = np.rint(crossings[inside] / BUNDLE_PX).astype(np.int64)
    totals = np.bincount(places, weights=lengths[inside]) if len(places) else np.zeros(0)
    return {int(place): float(totals[place]) for place in np.unique(places)}


def _longest(bundles: dict[int, float], where: Callable[[float], bool]) -> float:
    return max((length for place, length in bundles.items() if where(place * BUNDLE_PX)), default=0.0)


def _band() -> NDArray[np.bool_]:
    """Frequencies looked at: within WAVES, off the lattice of JPEG's blocks of 8 pixels."""
    axis = np.arange(-TILE_PX // 2, TILE_PX // 2)
    x, y = np.meshgrid(axis, axis)
    radius = np.hypot(x, y)
    blocks = (np.abs(x) % 8 == 0) & (np.abs(y) % 8 == 0)
    return np.asarray((radius > WAVES[0]) & (radius < WAVES[1]) & ~blocks, dtype=np.bool_)


_WINDOW = np.outer(np.hanning(TILE_PX), np.hanning(TILE_PX)).astype(np.float32)
_BAND = _band()
