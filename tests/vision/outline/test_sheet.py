import cv2
import numpy as np
import pytest

from fourcorners.kit.geometry import apply_homography, homography, quad_iou
from fourcorners.vision.outline.sheet import within_sheet
from fourcorners.vision.pyramid import pyramid

CARD = np.array([[250.0, 200], [950, 215], [940, 655], [262, 640]])
UNIT = np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]])


def on_card(x0, y0, x1, y1):
    return apply_homography(homography(UNIT, CARD), np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]))


def picture(*layers):
    """Quads in grey tones, one on the other, on a dark table."""
    drawn = np.full((900, 1200, 3), (96, 70, 50), np.uint8)
    for quad, tone in layers:
        cv2.fillConvexPoly(drawn, np.round(quad * 16).astype(np.int32), (tone,) * 3, cv2.LINE_AA, 4)
    return drawn


def test_a_copy_ends_where_its_ink_does_and_not_with_its_sheet():
    sheet = on_card(-0.6, -0.12, 1.6, 1.6)
    photo = cv2.GaussianBlur(picture((sheet, 240), (CARD, 190)), (0, 0), 1.0)
    found = within_sheet(pyramid(photo), on_card(0, -0.12, 1, 1), 4.0)
    assert quad_iou(found, CARD) > 0.985


def test_beside_the_corner_of_the_sheet_one_end_is_enough():
    sheet = on_card(-0.01, -0.12, 1.6, 1.6)
    photo = cv2.GaussianBlur(picture((sheet, 240), (CARD, 190)), (0, 0), 1.0)
    found = within_sheet(pyramid(photo), on_card(-0.01, -0.12, 1, 1), 4.0)
    assert quad_iou(found, CARD) > 0.97


@pytest.mark.parametrize("ground", [(96, 70, 50), (150, 190, 150)])
def test_a_card_with_a_white_band_keeps_it(ground):
    photo = picture((CARD, 190), (on_card(0, 0, 1, 0.12), 240))
    photo[(photo == (96, 70, 50)).all(axis=2)] = ground
    assert np.array_equal(within_sheet(pyramid(photo), CARD, 4.0), CARD)


def test_a_line_of_letters_is_not_where_a_copy_begins():
    photo = picture((on_card(-0.6, 0, 1.6, 1.6), 240), (on_card(0, 0.5, 1, 1), 190))
    for x in np.arange(0.03, 0.97, 0.04):
        cv2.fillConvexPoly(photo, np.round(on_card(x, 0.1, x + 0.03, 0.14)).astype(np.int32), (20, 20, 20))
    assert np.array_equal(within_sheet(pyramid(photo), CARD, 4.0), CARD)
