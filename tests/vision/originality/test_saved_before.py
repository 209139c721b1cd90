"""IDP2, FAI10: what was pasted into a photo that had been saved before is told from the rest, which was saved twice."""

import cv2
import numpy as np
import pytest

from fourcorners.specimens.effects.sensor import decode as pixels_of
from fourcorners.specimens.effects.sensor import jpeg
from fourcorners.specimens.model import Pixels, box_quad
from fourcorners.vision.decode import decode
from fourcorners.vision.originality.rounding import WAVES
from fourcorners.vision.originality.saved_before import SavedBefore, find_saved_before

WIDTH, HEIGHT = 960, 640
PAGE = box_quad(40, 40, 880, 560)
PLACES = [box_quad(90, 120, 240, 300), *(box_quad(420, y, 380, 40) for y in (240, 130, 350))]
PASTED = np.s_[240:280, 420:800]


def texture(seed: int, grain: float = 3) -> Pixels:
    """Something of middle lightness with structure of all sizes, and noise."""
    rng = np.random.default_rng(seed)
    picture = np.full((HEIGHT, WIDTH, 3), 128.0)
    for cell_px, height in ((29, 25), (10.7, 20), (3.1, 12)):
        coarse = rng.normal(0, height, (int(HEIGHT / cell_px), int(WIDTH / cell_px)))
        picture += cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)[..., None]
    return np.asarray(np.clip(picture + rng.normal(0, grain, picture.shape), 20, 235), np.uint8)


def told(file: bytes) -> SavedBefore | None:
    picture = decode(file)
    assert picture.coding is not None
    return find_saved_before(picture.pixels, picture.coding, PAGE, PLACES)


@pytest.mark.parametrize(("first", "second"), [(86, 92), (90, 84), (75, 95)])
def test_what_was_pasted_in_between_was_saved_once(first: int, second: int) -> None:
    photo = pixels_of(jpeg(texture(1), first))
    photo[PASTED] = texture(2)[PASTED]
    found = told(jpeg(photo, second))
    assert found is not None
    assert found.frequencies > 8
    portrait, pasted, honest, _ = found.once
    assert portrait is not None
    assert pasted is not None
    assert honest is not None
    assert pasted[0] > 20
    assert abs(pasted[1]) < 0.3
    for odds, between in (portrait, honest):
        assert odds < -5
        assert between > 0.6


def test_in_a_file_that_keeps_every_pixel_it_is_seen_as_well() -> None:
    photo = pixels_of(jpeg(texture(3), 85))
    photo[PASTED] = texture(4)[PASTED]
    _, png = cv2.imencode(".png", cv2.cvtColor(photo, cv2.COLOR_RGB2BGR))
    found = told(png.tobytes())
    assert found is not None
    assert found.once[1] is not None
    assert found.once[1][0] > 100


@pytest.mark.parametrize("quality", [75, 90, 96])
def test_a_photo_that_was_saved_once_says_nothing(quality: int) -> None:
    found = told(jpeg(texture(5), quality))
    assert found is None or all(once is None or once[0] < 5 for once in found.once)


@pytest.mark.parametrize("second", [72, 80, 88, 94])
def test_no_place_of_an_honest_photo_saved_twice_seems_pasted(second: int) -> None:
    found = told(jpeg(pixels_of(jpeg(texture(6), 85)), second))
    assert found is None or all(once is None or once[0] < 5 for once in found.once)


def test_nothing_is_known_of_a_photo_that_was_cropped_or_scaled_in_between() -> None:
    photo = pixels_of(jpeg(texture(7), 85))
    assert told(jpeg(photo[3:, 5:], 92)) is None
    smaller = cv2.resize(photo, None, fx=0.9, fy=0.9, interpolation=cv2.INTER_AREA)
    assert told(jpeg(np.asarray(smaller, np.uint8), 92)) is None


def test_where_only_a_part_was_saved_before_the_rest_accuses_nobody() -> None:
    photo = texture(8)
    photo[100:440, 80:340] = pixels_of(jpeg(texture(8), 80))[100:440, 80:340]
    found = told(jpeg(photo, 93))
    assert found is None or found.once == (None,) * len(PLACES)


def test_black_and_white_places_and_a_tiny_photo_tell_nothing() -> None:
    photo = pixels_of(jpeg(texture(9), 85))
    photo[PASTED] = 255
    found = told(jpeg(photo, 92))
    assert found is not None
    assert found.once[1] is None
    small = decode(jpeg(photo[:40, :70], 92))
    assert small.coding is not None
    found = find_saved_before(small.pixels, small.coding, PAGE / 20, [quad / 20 for quad in PLACES])
    assert found is None or found.once == (None,) * len(PLACES)


def test_frequencies_keep_the_size_of_a_block() -> None:
    assert np.allclose(WAVES @ WAVES.T, np.eye(len(WAVES)), atol=1e-5)


def test_nothing_counted_is_no_earlier_saving() -> None:
    picture = decode(jpeg(np.full((HEIGHT, WIDTH, 3), 255, np.uint8), 90))
    assert picture.coding is not None
    assert find_saved_before(picture.pixels, picture.coding, PAGE, PLACES) is None
