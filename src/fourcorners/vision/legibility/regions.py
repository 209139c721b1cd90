"""Where a document's data stand: the places at which a picture has to be good."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.vision.document import DocumentFrame

__all__ = ["Region", "RegionKind", "data_regions"]

RegionKind: TypeAlias = Literal["portrait", "mrz", "text"]

PORTRAIT_GROWTH = (0.35, 0.45)
"""Share of the face's box added left and right, top and bottom: hair and shoulders belong to the photo."""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """One place with data; `quad` (4, 2) in page pixels, clockwise from its own top left."""

    kind: RegionKind
    quad: Quad

    @property
    def height_px(self) -> float:
        """Length of its left side."""
        return float(np.linalg.norm(self.quad[3] - self.quad[0]))

    @property
    def width_px(self) -> float:
        """Length of its top side."""
        return float(np.linalg.norm(self.quad[1] - self.quad[0]))


def data_regions(frame: DocumentFrame) -> tuple[Region, ...]:
    """Portrait, lines of the MRZ and printed lines, as far as they were found."""
    return tuple(_regions(frame))


def _regions(frame: DocumentFrame) -> Iterator[Region]:
    if frame.portrait is not None:
        (left, top), (right, bottom) = frame.portrait.box
        aside, above = PORTRAIT_GROWTH[0] * (right - left), PORTRAIT_GROWTH[1] * (bottom - top)
        left, top, right, bottom = left - aside, top - above, right + aside, bottom + above
        yield Region("portrait", np.array([[left, top], [right, top], [right, bottom], [left, bottom]]))
    if frame.mrz is not None:
        for quad in frame.mrz.line_quads:
            yield Region("mrz", frame.page.to_page(quad))
    for line in frame.text:
        yield Region("text", np.asarray(line.quad, dtype=np.float64))
