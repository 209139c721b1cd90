"""IDP2: the dark frame of a display is seen around a document, and dark tables and rims are not taken for one."""

import cv2
import numpy as np
import pytest

from fourcorners.vision.originality.bezel import find_bezel
from fourcorners.vision.picture import Pixels

SIZE = (1600, 1200)
CARD = np.array([[500, 400], [1100, 420], [1090, 800], [490, 780]], dtype=np.float64)
ROOM, SHOWN, FACE = 150, 210, 180


def drawn(tones: list[tuple[float, int]], about: tuple[float, float] = (800, 600), turn_deg: float = 2.0) -> Pixels:
    """Rectangles within each other, each (share of the picture's size, grey), and a card on the innermost."""
    picture = np.full((SIZE[1], SIZE[0]), ROOM, np.uint8)
    for share, tone in tones:
        corners = cv2.boxPoints((about, (share * SIZE[0], share * SIZE[1]), turn_deg))
        cv2.fillConvexPoly(picture, np.round(corners * 16).astype(np.int32), (tone,), cv2.LINE_AA, 4)
    cv2.fillConvexPoly(picture, np.round(CARD).astype(np.int32), (FACE,), cv2.LINE_AA)
    noisy = picture[..., None] + np.random.default_rng(3).normal(0, 2, (*picture.shape, 3))
    return np.asarray(noisy.clip(0, 255), dtype=np.uint8)


@pytest.mark.parametrize("turn_deg", [-5.0, 0.0, 3.0])
def test_all_four_sides_of_a_display(turn_deg: float) -> None:
    found = find_bezel(drawn([(0.85, 20), (0.75, SHOWN)], turn_deg=turn_deg), CARD)
    assert found.closed > 2.4
    assert found.open == 0
    for strip in found.strips:
        from_middle = np.abs(strip.edge.mean(axis=0) - [800, 600]) / np.array(SIZE) * 2
        assert abs(from_middle.max() - 0.75) < 0.04


def test_lines_of_print_do_not_outvote_a_frame() -> None:
    picture = drawn([(0.85, 20), (0.75, SHOWN)])
    for y in range(440, 780, 20):  # more edges than are looked at, and clearer ones
        cv2.line(picture, (500, y), (1090, y + 21), (10, 10, 10), 6)
    assert find_bezel(picture, CARD).closed > 2.4


def test_the_picture_ends_within_the_frame() -> None:
    found = find_bezel(drawn([(1.3, 20), (0.8, SHOWN)]), CARD)
    assert found.closed == 0
    assert found.open > 2.4


def test_a_photo_that_shows_two_sides_of_it() -> None:
    found = find_bezel(drawn([(1.1, 20), (1.0, SHOWN)], about=(900, 700)), CARD)
    assert found.closed > 1.4


@pytest.mark.parametrize("around", [38, 5])
def test_a_dark_frame_on_dark_ground(around: int) -> None:
    found = find_bezel(drawn([(1.5, around), (0.85, 20), (0.75, SHOWN)]), CARD)
    assert found.closed > 3.4
    assert found.open == found.pale == 0


@pytest.mark.parametrize("tone", [90, 235])
def test_a_pale_frame_says_so(tone: int) -> None:
    found = find_bezel(drawn([(0.85, tone), (0.75, SHOWN)]), CARD)
    assert found.pale > 3.4
    assert found.closed == found.open == 0


@pytest.mark.parametrize(
    "tones",
    [
        [],
        [(0.75, SHOWN)],  # a sheet of paper
        [(0.755, 20), (0.75, SHOWN)],  # a black line around it
        [(1.5, 25)],  # a black table
    ],
)
def test_what_is_no_frame(tones: list[tuple[float, int]]) -> None:
    assert find_bezel(drawn(tones), CARD).strips == ()


@pytest.mark.parametrize("tones", [(20, 90), (200, 235)])
def test_striped_cloth_is_none(tones: tuple[int, int]) -> None:
    rows = np.arange(SIZE[1])[:, None] + 0.05 * np.arange(SIZE[0])
    picture = np.where(rows % 110 < 55, *tones).astype(np.uint8)
    cv2.fillConvexPoly(picture, np.round(CARD).astype(np.int32), (FACE,), cv2.LINE_AA)
    noisy = picture[..., None] + np.random.default_rng(3).normal(0, 2, (*picture.shape, 3))
    found = find_bezel(np.asarray(noisy.clip(0, 255), dtype=np.uint8), CARD)
    assert found.closed == found.pale == 0


def test_the_shadow_of_a_card_on_dark_ground_is_none() -> None:
    picture = np.full((SIZE[1], SIZE[0]), 62, np.float32)
    shadow = np.zeros_like(picture)
    cv2.fillConvexPoly(shadow, np.round(CARD + np.array([14.0, 14.0])).astype(np.int32), (1.0,))
    picture -= 26 * cv2.GaussianBlur(shadow, (0, 0), 9)
    cv2.fillConvexPoly(picture, np.round(CARD).astype(np.int32), (FACE,), cv2.LINE_AA)
    noisy = picture[..., None] + np.random.default_rng(3).normal(0, 2, (*picture.shape, 3))
    assert find_bezel(np.asarray(noisy.clip(0, 255), dtype=np.uint8), CARD).closed == 0


def test_an_uneven_dark_surround_is_none() -> None:
    picture = drawn([(0.85, 20), (0.75, SHOWN)])
    speckled = np.random.default_rng(4).integers(0, 57, picture.shape[:2], dtype=np.uint8)
    speckled = cv2.resize(speckled[::8, ::8], SIZE, interpolation=cv2.INTER_NEAREST)
    picture[picture[..., 0] < 58] = speckled[picture[..., 0] < 58][:, None]
    assert find_bezel(picture, CARD).strips == ()


@pytest.mark.parametrize("size", [(1, 1), (7, 40), (64, 64), (300, 5)])
def test_pictures_of_any_size(size: tuple[int, int]) -> None:
    height, width = size
    quad = np.array([[0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.8]]) * [width, height]
    for tone in (0, 255):
        assert find_bezel(np.full((height, width, 3), tone, np.uint8), quad).strips == ()
