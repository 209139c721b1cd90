"""What apps on screens show, and what burnt, black and scanned pictures do not."""

import cv2
import numpy as np
import pytest

from fourcorners.specimens import capture, draw
from fourcorners.specimens.effects.sensor import decode, jpeg
from fourcorners.specimens.model import Pixels
from fourcorners.specimens.pictures import resized
from fourcorners.specimens.screens import ARRIVALS, apps_of, honest_file, screenshot_file
from fourcorners.vision.originality.digital import block_colours
from fourcorners.vision.originality.grounds import find_grounds
from fourcorners.vision.originality.interface import find_interface

DOCUMENT = draw("id_card", seed=2)
LAID = ("two on white", "a page of a file", "with a border")
"""Arrivals whose pictures programs laid on white or black: they have frames, or a line of letters."""
PHOTO = capture(DOCUMENT, "genuine", 0.2, seed=2, size=(1024, 768)).pixels


@pytest.mark.parametrize("app", [*apps_of("train"), *apps_of("tuning")])
def test_an_app_shows_letters_on_plain_ground_or_a_frame(app: str) -> None:
    split = "train" if app in apps_of("train") else "tuning"
    for saved in ("png", "jpeg"):
        pixels = decode(screenshot_file(PHOTO, seed=4, split=split, app=app, saved=saved).encoded)
        found = find_interface(pixels)
        assert len(found.things) >= 3 or found.framed or find_grounds(pixels)
        assert (found.things[:, 1] <= [pixels.shape[1], pixels.shape[0]]).all()


@pytest.mark.parametrize("arrival", [name for name in ARRIVALS if name not in LAID])
def test_an_honest_file_shows_neither(arrival: str) -> None:
    found = find_interface(decode(honest_file(DOCUMENT, arrival, seed=5, split="train")))
    assert len(found.things) == 0
    assert not found.framed


def test_a_picture_between_black_bars_is_framed_however_it_was_sent_on() -> None:
    screen = np.zeros((1600, 720, 3), np.uint8)
    screen[530:1070] = resized(PHOTO, (720, 540))
    for pixels in (screen, decode(jpeg(resized(screen, (576, 1280)), 70))):
        found = find_interface(pixels)
        assert found.framed
        assert not found.framed_in_white
    assert not find_interface(screen[300:]).framed  # one bar is much thinner
    white = np.where(screen == 0, 255, screen).astype(np.uint8)
    assert find_interface(white).framed_in_white


def test_white_print_in_a_page_made_white_is_no_interface() -> None:
    page = np.full((900, 1400, 3), 255, np.uint8)
    for row in range(80, 860, 70):
        cv2.putText(page, "NAME 01.02.1990", (60, row), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (20, 20, 20), 3)
    assert len(find_interface(page).things) == 0


@pytest.mark.parametrize(("side", "things"), [(6, 0), (40, 2)])
def test_specks_on_an_even_ground_are_no_letters(side: int, things: int) -> None:
    large = np.full((3840, 2160, 3), (182, 176, 170), np.uint8)  # a desk that strong compression made even
    for left in (801, 1601):
        large[1201 : 1201 + side, left : left + side] = 20
    assert len(find_interface(large).things) == things


@pytest.mark.parametrize("shape", [(1, 1), (7, 64), (8, 8), (64, 9)])
def test_any_picture_has_an_answer(shape: tuple[int, int]) -> None:
    blank: Pixels = np.zeros((*shape, 3), np.uint8)
    found = find_interface(blank, block_colours(blank))
    assert found.things.shape == (0, 2, 2)
    assert not found.framed
