"""The machine-readable zone: found at any rotation, read by our own networks, decoded by the rules of Doc 9303."""

from collections.abc import Iterator

import numpy as np

from fourcorners.formats.mrz import LAYOUTS, MrzError, MrzFormat, parse
from fourcorners.kit.geometry import Quad, apply_homography
from fourcorners.vision.mrz.course import Matrix
from fourcorners.vision.mrz.finder import find_blocks
from fourcorners.vision.mrz.lattice import MARGIN_PX
from fourcorners.vision.mrz.reading import MrzReading
from fourcorners.vision.mrz.strips import PITCH_PX
from fourcorners.vision.mrz.zone import Zone, read_block
from fourcorners.vision.page import Page
from fourcorners.vision.picture import Picture, Pixels

__all__ = ["MrzReading", "read_mrz"]

SURE = 0.97
"""Chance of all lines being right from which a reading is sure; see training/README.md for what that gives."""
SEEN = 0.3
"""Where less than this is seen of a character, a rule may settle what it is, but the reading is not sure."""
PAGE_SIDE_PX, PICTURE_SIDE_PX = 640, 896
BLOCKS_MOST = 3
CLEAR = 0.85
"""Mean chance of the likeliest characters from which lines are a zone, if their check digits say so too."""


def read_mrz(picture: Picture, page: Page) -> MrzReading | None:
    """The zone on the page, else anywhere in the picture; None when there is none.

    The page is looked at small; if that shows no zone, the whole picture larger. Whatever the look, the lines are read
    in the picture as it is.
    """
    best: Zone | None = None
    reading: MrzReading | None = None
    for pixels, to_photo, side in _views(picture, page):
        for rank, block in enumerate(find_blocks(pixels, side)[:BLOCKS_MOST]):
            zone = read_block(picture.pixels, to_photo, block, patiently=rank == 0)
            if zone is None or (best is not None and zone.rank <= best.rank):
                continue
            best, reading = zone, _reading(zone, page, to_photo)
            if reading.sure or (zone.certainty > CLEAR and zone.agreeing > 0):
                return reading
    return reading


def _views(picture: Picture, page: Page) -> Iterator[tuple[Pixels, Matrix, int]]:
    yield page.pixels, page.to_photo_matrix, PAGE_SIDE_PX
    corners = np.array([[0, 0], [picture.width, 0], [picture.width, picture.height], [0, picture.height]]) - 0.5
    apart = np.linalg.norm(page.quad[:, None] - corners[None], axis=2).min(1).max()
    if apart > 0.02 * max(picture.width, picture.height):
        yield picture.pixels, np.eye(3), PICTURE_SIDE_PX
    elif max(page.pixels.shape) > PAGE_SIDE_PX:
        yield page.pixels, page.to_photo_matrix, PICTURE_SIDE_PX


def _reading(zone: Zone, page: Page, to_photo: Matrix) -> MrzReading:
    line_quads = tuple(_quad(zone, to_photo, row, 0, len(line)) for row, line in enumerate(zone.lines))
    turns = _quarter_turns(page, line_quads[0])
    decoded = zone.decoded
    if decoded is None:
        return MrzReading(None, "", zone.lines, False, False, (0.0,) * len(zone.lines), line_quads, turns)
    try:
        mrz = parse(decoded.lines)
    except MrzError:
        mrz = None
    fields = LAYOUTS[MrzFormat(decoded.format)].fields.values()
    return MrzReading(
        mrz=mrz,
        format=str(decoded.format),
        lines=decoded.lines,
        check_digits_agree=mrz is not None and mrz.check_digits_agree,
        sure=mrz is not None and decoded.chance >= SURE and zone.faintest >= SEEN,
        confidence=decoded.line_chances,
        line_quads=line_quads,
        quarter_turns=turns,
        alternatives=decoded.alternatives,
        field_quads={field.name: _quad(zone, to_photo, field.line, field.start, field.end) for field in fields},
    )


def _quad(zone: Zone, to_photo: Matrix, row: int, start: int, end: int) -> Quad:
    quad = zone.courses[row].quad(MARGIN_PX + start * PITCH_PX, MARGIN_PX + end * PITCH_PX)
    return apply_homography(to_photo, quad)


def _quarter_turns(page: Page, quad: Quad) -> int:
    start, end = page.to_page(quad[:2])
    return round(float(np.arctan2(end[1] - start[1], end[0] - start[0])) / (np.pi / 2)) % 4
