"""The whole way on drawn documents: found at any rotation, read exactly, or said to be unsure."""

import numpy as np
import pytest
from skimage.data import astronaut

from fourcorners.formats.mrz import parse
from fourcorners.kit.geometry import quad_iou
from fourcorners.specimens import capture, draw
from fourcorners.vision.mrz import read_mrz
from fourcorners.vision.page import rectify, turned
from fourcorners.vision.picture import Picture

KINDS = {"id_card": ("TD1", "back"), "id_card_td2": ("TD2", "front"), "passport": ("TD3", "front")}


def picture_of(pixels):
    return Picture(np.ascontiguousarray(pixels), "PNG", 0, "")


def page_of(pixels, corners=None):
    h, w = pixels.shape[:2]
    whole = np.array([[0, 0], [w, 0], [w, h], [0, h]], dtype=float) - 0.5
    return rectify(pixels, whole if corners is None else np.asarray(corners, dtype=float))


def side_with_zone(document):
    return "back" if document.back is not None and document.back.mrz else "front"


@pytest.fixture(scope="module", params=sorted(KINDS))
def photo(request):
    document = draw(request.param, seed=4)
    return capture(document, "genuine", 0.1, seed=4, size=(1280, 960), side=side_with_zone(document))


def test_a_genuine_photo_is_read_surely_and_right(photo):
    reading = read_mrz(picture_of(photo.pixels), page_of(photo.pixels, photo.truth.corners))
    assert reading.lines == photo.truth.mrz
    assert reading.format == KINDS[photo.truth.document][0]
    assert reading.sure
    assert reading.check_digits_agree
    assert reading.mrz.document_number == parse(photo.truth.mrz).document_number
    assert min(reading.confidence) > 0.9
    assert reading.quarter_turns == 0


def test_lines_and_fields_are_where_they_are_printed(photo):
    reading = read_mrz(picture_of(photo.pixels), page_of(photo.pixels, photo.truth.corners))
    for row, quad in enumerate(reading.line_quads):
        truth = photo.truth.regions[f"mrz_{row + 1}"]
        assert quad_iou(quad, truth) > 0.55
        assert np.linalg.norm(quad.mean(0) - truth.mean(0)) < 0.15 * np.linalg.norm(truth[3] - truth[0])
    assert {"document_number", "birth_date", "expiry_date"} <= set(reading.field_quads)
    line = photo.truth.regions["mrz_1"]
    assert all(np.linalg.norm(quad.mean(0) - line.mean(0)) < 1000 for quad in reading.field_quads.values())


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_page_is_read_and_its_turn_told(photo, turns):
    page = turned(page_of(photo.pixels, photo.truth.corners), turns)
    reading = read_mrz(picture_of(photo.pixels), page)
    assert reading.lines == photo.truth.mrz
    assert reading.quarter_turns == -turns % 4


def test_the_zone_is_found_without_corners_and_at_a_slant(photo):
    reading = read_mrz(picture_of(photo.pixels), page_of(photo.pixels))
    assert reading.lines == photo.truth.mrz


def test_a_page_that_shows_something_else_does_not_hide_the_zone(photo):
    corner = [[0, 0], [90, 0], [90, 60], [0, 60]]
    reading = read_mrz(picture_of(photo.pixels), page_of(photo.pixels, corner))
    assert reading.lines == photo.truth.mrz


def test_small_flat_scans_are_read():
    for kind in KINDS:
        document = draw(kind, seed=9)
        side = document.back if side_with_zone(document) == "back" else document.front
        width = 460 if kind == "passport" else 380
        step = side.pixels.shape[1] / width
        small = np.asarray(side.pixels[:: max(1, int(step)), :: max(1, int(step))]) if step < 1 else shrunk(side, width)
        reading = read_mrz(picture_of(small), page_of(small))
        assert reading.lines == side.mrz


def shrunk(side, width):
    import cv2

    height = round(side.pixels.shape[0] * width / side.pixels.shape[1])
    return cv2.resize(side.pixels, (width, height), interpolation=cv2.INTER_AREA)


def test_the_same_picture_gives_the_same_reading(photo):
    first, second = (read_mrz(picture_of(photo.pixels), page_of(photo.pixels)) for _ in range(2))
    assert first.lines == second.lines
    assert first.confidence == second.confidence
    assert all(np.array_equal(a, b) for a, b in zip(first.line_quads, second.line_quads, strict=True))


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((480, 640, 3), np.uint8),
        np.full((1, 64, 3), 255, np.uint8),
        np.full((64, 1, 3), 9, np.uint8),
        np.random.default_rng(0).integers(0, 256, (300, 400, 3), dtype=np.uint8),
        astronaut(),
    ],
    ids=["black", "row", "column", "noise", "portrait"],
)
def test_pictures_without_a_zone_give_none(pixels):
    assert read_mrz(picture_of(pixels), page_of(pixels)) is None


def test_a_licence_without_a_zone_gives_none():
    document = draw("driving_licence", seed=2)
    photo = capture(document, "genuine", 0.1, seed=2, size=(1024, 768))
    assert read_mrz(picture_of(photo.pixels), page_of(photo.pixels, photo.truth.corners)) is None


def test_a_covered_or_smeared_zone_is_never_sure():
    document = draw("passport", seed=6)
    pixels = document.front.pixels.copy()
    x0, y0 = document.front.regions["mrz"].min(0).astype(int)
    x1, y1 = document.front.regions["mrz"].max(0).astype(int)
    middle = (x0 + x1) // 2
    pixels[y0 - 5 : y1 + 5, middle - 60 : middle + 60] = (200, 160, 140)
    reading = read_mrz(picture_of(pixels), page_of(pixels))
    assert reading is None or not reading.sure
