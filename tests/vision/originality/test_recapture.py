"""IDP2: windows of displays and prints are told from those of paper and cloth."""

import cv2
import numpy as np
import pytest
from skimage import data

from fourcorners.specimens import capture, draw
from fourcorners.vision.originality.recapture import LIKELY, Recapture, look_for_recapture, look_over_page
from fourcorners.vision.pyramid import pyramid


def looked_at(kind: str, severity: float, seed: int, *, whole: bool = False) -> Recapture:
    taken = capture(draw("passport", seed=seed), kind, severity, seed=seed, size=(1600, 1200))
    assert taken.truth.corners is not None
    if whole:
        found = look_over_page(taken.pixels, pyramid(taken.pixels)[1], taken.truth.corners)
    else:
        found = look_for_recapture(taken.pixels, taken.truth.corners)
    assert found is not None
    return found


@pytest.mark.parametrize("seed", [31, 32])
def test_a_display_has_the_texture_of_one(seed: int) -> None:
    found = looked_at("screen_photo", 0.9, seed)
    assert found.display_evidence > -1.3
    assert len(found.likeliest(found.display)) == np.count_nonzero(found.display >= LIKELY) > 0.3 * len(found.places)


def test_a_coarse_print_has_dots() -> None:
    assert looked_at("colour_copy", 0.8, 31).print_evidence > -0.2


@pytest.mark.parametrize("seed", [31, 32])
def test_an_original_is_neither(seed: int) -> None:
    found = looked_at("genuine", 0.3, seed)
    assert found.display_evidence < -0.9
    assert found.print_evidence < -0.6


@pytest.mark.parametrize("name", ["chelsea", "brick", "coffee"])
def test_nor_are_fur_bricks_and_wood(name: str) -> None:
    picture = getattr(data, name)()
    picture = cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB) if picture.ndim == 2 else picture
    height, width = picture.shape[:2]
    found = look_for_recapture(picture, np.array([[0, 0], [width, 0], [width, height], [0, height]]) - 0.5)
    assert found is not None
    assert found.display_evidence < -0.9


def test_windows_lie_within_the_photo_wherever_the_page_is() -> None:
    photo = np.zeros((100, 140, 3), np.uint8)
    found = look_for_recapture(photo, np.array([[-50, -40], [300, -20], [280, 220], [-40, 200]], dtype=np.float64))
    assert found is not None
    places = np.concatenate(found.places)
    assert (places >= -0.5).all()
    assert (places <= [139.5, 99.5]).all()
    assert look_for_recapture(photo[:90], found.places[0]) is None
    assert look_over_page(photo, photo[::2, ::2], found.places[0]) is None


@pytest.mark.parametrize(("kind", "severity"), [("genuine", 0.3), ("glare", 0.5), ("recompressed", 0.3)])
def test_the_page_network_takes_an_original_for_neither(kind: str, severity: float) -> None:
    found = looked_at(kind, severity, 33, whole=True)
    assert max(found.display_evidence, found.print_evidence) < 0
    assert len(found.places) == len(found.display) == len(found.printed) == 24


@pytest.mark.parametrize(("kind", "severity"), [("screen_photo", 0.5), ("colour_copy", 0.8), ("inkjet_print", 0.5)])
def test_and_copies_for_copies(kind: str, severity: float) -> None:
    found = looked_at(kind, severity, 31, whole=True)
    display = kind == "screen_photo"
    assert (found.display_evidence if display else found.print_evidence) > 1
    assert (found.print_evidence if display else found.display_evidence) < 0
