"""One photo of a document with everything that was measured in it, computed once, when first asked for."""

from datetime import date

import cv2
import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.kit.lazy import lazy
from fourcorners.vision.barcodes import Barcode, read_barcodes
from fourcorners.vision.faces import Embedding, Face, FaceMesh, FaceView, embed, find_faces, fit_mesh, view_of
from fourcorners.vision.fields import DocumentReading, read_document
from fourcorners.vision.fields.labels import Label, find_labels
from fourcorners.vision.mrz import MrzReading, read_mrz
from fourcorners.vision.orientation import upright
from fourcorners.vision.originality.bands import Bands, find_bands
from fourcorners.vision.originality.bezel import Bezel, find_bezel
from fourcorners.vision.originality.digital import Blocks, FlatBars, block_colours, flat_bars
from fourcorners.vision.originality.grounds import Ground, find_grounds
from fourcorners.vision.originality.halftone import Halftone, find_halftone
from fourcorners.vision.originality.interface import Interface, find_interface
from fourcorners.vision.originality.moire import TurningHue, turning_hue
from fourcorners.vision.originality.recapture import Recapture, look_for_recapture, look_over_page
from fourcorners.vision.outline import Outline, find_outline
from fourcorners.vision.page import Page, as_it_lies, rectify, turned
from fourcorners.vision.picture import Picture, Pixels
from fourcorners.vision.pyramid import pyramid
from fourcorners.vision.text import TextLine, read_lines

__all__ = ["AS_OF", "DocumentFrame"]

AS_OF = date(2026, 11, 1)
"""Two-digit years are read as on this day, when a caller names none: that of the release."""

BESIDE_SIDE_PX = 480
"""Longest side of what may be a second document, as it is looked through for a portrait."""


