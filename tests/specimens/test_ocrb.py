"""Our OCR-B has every character of an MRZ, of one height and pen, each different from the others."""

import numpy as np
import pytest

from fourcorners.specimens.ocrb import ADVANCE_MM, GLYPHS, HEIGHT_MM, draw_line

PX_PER_MM = 20


def test_the_alphabet_is_that_of_icao_9303() -> None:
    assert "".join(sorted(GLYPHS)) == "0123456789<ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize("character", sorted(GLYPHS))
def test_a_character_stays_within_its_cell_and_stands_on_the_line(character: str) -> None:
    ink = draw_line(character, PX_PER_MM)
    assert ink.shape == (round(HEIGHT_MM * PX_PER_MM), round(ADVANCE_MM * PX_PER_MM))
    assert not ink[:, 0].any()
    assert not ink[:, -1].any()
    rows = np.flatnonzero(ink.max(axis=1) > 127)
    if character != "<":
        assert rows[0] <= (2 if character.isdigit() else 6)
        assert rows[-1] >= ink.shape[0] - 3


def test_no_two_characters_look_the_same() -> None:
    drawn = {character: draw_line(character, PX_PER_MM).astype(float) for character in sorted(GLYPHS)}
    for one, a in drawn.items():
        for other, b in drawn.items():
            if one < other:
                shared = np.minimum(a, b).sum() / np.maximum(a, b).sum()
                assert shared < 0.9, f"{one} and {other}"
