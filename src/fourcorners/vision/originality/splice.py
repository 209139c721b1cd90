"""Pasted places by their traces: a small network compares what camera and codec left in a place with what lies around.

Noise of the sensor, demosaicing, sharpening, resampling and the quantisation of JPEG leave a texture that is alike all
over a photo, whatever it shows (`traces`). The network (`training/originality/splice_model.py`) was shown places of
drawn photos that were pasted in, from clean pictures and from other photos, and places that were not. (The idea is
forensic similarity: Mayer and Stamm 2020; measures, network and data are our own.)
"""

from collections.abc import Sequence

import cv2
import numpy as np

from fourcorners.kit.geometry import Points, Quad, apply_homography, homography
from fourcorners.vision.networks.onnx import onnx_session
from fourcorners.vision.originality.traces import BLOCK_PX, WINDOW_PX, Traces, window_traces
from fourcorners.vision.picture import Pixels

__all__ = ["chances_pasted"]

GRID = (5, 4)
"""Windows along the page's longer and shorter side, to which places are compared."""
INSET = 0.1
CLEAR_PX = 44
"""The middle of a window around a place is at least so far from it; AROUND of them, the nearest, are looked at."""
AROUND = 8

WITHIN = np.array([[0.3, 0.25], [0.7, 0.25], [0.5, 0.5], [0.3, 0.75], [0.7, 0.75]])
ALONG = np.column_stack([np.linspace(0.1, 0.9, 5), np.full(5, 0.5)])
"""Where in a place, in shares of its width and height, windows lie: in one as high as a window or lower, along it."""


def chances_pasted(photo: Pixels, page: Quad, places: Sequence[Quad]) -> list[float | None]:
    """For each of `places` (4, 2) on the page `page` of a photo (h, w, 3) the chance 0..1 that it was pasted in.

    None where there are no windows to compare it with.
    """
    if min(photo.shape[:2]) < 2 * WINDOW_PX or not places:
        return [None] * len(places)
    centres = [_grid(page), *(_centres(place) for place in places)]
    traces = _traces(photo, np.vstack(centres))
    parts = np.split(traces, np.cumsum([len(c) for c in centres])[:-1])
    pairs: list[tuple[Traces, Traces] | None] = []
    for place, inside in zip(places, parts[1:], strict=True):
        away = -np.array([_depth(place, at) for at in centres[0]])
        clear = np.flatnonzero(away >= CLEAR_PX)
        nearest = clear[np.argsort(away[clear], kind="stable")][:AROUND]
        pairs.append((inside, parts[0][nearest]) if len(nearest) == AROUND else None)
    return _told(pairs)


def _told(pairs: Sequence[tuple[Traces, Traces] | None]) -> list[float | None]:
    known = [pair for pair in pairs if pair is not None]
    if not known:
        return [None] * len(pairs)
    inside, around = (np.stack(half) for half in zip(*known, strict=True))
    (chance,) = onnx_session("splice").run(None, {"inside": inside, "around": around})
    found = iter(chance.tolist())
    return [None if pair is None else float(next(found)) for pair in pairs]


def _traces(photo: Pixels, centres: Points) -> Traces:
    room = np.array(photo.shape[1::-1]) - WINDOW_PX
    corners = np.rint((centres - WINDOW_PX / 2) / BLOCK_PX) * BLOCK_PX
    corners = np.clip(corners, 0, room // BLOCK_PX * BLOCK_PX).astype(int)
    windows = np.stack([photo[y : y + WINDOW_PX, x : x + WINDOW_PX] for x, y in corners.tolist()])
    return window_traces(windows)


def _grid(page: Quad) -> Points:
    edges = np.linalg.norm(page - np.roll(page, -1, axis=0), axis=1)
    across, down = GRID if max(edges[0], edges[2]) >= max(edges[1], edges[3]) else GRID[::-1]
    x, y = np.meshgrid(np.linspace(INSET, 1 - INSET, across), np.linspace(INSET, 1 - INSET, down))
    return _at(page, np.column_stack([x.ravel(), y.ravel()]))


def _centres(place: Quad) -> Points:
    return _at(place, WITHIN if float(np.linalg.norm(place[3] - place[0])) > WINDOW_PX else ALONG)


def _at(quad: Quad, shares: Points) -> Points:
    unit = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float64)
    return apply_homography(homography(unit, np.asarray(quad, dtype=np.float64)), shares)


def _depth(place: Quad, at: Points) -> float:
    """How far inside a place a point lies, negative outside, in pixels."""
    return float(cv2.pointPolygonTest(place.astype(np.float32), (float(at[0]), float(at[1])), True))
