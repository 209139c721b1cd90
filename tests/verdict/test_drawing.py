"""Marks drawn over a picture."""

from fourcorners.checks.finding import Mark
from fourcorners.verdict.report.drawing import shapes
from fourcorners.verdict.report.labels import mark_words


def box(left: float, label: str) -> Mark:
    return Mark("box", ((left, 10.0), (left + 20, 30.0)), label)


def test_marks_that_say_the_same_say_it_once_where_there_is_most_room():
    drawn = shapes([box(60, "stripes"), box(20, "stripes"), box(40, "stripes"), box(70, "glare")], 100, 100)
    assert [shape.label for shape in drawn] == ["", "stripes", "", "glare"]


def test_marks_without_words_stay_without():
    assert [shape.label for shape in shapes([box(0, ""), box(1, "")], 100, 100)] == ["", ""]


def test_no_edge_cuts_a_label_and_none_lies_on_another():
    """A long one at the right edge, one at the top, one wider than the window, a corner outside, two neighbours."""
    long = "traces of camera and compression unlike the rest"
    (at_the_edge,) = shapes([box(900, long)], 1000, 800)
    assert at_the_edge.label_x + at_the_edge.label_width <= 1001
    (at_the_top,) = shapes([Mark("box", ((10.0, 0.0), (20.0, 5.0)), "glare")], 1000, 800)
    assert at_the_top.label_y >= at_the_top.label_size
    window = (400.0, 300.0, 200.0, 150.0)
    (close_up,) = shapes([box(450, long)], 1000, 800, 0.5, window)
    assert window[0] <= close_up.label_x
    assert close_up.label_x + close_up.label_width <= window[0] + window[2] + 2
    assert close_up.label_y - close_up.label_size >= window[1]
    (corner,) = shapes([Mark("point", ((990.0, 850.0),), "hidden")], 1000, 800)
    assert (corner.x, corner.y) == (990, 850)
    assert corner.label_y <= 800
    one, other = shapes([box(100, "reflection"), box(110, "print")], 1000, 800)
    assert other.label_y - one.label_y >= one.label_size
    (later,) = shapes([box(105, "hidden")], 1000, 800, beside=[one, other])
    assert later.label_y - other.label_y >= other.label_size


LABELS = {
    "bottom right: -11.1%": "bottom right: 11.1 % outside",
    "top left: 0.4%": "top left: 0.4 % from the edge",
    "top left: hidden": "top left: hidden",
    "print: 14% lost": "print: 14 % lost",
    "text: 90% without the noise of the rest": "print: 90 % without the noise of the rest",
    "portrait: saved once, the page twice": "portrait: saved once, the page twice",
    "portrait: traces of camera and compression unlike the rest": "portrait: other traces than the rest",
    "text: the pattern about it does not go on under it; saved once, the page twice": (
        "print: the pattern about it does not go on under it; saved once, the page twice"
    ),
    "text: several weak signs together": "print: several weak signs together",
    "laid on one colour": "laid on one colour",
    "paper 113": "ground: 113 of 255",
    "0.098": "blur 0.098",
    "another document": "another document",
    "frame of a display": "frame of a display",
}


def test_a_label_is_said_in_the_words_of_the_reader():
    assert {label: mark_words(label, "en") for label in LABELS} == LABELS
    for locale in ("de", "fr"):
        said = {label: mark_words(label, locale) for label in LABELS}
        assert [label for label, words in said.items() if words in (label, LABELS[label])] == []
