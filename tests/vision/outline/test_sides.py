import numpy as np
import pytest
from drawn_maps import perfect_maps
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.kit.geometry import quad_iou
from fourcorners.vision.outline.cut_sides import shown_by
from fourcorners.vision.outline.sides import candidates
from fourcorners.vision.outline.views import View


def turned_rectangle(width, height, degrees, centre=(128.0, 128.0)):
    angle = np.radians(degrees)
    spin = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return (np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [width / 2, height / 2]) @ spin + centre


@given(degrees=st.floats(0, 360), width=st.floats(90, 150), ratio=st.sampled_from([0.63, 0.704, 1.414, 1.586]))
def test_a_marked_document_is_found_at_any_turn(degrees, width, ratio):
    quad = turned_rectangle(width, width / ratio if ratio > 1 else width * ratio, degrees)
    (found,) = candidates(perfect_maps(quad))
    assert quad_iou(found.quad, quad) > 0.995
    assert found.side_seen == (True,) * 4
    assert found.confidence > 0.5


def test_corners_run_clockwise():
    (found,) = candidates(perfect_maps(turned_rectangle(120, 80, 17)))
    step = np.roll(found.quad, -1, axis=0) - found.quad
    ahead = np.roll(step, -1, axis=0)
    assert (step[:, 0] * ahead[:, 1] - step[:, 1] * ahead[:, 0] > 0).all()


def test_perspective_is_kept():
    quad = np.array([[60, 70], [190, 90], [210, 180], [40, 170.0]])
    (found,) = candidates(perfect_maps(quad))
    assert quad_iou(found.quad, quad) > 0.99


@pytest.mark.parametrize("ratio", [1.414, 1.586])
def test_a_side_out_of_sight_goes_where_its_format_has_it(ratio):
    quad = turned_rectangle(130, 130 / ratio, 0, (220.0, 128.0))  # its right end lies beyond the window
    (found,) = candidates(perfect_maps(quad, sides=(0, 2, 3)))
    assert found.side_seen.count(False) == 1
    assert quad_iou(found.quad, quad) > 0.88  # the other format's length is the worst that may be taken


def test_two_documents_come_largest_first():
    large, small = turned_rectangle(110, 75, 5, (80.0, 80.0)), turned_rectangle(70, 45, -8, (190.0, 200.0))
    found = candidates(perfect_maps(small, large))
    assert len(found) == 2
    assert quad_iou(found[0].quad, large) > 0.98
    assert quad_iou(found[1].quad, small) > 0.98


def test_nothing_marked_is_nothing_found():
    assert candidates(perfect_maps()) == []


def test_a_document_without_sides_in_sight_is_no_outline():
    quad = np.array([[-40, -40], [300, -40], [300, 300], [-40, 300.0]])
    assert candidates(perfect_maps(quad)) == []


@pytest.mark.parametrize(("photo_px", "runs_out"), [(400, True), (256, False)])
def test_a_document_runs_out_of_a_window_only_where_the_photo_goes_on(photo_px, runs_out):
    quad = np.array([[90, 60], [300, 60], [300, 180], [90, 180.0]])
    (found,) = candidates(perfect_maps(quad, sides=(0, 2, 3)), shown_by(View((0.0, 0.0), 1.0), (photo_px, 256)))
    assert found.runs_out is runs_out
