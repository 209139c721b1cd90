"""Tesseract, where it is installed; where it is not, its lines stay unread."""

import shutil

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from fourcorners.vision.fields import rereading
from fourcorners.vision.fields.rereading import reread
from fourcorners.vision.text import TextLine, tesseract_languages
from fourcorners.vision.text import tesseract as adapter

FONTS = ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "FreeSans.ttf")


@pytest.fixture
def nowhere(monkeypatch):
    """A machine without Tesseract."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    adapter.tesseract_languages.cache_clear()
    yield
    adapter.tesseract_languages.cache_clear()


def page(*texts):
    """Black words below one another on white, and their lines as the network leaves them."""
    font = next((f for name in FONTS if (f := _font(name))), None)
    if font is None:
        pytest.skip("no font with Cyrillic letters on this machine")
    sheet = Image.new("RGB", (600, 80 * len(texts)), "white")
    lines = []
    for i, text in enumerate(texts):
        left, top, right, bottom = font.getbbox(text)
        ImageDraw.Draw(sheet).text((20, 80 * i + 20), text, fill="black", font=font)
        box = np.array([[left, top - 6], [right, top - 6], [right, bottom + 6], [left, bottom + 6]], dtype=np.float64)
        lines.append(TextLine("?", 0.3, box + np.array([20, 80 * i + 20]), "unread", (0.5,)))
    return np.asarray(sheet), lines


def _font(name):
    try:
        return ImageFont.truetype(name, 36)
    except OSError:
        return None


def test_without_it_no_line_is_read(nowhere):
    assert tesseract_languages() == frozenset()
    pixels = np.full((80, 200, 3), 255, np.uint8)
    quad = np.array([[10.0, 10], [150, 10], [150, 50], [10, 50]])
    unread = TextLine("Npian", 0.4, quad, "unread", (0.1, 0.3, 0.5, 0.7, 0.9))
    assert reread([unread], pixels, "cyrillic") == (unread,)
    assert [cut.text for cut in adapter.read_with_tesseract([pixels[:48]], ["ukr"])] == [""]


def test_a_program_that_fails_leaves_the_lines_unread():
    assert adapter._run(["false"]) == ""
    assert adapter._run(["no-such-program-anywhere"]) == ""


@pytest.mark.skipif(not {"rus", "ukr"} & tesseract_languages(), reason="Tesseract cannot read Cyrillic on this machine")
def test_cyrillic_lines_are_read_in_their_own_letters():
    pixels, lines = page("ПЕТРЕНКО", "ГЕОРГІЙ")
    latin = TextLine("PASSPORT", 0.99, lines[0].quad, "latin", tuple((i + 0.5) / 8 for i in range(8)))
    first, second, kept = reread([*lines, latin], pixels, "cyrillic")
    assert (first.text, first.script) == ("ПЕТРЕНКО", "cyrillic")
    assert second.text.startswith("ГЕОРГ")
    assert len(first.places) == len(first.text)
    assert kept is latin


def test_a_latin_page_is_never_handed_over(monkeypatch):
    monkeypatch.setattr(rereading, "read_with_tesseract", lambda *_: pytest.fail("nothing to read"))
    pixels, lines = page("PETRENKO")
    assert reread(lines, pixels, None) == tuple(lines)