class DocumentFrame:
    """A photo of (supposedly) a document. Ten checks share one run of each network."""

    def __init__(self, picture: Picture, today: date = AS_OF) -> None:
        """`today` settles the century of two-digit years; there is no clock in here, so that a case can be replayed."""
        self.picture = picture
        self.today = today

    @lazy
    def levels(self) -> tuple[Pixels, ...]:
        """The photo, then copies of half the size each: most measures need no more."""
        return tuple(pyramid(self.picture.pixels))

    @lazy
    def outline(self) -> Outline | None:
        """The document's corners, or None when no document edge is in sight (also when it fills the whole picture)."""
        return find_outline(self.picture.pixels, self.levels)

    @lazy
    def documents_beside(self) -> tuple[Quad, ...]:
        """What lies beside the document and has a portrait of its own, quads in photo pixels."""
        if self.outline is None:
            return ()
        flat = [rectify(self.picture.pixels, quad, BESIDE_SIDE_PX, self.levels) for quad in self.outline.beside]
        return tuple(page.quad for page in flat if any(self._shows_another(turned(page, turns)) for turns in range(4)))

    def _shows_another(self, page: Page) -> bool:
        """Whether a face on the page is not on the document, which may lie over a part of it."""
        corners = np.asarray(self.outline.quad if self.outline else page.quad, dtype=np.float32)
        faces = [page.to_photo(np.array(face.box, dtype=np.float64)).mean(axis=0) for face in find_faces(page.pixels)]
        return any(cv2.pointPolygonTest(corners, (float(x), float(y)), False) < 0 for x, y in faces)

    @lazy
    def page(self) -> Page:
        """The document flat and upright; the whole picture when it has no outline."""
        return upright(rectify(self.picture.pixels, as_it_lies(self._extent), levels=self.levels), large_print=True)

    @lazy
    def quad(self) -> Quad | None:
        """The outline in document order, clockwise from the document's own top left, in photo pixels."""
        return None if self.outline is None else self.page.quad

    @lazy
    def faces(self) -> tuple[Face, ...]:
        """Faces on the page, in page pixels, largest first (the portrait, then ghost images)."""
        return find_faces(self.page.pixels)

    @lazy
    def portrait(self) -> Face | None:
        """The largest face on the page, in page pixels."""
        return self.faces[0] if self.faces else None

    @lazy
    def portrait_mesh(self) -> FaceMesh | None:
        """Landmarks of the portrait, in page pixels."""
        return None if self.portrait is None else fit_mesh(self.page.pixels, self.portrait)

    @lazy
    def portrait_view(self) -> FaceView | None:
        """The portrait's face, upright and at a fixed size, cut from the page."""
        return None if self.portrait_mesh is None else view_of(self.page.pixels, self.portrait_mesh)

    @lazy
    def portrait_embedding(self) -> Embedding | None:
        """The default embedder's vector of the portrait."""
        return None if self.portrait_mesh is None else embed(self.page.pixels, self.portrait_mesh)

    @lazy
    def mrz(self) -> MrzReading | None:
        """The machine-readable zone, boxes in photo pixels."""
        return read_mrz(self.picture, self.page)

    @lazy
    def barcodes(self) -> tuple[Barcode, ...]:
        """Barcodes, quads in photo pixels."""
        return read_barcodes(self.picture, self.page)

    @lazy
    def text(self) -> tuple[TextLine, ...]:
        """Printed lines outside the MRZ, quads in page pixels."""
        zone = () if self.mrz is None else [self.page.to_page(quad) for quad in self.mrz.line_quads]
        return read_lines(self.page.pixels, skip=zone)

    @lazy
    def labels(self) -> tuple[tuple[Label, ...], ...]:
        """The labels in each printed line."""
        return tuple(find_labels(line.text) for line in self.text)

    @lazy
    def flat_bars(self) -> FlatBars:
        """Bars of one colour across the picture, as screenshots have them."""
        return flat_bars(self.picture.pixels, blocks=self._blocks)

    @lazy
    def interface(self) -> Interface:
        """Letters and icons on plain grounds, and frames, as apps on screens have them."""
        return find_interface(self.picture.pixels, self._blocks)

    @lazy
    def grounds(self) -> tuple[Ground, ...]:
        """Grounds of one exact colour on which a picture was laid."""
        return find_grounds(self.picture.pixels, self._blocks)

    @lazy
    def _blocks(self) -> Blocks:
        return block_colours(self.picture.pixels)

    @lazy
    def turning_hue(self) -> TurningHue | None:
        """Where the hue turns as a display's stripes make it; None for a tiny photo."""
        return turning_hue(self.picture.pixels, self.levels)

    @lazy
    def bands(self) -> Bands:
        """Bands along the sensor's rows, as a dimmed display makes them."""
        return find_bands(self.picture.pixels, self.levels)

    @lazy
    def bezel(self) -> Bezel | None:
        """The dark frame of a display around the document; None without an outline."""
        if self.outline is None:
            return None
        return find_bezel(self.picture.pixels, self.outline.quad, self.levels)

    @lazy
    def halftone(self) -> Halftone | None:
        """A lattice of print dots on the page; None for a small one."""
        return find_halftone(self.picture.pixels, self._extent)

    @lazy
    def recapture(self) -> Recapture | None:
        """Whether windows of the page have the texture of a display or a print; None for a tiny photo."""
        return look_for_recapture(self.picture.pixels, self._extent)

    @lazy
    def page_texture(self) -> Recapture | None:
        """Whether the page as a whole has it; None for a tiny photo."""
        return look_over_page(self.picture.pixels, self.levels[min(1, len(self.levels) - 1)], self._extent)

    def look_ahead(self) -> None:
        """Make the measures that need neither the page nor what stands on it: another core reads that meanwhile."""
        _ = self.turning_hue, self.bands  # while the outline is still looked for
        _ = self.flat_bars, self.interface, self.grounds
        _ = self.halftone, self.page_texture, self.recapture, self.bezel

    @property
    def _extent(self) -> Quad:
        """The outline, from any of its corners on, or the edges of the whole picture."""
        h, w = self.picture.pixels.shape[:2]
        whole: Quad = np.array([[0, 0], [w, 0], [w, h], [0, h]], dtype=np.float64) - 0.5
        return whole if self.outline is None else self.outline.quad

    @lazy
    def reading(self) -> DocumentReading:
        """Kind of document, issuing state, and every field with its value, source, confidence and place."""
        return read_document(self)
