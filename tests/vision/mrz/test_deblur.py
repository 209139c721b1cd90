"""Blur undone where it hides a zone: a shaking hand, a lens out of focus (IDP3: what a person can hardly read)."""

import cv2
import numpy as np
import pytest

from fourcorners.specimens import capture, draw
from fourcorners.vision.mrz import read_mrz
from fourcorners.vision.mrz.deblur import _Blur, _undone, sharpened
from fourcorners.vision.mrz.finder import find_blocks
from fourcorners.vision.page import rectify
from fourcorners.vision.picture import Picture


@pytest.fixture(scope="module")
def photo():
    return capture(draw("passport", seed=4), "genuine", 0.1, seed=4, size=(1280, 960))


def blurred(pixels, kernel):
    noise = np.random.default_rng(0).normal(0, 1.5, pixels.shape)
    return np.clip(cv2.filter2D(pixels, -1, kernel) + noise, 0, 255).astype(np.uint8)


def read(pixels, corners):
    return read_mrz(Picture(pixels, "PNG", 0, ""), rectify(pixels, np.asarray(corners)))


@pytest.mark.parametrize("degrees", [20, 70, 135])
def test_a_zone_shaken_by_a_character_is_read(photo, degrees):
    line = photo.truth.regions["mrz_1"]
    pitch = np.linalg.norm(line[1] - line[0]) / 44
    reading = read(blurred(photo.pixels, _Blur(pitch, np.radians(degrees)).kernel()), photo.truth.corners)
    assert reading.lines == photo.truth.mrz


@pytest.mark.parametrize("blur", [_Blur(1.0, None), _Blur(5.5, None), _Blur(9.0, 0.4), _Blur(26.0, 2.5)])
def test_a_kernel_keeps_the_light_and_its_blur_is_undone(blur):
    kernel = blur.kernel()
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    rng = np.random.default_rng(2)
    plain = cv2.GaussianBlur(rng.uniform(0, 255, (96, 240)).astype(np.float32), (0, 0), 2.5)
    spoilt = cv2.filter2D(plain, -1, kernel, borderType=cv2.BORDER_REFLECT)
    inner = np.s_[24:-24, 24:-24]
    assert np.abs(_undone(spoilt, kernel) - plain)[inner].mean() <= np.abs(spoilt - plain)[inner].mean()


def test_sharp_print_is_left_alone(photo):
    page = rectify(photo.pixels, np.asarray(photo.truth.corners))
    block = find_blocks(page.pixels, 640)[0]

    def never(pixels, matrix):
        raise AssertionError("nothing is tried on sharp print")

    assert sharpened(photo.pixels, page.to_photo_matrix, block, never) is None


def test_what_gains_nothing_is_left_alone(photo):
    page = rectify(photo.pixels, np.asarray(photo.truth.corners))
    block = find_blocks(page.pixels, 640)[0]
    soft = cv2.GaussianBlur(photo.pixels, (0, 0), 6.0)
    assert sharpened(soft, page.to_photo_matrix, block, lambda pixels, matrix: 1.0) is None
