"""FAI10: places without the noise of the rest are found, and any picture has an answer."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourcorners.vision.originality.noise_floor import find_quiet

PLACE = np.array([[200, 150], [400, 150], [400, 400], [200, 400]], dtype=np.float64)


def noisy(sigma: float = 3.0) -> np.ndarray:
    rng = np.random.default_rng(3)
    ground = cv2.GaussianBlur(rng.normal(130, 200, (600, 900, 3)), (0, 0), 25)
    return np.clip(ground + rng.normal(0, sigma, ground.shape), 0, 255).astype(np.uint8)


def test_a_place_without_noise_is_quiet_and_one_with_it_is_not() -> None:
    pixels = noisy()
    untouched = find_quiet(pixels, [PLACE])
    assert untouched is not None
    assert untouched.shares[0] is not None
    assert untouched.shares[0] < 0.01
    pixels[150:400, 200:400] = cv2.GaussianBlur(pixels, (0, 0), 3)[150:400, 200:400]
    pasted = find_quiet(pixels, [PLACE, PLACE + 250.0])
    assert pasted is not None
    assert pasted.shares[0] is not None
    assert pasted.shares[0] > 0.8
    assert pasted.shares[1] is not None
    assert pasted.shares[1] < 0.01


def test_a_photo_without_noise_has_no_floor() -> None:
    found = find_quiet(noisy(0.0), [PLACE])
    assert found is not None
    assert found.floor < 0.05


def test_white_paper_beyond_the_scale_says_nothing() -> None:
    pixels = noisy()
    pixels[140:410, 190:410] = 255
    found = find_quiet(pixels, [PLACE])
    assert found is not None
    assert found.shares == (None,)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 200), st.integers(1, 200), st.floats(-300, 300), st.floats(0, 300))
def test_any_picture_and_place_has_an_answer(height: int, width: int, corner: float, side: float) -> None:
    pixels = np.random.default_rng(height).integers(0, 256, (height, width, 3), dtype=np.uint8)
    place = corner + np.array([[0, 0], [side, 0], [side, side], [0, side]], dtype=np.float64)
    found = find_quiet(pixels, [place])
    assert found is None or all(share is None or 0 <= share <= 1 for share in found.shares)


@pytest.mark.parametrize("shape", [(64, 64), (1, 5000), (48, 48)])
def test_small_pictures(shape: tuple[int, int]) -> None:
    found = find_quiet(np.zeros((*shape, 3), np.uint8), [PLACE])
    assert found is None or found.shares == (None,)
