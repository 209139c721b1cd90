"""What a search gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fourcorners.help.article import Kind

__all__ = ["PAGE_SIZE", "Fragment", "Hit", "Results"]

PAGE_SIZE = 15


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text; `marked` where it answers to the question."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One article of the list: title and snippet in pieces, so that a page escapes and marks them itself.

    `matched` counts the words of the question that the text below the title answers to, `shown` those that the snippet
    shows.
    """

    slug: str
    language: str
    region: str
    kind: Kind
    section: str
    title: tuple[Fragment, ...]
    snippet: tuple[Fragment, ...]
    published: date
    updated: date
    score: float
    matched: int
    shown: int

    @property
    def title_text(self) -> str:
        """The title without marks."""
        return "".join(fragment.text for fragment in self.title)

    @property
    def snippet_text(self) -> str:
        """The snippet without marks."""
        return "".join(fragment.text for fragment in self.snippet)


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits. `counts` is of every tab, all kinds together under None.

    `answered` false: nothing fits; then there are no hits, and `near` are the best articles that use some of the words.
    """

    term: str
    kind: Kind | None
    page: int
    counts: Mapping[Kind | None, int]
    hits: tuple[Hit, ...]
    answered: bool
    mended: tuple[tuple[str, str], ...] = ()
    near: tuple[Hit, ...] = ()

    @property
    def total(self) -> int:
        """Articles under this tab."""
        return self.counts[self.kind]

    @property
    def pages(self) -> int:
        """Pages under this tab, at least one."""
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def first(self) -> int:
        """Number of the first hit shown, from 1; 0 if there is none."""
        return (self.page - 1) * PAGE_SIZE + 1 if self.hits else 0

    @property
    def last(self) -> int:
        """Number of the last hit shown."""
        return self.first + len(self.hits) - 1 if self.hits else 0
