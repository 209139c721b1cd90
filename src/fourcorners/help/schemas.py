"""JSON shapes of the help centre."""

from datetime import date

from pydantic import BaseModel, Field

from fourcorners.help.article import Article, Kind
from fourcorners.help.search import Fragment, Hit, Results

__all__ = ["ArticleShape", "FragmentShape", "HitShape", "ResultsShape"]


class FragmentShape(BaseModel):
    """A piece of text; `marked` where it answers to the question."""

    text: str
    marked: bool

    @classmethod
    def of(cls, fragments: tuple[Fragment, ...]) -> list["FragmentShape"]:
        """The shapes of a text in pieces."""
        return [cls(text=f.text, marked=f.marked) for f in fragments]


class HitShape(BaseModel):
    """One article of a list."""

    slug: str
    language: str
    region: str = Field(description="Empty: for everywhere.")
    kind: Kind
    section: str
    title: list[FragmentShape]
    snippet: list[FragmentShape]
    published: date
    updated: date
    views: int | None = Field(None, description="Left out where nothing is counted.")

    @classmethod
    def of(cls, hit: Hit, views: int | None) -> "HitShape":
        """The shape of a hit."""
        return cls(
            slug=hit.slug,
            language=hit.language,
            region=hit.region,
            kind=hit.kind,
            section=hit.section,
            title=FragmentShape.of(hit.title),
            snippet=FragmentShape.of(hit.snippet),
            published=hit.published,
            updated=hit.updated,
            views=views,
        )


class ResultsShape(BaseModel):
    """A page of hits. `counts` is of every tab; `answered` false: nothing fits, and `near` has some of the words."""

    term: str
    answered: bool
    kind: Kind | None
    page: int
    pages: int
    total: int
    counts: dict[str, int]
    mended: list[tuple[str, str]] = Field(description="What was typed, and what it was taken for.")
    hits: list[HitShape]
    near: list[HitShape]

    @classmethod
    def of(cls, results: Results, views: dict[str, int] | None = None) -> "ResultsShape":
        """The shape of results; `views` by slug."""
        return cls(
            term=results.term,
            answered=results.answered,
            kind=results.kind,
            page=results.page,
            pages=results.pages,
            total=results.total,
            counts={"all" if kind is None else kind.value: count for kind, count in results.counts.items()},
            mended=list(results.mended),
            hits=[HitShape.of(hit, (views or {}).get(hit.slug)) for hit in results.hits],
            near=[HitShape.of(hit, (views or {}).get(hit.slug)) for hit in results.near],
        )


class ArticleShape(BaseModel):
    """An article with its Markdown."""

    slug: str
    language: str
    region: str
    kind: Kind
    section: str
    title: str
    published: date
    updated: date
    body: str
    views: int
    related: list[str]

    @classmethod
    def of(cls, article: Article, views: int, related: list[Article]) -> "ArticleShape":
        """The shape of an article."""
        return cls(
            slug=article.slug,
            language=article.language,
            region=article.region,
            kind=article.kind,
            section=article.section,
            title=article.title,
            published=article.published,
            updated=article.updated,
            body=article.body,
            views=views,
            related=[other.slug for other in related],
        )
