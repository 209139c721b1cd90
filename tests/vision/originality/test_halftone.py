"""IDP2: the dots of a printer are told from security print, letters, displays and noise."""

import cv2
import numpy as np
import pytest

from fourcorners.kit.geometry import Quad, homography, polygon_area
from fourcorners.vision.originality.halftone import Halftone, find_halftone

SIZE = 1500, 1000
QUAD = np.array([[90.0, 60.0], [1400.0, 110.0], [1430.0, 930.0], [60.0, 880.0]])
CLEAR, NONE = 2.2, 1.6


def dots(pitch_px: float, angle_deg: float, depth: float = 30) -> np.ndarray:
    """A lattice of round dots, (1000, 1500), values up to `depth`."""
    return waves(pitch_px, angle_deg, depth) + waves(pitch_px, angle_deg + 90, depth)


def waves(pitch_px: float, angle_deg: float, depth: float) -> np.ndarray:
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    angle = np.radians(angle_deg)
    return depth / 4 * (1 + np.cos(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / pitch_px))


def letters() -> np.ndarray:
    """Rows of letters, darkness 0..180."""
    rng = np.random.default_rng(1)
    plane = np.zeros((SIZE[1], SIZE[0]), np.uint8)
    for row in range(40, SIZE[1], 45):
        text = "".join(rng.choice(list("ABCDEFGHIKLMNOPRSTUVZ0123456789 <"), 60))
        cv2.putText(plane, text, (20, row), cv2.FONT_HERSHEY_PLAIN, 2, 180, 2)
    return plane.astype(np.float64)


def seen(ink: np.ndarray, quality: int = 90) -> np.ndarray:
    """A page printed with `ink`, photographed at a slant."""
    page = np.repeat(np.clip(215 - ink, 0, 255)[..., None], 3, axis=2)
    corners = np.array([[0, 0], [SIZE[0], 0], [SIZE[0], SIZE[1]], [0, SIZE[1]]], dtype=np.float64) - 0.5
    photo = cv2.warpPerspective(page, homography(corners, QUAD), SIZE, borderValue=(120, 110, 100))
    photo += np.random.default_rng(3).normal(0, 3, photo.shape)
    _, file = cv2.imencode(".jpg", np.clip(photo, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(file, cv2.IMREAD_COLOR)


def found(photo: np.ndarray, quad: Quad = QUAD) -> Halftone:
    halftone = find_halftone(photo, quad)
    assert halftone is not None
    return halftone


@pytest.mark.parametrize("pitch_px", [3.5, 3.9, 5.3])
@pytest.mark.parametrize("angle_deg", [15, 45, 75])
def test_dots_are_found_and_counted(pitch_px: float, angle_deg: float) -> None:
    halftone = found(seen(dots(pitch_px, angle_deg) + letters()))
    assert halftone.clearness > CLEAR
    assert halftone.lines == pytest.approx(SIZE[0] / pitch_px, rel=0.15)


def test_the_page_may_stand_upright_or_be_turned() -> None:
    turned = np.ascontiguousarray(np.rot90(seen(dots(4, 15) + letters())))
    quad = np.column_stack([QUAD[:, 1], SIZE[0] - 1 - QUAD[:, 0]])
    for k in range(4):
        assert found(turned, np.roll(quad, k, axis=0)).clearness > CLEAR


@pytest.mark.parametrize(
    "ink",
    [
        np.zeros((SIZE[1], SIZE[0])),
        letters(),
        letters() + waves(4, 15, 40),  # ruled, but no lattice
        letters() + dots(4, 0, 60),  # upright, as a display's pixels
        letters() + dots(14, 30, 60),  # as coarse as security print
    ],
    ids=["blank", "letters", "ruled", "upright", "coarse"],
)
def test_what_is_no_halftone(ink: np.ndarray) -> None:
    assert found(seen(ink)).clearness < NONE


def test_dots_in_the_portrait_alone_are_the_documents_own() -> None:
    ink = letters()
    ink[100:800, 0:480] = dots(4, 45, 60)[100:800, 0:480]
    assert found(seen(ink)).clearness < NONE


def test_strong_compression_makes_no_dots() -> None:
    assert found(seen(letters(), quality=20)).clearness < NONE


def test_a_page_turned_in_the_photo_does_not_make_dots_of_jpegs_blocks() -> None:
    angle = np.radians(30)
    spin = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    quad = (np.array([[0, 0], [1000, 0], [1000, 600], [0, 600]]) - [500, 300]) @ spin.T + [750, 500]
    for quality in (40, 60, 80):
        assert found(seen(letters(), quality), quad).clearness < NONE


def test_the_place_lies_on_the_dots() -> None:
    ink = letters()
    ink[:, 300:] = dots(4, 15, 40)[:, 300:]
    halftone = found(seen(ink))
    assert halftone.clearness > CLEAR
    assert halftone.place[:, 0].min() > QUAD[0, 0] + 150
    assert 100**2 < polygon_area(halftone.place) < 160**2


def test_too_small_for_tiles() -> None:
    assert (
        find_halftone(np.zeros((300, 300, 3), np.uint8), np.array([[0, 0], [300, 0], [300, 200], [0, 200.0]])) is None
    )
