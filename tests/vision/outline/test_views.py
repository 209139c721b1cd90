import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.vision.outline.views import WINDOW_PX, View, look
from fourcorners.vision.pyramid import pyramid

sizes = st.floats(1, 4000)


@given(x=sizes, y=sizes, step=st.floats(0.1, 20), px=sizes, py=sizes)
def test_window_and_photo_points_are_inverse(x, y, step, px, py):
    view = View((x, y), step)
    there = view.to_window(np.array([[px, py]]))
    assert np.allclose(view.to_photo(there), [[px, py]], atol=1e-6)


@given(width=sizes, height=sizes, margin=st.floats(0, 0.5))
def test_a_view_around_a_box_holds_it(width, height, margin):
    low, high = np.array([5.0, 7.0]), np.array([5.0 + width, 7.0 + height])
    corners = View.around(low, high, margin).to_window(np.stack([low, high]) - 0.5)
    assert (corners > -0.5 - 1e-6).all()
    assert (corners < WINDOW_PX - 0.5 + 1e-6).all()


def test_a_mark_shows_where_the_view_says():
    photo = np.zeros((1500, 2000, 3), np.uint8)
    photo[900:940, 1200:1240] = 255
    view = View.around(np.zeros(2), np.array([2000.0, 1500.0]), 0.05)
    window = look(pyramid(photo), view).astype(float).mean(axis=2)
    expected = view.to_window(np.array([[1219.5, 919.5]]))
    x, y = np.round(expected[0]).astype(int)
    ys, xs = np.mgrid[y - 8 : y + 9, x - 8 : x + 9]
    light = window[y - 8 : y + 9, x - 8 : x + 9]
    centre = np.array([[(xs * light).sum(), (ys * light).sum()]]) / light.sum()
    assert np.allclose(centre, expected, atol=0.05)


def test_outside_the_photo_is_grey():
    photo = np.full((400, 600, 3), 250, np.uint8)
    window = look(pyramid(photo), View.around(np.zeros(2), np.array([600.0, 400.0]), 0.1))
    assert (window[0] == 128).all()
    assert (window[128, 128] == 250).all()
