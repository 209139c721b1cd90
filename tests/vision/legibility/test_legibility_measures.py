import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourcorners.vision.legibility.cover import find_cover
from fourcorners.vision.legibility.glare import find_glare, lost_share
from fourcorners.vision.legibility.light import measure_light, page_white
from fourcorners.vision.legibility.sharpness import edge_blur, page_blur
from fourcorners.vision.legibility.signature import find_stroke
from fourcorners.vision.picture import Pixels

PAPER = (226, 222, 210)
LINE = np.array([[100.0, 180], [500, 180], [500, 220], [100, 220]])


def printed(scale: float = 1.0, paper: tuple[int, int, int] = PAPER) -> Pixels:
    """A page with one line of print at LINE times `scale`."""
    page = np.full((400, 640, 3), paper, np.uint8)
    cv2.putText(page, "QUICK BROWN FOX 0123", (104, 213), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (30, 30, 40), 3, cv2.LINE_AA)
    return np.asarray(cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)


@pytest.mark.parametrize("sigma", [3.0, 4.0, 5.0])
def test_edge_blur_is_that_which_was_put_on(sigma: float) -> None:
    page = np.asarray(cv2.GaussianBlur(printed(2), (0, 0), sigma * 0.8), dtype=np.uint8)
    softer = np.asarray(cv2.GaussianBlur(printed(2), (0, 0), sigma * 1.2), dtype=np.uint8)
    blur, more = edge_blur(page, LINE * 2), edge_blur(softer, LINE * 2)
    assert blur is not None
    assert more is not None
    assert blur < more
    assert blur == pytest.approx(sigma * 0.8 / 80, rel=0.4)


def test_noise_hardly_changes_edge_blur() -> None:
    page = np.asarray(cv2.GaussianBlur(printed(2), (0, 0), 4), dtype=np.uint8)
    noisy = np.clip(page + np.random.default_rng(2).normal(0, 8, page.shape), 0, 255).astype(np.uint8)
    assert edge_blur(noisy, LINE * 2) == pytest.approx(edge_blur(page, LINE * 2), rel=0.25)


def test_plain_paper_has_no_edges() -> None:
    assert edge_blur(np.full((400, 640, 3), 220, np.uint8), LINE) is None
    assert page_blur(np.full((400, 640, 3), 220, np.uint8)) is None


def test_a_fading_spot_is_glare_and_white_paper_is_not() -> None:
    rows, columns = np.mgrid[0:400, 0:640]
    distance = np.hypot(rows - 200, columns - 300)
    light = 400 * np.exp(-((distance / 60) ** 2))
    spot = np.clip(printed() + light[..., None], 0, 255).astype(np.uint8)
    assert lost_share(find_glare(spot), LINE) > 0.15
    assert lost_share(find_glare(printed(paper=(255, 255, 255))), LINE) == 0
    assert find_glare(np.full((80, 80, 3), 200, np.uint8)).places == ()


def test_light_is_measured_where_the_lines_are() -> None:
    page = printed()
    page[:, :320] //= 2
    light = measure_light(page, [LINE])
    assert light.paper[0] == pytest.approx(113, abs=4)
    assert light.paper[-1] == pytest.approx(226, abs=4)
    assert light.ink.max() < 90
    assert page_white(page) == pytest.approx(226, abs=2)


def test_what_crosses_the_edge_is_found_and_the_document_itself_is_not() -> None:
    photo = np.full((600, 800, 3), (60, 80, 60), np.uint8)
    quad = np.array([[100.0, 100], [700, 100], [700, 480], [100, 480]])
    photo[100:480, 100:700] = PAPER
    assert find_cover(photo, quad).share == 0
    cv2.line(photo, (400, 640), (400, 400), (200, 140, 110), 90, cv2.LINE_AA)
    cover = find_cover(photo, quad)
    assert cover.share == pytest.approx((80 * 90 + 45**2 * np.pi / 2) / (600 * 380), rel=0.25)
    assert np.hypot(*(cover.places[0].mean(axis=0) - [400, 418])) < 25


def test_a_shadow_across_the_edge_covers_nothing() -> None:
    photo = np.full((600, 800, 3), (90, 90, 90), np.uint8)
    photo[100:480, 100:700] = PAPER
    photo[:, 300:420] = (photo[:, 300:420] * 0.45).astype(np.uint8)
    assert find_cover(photo, np.array([[100.0, 100], [700, 100], [700, 480], [100, 480]])).share == 0


def test_a_pen_stroke_is_told_from_print() -> None:
    page = printed(1.5)
    assert find_stroke(page, (), [LINE * 1.5]) is None
    t = np.linspace(0, 6 * np.pi, 400)
    path = np.column_stack([400 + 14 * t + 12 * np.sin(2 * t), 480 + 26 * np.sin(t)])
    cv2.polylines(page, [np.round(path).astype(np.int32)], False, (20, 25, 70), 3, cv2.LINE_AA)
    stroke = find_stroke(page, (), [LINE * 1.5])
    assert stroke is not None
    assert stroke.length > 0.2
    assert stroke.quad[0] == pytest.approx([395, 452], abs=15)
    assert find_stroke(page, [stroke.quad], [LINE * 1.5]) is None


@settings(max_examples=25, deadline=None)
@given(
    st.integers(8, 90),
    st.integers(8, 90),
    st.integers(0, 1000),
    st.lists(st.integers(-60, 150), min_size=8, max_size=8),
)
def test_no_picture_and_no_quad_is_too_strange(height: int, width: int, seed: int, points: list[int]) -> None:
    page = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    quad = np.array(points, dtype=np.float64).reshape(4, 2)
    assert 0 <= lost_share(find_glare(page), quad) <= 1
    assert (measure_light(page, [quad]).paper <= 255).all()
    for blur in (edge_blur(page, quad), page_blur(page)):
        assert blur is None or 0 <= blur < 15
    stroke = find_stroke(page, [quad], [quad])
    assert stroke is None or stroke.length > 0
