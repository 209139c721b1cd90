"""Several files as the pages of one paper."""

from collections.abc import Sequence
from dataclasses import replace

from fourcorners.kit.lazy import lazy
from fourcorners.vision.papers.paper import Paper, PaperPage

__all__ = ["BoundPaper"]


class BoundPaper(Paper):
    """The pages of several files, one after the other: photos of both sides of a statement are one statement.

    What belongs to a single file (its metadata, its edges, signs of edits) is measured on that file, one of `papers`.
    """

    def __init__(self, papers: Sequence[Paper]) -> None:
        """Bind at least one paper."""
        first = papers[0]
        source = first.pdf or first.picture
        assert source is not None  # noqa: S101 - every paper has one of the two
        super().__init__(first.name, first.sha256, sum(p.size_bytes for p in papers), source)
        self.papers = tuple(papers)

    @property
    def digests(self) -> tuple[str, ...]:
        """The SHA-256 of every file."""
        return tuple(paper.sha256 for paper in self.papers)

    @lazy
    def pages(self) -> tuple[PaperPage, ...]:
        """The pages that are read of all files, numbered through."""
        every = [page for paper in self.papers for page in paper.pages]
        return tuple(
            replace(page, number=n, lines=tuple(replace(line, page=n) for line in page.lines))
            for n, page in enumerate(every)
        )

    def page_number(self, page: int) -> int:
        """Pages are numbered through all files, from 1."""
        return page + 1

    @property
    def has_text(self) -> bool:
        """Does the text of every file stand in the file, rather than in a picture?"""
        return all(paper.has_text for paper in self.papers)
