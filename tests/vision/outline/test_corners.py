import numpy as np
import pytest

from fourcorners import specimens
from fourcorners.vision.outline import find_outline
from fourcorners.vision.outline.corners import corners_whole
from fourcorners.vision.pyramid import pyramid


def taken(kind, seed, severity=0.5):
    return specimens.capture(specimens.draw("id_card", seed=seed), kind, severity, seed=seed, size=(900, 1200))


@pytest.mark.parametrize("kind", ["covered_corner", "punched"])
@pytest.mark.parametrize("seed", [41, 42])
def test_idp3_a_corner_that_is_covered_or_gone_is_the_one_named(kind, seed):
    photo = taken(kind, seed)
    outline = find_outline(photo.pixels)
    assert outline is not None
    hidden = np.flatnonzero(~np.array(outline.corner_visible))
    places = [int(np.argmin(np.linalg.norm(photo.truth.corners - outline.quad[i], axis=1))) for i in hidden]
    assert places == list(photo.truth.hidden_corners)


@pytest.mark.parametrize("seed", [43, 44])
def test_corners_in_sight_are_whole_from_any_start_corner(seed):
    photo = taken("genuine", seed)
    levels = pyramid(photo.pixels)
    whole = corners_whole(levels, photo.truth.corners)
    turned = corners_whole(levels, np.roll(photo.truth.corners, -1, axis=0))
    assert min(whole) > 0.15
    assert np.allclose(np.roll(whole, -1), turned, atol=1e-3)


def test_corners_far_outside_are_answered_too():
    quad = np.array([[-500.0, -500], [4000, -500], [4000, 3000], [-500, 3000]])
    assert all(0 <= p <= 1 for p in corners_whole(pyramid(np.full((60, 80, 3), 90, np.uint8)), quad))
