import cv2
import numpy as np
import pytest

from fourcorners.kit.geometry import apply_homography, homography
from fourcorners.vision.outline.beyond import placed_at
from fourcorners.vision.outline.strip import past_strip
from fourcorners.vision.pyramid import pyramid

SIZE = 1200, 900
PAGE = placed_at(np.array([[180.0, 300], [1020, 315], [1010, 860], [195, 845]]), 0, SIZE, 0.704)
"""A passport's page before the camera."""
TABLE, PAPER, BAND = (120, 140, 120), (225, 215, 230), (90, 20, 60)


def on_page(share):
    """The page below a line so far down from its upper side."""
    flat = np.array([[0, share], [1, share], [1, 1], [0, 1]])
    return apply_homography(homography(np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]]), PAGE), flat)


def photo(*parts, shift):
    """Quads in their colours, in turn, on a table, moved up by `shift` px."""
    drawn = np.full((SIZE[1], SIZE[0], 3), TABLE, np.uint8)
    for quad, tone in parts:
        cv2.fillConvexPoly(drawn, np.round((quad - [0, shift]) * 16).astype(np.int32), tone, cv2.LINE_AA, 4)
    return pyramid(cv2.GaussianBlur(drawn, (0, 0), 1.0))


@pytest.mark.parametrize("left", [40, 12])
def test_a_band_of_which_the_photo_shows_a_strip_is_no_side(left):
    below = on_page(0.105)  # what is left has the format of a card
    shift = below[:2, 1].min() - left
    found = past_strip(photo((PAGE, BAND), (below, PAPER), shift=shift), below - [0, shift])
    assert found is not None
    assert (found[:2, 1] < 0).all()
    assert np.abs(found - (PAGE - [0, shift])).max() < 30


def test_a_card_close_to_the_edge_is_whole():
    card = on_page(0.105)
    shift = card[:2, 1].min() - 30
    assert past_strip(photo((card, PAPER), shift=shift), card - [0, shift]) is None


def test_a_page_whose_opposite_page_is_cut_off_is_whole():
    opposite = np.array([*(PAGE[:2] * 2 - PAGE[[3, 2]]), PAGE[1], PAGE[0]])
    shift = PAGE[:2, 1].min() - 30
    assert past_strip(photo((opposite, PAPER), (PAGE, (200, 190, 215)), shift=shift), PAGE - [0, shift]) is None


def test_one_end_is_enough_where_the_other_is_at_the_edge():
    below = on_page(0.105)
    shift = below[:2, 1].min() - 1
    slanted = below + np.array([[0, 20], [0, 0], [0, 0], [0, 0]])
    assert past_strip(photo((PAGE, BAND), (slanted, PAPER), shift=shift), slanted - [0, shift]) is not None
    assert past_strip(photo((slanted, PAPER), shift=shift), slanted - [0, shift]) is None
