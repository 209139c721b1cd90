"""Reads: `get_` raises, `find_` returns None, `list_` is never None."""

from collections.abc import Iterable

from sqlalchemy import func, select

from fourcorners.help.article import Article, Kind
from fourcorners.help.errors import ArticleMissing
from fourcorners.help.models import (
    HelpArticle,
    HelpGeneration,
    HelpVariant,
    HelpVersion,
    HelpViewCount,
    HelpVote,
)
from fourcorners.infra.db import ReadSession
from fourcorners.infra.sealing import HOUSE, open_json

__all__ = [
    "COMMENT",
    "find_variant",
    "find_vote",
    "generation",
    "get_variant",
    "get_version",
    "list_articles_changed_after",
    "list_comments",
    "list_variants",
    "list_versions",
    "list_views",
    "vote_counts",
]

COMMENT = "help.comment"


def generation(db: ReadSession) -> int:
    """How often articles have changed."""
    return db.scalar(select(HelpGeneration.number).where(HelpGeneration.id == 1)) or 0


def list_articles_changed_after(db: ReadSession, number: int) -> dict[str, list[Article]]:
    """The shown variants of every article that was changed after that generation: none where all are hidden."""
    changed: dict[str, list[Article]] = {
        slug: [] for slug in db.scalars(select(HelpArticle.slug).where(HelpArticle.changed_in > number))
    }
    query = (
        select(HelpArticle, HelpVariant)
        .join(HelpVariant, HelpVariant.slug == HelpArticle.slug)
        .where(HelpArticle.changed_in > number, HelpVariant.shown)
        .order_by(HelpVariant.slug, HelpVariant.language, HelpVariant.region)
    )
    for article, variant in db.execute(query):
        changed[article.slug].append(_article(article, variant))
    return changed


def find_variant(db: ReadSession, slug: str, language: str, region: str) -> HelpVariant | None:
    """The row of a variant."""
    return db.scalar(
        select(HelpVariant).where(
            HelpVariant.slug == slug, HelpVariant.language == language, HelpVariant.region == region
        )
    )


def get_variant(db: ReadSession, variant_id: str) -> tuple[Article, HelpVariant]:
    """A variant and its row. Raises ArticleMissing."""
    row = db.execute(
        select(HelpArticle, HelpVariant)
        .join(HelpVariant, HelpVariant.slug == HelpArticle.slug)
        .where(HelpVariant.id == variant_id)
    ).one_or_none()
    if row is None:
        raise ArticleMissing("There is no such article.")
    return _article(*row), row[1]


def list_variants(db: ReadSession) -> list[tuple[Article, HelpVariant]]:
    """Every variant, hidden ones included, by name."""
    query = (
        select(HelpArticle, HelpVariant)
        .join(HelpVariant, HelpVariant.slug == HelpArticle.slug)
        .order_by(HelpVariant.slug, HelpVariant.language, HelpVariant.region)
    )
    return [(_article(article, variant), variant) for article, variant in db.execute(query)]


def list_versions(db: ReadSession, variant_id: str) -> list[HelpVersion]:
    """Every version of a variant, the newest first."""
    query = select(HelpVersion).where(HelpVersion.variant_id == variant_id).order_by(HelpVersion.number.desc())
    return list(db.scalars(query))


def get_version(db: ReadSession, variant_id: str, number: int) -> HelpVersion:
    """One version. Raises ArticleMissing."""
    version = db.get(HelpVersion, (variant_id, number))
    if version is None:
        raise ArticleMissing("There is no such version of the article.")
    return version


def list_views(db: ReadSession, slugs: Iterable[str]) -> dict[str, int]:
    """How often these articles were read; those that nobody read are left out (HC5)."""
    query = select(HelpViewCount.slug, HelpViewCount.count).where(HelpViewCount.slug.in_(list(slugs)))
    return {row[0]: row[1] for row in db.execute(query) if row[1]}


def find_vote(db: ReadSession, slug: str, reader: str) -> HelpVote | None:
    """What a reader thought of an article."""
    return db.get(HelpVote, (slug, reader))


def vote_counts(db: ReadSession, slug: str) -> tuple[int, int]:
    """How many readers an article helped, and how many it did not."""
    query = select(HelpVote.helped, func.count()).where(HelpVote.slug == slug).group_by(HelpVote.helped)
    counts = {row[0]: row[1] for row in db.execute(query)}
    return counts.get(True, 0), counts.get(False, 0)


def list_comments(db: ReadSession, slug: str) -> list[tuple[HelpVote, str]]:
    """What readers wrote about an article, the newest first."""
    query = select(HelpVote).where(HelpVote.slug == slug, HelpVote.comment.is_not(None)).order_by(HelpVote.at.desc())
    return [(vote, str(open_json(db, HOUSE, vote.comment or b"", COMMENT))) for vote in db.scalars(query)]


def _article(article: HelpArticle, variant: HelpVariant) -> Article:
    return Article(
        slug=article.slug,
        language=variant.language,
        region=variant.region,
        kind=Kind(article.kind),
        section=article.section,
        title=variant.title,
        published=variant.published,
        updated=variant.updated,
        body=variant.body,
    )
