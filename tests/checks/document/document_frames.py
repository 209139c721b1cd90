"""Frames whose outline, portrait, MRZ and text are the specimen's own truth, so that a check is tested by itself."""

from functools import cache

import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.specimens import Specimen, capture, draw
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.faces import Face
from fourcorners.vision.fields import DocumentReading
from fourcorners.vision.mrz import MrzReading
from fourcorners.vision.outline import Outline
from fourcorners.vision.page import rectify
from fourcorners.vision.picture import Picture, Pixels
from fourcorners.vision.text import TextLine

__all__ = ["frame_of", "photo", "picture_of", "plain_frame"]

PADDING = 0.15
"""Detected text boxes stand off the letters by about this share of their height."""


@cache
def photo(kind: str, capture_kind: str, severity: float, seed: int, size: tuple[int, int] = (1600, 1200)) -> Specimen:
    return capture(draw(kind, seed=seed), capture_kind, severity, seed=seed, size=size)


def picture_of(pixels: Pixels, **metadata: str) -> Picture:
    return Picture(pixels, "JPEG", 1, "0" * 64, {"Make": "Utopia", "Model": "Phone", **metadata})


def frame_of(specimen: Specimen) -> DocumentFrame:
    """The frame as perfect readers would see it."""
    truth = specimen.truth
    frame = DocumentFrame(picture_of(specimen.pixels))
    width, height = truth.size
    if truth.corners is None:
        return plain_frame(specimen.pixels)
    inside = [bool(0 <= x < width and 0 <= y < height) for x, y in truth.corners]
    given = frame.__dict__
    given["outline"] = Outline(truth.corners, 0.99, (inside[0], inside[1], inside[2], inside[3]), 0)
    page = given["page"] = rectify(specimen.pixels, truth.corners)
    regions = {name: page.to_page(quad) for name, quad in truth.regions.items()}
    given["faces"] = tuple(_face(regions[name]) for name in ("portrait", "ghost_portrait") if name in regions)
    lines = [truth.regions[f"mrz_{i}"] for i in (1, 2, 3) if f"mrz_{i}" in truth.regions]
    mrz = MrzReading(None, "", truth.mrz, True, True, (1.0,) * len(lines), tuple(lines), 0)
    given["mrz"] = mrz if lines else None
    given["text"] = tuple(
        _line(truth.printed[name], padded(quad)) for name, quad in regions.items() if name in truth.printed
    )
    given["barcodes"] = ()
    given["reading"] = DocumentReading(str(truth.document), (), truth.state)
    return frame


def plain_frame(pixels: Pixels, **metadata: str) -> DocumentFrame:
    """A frame in which nothing was found; the page is the whole picture."""
    frame = DocumentFrame(picture_of(pixels, **metadata))
    height, width = pixels.shape[:2]
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64) - 0.5
    frame.__dict__.update(
        outline=None,
        page=rectify(pixels, whole),
        faces=(),
        mrz=None,
        text=(),
        barcodes=(),
        reading=DocumentReading(),
    )
    return frame


def padded(quad: Quad) -> Quad:
    """The quad of a line as a text detector gives it."""
    grow = PADDING * np.linalg.norm(quad[3] - quad[0])
    across = (quad[1] - quad[0]) / max(float(np.linalg.norm(quad[1] - quad[0])), 1e-9) * grow
    down = (quad[3] - quad[0]) / max(float(np.linalg.norm(quad[3] - quad[0])), 1e-9) * grow
    return quad + np.array([-across - down, across - down, across + down, down - across])


def _line(text: str, quad: Quad) -> TextLine:
    return TextLine(text, 0.99, quad, "latin", tuple((i + 0.5) / len(text) for i in range(len(text))))


def _face(quad: Quad) -> Face:
    """A face detector's box in an identity photo: the middle of the print."""
    low, high = quad.min(axis=0), quad.max(axis=0)
    size = high - low
    box = np.array([low + size * [0.2, 0.22], low + size * [0.8, 0.76]])
    return Face(box, np.tile(box.mean(axis=0), (6, 1)), 0.99, 50.0)
