"""The steps of a JPEG and where its blocks begin, however the picture is turned."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from fourcorners.vision.decode import decode
from fourcorners.vision.decode.coding import LOSSLESS, quantisation_tables, upright_coding
from fourcorners.vision.picture import Picture

ORIENTATION = 0x0112


def picture(orientation: int, form: str = "JPEG", quality: int = 60) -> Picture:
    """A picture whose sides are no multiples of a block."""
    rng = np.random.default_rng(1)
    pixels = cv2.resize(rng.integers(60, 190, (15, 20, 3), np.uint8), (219, 157), interpolation=cv2.INTER_CUBIC)
    exif, file = Image.Exif(), io.BytesIO()
    exif[ORIENTATION] = orientation
    extra = {"quality": quality} if form != "PNG" else {}
    Image.fromarray(pixels).save(file, form, exif=exif, **extra)
    return decode(file.getvalue())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_block_is_made_of_whole_steps(orientation: int) -> None:
    seen = picture(orientation)
    assert seen.coding is not None
    luma = cv2.cvtColor(seen.pixels.astype(np.float32), cv2.COLOR_RGB2GRAY)[seen.coding.top :, seen.coding.left :]
    steps = np.reshape(seen.coding.steps, (8, 8))
    rest = []
    for y in range(0, luma.shape[0] - 7, 8):
        for x in range(0, luma.shape[1] - 7, 8):
            multiples = (cv2.dct(luma[y : y + 8, x : x + 8]) / steps).ravel()[1:]
            rest.append(np.abs(multiples - np.rint(multiples)).mean())
    assert np.mean(rest) < 0.02
    assert steps[0, 1] != steps[1, 0]  # so that a turned table would be noticed


def test_what_keeps_every_pixel_has_steps_of_one_and_what_is_not_known_none() -> None:
    lossless = picture(1, "PNG").coding
    assert lossless is not None
    assert lossless.steps == LOSSLESS
    assert picture(1, "WEBP").coding is None
    assert upright_coding((), (8, 8), 1) is None


def test_tables_of_both_widths_are_read_and_damaged_ones_left_out() -> None:
    narrow, wide = bytes([0, *range(1, 65)]), bytes([0x11]) + b"".join(n.to_bytes(2, "big") for n in range(300, 364))
    tables = quantisation_tables(narrow + wide)
    assert set(tables) == {0, 1}
    assert tables[0][:3] == (1, 2, 6)  # along diagonals: the third step of the first row is the sixth in the file
    assert tables[0][8:10] == (3, 5)
    assert (tables[1][0], tables[1][63]) == (300, 363)
    assert quantisation_tables(narrow[:40]) == {}
    assert quantisation_tables(bytes([2] + [0] * 64)) == {}
    assert quantisation_tables(b"") == {}
