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

GRID = (7, 5)
"""Windows along the page's longer and shorter side, to which places are compared."""
INSET = 0.1
CLEAR_PX = 44
"""The middle of a window around a place is at least so far from it; some of them, the nearest, are looked at."""
AROUND = 8
"""Windows around a place that the network looks at in one go, as in training; in the place it looks at five."""
LOOKS_WITHIN, LOOKS_AROUND = 3, 2
"""It is asked of several choices of both, each with each: what a few windows happen to show matters less."""

WITHIN = np.stack(np.meshgrid([0.25, 0.5, 0.75], np.linspace(0.2, 0.8, 5)), axis=-1).reshape(-1, 2)
ALONG = np.column_stack([np.linspace(0.06, 0.94, 15), np.full(15, 0.5)])
"""Where in a place, in shares of its width and height, windows lie: in one as high as a window or lower, along it."""
SUREST = 1e-6
"""No look may claim more certainty than this leaves."""


def chances_pasted(photo: Pixels, page: Quad, places: Sequence[Quad]) -> list[float | None]:
    """For each of `places` (4, 2) on the page `page` of a photo (h, w, 3) the chance 0..1 that it was pasted in.

    None where there are no windows to compare it with.
    """
    if min(photo.shape[:2]) < 2 * WINDOW_PX or not places:
        return [None] * len(places)
    centres = [_grid(page), *(_centres(place) for place in places)]
    traces = _traces(photo, np.vstack(centres))
    parts = np.split(traces, np.cumsum([len(c) for c in centres])[:-1])
    chances: list[float | None] = []
    for place, inside in zip(places, parts[1:], strict=True):
        away = -np.array([_depth(place, at) for at in centres[0]])
        clear = np.flatnonzero(away >= CLEAR_PX)
        nearest = clear[np.argsort(away[clear], kind="stable")][: LOOKS_AROUND * AROUND]
        chances.append(_told(inside, parts[0][nearest]) if len(nearest) >= AROUND else None)
    return chances


def _told(inside: Traces, around: Traces) -> float:
    """The chance that goes with the mean of the log odds of all looks."""
    within = [inside[start::LOOKS_WITHIN] for start in range(LOOKS_WITHIN)]
    looks = min(LOOKS_AROUND, len(around) // AROUND)
    beside = [around[start::looks][:AROUND] for start in range(looks)]
    both = [(a, b) for a in within for b in beside]
    shown = {"inside": np.stack([a for a, _ in both]), "around": np.stack([b for _, b in both])}
    (chances,) = onnx_session("splice").run(None, shown)
    bounded = np.clip(chances.astype(np.float64), SUREST, 1 - SUREST)
    return float(1 / (1 + np.exp(-np.log(bounded / (1 - bounded)).mean())))


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
