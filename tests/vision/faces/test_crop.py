import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.vision.faces.crop import apply_affine, cut, invert_affine, similarity_transform, square

numbers = st.floats(-500, 500)


@given(numbers, numbers, st.floats(1, 900), st.floats(-3, 3))
def test_a_square_maps_its_middle_to_the_centre_and_keeps_its_side(x, y, side, angle):
    to_photo = square(np.array([x, y]), side, angle, 100)
    middle, right = apply_affine(to_photo, np.array([[49.5, 49.5], [149.5, 49.5]]))
    assert middle == pytest.approx([x, y], abs=1e-6)
    assert right - middle == pytest.approx(side * np.array([np.cos(angle), np.sin(angle)]), abs=1e-6)


@given(numbers, numbers, st.floats(1, 900), st.floats(-3, 3))
def test_inverse_undoes(x, y, side, angle):
    to_photo = square(np.array([x, y]), side, angle, 64)
    points = np.array([[0.0, 0.0], [10, 3], [63, 63]])
    assert apply_affine(invert_affine(to_photo), apply_affine(to_photo, points)) == pytest.approx(points, abs=1e-5)


@given(numbers, numbers, st.floats(0.1, 5), st.floats(-3, 3))
def test_similarity_is_recovered_from_its_points(x, y, scale, angle):
    source = np.array([[0.0, 0.0], [40, 2], [20, 30], [5, 60]])
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    found = similarity_transform(source, source @ turn.T + [x, y])
    assert found == pytest.approx(np.column_stack([turn, [x, y]]), abs=1e-6)


def test_points_drawn_mirrored_are_not_matched_by_a_reflection():
    source = np.array([[0.0, 0.0], [40, 0], [20, 30]])
    found = similarity_transform(source, source * [-1, 1])
    assert np.linalg.det(found[:, :2]) > 0


def test_a_strong_reduction_does_not_alias():
    stripes = np.zeros((800, 800, 3), dtype=np.uint8)
    stripes[:, ::2] = 255
    small = cut(stripes, square(np.array([400.0, 400.0]), 600, 0.3, 50), 50)
    assert small.std() < 12
    assert small.mean() == pytest.approx(127, abs=6)


def test_a_smooth_picture_keeps_its_places_at_every_reduction():
    ys, xs = np.mgrid[0:900, 0:900]
    ramp = np.stack([xs * 255 / 900, ys * 255 / 900, np.zeros_like(xs)], axis=-1).astype(np.uint8)
    for side in (90.0, 250.0, 500.0, 800.0):
        to_photo = square(np.array([450.0, 450.0]), side, 0.2, 60)
        crop = cut(ramp, to_photo, 60)
        expected = apply_affine(to_photo, np.array([[10.0, 20.0], [50.0, 40.0]])) * 255 / 900
        assert crop[20, 10, :2] == pytest.approx(expected[0], abs=2)
        assert crop[40, 50, :2] == pytest.approx(expected[1], abs=2)


def test_outside_the_photo_is_black():
    white = np.full((100, 100, 3), 255, dtype=np.uint8)
    assert cut(white, square(np.array([500.0, 500.0]), 300, 0.0, 30), 30).max() == 0
    assert cut(white, square(np.array([-60.0, 50.0]), 100, 0.0, 30), 30).max() == 0
