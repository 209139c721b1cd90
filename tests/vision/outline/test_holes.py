import cv2
import numpy as np
import pytest

from fourcorners.vision.outline.holes import is_punched

SIDE, AROUND = 72, 0.2
GROUND, PAPER, EMBLEM = (96, 128, 90), (228, 214, 226), (40, 40, 120)
START = round(SIDE * AROUND)


def corner(spot=None, centre=(28, 28), radius=8, paper=PAPER, axes=None):
    """A document's corner on a table, with a spot of a colour on it."""
    patch = np.full((SIDE, SIDE, 3), GROUND, np.uint8)
    patch[START:, START:] = paper
    if spot is not None:
        cv2.ellipse(patch, centre, axes or (radius, radius), 0, 0, 360, spot, -1, cv2.LINE_AA)
    noise = np.random.default_rng(1).normal(0, 3, patch.shape)
    return np.clip(cv2.GaussianBlur(patch, (0, 0), 0.7) + noise, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("shade", [0.75, 1.0, 1.1])
@pytest.mark.parametrize("radius", [6, 10])
def test_a_hole_shows_the_table(shade, radius):
    seen = tuple(int(min(255, value * shade)) for value in GROUND)
    assert is_punched(corner(seen, radius=radius), AROUND)


def test_an_emblem_is_no_hole():
    assert not is_punched(corner(EMBLEM), AROUND)


def test_a_whole_corner_has_none():
    assert not is_punched(corner(), AROUND)


def test_a_bar_in_the_tables_colour_is_no_hole():
    assert not is_punched(corner(GROUND, axes=(14, 4)), AROUND)


def test_a_spot_far_from_the_corner_is_no_hole():
    assert not is_punched(corner(GROUND, centre=(60, 60), radius=7), AROUND)


def test_on_a_table_like_the_paper_nothing_is_told():
    assert not is_punched(corner(GROUND, paper=GROUND), AROUND)
