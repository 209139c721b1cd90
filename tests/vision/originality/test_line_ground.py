"""FAI10: lines under which the pattern about them does not go on are found, and any page has an answer."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourcorners.vision.originality.line_ground import lacking_ground

LINE = np.array([[100, 100], [420, 100], [420, 140], [100, 140]], dtype=np.float64)
FLAT = np.s_[96:146, 92:430]


def patterned(tone: int = 40) -> np.ndarray:
    """A page (300, 520, 3) of fine waves, with a line of print and a paler one below it."""
    y, x = np.mgrid[:300, :520]
    waves = 200 + 14 * np.sin(x / 2.1 + 6 * np.sin(y / 17)) + 10 * np.sin(y / 2.4 + x / 9)
    return printed(np.repeat(waves[..., None], 3, axis=2).astype(np.uint8), tone)


def printed(page: np.ndarray, tone: int = 40) -> np.ndarray:
    page = cv2.putText(page, "12.03.1987 AB", (104, 134), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (tone,) * 3, 3, cv2.LINE_AA)
    return cv2.putText(page, "Date of birth", (104, 166), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (120,) * 3, 1, cv2.LINE_AA)


def test_a_line_on_a_flat_patch_lacks_its_ground() -> None:
    page = patterned()
    page[FLAT] = 205
    (flat,) = lacking_ground(printed(page), [LINE])
    (whole,) = lacking_ground(patterned(), [LINE])
    assert flat is not None
    assert whole is not None
    assert flat > 1.0
    assert whole < 0.2


def test_light_print_on_dark_ground_is_judged_alike() -> None:
    page = 255 - patterned()
    (whole,) = lacking_ground(page, [LINE])
    assert whole is not None
    assert whole < 0.2
    page[FLAT] = 50
    (flat,) = lacking_ground(printed(page, 215), [LINE])
    assert flat is not None
    assert flat > 1.0


def test_a_value_beside_its_untouched_caption_is_found() -> None:
    line = np.array([[20, 100], [420, 100], [420, 140], [20, 140]], dtype=np.float64)
    page = patterned()
    cv2.putText(page, "birth", (24, 130), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (60,) * 3, 2, cv2.LINE_AA)
    page[96:146, 200:430] = 205
    cv2.putText(page, "87 AB", (210, 134), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (40,) * 3, 3, cv2.LINE_AA)
    (lack,) = lacking_ground(page, [line])
    assert lack is not None
    assert lack > 0.8


def test_a_page_without_a_pattern_says_nothing() -> None:
    (lack,) = lacking_ground(printed(np.full((300, 520, 3), 200, np.uint8)), [LINE])
    assert lack is not None
    assert abs(lack) < 0.3


def test_no_print_no_answer() -> None:
    assert lacking_ground(np.full((300, 520, 3), 200, np.uint8), [LINE]) == [None]
    assert lacking_ground(patterned(), []) == []


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 200), st.integers(1, 200), st.floats(-300, 300), st.floats(0, 300), st.floats(-4, 4))
def test_any_page_and_line_has_an_answer(height: int, width: int, corner: float, side: float, turn: float) -> None:
    page = np.random.default_rng(height).integers(0, 256, (height, width, 3), dtype=np.uint8)
    along, down = np.array([np.cos(turn), np.sin(turn)]) * side, np.array([-np.sin(turn), np.cos(turn)]) * side / 4
    line = corner + np.array([0 * along, along, along + down, down])
    (lack,) = lacking_ground(page, [line])
    assert lack is None or np.isfinite(lack)


@pytest.mark.parametrize("shape", [(1, 1), (64, 64), (1, 5000)])
def test_small_pages(shape: tuple[int, int]) -> None:
    assert lacking_ground(np.zeros((*shape, 3), np.uint8), [LINE]) == [None]
