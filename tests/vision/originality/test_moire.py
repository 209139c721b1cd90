"""IDP2: a display's colour stripes are told from anything printed."""

import cv2
import numpy as np
import pytest
from skimage import data

from fourcorners.vision.originality.moire import turning_hue


def photo(width: int = 1024, height: int = 768) -> np.ndarray:
    return cv2.resize(data.astronaut(), (width, height), interpolation=cv2.INTER_CUBIC)


def on_display(picture: np.ndarray, pitch_px: float, angle_deg: float, depth: float) -> np.ndarray:
    """Seen through red, green and blue stripes, one pixel of the display being `pitch_px` of the photo."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    angle = np.radians(angle_deg)
    phase = 2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / pitch_px
    stripes = np.dstack([1 - depth * (0.5 + 0.5 * np.cos(phase - 2 * np.pi * k / 3)) for k in range(3)])
    return through_camera(picture * stripes)


def on_paper(picture: np.ndarray, pitch_px: float, angle_deg: float, depth: float) -> np.ndarray:
    """The same stripes printed in one ink."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    angle = np.radians(angle_deg)
    wave = 0.5 + 0.5 * np.cos(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / pitch_px)
    return through_camera(picture * (1 - depth * wave[..., None] * np.array([0.2, 0.9, 0.6])))


def through_camera(picture: np.ndarray) -> np.ndarray:
    noisy = picture + np.random.default_rng(0).normal(0, 2, picture.shape)
    bgr = np.clip(noisy, 0, 255).astype(np.uint8)[..., ::-1]
    _, encoded = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, 90])
    return cv2.imdecode(encoded, cv2.IMREAD_COLOR)[..., ::-1].copy()


@pytest.mark.parametrize("pitch_px", [4.7, 7.3, 14.5, 38.0])
@pytest.mark.parametrize("angle_deg", [2, 48, 91])
def test_a_display_shows_at_any_pitch_and_angle(pitch_px: float, angle_deg: float) -> None:
    found = turning_hue(on_display(photo(), pitch_px, angle_deg, 0.12))
    assert found is not None
    assert found.share > 0.2
    places = np.concatenate(found.places)
    assert places.min() >= -0.5
    assert (places <= np.array([1024, 768]) - 0.5).all()


@pytest.mark.parametrize("pitch_px", [4.7, 7.3, 14.5, 38.0])
def test_printed_stripes_do_not(pitch_px: float) -> None:
    found = turning_hue(on_paper(photo(), pitch_px, 12, 0.3))
    assert found is not None
    assert found.share < 0.03


def test_no_wave_no_share() -> None:
    for picture in (through_camera(photo()), np.zeros((400, 400, 3), np.uint8)):
        found = turning_hue(picture)
        assert found is not None
        assert found.share < 0.03
    noise = np.random.default_rng(2).integers(0, 256, (700, 900, 3), dtype=np.uint8)
    found = turning_hue(noise)
    assert found is not None
    assert found.share < 0.03


def test_too_small_to_say() -> None:
    assert turning_hue(photo(100, 100)) is None
    assert turning_hue(np.zeros((1, 64, 3), np.uint8)) is None
