"""Marks drawn over a picture."""

from fourcorners.checks.finding import Mark
from fourcorners.verdict.report.drawing import shapes


def box(left: float, label: str) -> Mark:
    return Mark("box", ((left, 10.0), (left + 20, 30.0)), label)


def test_marks_that_say_the_same_say_it_once_where_there_is_most_room():
    drawn = shapes([box(60, "stripes"), box(20, "stripes"), box(40, "stripes"), box(70, "glare")], 100, 100)
    assert [shape.label for shape in drawn] == ["", "stripes", "", "glare"]


def test_marks_without_words_stay_without():
    assert [shape.label for shape in shapes([box(0, ""), box(1, "")], 100, 100)] == ["", ""]
