"""Made-up papers of institutions: certificates, registers, charts, letters, deeds, with the truth about them.

paper = draw_institution_paper("registration", seed=7, country="DE")
forged = edit_institution_paper(paper, "patch", seed=7)
photo = photograph_paper(paper.pdf, seed=7)
"""

from fourcorners.specimens.institution_papers.draw import FORMS_OF, draw_institution_paper
from fourcorners.specimens.institution_papers.edit import edit_institution_paper
from fourcorners.specimens.institution_papers.model import (
    COUNTRIES,
    DAY,
    EDITED_FIELDS,
    EDITS,
    KINDS,
    SPLITS,
    Institution,
    InstitutionPaper,
    InstitutionTruth,
)

__all__ = [
    "COUNTRIES",
    "DAY",
    "EDITED_FIELDS",
    "EDITS",
    "FORMS_OF",
    "KINDS",
    "SPLITS",
    "Institution",
    "InstitutionPaper",
    "InstitutionTruth",
    "draw_institution_paper",
    "edit_institution_paper",
]
