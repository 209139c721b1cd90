import cv2
import numpy as np
import pytest

from fourcorners import specimens
from fourcorners.kit.geometry import apply_homography, homography, quad_iou
from fourcorners.vision.outline import find_outline
from fourcorners.vision.outline.beyond import placed_at, ratio_of
from fourcorners.vision.outline.inner import past_inner_line
from fourcorners.vision.pyramid import pyramid

SIZE = 1200, 900
CARD = np.array([[250.0, 200], [950, 215], [940, 655], [262, 640]])
"""An ID-1 card before the camera: its left and right sides are 0.63 times as long as the upper one."""


def on_card(x0, y0, x1, y1):
    flat = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
    return apply_homography(homography(np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]]), CARD), flat)


def picture(shift=0):
    """A pale card with a dark band along its upper side, moved up by `shift` px."""
    drawn = np.full((SIZE[1], SIZE[0], 3), (120, 140, 120), np.uint8)
    for quad, tone in ((CARD, (225, 215, 230)), (on_card(0, 0, 1, 0.17), (90, 20, 60))):
        cv2.fillConvexPoly(drawn, np.round((quad - [0, shift]) * 16).astype(np.int32), tone, cv2.LINE_AA, 4)
    return cv2.GaussianBlur(drawn, (0, 0), 1.0)


def test_sides_that_go_on_past_a_band_show_where_the_card_ends():
    found = past_inner_line(pyramid(picture()), on_card(0, 0.17, 1, 1), 4.0)
    assert quad_iou(found, CARD) > 0.99


def test_a_card_that_the_photo_cuts_through_its_band_ends_outside():
    shift = 240
    found = past_inner_line(pyramid(picture(shift)), on_card(0, 0.17, 1, 1) - [0, shift], 4.0)
    assert (found[:2, 1] < 0).all()
    assert np.abs(found[:2] - (CARD[:2] - [0, shift])).max() < 25


@pytest.mark.parametrize("place", [0.3, 0.45])
def test_a_cable_across_a_page_is_not_its_end(place):
    page = placed_at(CARD, 0, SIZE, 0.704)
    drawn = np.full((SIZE[1], SIZE[0], 3), (120, 140, 120), np.uint8)
    cv2.fillConvexPoly(drawn, np.round(page * 16).astype(np.int32), (236, 236, 232), cv2.LINE_AA, 4)
    at = [page[3] + (page[0] - page[3]) * (1 - place), page[2] + (page[1] - page[2]) * (1 - place)]
    cv2.line(drawn, *(np.round(end).astype(int).tolist() for end in at), (30, 30, 34), 5, cv2.LINE_AA)
    found = past_inner_line(pyramid(cv2.GaussianBlur(drawn, (0, 0), 1.0)), np.array([*at, page[2], page[3]]), 4.0)
    assert quad_iou(found, page) > 0.98


def test_a_card_with_nothing_past_its_sides_stays_as_it_is():
    assert np.array_equal(past_inner_line(pyramid(picture()), CARD, 4.0), CARD)


@pytest.mark.parametrize("seed", [51, 52])
def test_the_page_opposite_of_a_passport_is_not_taken_with_it(seed):
    photo = specimens.capture(specimens.draw("passport", seed=seed), "genuine", 0.3, seed=seed, size=(900, 1200))
    found = find_outline(photo.pixels)
    assert found is not None
    assert quad_iou(found.quad, photo.truth.corners) > 0.96


def test_the_ratio_of_a_placed_side_is_the_one_asked_for():
    moved = placed_at(CARD, 0, SIZE, 0.8)
    assert np.array_equal(moved[2:], CARD[2:])
    assert ratio_of(moved, SIZE) / ratio_of(CARD, SIZE) == pytest.approx(0.8 / 0.63, rel=0.03)
