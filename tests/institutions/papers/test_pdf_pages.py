"""How many pages of a paper are read: a proof of address at its head, an institution's paper at both ends."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from fourcorners.vision.papers import open_paper
from fourcorners.vision.papers.pdf import ADDRESS, INSTITUTION
from fourcorners.vision.papers.refusals import PdfTooLong


def many_pages(count):
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for n in range(1, count + 1):
        canvas.drawString(60, 700, f"page {n} of the articles of association of Acme")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_proof_of_address_is_read_at_its_head():
    assert ADDRESS.pages(10) == (0, 1, 2)
    assert ADDRESS.drawn(10) == (0,)
    with pytest.raises(PdfTooLong):
        open_paper(many_pages(31))


def test_an_institutions_paper_is_read_at_both_ends():
    assert INSTITUTION.pages(3) == (0, 1, 2)
    assert INSTITUTION.drawn(2) == (0, 1)
    assert INSTITUTION.drawn(40) == (0, 1, 39)
    paper = open_paper(many_pages(31), extent=INSTITUTION)
    assert [page.lines[0].text.split()[1] for page in paper.pages] == [*"12345678", "29", "30", "31"]
