import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fourcorners.vision.outline.lines import crossings, line_through


def marks(rng, angle, offset, count, spread=0.1):
    """Marks on the line whose normal has `angle`, `offset` from the origin."""
    normal = np.array([np.cos(angle), np.sin(angle)])
    along = np.array([-normal[1], normal[0]])
    points = normal * (offset + rng.normal(0, spread, count))[:, None] + along * rng.uniform(-20, 20, count)[:, None]
    return points, np.broadcast_to(normal, (count, 2))


@given(st.floats(0, 6.28), st.floats(-30, 30), st.floats(3, 9), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_of_two_parallel_edges_the_stronger_one_is_the_line(angle, offset, apart, seed):
    rng = np.random.default_rng(seed)
    strong, weak = marks(rng, angle, offset, 90), marks(rng, angle, offset + apart, 50)
    points, normals = np.concatenate([strong[0], weak[0]]), np.concatenate([strong[1], weak[1]])
    about = np.array([np.cos(angle + 0.1), np.sin(angle + 0.1)])
    n, m, c = line_through(points, normals, np.ones(140), about)
    middle = np.array([np.cos(angle), np.sin(angle)]) * offset
    assert abs(np.array([n, m]) @ middle - c) < 0.3
    assert n * np.cos(angle) + m * np.sin(angle) > 0.999


def test_four_lines_cross_in_the_corners_between_them():
    lines = np.array([[1.0, 0, 10], [0, 1.0, 6], [-1.0, 0, 0], [0, -1.0, 0]])
    quad = crossings(lines)
    assert quad is not None
    assert quad.tolist() == [[10, 0], [10, 6], [0, 6], [0, 0]]
    assert crossings(np.array([[1.0, 0, 1], [1.0, 0, 2], [0, 1.0, 1], [0, 1.0, 2]])) is None
