"""Made-up bills, statements, letters and leases, with the truth about them.

paper = draw_paper("electricity_bill", seed=7, country="DE")
forged = edit_paper(paper, "patch", seed=7)
photo = photograph_paper(paper, seed=7)
other = draw_world_paper(0, seed=7)  # one of WORLD_PAPERS that are written out line by line
"""

from fourcorners.specimens.papers.draw import PAPER_KINDS, draw_paper
from fourcorners.specimens.papers.edit import edit_paper
from fourcorners.specimens.papers.model import (
    COUNTRIES,
    EDITED_FIELDS,
    EDITS,
    EVALUATION_LAYOUTS,
    LAYOUTS,
    SPLITS,
    PaperSpecimen,
    PaperTruth,
)
from fourcorners.specimens.papers.photograph import photograph_paper
from fourcorners.specimens.papers.world import WORLD_PAPERS, draw_world_paper

__all__ = [
    "COUNTRIES",
    "EDITED_FIELDS",
    "EDITS",
    "EVALUATION_LAYOUTS",
    "LAYOUTS",
    "PAPER_KINDS",
    "SPLITS",
    "WORLD_PAPERS",
    "PaperSpecimen",
    "PaperTruth",
    "draw_paper",
    "draw_world_paper",
    "edit_paper",
    "photograph_paper",
]
