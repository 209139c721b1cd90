"""Letters of a PDF as lines, whatever order and boxes the file gives them."""

import pytest

from fourcorners.vision.papers.glyphs import Glyph, without_echoes
from fourcorners.vision.papers.line import PaperLine, part
from fourcorners.vision.papers.right_to_left import is_right_to_left, right_to_left_lines

EM = 10.0
COLUMN = 1.25


def drawn(visual: str, *, left: float = 100.0, baseline: float = 50.0) -> list[Glyph]:
    """Characters from left to right as they are seen; a space takes 0.3 of a character's width."""
    glyphs, x = [], left
    for c in visual:
        width = 3.0 if c == " " else EM
        glyphs.append(Glyph(c, x, baseline - 9, x + width, baseline + 3, "F", 10.0, x, baseline))
        x += width
    return glyphs


def said(line: list[Glyph]) -> str:
    return "".join(g.character for g in line)


@pytest.mark.parametrize(
    ("visual", "read"),
    [
        ("ةكرش", "شركة"),
        ("ءابرهكلا ةروتاف", "فاتورة الكهرباء"),
        ("12/10/2026 :خيرات", "تاريخ: 12/10/2026"),
        ("23532 ةدج ،عراش 3477", "3477 شارع، جدة 23532"),
        ("Tel 05 فتاه", "هاتف Tel 05"),
        ("םולש", "שלום"),
    ],
)
def test_lines_that_run_leftward_are_read_as_they_are_said(visual: str, read: str) -> None:
    for glyphs in (drawn(visual), list(reversed(drawn(visual)))):  # whatever order the file has
        lines, rest = right_to_left_lines(glyphs, COLUMN)
        assert [said(line) for line in lines] == [read]
        assert rest == []


def test_a_line_that_is_mostly_latin_keeps_its_direction() -> None:
    lines, _ = right_to_left_lines(drawn("Account statement باسح"), COLUMN)
    assert [said(line) for line in lines] == ["Account statement حساب"]


def test_columns_and_lines_of_other_scripts_are_left_apart() -> None:
    arabic, far = drawn("ناونع", left=300), drawn("مسا", left=600)
    latin = drawn("Statement", baseline=90)
    lines, rest = right_to_left_lines([*latin, *far, *arabic], COLUMN)
    assert sorted(map(said, lines)) == sorted(["عنوان", "اسم"])
    assert said(rest) == "Statement"


def test_a_space_that_is_not_drawn_lies_in_the_widest_gap_near_it() -> None:
    left, right = drawn("باسح", left=100), drawn("فشك", left=141.4)
    space = Glyph(" ", 138.0, 50.0, 138.0, 50.0, "", 1.0, 138.0, 50.0)
    lines, _ = right_to_left_lines([*right, space, *left], COLUMN)
    assert [said(line) for line in lines] == ["كشف حساب"]


def test_a_letter_with_its_marks_is_said_once() -> None:
    letter = [Glyph(c, 10 + i, 40, 14 + i, 53, "F", 10.0, 10.0, 50.0) for i, c in enumerate("\u0e08\u0e49")]
    tone = [Glyph(c, 13 + i, 40, 14 + i, 53, "F", 10.0, 18.0, 50.0) for i, c in enumerate("\u0e08\u0e49")]
    after = drawn("\u0e32", left=18.5)
    again = [Glyph(g.character, g.left + 30, 40, g.right + 30, 53, "F", 10.0, g.origin + 30, 50.0) for g in letter]
    assert said(without_echoes([*letter, *after, *tone])) == "\u0e08\u0e49\u0e32"
    assert said(without_echoes([*letter, *after, *again])) == "\u0e08\u0e49\u0e32\u0e08\u0e49"
    assert said(without_echoes(drawn("aab"))) == "aab"


def test_a_part_of_a_leftward_line_has_its_own_place() -> None:
    line = PaperLine("ab cd", (0, 0, 100, 10), places=(0.9, 0.7, 0.5, 0.3, 0.1))
    assert part(line, 0, 2).box == pytest.approx((60, 0, 100, 10))
    assert part(line, 3, 5).box == pytest.approx((0, 0, 40, 10))
    assert is_right_to_left("12 شارع")
    assert not is_right_to_left("Flat 12 شارع")


def test_lines_that_a_picture_cannot_tell_are_not_held_against_a_paper() -> None:
    from fourcorners.vision.papers.shown import _is_readable

    assert _is_readable("14 High Street")
    assert _is_readable("Straße 12, Łódź")
    assert not _is_readable("3477 شارع الأمير، جدة 23532")
    assert not _is_readable("ул. Ленина, д. 54, кв. 118, 620014")
    assert not _is_readable("12")
