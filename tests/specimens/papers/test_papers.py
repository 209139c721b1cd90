"""Made-up papers: the same arguments give the same bytes, and the truth stands on them."""

import pypdfium2
import pytest

from fourcorners.specimens.model import SpecimenError
from fourcorners.specimens.papers import EDITS, PAPER_KINDS, draw_paper, edit_paper, photograph_paper


def text_of(pdf: bytes) -> str:
    return " ".join(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().split())


@pytest.mark.parametrize("kind", PAPER_KINDS)
def test_the_truth_stands_on_the_paper(kind: str) -> None:
    paper = draw_paper(kind, seed=5)
    assert paper.pdf == draw_paper(kind, seed=5).pdf
    assert paper.truth.name in text_of(paper.pdf)
    assert paper.truth.address.split(", ")[0] in text_of(paper.pdf)
    assert paper.truth.to_dict()["kind"] == kind


@pytest.mark.parametrize("how", EDITS)
def test_an_edit_changes_the_file_and_says_so(how: str) -> None:
    paper = draw_paper("gas_bill", seed=6, country="GB")
    edited = edit_paper(paper, how, seed=6)
    assert edited.pdf != paper.pdf
    assert edited.pdf == edit_paper(paper, how, seed=6).pdf
    assert edited.truth.edit == how


def test_a_photo_is_the_same_each_time() -> None:
    paper = draw_paper("gas_bill", seed=6)
    photo, corners = photograph_paper(paper, seed=6, size=(600, 800))
    assert photo == photograph_paper(paper, seed=6, size=(600, 800))[0]
    assert corners.shape == (4, 2)


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(SpecimenError):
        draw_paper("love_letter", seed=1)
    with pytest.raises(SpecimenError):
        edit_paper(draw_paper("gas_bill", seed=1), "prayer", seed=1)
