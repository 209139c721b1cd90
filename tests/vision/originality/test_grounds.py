"""A picture laid on a ground of one exact colour has sides straight to the pixel; what a lens saw has none."""

import cv2
import numpy as np
import pytest

from fourcorners.specimens import capture, draw
from fourcorners.specimens.effects.sensor import decode, jpeg
from fourcorners.specimens.model import Pixels
from fourcorners.specimens.pictures import resized
from fourcorners.specimens.screens import honest_file, screenshot_file
from fourcorners.vision.originality.digital import block_colours
from fourcorners.vision.originality.grounds import find_grounds

DOCUMENT = draw("id_card", seed=2)
PHOTO = capture(DOCUMENT, "genuine", 0.2, seed=2, size=(1024, 768)).pixels
COLOUR = (60, 90, 120)


def laid(words: int = 0, turned: float = 0.0, scale: float = 1.0) -> Pixels:
    """The photo on a ground, 300 px from its left and 100 from its upper edge; words at the left; all of it turned."""
    ground = np.full((1000, 1500, 3), COLOUR, np.uint8)
    ground[100:868, 300:1324] = PHOTO
    for n in range(words):
        cv2.putText(ground, "IMG 2041", (20, 80 + 60 * n), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (240, 240, 240), 2)
    if turned:
        turn = cv2.getRotationMatrix2D((750, 500), turned, 1)
        ground = np.asarray(cv2.warpAffine(ground, turn, (1500, 1000), borderValue=COLOUR), np.uint8)
    return resized(ground, (round(1500 * scale), round(1000 * scale)))


@pytest.mark.parametrize("scale", [1.0, 0.61])
@pytest.mark.parametrize("quality", [None, 70])
def test_the_picture_and_the_letters_beside_it_are_found(scale: float, quality: int | None) -> None:
    pixels = laid(words=6, scale=scale)
    found = find_grounds(pixels if quality is None else decode(jpeg(pixels, quality)))
    assert found
    ground = found[0]
    assert np.abs(np.array(ground.colour) - COLOUR).max() <= 2
    assert np.abs(np.array(ground.box) - np.array([300, 100, 1324, 868]) * scale).max() <= 3
    assert min(side or 0.0 for side in ground.sides) > 0.9
    assert len(ground.letters) >= 6
    assert (ground.letters[:, 1, 0] <= 300 * scale).all()


def test_a_side_at_the_files_edge_is_none() -> None:
    (ground,) = find_grounds(laid()[100:868])
    assert ground.sides[1] is ground.sides[3] is None
    assert min(ground.sides[0] or 0.0, ground.sides[2] or 0.0) > 0.9


def test_a_picture_turned_by_a_degree_was_not_laid() -> None:
    assert all(max(side or 0.0 for side in ground.sides) < 0.3 for ground in find_grounds(laid(turned=1.0)))


@pytest.mark.parametrize("arrival", ["with its camera's name", "made from HEIC", "burnt out", "blurred around"])
def test_photos_have_no_such_ground(arrival: str) -> None:
    assert not find_grounds(decode(honest_file(DOCUMENT, arrival, seed=5, split="train")))


def test_a_large_screen_is_thinned_out_and_measured_in_its_own_pixels() -> None:
    small = decode(screenshot_file(PHOTO, seed=4, split="tuning", app="chat_window", saved="png").encoded)
    large = np.ascontiguousarray(small.repeat(3, axis=0).repeat(3, axis=1))
    boxes = [max(find_grounds(pixels), key=lambda g: len(g.letters)).box for pixels in (small, large)]
    assert np.abs(3 * np.array(boxes[0]) - np.array(boxes[1])).max() <= 8


@pytest.mark.parametrize("shape", [(1, 1), (7, 64), (8, 8), (64, 9), (32, 2700)])
def test_any_picture_has_an_answer(shape: tuple[int, int]) -> None:
    blank: Pixels = np.zeros((*shape, 3), np.uint8)
    assert find_grounds(blank, block_colours(blank)) == ()
