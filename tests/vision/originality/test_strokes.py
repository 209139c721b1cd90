"""FAI10: a line with sharper strokes than those of all lines like it is told from them, and any photo has an answer."""

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fourcorners.vision.originality.strokes import sharper_strokes

TOPS = (40, 120, 200, 280)
TEXTS = ("12.03.1987", "31.12.2031", "AB 123456", "NOVA LISSE")


def place(top: int) -> np.ndarray:
    return np.array([[30, top], [360, top], [360, top + 48], [30, top + 48]], dtype=np.float64)


def page(*sharp: int, tone: int = 40) -> np.ndarray:
    """A page of four lines seen through a lens; those numbered were set into the photo."""
    seen = np.full((360, 520, 3), 210, np.uint8)
    for n, (top, text) in enumerate(zip(TOPS, TEXTS, strict=True)):
        if n not in sharp:
            cv2.putText(seen, text, (36, top + 38), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (tone,) * 3, 4, cv2.LINE_AA)
    seen = cv2.GaussianBlur(seen, (0, 0), 1.6)
    for n in sharp:
        cv2.putText(seen, TEXTS[n], (36, TOPS[n] + 38), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (tone,) * 3, 4, cv2.LINE_AA)
    return seen


def test_a_line_that_the_lens_did_not_blur_is_sharper_than_its_kind() -> None:
    lines = [place(top) for top in TOPS]
    for tone in (40, 250):
        told = sharper_strokes(page(2, tone=tone), lines)
        assert told[2] is not None
        assert told[2] > 0.15
        assert all(other is not None and other < 0 for n, other in enumerate(told) if n != 2)


def test_lines_that_are_alike_are_alike() -> None:
    told = sharper_strokes(page(), [place(top) for top in TOPS])
    assert all(line is not None and line < 0.06 for line in told)


def test_nothing_is_said_without_others_like_it() -> None:
    assert sharper_strokes(page(2), [place(40), place(200)]) == [None, None]
    tall = np.array([[30, 20], [360, 20], [360, 110], [30, 110]], dtype=np.float64)
    assert sharper_strokes(page(), [tall, *(place(top) for top in TOPS[1:])])[0] is None
    assert sharper_strokes(np.full((360, 520, 3), 210, np.uint8), [place(top) for top in TOPS]) == [None] * 4


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 200), st.integers(1, 200), st.floats(-300, 300), st.floats(0, 300))
def test_any_photo_and_line_has_an_answer(height: int, width: int, corner: float, side: float) -> None:
    photo = np.random.default_rng(height).integers(0, 256, (height, width, 3), dtype=np.uint8)
    line = corner + np.array([[0, 0], [side, 0], [side, side / 3], [0, side / 3]], dtype=np.float64)
    told = sharper_strokes(photo, [line, line + 3.0, line - 2.0])
    assert all(value is None or np.isfinite(value) for value in told)
