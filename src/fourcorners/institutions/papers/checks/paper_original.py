"""The paper is no draft, and a translation is one that a sworn translator made; copies and stamps are told."""

from fourcorners.checks.finding import Finding, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.institutions.papers.case import PaperCase
from fourcorners.vision.papers import PaperField

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_original"
VERSION = 1
REASONS = ("paper_draft", "paper_translation_unsworn", "not_assessed_file")


def check(case: PaperCase, limits: Limits) -> Finding:
    """Never fails: what a mark is worth is for a person. Each mark is shown with its place."""
    if cause := case.cause():
        return not_assessed(NAME, VERSION, cause)
    found = case.reading.marks
    marks = [case.mark(name.replace("_", " "), PaperField(name, 1.0, (line,))) for name, line in found.items()]
    if "draft" in found:
        return unsure(NAME, VERSION, "paper_draft", marks)
    if "translation" in found and not {"sworn_translation", "notarised", "apostille"} & set(found):
        return unsure(NAME, VERSION, "paper_translation_unsworn", marks)
    return ok(NAME, VERSION, marks)
