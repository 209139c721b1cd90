"""Edited papers are found, each by its own sign; untouched ones show none."""

import pytest

from fourcorners.kit.data import load_toml
from fourcorners.specimens.papers import draw_paper, edit_paper
from fourcorners.vision.papers import open_paper
from fourcorners.vision.papers.edits import find_edits
from fourcorners.vision.papers.shown import compare_shown

EDITORS = load_toml("fourcorners.checks.address", "limits.toml")["paper_not_edited"]["editors"]
SIGN = {
    "patch": "covered_text",
    "update": "changed_later",
    "overlay": "pasted_picture",
    "font": "odd_font",
    "editor": "editor",
    "same_font": "set_apart",
}


@pytest.mark.parametrize("how", SIGN)
def test_an_edit_leaves_its_sign(how: str) -> None:
    paper = draw_paper("bank_statement", seed=12, country="DE", layout="window")
    signs = find_edits(open_paper(edit_paper(paper, how, seed=12).pdf), EDITORS)
    assert SIGN[how] in {s.kind for s in signs}


@pytest.mark.parametrize("seed", range(20, 26))
def test_an_untouched_paper_shows_no_sign(seed: int) -> None:
    paper = open_paper(draw_paper("gas_bill", seed=seed).pdf)
    assert find_edits(paper, EDITORS) == ()


def test_text_that_the_page_does_not_show_is_found() -> None:
    paper = draw_paper("bank_statement", seed=12, country="GB", layout="labelled")
    honest, forged = open_paper(paper.pdf), open_paper(edit_paper(paper, "hidden", seed=12).pdf)
    assert min(s.likeness for s in compare_shown(honest, [honest.reading.name])) > 0.8
    assert min(s.likeness for s in compare_shown(forged, [forged.reading.name])) < 0.6
