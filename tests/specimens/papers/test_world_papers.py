"""Papers written out line by line: the same each time, the truth stands on them, their kinds are known."""

import pypdfium2

from fourcorners.specimens.papers import WORLD_PAPERS, draw_world_paper
from fourcorners.vision.papers import KINDS


def test_the_truth_stands_on_each_of_them() -> None:
    countries = set()
    for number in range(WORLD_PAPERS):
        paper = draw_world_paper(number, seed=number)
        text = " ".join(pypdfium2.PdfDocument(paper.pdf)[0].get_textpage().get_text_range().split())
        assert paper.truth.name in text, number
        assert paper.truth.address.split(", ")[0] in text, number
        assert str(paper.truth.issue_date.year)[2:] in text, number
        assert paper.truth.kind in KINDS, number
        countries.add(paper.truth.country)
    assert len(countries) >= 20


def test_a_paper_is_the_same_each_time_and_another_for_another_seed() -> None:
    assert draw_world_paper(3, seed=8).pdf == draw_world_paper(3, seed=8).pdf
    assert len({draw_world_paper(3, seed=seed).pdf for seed in range(4)}) == 4
