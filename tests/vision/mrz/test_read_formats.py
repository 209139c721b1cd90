"""Every format read from pixels, and a print that is wrong read as it is (IDP3)."""

from datetime import date

import cv2
import numpy as np
import pytest
from PIL import Image

from fourcorners.formats.mrz import MrzFormat, write
from fourcorners.specimens.ocrb import ADVANCE_MM, draw_line
from fourcorners.vision.decode import decode
from fourcorners.vision.mrz import read_mrz
from fourcorners.vision.page import rectify
from fourcorners.vision.picture import Picture

PX_PER_MM = 8.0
PAPER, INK = 225, 40
LINE_MM = 6.35
HOLDER = {
    "issuing_state": "UTO",
    "family_name": "Eriksson",
    "given_names": "Anna Maria",
    "document_number": "L898902C3",
    "nationality": "UTO",
    "birth_date": date(1974, 8, 12),
    "sex": "F",
    "expiry_date": date(2031, 4, 15),
}
LINES = {
    "TD1": write(MrzFormat.TD1, document_code="I", **HOLDER),
    "TD2": write(MrzFormat.TD2, document_code="I", **HOLDER),
    "TD3": write(MrzFormat.TD3, document_code="P", **HOLDER),
    "MRVA": write(MrzFormat.MRVA, document_code="V", **HOLDER),
    "MRVB": write(MrzFormat.MRVB, document_code="V", **HOLDER),
    "FRID": ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6"),
    "EUDL1": write(
        MrzFormat.EUDL1,
        document_code="D1",
        issuing_state="FRA",
        nationality="FRA",
        document_number="13AA00002",
        family_name="Berthier",
        given_names="Corinne",
        birth_date=date(1965, 12, 6),
        sex="F",
        expiry_date=date(2031, 12, 31),
    ),
}


def drawn(lines, height_mm=54.0, margin_mm=4.7):
    """RGB pixels of a light page with a few words, a dark square and `lines` at its foot, a little soft."""
    width_mm = len(lines[0]) * ADVANCE_MM + 2 * margin_mm
    page = np.full((round(height_mm * PX_PER_MM), round(width_mm * PX_PER_MM)), PAPER, np.uint8)
    cv2.rectangle(page, (40, 90), (180, 270), 120, -1)
    for row, words in enumerate(("Republic of Utopia", "Eriksson", "Anna Maria", "12.08.1974")):
        cv2.putText(page, words, (220, 60 + 50 * row), cv2.FONT_HERSHEY_SIMPLEX, 0.8, INK, 2, cv2.LINE_AA)
    for row, line in enumerate(reversed(lines)):
        ink = draw_line(line, PX_PER_MM)
        top = page.shape[0] - round((4 + row * LINE_MM) * PX_PER_MM) - ink.shape[0]
        left = round(margin_mm * PX_PER_MM)
        part = page[top : top + ink.shape[0], left : left + ink.shape[1]]
        part[:] = np.minimum(part, PAPER - ink.astype(int) * (PAPER - INK) // 255)
    soft = cv2.GaussianBlur(page, (0, 0), 1.2) + np.random.default_rng(0).normal(0, 3, page.shape)
    grey = np.clip(soft, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.repeat(grey[..., None], 3, 2))


def read(pixels):
    h, w = pixels.shape[:2]
    whole = np.array([[0, 0], [w, 0], [w, h], [0, h]]) - 0.5
    return read_mrz(Picture(np.ascontiguousarray(pixels), "PNG", 0, ""), rectify(pixels, whole))


@pytest.mark.parametrize("name", LINES)
def test_every_format_is_read_exactly(name):
    reading = read(drawn(LINES[name]))
    assert reading.lines == LINES[name]
    assert reading.format == name


@pytest.mark.parametrize("name", ["TD1", "MRVB", "FRID", "EUDL1"])
def test_upside_down_too(name):
    reading = read(drawn(LINES[name])[::-1, ::-1])
    assert reading.lines == LINES[name]
    assert reading.quarter_turns == 2


@pytest.mark.parametrize(("row", "column"), [(1, 9), (1, 19), (1, 27), (1, 43)])
def test_a_wrong_check_digit_is_read_as_printed_and_reported(row, column):
    lines = list(LINES["TD3"])
    wrong = str((int(lines[row][column]) + 3) % 10)
    lines[row] = lines[row][:column] + wrong + lines[row][column + 1 :]
    reading = read(drawn(tuple(lines)))
    assert reading.lines == tuple(lines)
    assert not reading.check_digits_agree


def test_a_mark_before_the_first_character_shifts_nothing():
    pixels = drawn(LINES["TD3"])
    h = pixels.shape[0]
    cv2.rectangle(pixels, (6, h - 115), (24, h - 85), (60, 60, 60), -1)
    assert read(pixels).lines == LINES["TD3"]


def test_a_hidden_last_character_shifts_nothing_and_is_not_sure():
    pixels = drawn(LINES["TD3"])
    h, w = pixels.shape[:2]
    pixels[h - 70 : h - 20, w - 70 :] = (200, 160, 140)
    reading = read(pixels)
    assert [line[:40] for line in reading.lines] == [line[:40] for line in LINES["TD3"]]
    assert not reading.sure


@pytest.mark.parametrize("mode", ["L", "P", "1", "LA", "RGBA", "CMYK"])
def test_files_of_every_colour_mode(mode, tmp_path):
    path = tmp_path / ("zone.jpg" if mode == "CMYK" else "zone.png")
    whole = Image.fromarray(drawn(LINES["TD3"]))
    (whole.convert("L").convert("LA") if mode == "LA" else whole.convert(mode)).save(path)
    assert read(decode(path).pixels).lines == LINES["TD3"]


@pytest.mark.parametrize("name", ["TD1", "TD3"])
@pytest.mark.parametrize("shear", [-0.25, 0.25])
def test_a_page_flattened_by_wrong_corners_leans_and_is_read(name, shear):
    pixels = drawn(LINES[name])
    h, w = pixels.shape[:2]
    lean = np.array([[1, shear, max(0.0, -shear) * h], [0, 1, 0]])
    size = (w + round(abs(shear) * h), h)
    reading = read(cv2.warpAffine(pixels, lean, size, borderValue=(90, 90, 90)))
    assert reading.lines == LINES[name]


def test_a_hidden_first_letter_of_the_name_is_not_guessed_surely():
    pixels = drawn(LINES["TD1"])
    h = pixels.shape[0]
    pixels[h - 75 : h - 20, :54] = (200, 160, 140)
    reading = read(pixels)
    assert reading.lines[:2] == LINES["TD1"][:2]
    assert not reading.sure
