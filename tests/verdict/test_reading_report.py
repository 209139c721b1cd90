"""The page of `fourcorners read --report`: every field numbered in the picture and in the table, in every language."""

import re
from dataclasses import replace

import numpy as np
import pytest
from test_report import Page

from fourcorners.verdict.catalogue import LOCALES, text
from fourcorners.verdict.report import render_readings, view_reading
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.fields import DocumentReading, ForeignLine, ReadField


@pytest.fixture(scope="module")
def frame(verdict):
    return verdict.case.front


@pytest.fixture(scope="module")
def view(frame):
    return view_reading("front.jpg", frame)


def with_fields(frame, **fields):
    """The same photo with another reading; each entry is (value, source, confidence)."""
    place = frame.page.quad.mean(axis=0) + np.array([[0.0, 0], [40, 0], [40, 10], [0, 10]])
    entries = {n: tuple(ReadField(n, v, s, c, place) for v, s, c in given) for n, given in fields.items()}
    other = DocumentFrame(frame.picture, frame.today)
    foreign = (ForeignLine("ТКАЧЕНКО", "cyrillic", 0.93, place),)
    reading = DocumentReading("passport", (), "UTO", entries, ("cyrillic",), foreign)
    other.__dict__.update(outline=frame.outline, page=frame.page, mrz=None, reading=reading)
    return other


def test_the_page_is_well_formed_and_holds_everything_itself(view):
    html = render_readings([view, view], "2026-11-01")
    page = Page(html)
    assert (page.problems, page.open) == ([], [])
    assert not {"script", "link", "img"} & set(page.tags)
    assert all(v.startswith("data:image/jpeg;base64,") for v in page.values("href"))
    assert html.count("front.jpg") == 2


def test_every_box_has_its_number_in_the_table(view):
    drawn = sorted(int(shape.label) for _, shapes in view.boxes for shape in shapes)
    listed = sorted(number for row in view.rows for number in row.numbers)
    assert drawn == listed == list(range(1, len(drawn) + 1))
    html = render_readings([view], "2026-11-01")
    assert [int(n) for n in re.findall(r'<b class="\w+">(\d+)</b>', html)] == listed


def test_every_box_lies_inside_the_picture(view):
    for _, shapes in view.boxes:
        for shape in shapes:
            points = np.array([point.split(",") for point in shape.points.split()], dtype=float)
            assert (points >= 0).all()
            assert (points <= [view.width, view.height]).all()


def test_the_zone_and_what_is_known_of_it_is_shown(view, claims):
    html = render_readings([view], "2026-11-01")
    assert view.zone[1].startswith(claims["document_number"])
    assert view.zone[0].replace("<", "&lt;") in html
    assert "all check digits agree" in html


def test_sources_that_say_the_same_share_a_row_and_others_are_told_apart(frame):
    shown = view_reading(
        "a.jpg",
        with_fields(
            frame,
            family_name=(("SILVA", "mrz", 1.0), ("SILVA", "print", 0.97)),
            birth_date=(("1974-08-12", "mrz", 1.0), ("1974-12-08", "print", 0.95)),
            authority=(("OFFICE", "print", 0.5),),
        ),
    )
    rows = {(row.value, row.status, row.note) for row in shown.rows}
    assert rows == {
        ("SILVA", "same", ""),
        ("1974-08-12", "same", ""),
        ("1974-12-08", "different", "day_month_swapped"),
        ("OFFICE", "doubtful", ""),
    }
    (shared,) = [row for row in shown.rows if row.value == "SILVA"]
    assert (shared.numbers, shared.sources) == ((1, 2), ("Machine-readable zone", "Print"))
    assert {tone for tone, _ in shown.boxes} == {"pass", "fail", "unsure"}


def test_a_script_that_is_not_read_is_named(frame):
    html = render_readings([view_reading("a.jpg", with_fields(frame))], "2026-11-01")
    assert "Lines in a script that is not read here: Cyrillic" in " ".join(html.split())
    assert "<em>Cyrillic</em> ТКАЧЕНКО" in html


@pytest.mark.parametrize("locale", LOCALES)
def test_it_speaks_every_language(frame, locale):
    html = render_readings([view_reading("a.jpg", frame, locale)], "2026-11-01", locale)
    assert f'lang="{locale}"' in html
    assert text("report", "reading", locale) in html
    assert text("report", "zone_sure", locale) in html


def test_what_comes_from_outside_is_escaped(view):
    hostile = replace(view, file="<script>alert(1)</script>.jpg", zone=('"><b>',))
    assert "<script>" not in render_readings([hostile], "2026-11-01")
