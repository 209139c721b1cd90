"""The report of a proof of address: POA6, every reason with a drawn picture; boxes inside pages; every language."""

from datetime import date
from xml.etree import ElementTree

import pytest
from test_report import Page

import fourcorners
from fourcorners.specimens.papers import draw_paper, edit_paper, photograph_paper
from fourcorners.verdict.catalogue import LOCALES, catalogue, drawing
from fourcorners.verdict.report.paper import render_paper
from fourcorners.verdict.report.paper_pages import PaperPages

DAY = date(2026, 11, 1)
POA6 = [
    *("POA_TYPE", "POA_TOO_OLD", "POA_NO_DATE", "POA_NAME", "POA_ADDRESS", "POA_NOT_RESIDENTIAL", "POA_ILLEGIBLE"),
    *("POA_CROPPED", "POA_SCREENSHOT", "POA_MOBILE_BILL", "POA_LEASE_SHORT", "POA_SAME_AS_ID"),
]
PAPER = draw_paper("electricity_bill", seed=5, country="GB", layout="labelled", issued=date(2026, 10, 5))


@pytest.fixture(scope="module")
def refused():
    photo, _ = photograph_paper(PAPER, seed=6)
    forged = edit_paper(PAPER, "patch", seed=1).pdf
    address = f"7 Elsewhere Road, {PAPER.truth.address.partition(', ')[2]}"
    return fourcorners.check_address([forged, photo, b""], "Karl <b>Meier", address, "GB", today=DAY)


@pytest.mark.parametrize("name", POA6)
def test_poa6_every_reason_of_the_list_has_words_and_a_drawn_picture(name):
    (code,) = [code for code, entry in catalogue().items() if name in entry.crosswalk.get("poa", ())]
    assert drawing(code)


def test_poa6_the_pictures_are_drawings_and_nothing_else():
    for code in (c for c in catalogue() if c.startswith("poa_")):
        root = ElementTree.fromstring(drawing(code))  # noqa: S314 - our own file
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags <= {"svg", "g", "rect", "circle", "path"}
        assert root.get("viewBox") == "0 0 160 84"
    assert drawing("../secret") == drawing("blurred_like_nothing") == ""


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_is_well_formed_and_holds_everything_itself(refused, locale):
    html = refused.to_html(locale)
    page = Page(html)
    assert (page.problems, page.open) == ([], [])
    assert not {"script", "link"} & set(page.tags)
    assert all(v.startswith(("data:image/jpeg;base64,", "#photo-")) for v in page.values("href"))
    assert "<b>Meier" not in html
    assert html == render_paper(refused, locale)


def test_fields_are_set_against_the_claims_part_by_part(refused):
    html = refused.to_html()
    assert PAPER.truth.name in html
    for said in ("different", "Street", "Elsewhere Road", "Words that decided the kind", "Text under a patch"):
        assert said in html
    assert html.count('class="drawing"') == sum(
        bool(drawing(code)) for code in {b.code for b in refused.because if b.effect.value == refused.decision.value}
    )


def test_every_box_lies_on_its_page(refused):
    pages = PaperPages("paper", refused.case, refused.findings, "en")
    figures = pages.figures()
    assert [bool(figure.uri) for figure in figures] == [True, True, False]
    for figure in figures:
        titles = [layer.title for layer in figure.layers]
        assert figure.refused or ("Name" in titles) == (figure.subject == "paper-1")
        for shape in (shape for layer in figure.layers for shape in layer.shapes):
            for x, y in (point.split(",") for point in shape.points.split()):
                assert -1 <= float(x) <= figure.width + 1
                assert -1 <= float(y) <= figure.height + 1
