"""Change an institution's paper as forgers do: another name, another number, another share."""

from dataclasses import replace

import numpy as np

from fourcorners.specimens.institution_papers.model import EDITED_FIELDS, EDITS, InstitutionPaper, SpecimenError
from fourcorners.specimens.papers.edit import edit_text

__all__ = ["edit_institution_paper"]

NAMES = ("Vantage Harbour Ltd", "Meridian Kontor GmbH", "Solaris Conseil SAS", "Nova Ibérica S.L.")


def edit_institution_paper(
    paper: InstitutionPaper, how: str, *, seed: int, field: str = "legal_name"
) -> InstitutionPaper:
    """The paper with a field changed, as `edit_paper` does it. Raises SpecimenError where it has no place for one."""
    if how not in EDITS or field not in EDITED_FIELDS or field not in paper.places:
        raise SpecimenError(f"The field {field} cannot be edited by {how} on this paper.")
    rng = np.random.default_rng((seed, 73))
    old = paper.texts[field]
    said = str(rng.choice(NAMES)) if field == "legal_name" else _other_digits(old, rng)
    data = edit_text(paper.pdf, how, paper.places[field], old, said)
    truth = paper.truth
    if how not in ("editor", "hidden") and field in truth.fields:
        truth = replace(truth, fields={**truth.fields, field: said})
    return replace(paper, pdf=data, truth=replace(truth, edit=how))


def _other_digits(text: str, rng: np.random.Generator) -> str:
    """The text with its first digit changed."""
    at = next((n for n, c in enumerate(text) if c.isdigit()), None)
    if at is None:
        return f"{text} 7"
    digit = str((int(text[at]) + int(rng.integers(1, 9))) % 9 + 1)
    digit = digit if digit != text[at] else str(int(digit) % 9 + 1)
    return text[:at] + digit + text[at + 1 :]
