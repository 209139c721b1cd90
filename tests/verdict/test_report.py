"""The report: one page, self-contained, escaped, in every language."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO

import pytest

from fourcorners.checks.finding import Fact, Mark, Outcome
from fourcorners.verdict.catalogue import LOCALES, LocaleUnknown, text
from fourcorners.verdict.report.drawing import shapes, view_box

VOID = {"meta", "img", "input", "br", "link", "hr"}


class Page(HTMLParser):
    """Collects what a browser would fetch, what can be clicked, and whether every tag is closed."""

    def __init__(self, html):
        super().__init__()
        self.open, self.problems, self.tags, self.attributes = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(tag)

    def values(self, name):
        return [value for _, n, value in self.attributes if n == name]


@pytest.fixture(scope="module")
def html(verdict):
    return verdict.to_html()


def test_the_page_is_well_formed_and_holds_everything_itself(html):
    page = Page(html)
    assert page.problems == []
    assert page.open == []
    assert "script" not in page.tags
    assert "link" not in page.tags
    assert all(v.startswith("data:image/jpeg;base64,") for v in page.values("src"))
    assert all(v.startswith(("data:image/jpeg;base64,", "#")) for v in page.values("href"))
    assert not [n for _, n, _ in page.attributes if n.startswith("on")]
    assert "default-src 'none'" in html


def test_it_shows_the_decision_the_pictures_and_every_check(html, verdict):
    assert text("decisions", verdict.decision.value) in html
    for finding in verdict.findings:
        assert text("checks", finding.check).replace("'", "&#39;") in html
    assert {"photo-front", "photo-selfie"} <= set(Page(html).values("id"))
    assert verdict.pictures["front"]["sha256"] in html


def test_every_id_is_there_once_and_every_label_leads_to_one(html):
    page = Page(html)
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert set(page.values("for")) <= set(ids)
    assert {v.removeprefix("#") for v in page.values("href") if v.startswith("#")} <= set(ids)


@pytest.mark.parametrize("locale", LOCALES)
def test_it_speaks_every_language(verdict, locale):
    html = verdict.to_html(locale)
    assert f'<html lang="{locale}">' in html
    assert text("report", "made_by", locale).replace("'", "&#39;") in html


def test_it_refuses_a_language_that_it_does_not_speak(verdict):
    with pytest.raises(LocaleUnknown):
        verdict.to_html("tlh")


def test_whatever_came_from_outside_is_escaped(verdict):
    evil = "<img src=x onerror=alert(1)>\"'&{{7*7}}"
    first = replace(
        verdict.findings[0], outcome=Outcome.FAIL, reason="file_damaged", evidence=(Fact(evil, ((evil, evil),), evil),)
    )
    marked = replace(
        verdict.findings[1], subject="front", evidence=(Mark("quad", ((1, 1), (9, 1), (9, 9), (1, 9)), evil),)
    )
    claims = {**verdict.claims, "family_name": evil, "address": evil}
    html = replace(verdict, findings=(first, marked, *verdict.findings[2:]), claims=claims).to_html()
    page = Page(html)
    assert "onerror" not in [n for _, n, _ in page.attributes]
    assert "<img src=x" not in html
    assert "49" not in re.findall(r"alert\(1\)&gt;[^<]{0,24}", html)[0]
    assert page.problems == []


def test_the_marks_of_failed_checks_are_drawn_from_the_start(verdict):
    quad = Mark("quad", ((10, 10), (90, 10), (90, 50), (10, 50)), "here")
    failed = replace(
        verdict.findings[0], check="no_glare", outcome=Outcome.FAIL, reason="glare", subject="front", evidence=(quad,)
    )
    html = replace(verdict, findings=(failed,)).to_html()
    assert re.search(r'<input type="checkbox" id="layer-0" checked', html)
    assert html.count('points="10,10 90,10 90,50 10,50"') == 2, "on the picture and in the close-up"


def test_every_kind_of_mark_can_be_drawn():
    marks = [
        Mark("quad", ((0, 0), (10, 0), (10, 10), (0, 10))),
        Mark("box", ((5, 5), (20, 9))),
        Mark("line", ((0, 0), (30, 30))),
        Mark("point", ((7, 8),), "dot"),
    ]
    drawn = shapes(marks, 400, 300)
    assert [s.kind for s in drawn] == ["polygon", "polygon", "polyline", "circle"]
    assert drawn[1].points == "5,5 20,5 20,9 5,9"
    assert (drawn[3].x, drawn[3].y, drawn[3].label) == (7, 8, "dot")
    x, y, width, height = view_box(marks, 400, 300)
    assert x < 0 < x + width
    assert y + height > 30
    assert width >= height


def test_terminal_and_report_count_the_same_checks(html, verdict):
    from rich.console import Console

    from fourcorners.cli.check import show_verdict

    console = Console(width=200, file=StringIO())
    show_verdict(console, verdict)
    counted = re.search(r"(\d+) of (\d+) checks passed, (\d+) could not be made", console.file.getvalue())
    passed, made, missing = (int(n) for n in counted.groups())
    assert f"<strong>{passed}</strong> / {made}" in html
    assert made + missing == len(verdict.findings)
    sections = [(int(a), int(b)) for a, b in re.findall(r'class="aside">(\d+) / (\d+)', html)]
    assert (sum(a for a, _ in sections), sum(b for _, b in sections)) == (passed, made)
