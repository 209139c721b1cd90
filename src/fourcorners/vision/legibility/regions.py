"""Where a document's data stand: the places at which a picture has to be good."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.vision.document import DocumentFrame

__all__ = ["Region", "RegionKind", "data_box", "data_regions"]

RegionKind: TypeAlias = Literal["portrait", "mrz", "text"]

PORTRAIT_GROWTH = (0.35, 0.45)
"""Share of the face's box added left and right, top and bottom: hair and shoulders belong to the photo."""

NEAR = 3.0
"""A document reaches no further from its portrait's middle than this many heights of the portrait."""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """One place with data; `quad` (4, 2) in page pixels, clockwise from its own top left.

    `confidence` 0..1 is that of what was read there, 0 for a portrait.
    """

    kind: RegionKind
    quad: Quad
    confidence: float = 0.0

    @property
    def height_px(self) -> float:
        """Length of its left side."""
        return math.dist(self.quad[3], self.quad[0])

    @property
    def width_px(self) -> float:
        """Length of its top side."""
        return math.dist(self.quad[1], self.quad[0])


def data_regions(frame: DocumentFrame) -> tuple[Region, ...]:
    """Portrait, lines of the MRZ and printed lines, as far as they were found."""
    return tuple(_regions(frame))


def data_box(frame: DocumentFrame) -> Quad | None:
    """The upright box (4, 2) in page pixels around portrait, MRZ and the lines near them: where the document is for
    certain when its edges were not found. None without portrait and MRZ, for then the lines may be anybody's.
    """
    regions = data_regions(frame)
    sure = [r for r in regions if r.kind != "text"]
    if not sure:
        return None
    portrait = next((r for r in sure if r.kind == "portrait"), None)
    if portrait is not None and all(r.kind == "portrait" for r in sure):
        middle, reach = portrait.quad.mean(axis=0), NEAR * portrait.height_px
        lines = [r for r in regions if r.kind == "text"]
        sure += [r for r in lines if float(np.linalg.norm(r.quad.mean(axis=0) - middle)) < reach]
    height, width = frame.page.pixels.shape[:2]
    points = np.concatenate([r.quad for r in sure])
    (left, top), (right, bottom) = np.clip([points.min(axis=0), points.max(axis=0)], 0, [width, height])
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def _regions(frame: DocumentFrame) -> Iterator[Region]:
    if frame.portrait is not None:
        (left, top), (right, bottom) = frame.portrait.box
        aside, above = PORTRAIT_GROWTH[0] * (right - left), PORTRAIT_GROWTH[1] * (bottom - top)
        left, top, right, bottom = left - aside, top - above, right + aside, bottom + above
        yield Region("portrait", np.array([[left, top], [right, top], [right, bottom], [left, bottom]]))
    if frame.mrz is not None:
        for quad, sure in zip(frame.mrz.line_quads, frame.mrz.confidence, strict=True):
            yield Region("mrz", frame.page.to_page(quad), float(sure))
    for line in frame.text:
        yield Region("text", np.asarray(line.quad, dtype=np.float64), line.confidence)
