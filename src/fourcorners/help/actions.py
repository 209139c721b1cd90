"""What somebody does in the help centre. Each is part of the caller's transaction.

Edits leave an audit event. Views and votes leave none: they are counted, not told of anybody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, inspect, update
from sqlalchemy.dialects import postgresql, sqlite

from fourcorners.help.article import Article, article_from
from fourcorners.help.errors import ArticleChanged, ArticleInvalid, ArticleMissing
from fourcorners.help.models import (
    HelpArticle,
    HelpGeneration,
    HelpVariant,
    HelpVersion,
    HelpView,
    HelpViewCount,
    HelpVote,
)
from fourcorners.help.pictures import picture_names
from fourcorners.help.queries import COMMENT, find_variant, get_variant, get_version
from fourcorners.help.reading import images_in, pictures_in
from fourcorners.help.rules import COMMENT_CHARS_MAX, Unhelpful
from fourcorners.infra.audit import audit
from fourcorners.infra.db import Model, WriteSession
from fourcorners.infra.sealing import HOUSE, seal_json
from fourcorners.kit.canonical import canonical_json, sha256_hex
from fourcorners.kit.ids import new_id

__all__ = [
    "Imported",
    "checked_article",
    "count_view",
    "import_articles",
    "restore_version",
    "save_article",
    "set_shown",
    "vote",
]

DAYS_KEPT = 2
"""Views are kept by reader only so long that nobody counts twice in a day, wherever midnight is."""
FORGET_EVERY = 64
"""With every so many counted views of an article, its old ones are forgotten."""


@dataclass(frozen=True, slots=True)
class Imported:
    """How many variants an import made or changed, left alone, and kept because staff had edited them."""

    saved: tuple[str, ...]
    unchanged: int
    kept: tuple[str, ...]


def save_article(db: WriteSession, article: Article, *, actor: str, base: int | None = None) -> HelpVariant:
    """Publish a variant, or a new version of it. `base` is the version that was edited, 0 for a new variant.

    The day of publication stays that of the first version, the day of the update becomes today's where title or text
    changed (HC11). Raises ArticleInvalid, and ArticleChanged if `base` is not the present version any more.
    """
    article = checked_article(article)
    variant = find_variant(db, article.slug, article.language, article.region)
    if base is not None and base != (variant.number if variant else 0):
        raise ArticleChanged("Somebody else saved this article while you were editing it. Look at theirs first.")
    return _write(db, article, variant, actor=actor)


def import_articles(db: WriteSession, articles: Iterable[Article], *, actor: str, overwrite: bool = False) -> Imported:
    """Save articles that came as files. A variant that staff edited since its last import is kept unless `overwrite`.

    Raises ArticleInvalid.
    """
    saved, kept, unchanged = [], [], 0
    for article in map(checked_article, articles):
        digest = sha256_hex(canonical_json([article.kind, article.section, article.title, article.body]))
        variant = find_variant(db, article.slug, article.language, article.region)
        if variant is not None and variant.imported == digest and not overwrite:
            unchanged += 1
        elif variant is not None and not overwrite and _edited_since_import(db, variant):
            kept.append(article.key)
        else:
            written = _write(db, article, variant, actor=actor, updated_in_file=True)
            written.imported = digest
            saved.append(article.key)
    db.flush()
    return Imported(tuple(saved), unchanged, tuple(kept))


def set_shown(db: WriteSession, variant_id: str, *, shown: bool, actor: str) -> None:
    """Hide a variant from readers, or show it again. Raises ArticleMissing."""
    article, variant = get_variant(db, variant_id)
    if variant.shown != shown:
        variant.shown = shown
        _note_version(db, variant, actor)
        _changed(db, article.slug)
        action = "help.shown" if shown else "help.hidden"
        audit(db, actor=actor, action=action, subject=variant.id, details={"slug": article.slug})


def restore_version(db: WriteSession, variant_id: str, number: int, *, actor: str) -> HelpVariant:
    """Make an old version the newest again. Raises ArticleMissing."""
    article, variant = get_variant(db, variant_id)
    old = get_version(db, variant_id, number)
    restored = article_from(
        article.slug,
        article.language,
        article.region,
        article.kind,
        article.section,
        old.title,
        article.published,
        article.updated,
        old.body,
    )
    return _write(db, restored, variant, actor=actor)


def count_view(db: WriteSession, slug: str, reader: str, *, known_as: Sequence[str] = ()) -> bool:
    """Count that `reader` (a keyed hash) reads an article: once a day (HC10). True if it was counted.

    `known_as` are other names that the same reader will come back under today. The row of the count is locked only by
    who adds to it, so no count is lost, whatever comes at once.
    """
    today = db.now.date()
    counts = _insert(db, HelpView, slug=slug, day=today, reader=reader)
    for name in known_as:
        _insert(db, HelpView, slug=slug, day=today, reader=name)
    if not counts:
        return False
    _insert(db, HelpViewCount, slug=slug, count=0)
    total: int = db.scalars(
        update(HelpViewCount)
        .where(HelpViewCount.slug == slug)
        .values(count=HelpViewCount.count + 1)
        .returning(HelpViewCount.count)
        .execution_options(synchronize_session=False)
    ).one()
    if total % FORGET_EVERY == 0:
        old = today - timedelta(days=DAYS_KEPT)
        gone = delete(HelpView).where(HelpView.slug == slug, HelpView.day < old)
        db.execute(gone.execution_options(synchronize_session=False))
    return True


def vote(
    db: WriteSession, slug: str, reader: str, *, helped: bool, reason: Unhelpful | None = None, comment: str = ""
) -> None:
    """Note whether an article helped a reader; a later vote of the same reader replaces it (HC9).

    Raises ArticleMissing.
    """
    if db.get(HelpArticle, slug) is None:
        raise ArticleMissing("There is no such article.")
    _insert(db, HelpVote, slug=slug, reader=reader, helped=helped, reason=None, comment=None, at=db.now)
    said = comment.strip()[:COMMENT_CHARS_MAX]
    row = db.get(HelpVote, (slug, reader), with_for_update=True, populate_existing=True)
    if row is None:
        raise ArticleMissing("The article was taken away.")
    row.helped, row.at = helped, db.now
    row.reason = reason.value if reason and not helped else None
    row.comment = seal_json(db, HOUSE, said, COMMENT) if said else None
    db.flush()


def checked_article(article: Article) -> Article:
    """The article, if all that it says and shows can be shown. Raises ArticleInvalid."""
    if unknown := sorted(set(pictures_in(article.body)) - picture_names()):
        raise ArticleInvalid(f"There is no picture {unknown[0]}.", pictures=unknown)
    if foreign := images_in(article.body):
        raise ArticleInvalid("Only drawn examples can be shown (picture:name).", pictures=foreign)
    return article_from(
        article.slug,
        article.language,
        article.region,
        article.kind,
        article.section,
        article.title,
        article.published,
        article.updated,
        article.body,
    )


def _write(
    db: WriteSession,
    article: Article,
    variant: HelpVariant | None,
    *,
    actor: str,
    updated_in_file: bool = False,
) -> HelpVariant:
    number = _changed(db, article.slug, kind=article.kind.value, section=article.section)
    today = db.now.date()
    if variant is None:
        variant = HelpVariant(
            id=new_id("hlp"),
            slug=article.slug,
            language=article.language,
            region=article.region,
            number=0,
            title="",
            body="",
            published=article.published if updated_in_file else today,
            updated=article.updated if updated_in_file else today,
            shown=True,
        )
        db.add(variant)
    elif (variant.title, variant.body) != (article.title, article.body):
        variant.updated = max(article.updated, variant.updated) if updated_in_file else today
    if not variant.number or (variant.title, variant.body) != (article.title, article.body):
        variant.title, variant.body = article.title, article.body
        _note_version(db, variant, actor)
    details = {"slug": article.slug, "version": variant.number, "generation": number}
    audit(db, actor=actor, action="help.saved", subject=variant.id, details=details)
    return variant


def _note_version(db: WriteSession, variant: HelpVariant, actor: str) -> None:
    variant.number += 1
    db.flush()
    db.add(
        HelpVersion(
            variant_id=variant.id,
            number=variant.number,
            title=variant.title,
            body=variant.body,
            shown=variant.shown,
            actor=actor,
            at=db.now,
        )
    )
    db.flush()


def _edited_since_import(db: WriteSession, variant: HelpVariant) -> bool:
    if variant.imported is None:
        return True
    article, _ = get_variant(db, variant.id)
    present = sha256_hex(canonical_json([article.kind, article.section, article.title, article.body]))
    return present != variant.imported


def _changed(db: WriteSession, slug: str, *, kind: str = "", section: str = "") -> int:
    """Note that an article changed. The row of the generation is locked first: generations are seen in their order."""
    _insert(db, HelpGeneration, id=1, number=0)
    number: int = db.scalars(
        update(HelpGeneration)
        .where(HelpGeneration.id == 1)
        .values(number=HelpGeneration.number + 1)
        .returning(HelpGeneration.number)
        .execution_options(synchronize_session=False)
    ).one()
    article = db.get(HelpArticle, slug)
    if article is None:
        db.add(HelpArticle(slug=slug, kind=kind, section=section, changed_in=number))
    else:
        article.kind, article.section, article.changed_in = kind or article.kind, section or article.section, number
    db.flush()
    return number


def _insert(db: WriteSession, model: type[Model], **values: Any) -> bool:  # noqa: ANN401 - whatever the columns hold
    """Insert a row unless it is there. True if it was not."""
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.connection().dialect.name]
    keys = inspect(model).primary_key
    statement = insert(model).values(**values).on_conflict_do_nothing().returning(*keys)
    made: Any = db.execute(statement.execution_options(synchronize_session=False))
    return made.first() is not None
