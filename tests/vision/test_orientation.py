import cv2
import numpy as np
import pytest

from fourcorners.specimens import DocumentKind, draw
from fourcorners.vision.orientation import upright
from fourcorners.vision.page import as_it_lies, rectify


def sides():
    for kind in DocumentKind:
        document = draw(kind, seed=10_001)
        yield pytest.param(document.front, id=f"{kind}-front")
        if document.back is not None:
            yield pytest.param(document.back, id=f"{kind}-back")


def page_of(pixels):
    h, w = pixels.shape[:2]
    return rectify(pixels, np.array([[0, 0], [w, 0], [w, h], [0, h]]) - 0.5)


@pytest.mark.parametrize("side", list(sides()))
def test_every_side_is_set_upright_from_every_quarter_turn(side):
    """Two of the four as an identity document is, its longest lines first."""
    for quarter_turns in range(4):
        turned = np.ascontiguousarray(np.rot90(side.pixels, quarter_turns))
        page = upright(page_of(turned), large_print=quarter_turns in (1, 2))
        assert page.pixels.shape == side.pixels.shape
        assert np.abs(page.pixels.astype(int) - side.pixels).mean() < 1.0
        top_left = np.array([[0.0, 0.0]])
        h, w = side.pixels.shape[:2]
        expected = {0: (0, 0), 1: (0, w - 1), 2: (w - 1, h - 1), 3: (h - 1, 0)}[quarter_turns]
        assert np.abs(page.to_photo(top_left)[0] - expected).max() < 1.0


def test_a_portrait_decides_where_there_is_no_text():
    side = draw(DocumentKind.ID_CARD, seed=10_002).front
    portrait = side.regions["portrait"]
    (left, top), (right, bottom) = portrait.min(axis=0).astype(int), portrait.max(axis=0).astype(int)
    card = np.full((400, 640, 3), 210, np.uint8)
    card[60:340, 40:260] = cv2.resize(side.pixels[top:bottom, left:right], (220, 280))
    upended = np.ascontiguousarray(np.rot90(card))
    page = upright(page_of(upended))
    assert page.pixels.shape == card.shape
    assert np.abs(page.pixels.astype(int) - card).mean() < 1.0


@pytest.mark.parametrize("shape", [(8, 8, 3), (8, 900, 3), (300, 400, 3)])
def test_a_blank_page_stays_as_it_is(shape):
    page = page_of(np.full(shape, 128, np.uint8))
    assert upright(page) is page


def test_a_page_is_cut_the_same_from_whichever_corner_its_outline_begins():
    quad = np.array([[620.0, 80.0], [700.0, 900.0], [90.0, 940.0], [60.0, 130.0]])
    starts = [as_it_lies(np.roll(quad, turns, axis=0)) for turns in range(4)]
    assert all(np.array_equal(start, starts[0]) for start in starts)
    assert np.array_equal(starts[0][0], [60.0, 130.0])
