"""Articles with every version of every variant, how often they were read, and what readers thought of them.

Nothing here names a reader: a reader is a keyed hash, and what readers write is sealed.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fourcorners.infra.db import Id, Model

__all__ = [
    "HelpArticle",
    "HelpGeneration",
    "HelpVariant",
    "HelpVersion",
    "HelpView",
    "HelpViewCount",
    "HelpVote",
]

SLUG = String(80)
READER = String(64)


class HelpArticle(Model):
    """What all variants of an article share. `changed_in` is the generation of its newest change."""

    __tablename__ = "help_articles"

    slug: Mapped[str] = mapped_column(SLUG, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    section: Mapped[str] = mapped_column(String(32))
    changed_in: Mapped[int] = mapped_column(BigInteger, index=True)


class HelpVariant(Model):
    """An article in one language for one region; `region` is empty for everywhere. `number` counts its versions.

    `imported` is the SHA-256 of the file that it was last imported from: what staff wrote since is not overwritten.
    """

    __tablename__ = "help_variants"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    slug: Mapped[str] = mapped_column(SLUG, ForeignKey("help_articles.slug"))
    language: Mapped[str] = mapped_column(String(2))
    region: Mapped[str] = mapped_column(String(2))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(150))
    body: Mapped[str] = mapped_column(Text)
    published: Mapped[date]
    updated: Mapped[date]
    shown: Mapped[bool] = mapped_column(default=True)
    imported: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (UniqueConstraint("slug", "language", "region"),)


class HelpVersion(Model):
    """A variant as it once was, the present one included (HC11)."""

    __tablename__ = "help_versions"

    variant_id: Mapped[str] = mapped_column(Id, ForeignKey("help_variants.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(150))
    body: Mapped[str] = mapped_column(Text)
    shown: Mapped[bool]
    actor: Mapped[str] = mapped_column(Id)
    at: Mapped[datetime]


class HelpGeneration(Model):
    """One row: how often articles have changed. Every process compares it before it searches."""

    __tablename__ = "help_generation"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)


class HelpView(Model):
    """A reader of an article on a day; kept for two days, only so that nobody counts twice (HC10)."""

    __tablename__ = "help_views"

    slug: Mapped[str] = mapped_column(SLUG, primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    reader: Mapped[str] = mapped_column(READER, primary_key=True)

    __table_args__ = (Index("ix_help_views_day", "day"),)


class HelpViewCount(Model):
    """How often an article was read. It only grows."""

    __tablename__ = "help_view_counts"

    slug: Mapped[str] = mapped_column(SLUG, primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)


class HelpVote(Model):
    """Whether an article helped a reader; one vote each, which may change. `comment` is sealed for the house."""

    __tablename__ = "help_votes"

    slug: Mapped[str] = mapped_column(SLUG, ForeignKey("help_articles.slug"), primary_key=True)
    reader: Mapped[str] = mapped_column(READER, primary_key=True)
    helped: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(String(20))
    comment: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime]
