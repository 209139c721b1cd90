import cv2
import numpy as np
import pytest

from fourcorners.vision.outline.refine import refine
from fourcorners.vision.pyramid import pyramid

QUAD = np.array([[312.3, 205.8], [1388.6, 262.1], [1341.2, 933.4], [268.9, 871.7]])


def photo_of(quad, paper=(214, 205, 190), ground=(120, 96, 70), noise=4.0, seed=0):
    rng = np.random.default_rng(seed)
    mask = np.zeros((4800 // 2, 6400 // 2), np.float32)
    cv2.fillConvexPoly(mask, np.round(((quad + 0.5) * 2 - 0.5) * 256).astype(np.int32), 1.0, cv2.LINE_AA, 8)
    mask = cv2.resize(mask, (1600, 1200), interpolation=cv2.INTER_AREA)[..., None]
    picture = mask * np.array(paper) + (1 - mask) * np.array(ground) + rng.normal(0, noise, (1200, 1600, 3))
    return np.clip(picture, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("seed", range(4))
def test_a_shaken_quad_goes_back_to_its_edges(seed):
    rng = np.random.default_rng(seed)
    start = QUAD + rng.uniform(-6, 6, (4, 2))
    found = refine(pyramid(photo_of(QUAD, seed=seed)), start, (True,) * 4, 6.0)
    assert np.linalg.norm(found - QUAD, axis=1).max() < 0.6
    assert np.linalg.norm(start - QUAD, axis=1).max() > 4


def test_a_same_coloured_ground_leaves_the_quad_alone():
    blank = photo_of(QUAD, paper=(200, 200, 200), ground=(200, 200, 200), noise=0.0)
    found = refine(pyramid(blank), QUAD, (True,) * 4, 6.0)
    assert np.allclose(found, QUAD)


def test_an_unseen_side_is_not_moved():
    start = QUAD.copy()
    start[:2, 1] -= 5  # the top side, 5 px too high
    found = refine(pyramid(photo_of(QUAD)), start, (False, True, True, True), 6.0)
    assert (found[:2, 1] < QUAD[:2, 1] - 4).all()


def test_a_finger_over_a_side_does_not_pull_it():
    picture = photo_of(QUAD)
    cv2.ellipse(picture, (800, 240), (70, 110), 0, 0, 360, (205, 150, 120), -1)
    found = refine(pyramid(picture), QUAD + 3.0, (True,) * 4, 6.0)
    assert np.linalg.norm(found - QUAD, axis=1).max() < 1.0
