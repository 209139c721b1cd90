"""What the checks of papers show: fields with their places, in pixels of the file's own picture or page."""

from dataclasses import replace

from fourcorners.checks.finding import Fact, Mark, quad
from fourcorners.vision.papers import Paper, PaperField

__all__ = ["field_fact", "field_mark", "line_mark"]


def field_mark(paper: Paper, name: str, field: PaperField) -> Mark:
    """Where a field stands."""
    return line_mark(paper, field.box, name, field.page)


def line_mark(paper: Paper, box: tuple[float, float, float, float], label: str, page: int = 0) -> Mark:
    """A place on a page."""
    return replace(quad(paper.pages[page].place(box), label), page=paper.page_number(page))


def field_fact(name: str, claimed: str, read: str | None, note: str) -> Fact:
    """What is claimed beside what the paper says."""
    values = (("claimed", claimed), *((("paper", read),) if read is not None else ()))
    return Fact(name, values, note)
