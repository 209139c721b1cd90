import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fourcorners.kit.geometry import quad_iou, rotate_quad
from fourcorners.vision.outline.beyond import doubtful_sides, extended

SIZE = (1200, 900)


def photographed(wide, high, tilt_deg, turn_deg, at, focal=0.8):
    """A rectangle, its longer side 1, seen by a camera that looks at the middle of SIZE."""
    tilt, turn = np.radians(tilt_deg), np.radians(turn_deg)
    flat = np.array([[-wide, -high], [wide, -high], [wide, high], [-wide, high]]) / 2 / max(wide, high)
    x = flat[:, 0] * np.cos(turn) - flat[:, 1] * np.sin(turn)
    y = flat[:, 0] * np.sin(turn) + flat[:, 1] * np.cos(turn)
    depth = 1.6 + y * np.sin(tilt)
    scale = focal * max(SIZE)
    return np.column_stack([x, y * np.cos(tilt)]) * scale / depth[:, None] + at


@given(st.floats(-8, 8), st.floats(-10, 10), st.sampled_from([(85.6, 53.98), (125, 88)]), st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_idp3_a_side_beyond_the_frame_is_placed_where_the_format_ends(tilt, turn, format_mm, start):
    truth = photographed(*format_mm, tilt, turn, (935.0, 450.0))
    cut = truth.copy()
    for corner, other in ((1, 0), (2, 3)):  # about where the photo ends
        cut[corner] += (truth[other] - truth[corner]) * 0.06
    placed = extended(rotate_quad(cut, start), (1 - start) % 4, SIZE)
    assert quad_iou(rotate_quad(placed, -start), truth) > 0.93


def test_a_side_well_inside_is_not_doubted_and_one_along_the_edge_is():
    quad = np.array([[300, 200], [1199.0, 205], [1199.2, 700], [310, 690]])
    assert doubtful_sides(quad, (True,) * 4, SIZE, 2.0) == [False, True, False, False]
    assert doubtful_sides(quad - [40, 0], (True, False, True, True), SIZE, 2.0) == [False, True, False, False]
    assert doubtful_sides(quad - [40, 0], (True,) * 4, SIZE, 2.0) == [False] * 4


def test_what_is_longer_than_any_format_stays():
    long = np.array([[0, 0], [1000, 0], [1000, 300], [0, 300]], dtype=np.float64) + 50
    assert np.array_equal(extended(long, 1, SIZE), long)


@given(st.lists(st.floats(-0.25, 0.25), min_size=8, max_size=8), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_any_outline_gives_one_that_a_camera_could_see(shifts, side):
    square = np.array([[0.3, 0.3], [0.8, 0.3], [0.8, 0.7], [0.3, 0.7]])
    quad = (square + np.reshape(shifts, (4, 2)) * 0.6) * SIZE
    placed = extended(quad, side, SIZE)
    assert np.isfinite(placed).all()
    assert abs(placed).max() < 20 * max(SIZE)
