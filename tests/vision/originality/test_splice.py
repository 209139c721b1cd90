"""Traces of camera and codec: what they depend on, what they do not, and places that were pasted in."""

import cv2
import numpy as np
import pytest

from fourcorners.vision.originality.splice import chances_pasted
from fourcorners.vision.originality.traces import TRACES, window_traces

WHOLE = np.array([[40.0, 40], [1160, 40], [1160, 860], [40, 860]])
PLACE = np.array([[200.0, 250], [480, 250], [480, 600], [200, 600]])


def camera(seed: int, sigma: float) -> np.ndarray:
    """Uneven paper with soft spots, seen by a noisy sensor that smooths a little."""
    rng = np.random.default_rng(seed)
    spots = cv2.resize(rng.uniform(120, 220, (9, 12, 3)).astype(np.float32), (1200, 900), interpolation=cv2.INTER_CUBIC)
    noise = cv2.GaussianBlur(rng.normal(0, sigma, spots.shape).astype(np.float32), (0, 0), 0.6)
    return np.clip(spots + noise, 0, 255).astype(np.uint8)


def saved(pixels: np.ndarray, quality: int) -> np.ndarray:
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))


def windows(pixels: np.ndarray) -> np.ndarray:
    return np.stack([pixels[y : y + 64, x : x + 64] for y in (64, 400) for x in (64, 512)])


def test_traces_tell_noise_and_compression_and_not_brightness():
    photo = camera(1, 6)
    here = window_traces(windows(photo)).mean(axis=0)
    assert here.shape == (TRACES,)
    darker = window_traces(windows((photo * 0.8).astype(np.uint8))).mean(axis=0)
    pressed = window_traces(windows(saved(photo, 40))).mean(axis=0)
    quieter = window_traces(windows(camera(1, 1.5))).mean(axis=0)
    change = np.abs(darker - here).mean()
    assert np.abs(pressed - here).mean() > 3 * change
    assert np.abs(quieter - here).mean() > 3 * change


def test_compression_shows_on_the_lattice_of_its_blocks_and_less_between():
    pressed = window_traces(windows(saved(camera(2, 6), 30))).mean(axis=0)
    on_lattice, between = pressed[:63], pressed[63:126]
    assert on_lattice[-20:].mean() < between[-20:].mean() - 0.5


@pytest.mark.parametrize("seed", [3, 4])
def test_a_place_from_a_quieter_softer_photo_is_told_from_one_of_this_photo(seed):
    photo = saved(camera(seed, 7), 95)
    other = cv2.GaussianBlur(camera(seed + 10, 3), (0, 0), 1.2)
    edited = photo.copy()
    edited[250:600, 200:480] = other[250:600, 200:480]
    (honest,), (pasted,) = (chances_pasted(saved(p, 92), WHOLE, [PLACE]) for p in (photo, edited))
    assert honest is not None
    assert pasted is not None
    assert pasted > 0.9 > 0.5 > honest


def test_without_surroundings_nothing_is_said():
    photo = camera(5, 5)
    assert chances_pasted(photo, WHOLE, [WHOLE]) == [None]
    assert chances_pasted(photo[:100, :100], WHOLE, [PLACE]) == [None]
    assert chances_pasted(photo, WHOLE, []) == []
