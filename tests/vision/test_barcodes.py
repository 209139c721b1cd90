import csv

import cv2
import numpy as np
import pytest
import zxingcpp

from fourcorners.specimens import DocumentKind, draw
from fourcorners.vision.barcodes import _cut, _is_striped, _likely_places, read_barcodes
from fourcorners.vision.page import rectify
from fourcorners.vision.picture import Picture


@pytest.fixture(scope="module")
def back():
    side = draw(DocumentKind.DRIVING_LICENCE, seed=3).back
    assert side.barcode
    return side


def whole_page(pixels):
    h, w = pixels.shape[:2]
    return rectify(pixels, np.array([[0, 0], [w, 0], [w, h], [0, h]]) - 0.5)


def read(pixels):
    return read_barcodes(Picture(pixels, "PNG", 0, ""), whole_page(pixels))


def photo(side, degrees, width=900, size=(1400, 1100), blur=0.6):
    """The side, `width` px wide, turned, in the middle of grey ground; and its corners there."""
    h, w = side.pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((w / 2 - 0.5, h / 2 - 0.5), degrees, width / w)
    turn[:, 2] += np.array(size) / 2 - np.array([w, h]) / 2
    soft = cv2.GaussianBlur(side.pixels, (0, 0), max(0.3, 0.4 * w / width))
    picture = cv2.warpAffine(soft, turn, size, borderValue=(128, 128, 128))
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]]) - 0.5
    return cv2.GaussianBlur(picture, (0, 0), blur), corners @ turn[:, :2].T + turn[:, 2]


def test_a_flat_back_gives_the_bytes_that_were_encoded(back):
    (code,) = read(back.pixels)
    assert code.format == "PDF417"
    assert code.data == back.barcode
    assert "\n" in code.text  # plain, not "<LF>": AAMVA's separators must survive


def test_the_quad_is_where_the_barcode_was_drawn(back):
    (code,) = read(back.pixels)
    drawn = back.regions["barcode"]
    assert np.abs(code.quad.mean(axis=0) - drawn.mean(axis=0)).max() < 0.03 * back.pixels.shape[1]


def test_a_back_out_of_focus_at_150_dpi_is_sharpened(back):
    """Its modules are 2 px wide, and blurred by half of that."""
    width = round(85.6 / 25.4 * 150)
    picture, corners = photo(back, 20, width=width, size=(800, 700), blur=1.1)
    picture = picture + np.random.default_rng(1).normal(0, 2, picture.shape)
    picture = np.clip(picture, 0, 255).astype(np.uint8)
    assert not zxingcpp.read_barcodes(picture)
    (code,) = read_barcodes(Picture(picture, "PNG", 0, ""), rectify(picture, corners))
    assert code.data == back.barcode


def test_lines_of_text_and_faces_are_not_tried_as_barcodes(back):
    side = draw(DocumentKind.PASSPORT, seed=3).front
    flat = cv2.cvtColor(side.pixels, cv2.COLOR_RGB2GRAY)
    places = [_cut(flat, place, 700, 0.0)[0] for place in _likely_places(flat)]
    assert not any(_is_striped(cut) for cut in places)
    licence = cv2.cvtColor(back.pixels, cv2.COLOR_RGB2GRAY)
    assert any(_is_striped(_cut(licence, place, 700, 0.0)[0]) for place in _likely_places(licence))


@pytest.mark.parametrize("degrees", [6, 15, 30, 45, 80, 135, -20])
def test_tilts_that_defeat_the_decoder_alone_are_levelled(back, degrees):
    picture, _ = photo(back, degrees)
    assert not zxingcpp.read_barcodes(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))
    (code,) = read(picture)
    assert code.data == back.barcode


def test_the_quad_of_a_tilted_barcode_is_in_photo_pixels(back):
    picture, corners = photo(back, 30)
    h, w = back.pixels.shape[:2]
    to_photo = cv2.getPerspectiveTransform(
        np.array([[0, 0], [w, 0], [w, h], [0, h]], dtype=np.float32), corners.astype(np.float32)
    )
    drawn = cv2.perspectiveTransform(back.regions["barcode"][None].astype(np.float32), to_photo)[0]
    (code,) = read(picture)
    assert np.abs(code.quad.mean(axis=0) - drawn.mean(axis=0)).max() < 25


def test_a_tilted_back_is_read_from_its_page(back):
    picture, corners = photo(back, 40)
    (code,) = read_barcodes(Picture(picture, "PNG", 0, ""), rectify(picture, corners))
    assert code.data == back.barcode


def test_small_print_is_read_from_a_large_photo(back):
    picture, _ = photo(back, 20, width=1000, size=(3000, 2200))
    (code,) = read(picture)
    assert code.data == back.barcode


@pytest.mark.parametrize("shape", [(1, 64, 3), (64, 1, 3), (8, 8, 3), (300, 200, 3)])
def test_pictures_without_a_barcode_give_none(shape):
    noise = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    assert read(noise) == ()
    assert read(np.zeros(shape, np.uint8)) == ()


def test_never_worse_than_the_decoder_alone(eval_root):
    with (eval_root / "labels/barcodes.csv").open() as file:
        rows = list(csv.DictReader(file))
    alone = ours = 0
    for row in rows:
        bgr = cv2.imread(str(eval_root / "images" / row["image"]))
        plain = {bytes(c.bytes) for c in zxingcpp.read_barcodes(bgr, text_mode=zxingcpp.TextMode.Plain)}
        read_here = {code.data for code in read(np.ascontiguousarray(bgr[:, :, ::-1]))}
        assert plain <= read_here, row["image"]
        alone, ours = alone + bool(plain), ours + bool(read_here)
    assert ours >= alone
