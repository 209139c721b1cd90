from importlib.resources import files

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from fourcorners.formats.names import fold
from fourcorners.specimens import DocumentKind, capture, draw
from fourcorners.vision.page import rectify
from fourcorners.vision.text import read_lines
from fourcorners.vision.text.recognise import cut_line, read_cuts


def written(words, height=28, size=(900, 600)):
    """A light page with words at places {text: (x, y)}."""
    page = Image.new("RGB", size, (236, 232, 226))
    font = ImageFont.truetype(str(files("font_roboto") / "files" / "Roboto-Regular.ttf"), height)
    for text, place in words.items():
        ImageDraw.Draw(page).text(place, text, font=font, fill=(40, 40, 60))
    return np.asarray(page)


def test_lines_come_top_to_bottom_with_their_places():
    words = {"Surname / Nom": (60, 60), "MÜLLER-LÜDENSCHEIDT": (60, 120), "12.08.1974": (480, 300)}
    lines = read_lines(written(words))
    assert [line.text.replace(" ", "") for line in lines] == [text.replace(" ", "") for text in words]
    for line, (x, y) in zip(lines, words.values(), strict=True):
        assert line.confidence > 0.9
        assert np.abs(line.quad[0] - [x, y + 6]).max() < 16
    assert [line.script for line in lines] == ["latin", "latin", "figures"]


def test_the_part_of_a_line_is_where_its_letters_are():
    (line,) = read_lines(written({"MARIA WWWWWWWW": (60, 60)}))
    part = line.part(0, 5)
    whole = line.quad[1, 0] - line.quad[0, 0]
    assert 0.2 < (part[1, 0] - part[0, 0]) / whole < 0.36  # by ink, not by count: 5 of 14 letters would be 0.36
    assert np.array_equal(line.part(0, len(line.text)), line.quad)


def test_what_stands_in_a_skipped_area_is_not_read():
    page = written({"FIRST": (60, 60), "SECOND": (60, 300)})
    area = np.array([[0, 250], [900, 250], [900, 400], [0, 400]], dtype=np.float64)
    assert [line.text for line in read_lines(page, skip=[area])] == ["FIRST"]


def test_small_print_is_dropped_first_when_there_is_too_much():
    page = written({"LARGE": (60, 40)}, height=60)
    page = np.where(page < 200, page, written({"small print all the way along": (60, 300)}, height=16))
    assert [line.text for line in read_lines(page, width_budget_px=400)] == ["LARGE"]


def test_lines_that_run_up_the_page_are_read():
    page = np.ascontiguousarray(np.rot90(written({"PERSONALAUSWEIS 4711": (60, 60)})))
    (line,) = read_lines(page)
    assert line.text.replace(" ", "") == "PERSONALAUSWEIS4711"
    assert line.quad[1, 1] < line.quad[0, 1]  # from the bottom up


@pytest.mark.parametrize("word", ["ИВАНОВ СЕРГЕЙ", "Дата рождения", "РЕСПУБЛИКА", "Шевченко", "Место жительства"])
def test_letters_that_the_network_does_not_know_are_not_guessed(word):
    for line in read_lines(written({word: (60, 60)}, height=34)):
        assert line.script == "unread"


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_the_fields_of_a_photographed_specimen_are_read(kind):
    shot = capture(draw(kind, seed=10_003), severity=0.4, seed=10_003)
    page = rectify(shot.pixels, shot.truth.corners)
    text = "".join(fold(line.text) for line in read_lines(page.pixels)).replace(" ", "")
    printed = [fold(value).replace(" ", "") for value in shot.truth.printed.values()]
    missing = [value for value in printed if len(value) > 1 and value not in text]
    assert len(missing) <= 1, (missing, text)


@pytest.mark.parametrize("shape", [(1, 64, 3), (64, 1, 3), (8, 8, 3), (200, 300, 3)])
def test_any_picture_gives_an_answer(shape):
    assert read_lines(np.zeros(shape, np.uint8)) == ()
    noise = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    assert all(line.script in ("unread", "latin", "figures", "han", "kana", "greek") for line in read_lines(noise))


def test_reading_does_not_depend_on_the_neighbours():
    pages = [written({text: (60, 60)}) for text in ("ERIKSSON", "ANNA MARIA", "UTOPIA")]
    whole = np.array([[40, 50], [500, 50], [500, 110], [40, 110]], dtype=np.float64)
    cuts = [cut_line(page, whole) for page in pages]
    together, alone = read_cuts(cuts), tuple(read_cuts([cut])[0] for cut in cuts)
    assert together == alone
    assert [cut.text.strip() for cut in together] == ["ERIKSSON", "ANNA MARIA", "UTOPIA"]


def test_the_same_pixels_give_the_same_lines_twice():
    page = cv2.GaussianBlur(written({"Place of birth": (60, 60), "ZENITH": (60, 110)}), (0, 0), 1.2)
    first, second = read_lines(page), read_lines(page)
    assert [(a.text, a.confidence, a.quad.tolist()) for a in first] == [
        (b.text, b.confidence, b.quad.tolist()) for b in second
    ]
