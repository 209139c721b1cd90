"""IDP2: bands of a dimmed display are seen across a photo, whatever it shows; other even things are not."""

import cv2
import numpy as np
import pytest
from skimage import data

from fourcorners.vision.originality.bands import find_bands
from fourcorners.vision.picture import Pixels

CLEAR = 3.65


def scene(name: str = "chelsea") -> Pixels:
    picture = cv2.resize(getattr(data, name)(), (1200, 900), interpolation=cv2.INTER_CUBIC)
    noisy = picture + np.random.default_rng(5).normal(0, 2, picture.shape)
    return np.asarray(noisy.clip(0, 255), dtype=np.uint8)


def banded(picture: Pixels, count: float, depth: float) -> Pixels:
    row = np.arange(len(picture)) / len(picture)
    light = 1 + depth * np.sin(2 * np.pi * count * row)
    return np.asarray((picture * light[:, None, None]).clip(0, 255), dtype=np.uint8)


@pytest.mark.parametrize("name", ["chelsea", "coffee", "astronaut"])
@pytest.mark.parametrize("count", [9, 20])
def test_faint_bands_are_counted(name: str, count: float) -> None:
    found = find_bands(banded(scene(name), count, 0.03))
    assert found.clearness > CLEAR
    assert abs(found.count - count) < 0.6
    assert found.are_level


def test_a_camera_held_upright_has_them_the_other_way() -> None:
    found = find_bands(np.ascontiguousarray(banded(scene(), 20, 0.03).transpose(1, 0, 2)))
    assert found.clearness > CLEAR
    assert not found.are_level


@pytest.mark.parametrize("name", ["chelsea", "coffee", "astronaut", "rocket"])
def test_photos_without_any(name: str) -> None:
    assert find_bands(scene(name)).clearness < CLEAR


def test_lines_of_print_are_none() -> None:
    page = np.full((900, 1200, 3), 235, np.uint8)
    for row in range(100, 800, 45):
        cv2.putText(page, "LOREM IPSUM 0123456789 DOLOR", (90, row), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (30, 30, 40), 2)
    turn = cv2.getRotationMatrix2D((600, 450), 3, 1)
    page = np.asarray(cv2.warpAffine(page, turn, (1200, 900), borderValue=(120, 110, 100)), dtype=np.uint8)
    noise = np.random.default_rng(6).normal(0, 2, page.shape)
    assert find_bands(np.asarray((page + noise).clip(0, 255), dtype=np.uint8)).clearness < CLEAR


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (5, 5), (40, 30)])
@pytest.mark.parametrize("tone", [0, 128, 255])
def test_pictures_of_any_size(size: tuple[int, int], tone: int) -> None:
    assert find_bands(np.full((*size, 3), tone, np.uint8)).clearness == 0
