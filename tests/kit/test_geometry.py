import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.kit.geometry import apply_homography, clip_polygon, homography, polygon_area, quad_iou, rotate_quad

UNIT = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float64)
nudge = st.floats(-0.3, 0.3)


@st.composite
def quads(draw: st.DrawFn) -> np.ndarray:
    return (UNIT + np.array([[draw(nudge), draw(nudge)] for _ in range(4)])) * 100


@given(quads(), quads())
def test_a_homography_takes_each_corner_to_its_target(source: np.ndarray, target: np.ndarray) -> None:
    assert apply_homography(homography(source, target), source) == pytest.approx(target, abs=1e-6)


def test_three_corners_on_a_line_have_no_homography() -> None:
    with pytest.raises(np.linalg.LinAlgError):
        homography(np.array([[0, 0], [1, 0], [2, 0], [0, 0]], dtype=np.float64), UNIT)


@given(quads())
def test_a_quad_overlaps_itself_fully_however_it_is_started(quad: np.ndarray) -> None:
    for k in range(4):
        assert quad_iou(quad, rotate_quad(quad, k)) == pytest.approx(1)
    assert quad_iou(quad, quad[::-1]) == pytest.approx(1)


def test_half_a_square_overlaps_half() -> None:
    half = UNIT * [0.5, 1]
    assert quad_iou(UNIT, half) == pytest.approx(0.5)
    assert polygon_area(clip_polygon(UNIT, half)) == pytest.approx(0.5)


def test_quads_apart_do_not_overlap() -> None:
    assert quad_iou(UNIT, UNIT + 5) == 0


def test_less_than_three_points_have_no_area() -> None:
    assert polygon_area(UNIT[:2]) == 0
