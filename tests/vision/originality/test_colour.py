"""IDP2: black-and-white copies are told from documents in colour under lamps of any colour."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from skimage import data

from fourcorners.vision.originality.colour import channels_equal, portrait_warmth, unexplained_colour

GREY_BELOW, COLOUR_ABOVE = 0.38, 0.5
LAMPS = [(1, 1, 1), (1, 0.75, 0.45), (0.7, 0.85, 1), (1, 0.6, 0.9)]


def card(seed: int = 0) -> np.ndarray:
    """A pale card: fine lines in two inks, a portrait, black print."""
    rng = np.random.default_rng(seed)
    page = np.full((500, 800, 3), (244, 240, 236), np.uint8)
    for y in range(-200, 700, 7):
        ink = (214, 150, 160) if (y // 7) % 2 else (140, 190, 220)
        cv2.line(page, (0, y), (800, y + int(rng.integers(60, 90))), ink, 2, cv2.LINE_AA)
    page[120:370, 40:240] = cv2.resize(data.astronaut()[0:250, 125:325], (200, 250))
    for row in range(6):
        cv2.putText(page, "UTOPIA SPECIMEN", (270, 150 + 45 * row), cv2.FONT_HERSHEY_SIMPLEX, 1, (20, 20, 24), 2)
    return page


def lit(page: np.ndarray, lamp: tuple[float, float, float], noise: float = 2.0) -> np.ndarray:
    """Under a lamp on one side and daylight on the other, through a camera and JPEG."""
    share = np.linspace(0, 1, page.shape[1])[None, :, None]
    light = (1 - share) * np.array(lamp) + share
    taken = page * light * 0.9 + np.random.default_rng(1).normal(0, noise, page.shape)
    bgr = np.clip(taken, 0, 255).astype(np.uint8)[..., ::-1]
    _, encoded = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, 85])
    return cv2.imdecode(encoded, cv2.IMREAD_COLOR)[..., ::-1].copy()


def grey(page: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)


@pytest.mark.parametrize("lamp", LAMPS)
def test_a_grey_copy_stays_grey_under_any_lamp(lamp: tuple[float, float, float]) -> None:
    assert unexplained_colour(lit(grey(card()), lamp)).typical < GREY_BELOW


@pytest.mark.parametrize("lamp", LAMPS)
def test_a_card_in_colour_stays_so_under_any_lamp(lamp: tuple[float, float, float]) -> None:
    assert unexplained_colour(lit(card(), lamp)).typical > COLOUR_ABOVE


def test_a_coloured_pen_does_not_make_a_copy_colourful() -> None:
    page = grey(card())
    cv2.ellipse(page, (700, 520), (200, 160), 0, 0, 360, (200, 20, 160), -1)
    assert unexplained_colour(lit(page, (1, 1, 1))).typical < GREY_BELOW


@pytest.mark.parametrize("lamp", LAMPS)
def test_pale_spots_of_colour_in_the_middle_stand_out(lamp: tuple[float, float, float]) -> None:
    page = grey(card())
    for x, ink in ((330, (225, 190, 190)), (470, (190, 205, 228)), (600, (228, 222, 180))):
        cv2.circle(page, (x, 250), 28, ink, -1, cv2.LINE_AA)
    spotted, plain = unexplained_colour(lit(page, lamp)), unexplained_colour(lit(grey(card()), lamp))
    assert spotted.in_spots > 2 * plain.in_spots
    assert spotted.in_spots > 3.5 * spotted.between


def test_blotches_of_noise_are_no_spots_nor_is_a_stamp_at_the_rim() -> None:
    page = grey(card())
    cv2.ellipse(page, (60, 40), (90, 50), 0, 0, 360, (40, 60, 180), 4)
    blotches = cv2.resize(np.random.default_rng(2).normal(0, 5, (50, 80, 3)), (800, 500))
    seen = unexplained_colour(lit(np.clip(page + blotches, 0, 255), (1, 0.9, 0.8)))
    assert seen.in_spots < 3.5 * seen.between


@pytest.mark.parametrize("lamp", LAMPS)
def test_skin_is_warmer_than_paper_under_any_lamp_unless_it_is_a_grey_copy(lamp: tuple[float, float, float]) -> None:
    face = np.array([[85, 140], [185, 260]], dtype=np.float64)
    assert portrait_warmth(lit(card(), lamp), face) > 0.15
    assert abs(portrait_warmth(lit(grey(card()), lamp), face)) < 0.05


def test_a_sepia_copy_has_no_warm_skin() -> None:
    level = np.arange(256)
    brown = np.stack(
        [np.clip(level + 0.25 * d, 0, 255) for d in (level * (255 - level) / 255, 0 * level, -level / 3)], 1
    )
    sepia = brown.astype(np.uint8)[grey(card())[..., 0]]
    face = np.array([[85, 140], [185, 260]], dtype=np.float64)
    assert portrait_warmth(lit(sepia, (1, 1, 1)), face) < 0.12


def test_a_face_beyond_the_page_has_no_warmth() -> None:
    assert portrait_warmth(card(), np.array([[900, 600], [950, 650]], dtype=np.float64)) == 0


def test_equal_channels() -> None:
    assert channels_equal(grey(card()))
    assert not channels_equal(card())


@given(st.integers(8, 90), st.integers(8, 90), st.integers(0, 255), st.booleans())
def test_any_page_has_a_value(height: int, width: int, level: int, noisy: bool) -> None:
    page = np.full((height, width, 3), level, np.uint8)
    if noisy:
        page = np.random.default_rng(level).integers(0, 256, page.shape, dtype=np.uint8)
    assert 0 <= unexplained_colour(page).typical < 200
