"""What the five checks of legibility are tried on: spoiled photos, and pictures that show no document at all."""

from types import ModuleType

import numpy as np

from fourcorners.checks.finding import Finding
from fourcorners.checks.limits import limits_for
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

KINDS = {
    "passport": "passport",
    "id_card": "identity_card",
    "id_card_td2": "identity_card",
    "driving_licence": "driving_licence",
}


def find(check: ModuleType, frame: DocumentFrame) -> Finding:
    return check.check(frame, limits_for("document", check.NAME, frame.reading.kind))


def photo(kind: str, how: str, severity: float, seed: int, size: tuple[int, int] = (1200, 900)) -> DocumentFrame:
    return seen(capture(draw(kind, seed=seed), how, severity, seed=seed, size=size))


def seen(specimen: Specimen) -> DocumentFrame:
    """The frame as perfect readers would see it: what is hidden they do not find."""
    truth = specimen.truth
    frame = empty(specimen.pixels)
    corners = truth.corners
    assert corners is not None
    page = rectify(specimen.pixels, corners)
    places = {name: page.to_page(q) for name, q in truth.regions.items() if name not in truth.hidden}
    zone = [truth.regions[name] for name in ("mrz_1", "mrz_2", "mrz_3") if name in truth.regions]
    frame.__dict__.update(
        outline=Outline(corners, 0.99, (True, True, True, True), 0),
        page=page,
        faces=tuple(face(places[name]) for name in ("portrait", "ghost_portrait") if name in places),
        mrz=MrzReading(None, "", truth.mrz, True, True, (1.0,) * len(zone), tuple(zone), 0) if zone else None,
        text=tuple(line(truth.printed[name], padded(q)) for name, q in places.items() if name in truth.printed),
        reading=DocumentReading(KINDS[str(truth.document)]),
    )
    return frame


def empty(pixels: Pixels) -> DocumentFrame:
    """A frame in which nothing was found; the page is the whole picture."""
    frame = DocumentFrame(Picture(pixels, "JPEG", 1, "0" * 64))
    height, width = pixels.shape[:2]
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64) - 0.5
    nothing = {"outline": None, "faces": (), "mrz": None, "text": (), "barcodes": (), "reading": DocumentReading()}
    frame.__dict__.update(nothing, page=rectify(pixels, whole))
    return frame


def with_edge(pixels: Pixels) -> DocumentFrame:
    """The same with an outline around the middle, so that the checks have a page to measure on."""
    frame = empty(pixels)
    height, width = pixels.shape[:2]
    quad = np.array([[0.1, 0.1], [0.9, 0.12], [0.88, 0.9], [0.12, 0.88]]) * [width, height]
    frame.__dict__.update(outline=Outline(quad, 0.5, (True, True, True, True), 0), page=rectify(pixels, quad))
    frame.__dict__["reading"] = DocumentReading("passport")
    return frame


def strange_pictures() -> list[Pixels]:
    rng = np.random.default_rng(5)
    slope = np.tile(np.linspace(0, 255, 300, dtype=np.uint8)[None, :, None], (200, 1, 3))
    noise = rng.integers(0, 256, (240, 320, 3), dtype=np.uint8)
    flat = [
        np.full((height, width, 3), shade, np.uint8)
        for height, width, shade in ((64, 64, 0), (64, 900, 255), (300, 64, 90))
    ]
    return [slope, noise, *flat]


def line(text: str, quad: Quad) -> TextLine:
    return TextLine(text, 0.99, quad, "latin", tuple(np.linspace(0.05, 0.95, len(text)).tolist()))


def padded(quad: Quad) -> Quad:
    """A text detector's box, which stands off the letters by about this share of their height."""
    a, b, c, d = quad
    down, across = 0.15 * (d - a), 0.15 * float(np.linalg.norm(d - a)) * (b - a) / float(np.linalg.norm(b - a))
    return np.array([a - down - across, b - down + across, c + down + across, d + down - across])


def face(quad: Quad) -> Face:
    """A face detector's box in an identity photo: the middle of the print."""
    low, high = quad.min(axis=0), quad.max(axis=0)
    box = np.array([low + (high - low) * [0.2, 0.22], low + (high - low) * [0.8, 0.76]])
    return Face(box, np.tile(box.mean(axis=0), (6, 1)), 0.99, 50.0)
