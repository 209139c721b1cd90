"""The index that a process searches, kept in step with the database: the next search finds an edit, everywhere."""

from threading import Lock

from fourcorners.help.article import Article, best_variant
from fourcorners.help.queries import generation, list_articles_changed_after
from fourcorners.help.search import SearchIndex
from fourcorners.infra.db import Database

__all__ = ["LiveIndex"]


class LiveIndex:
    """`index()` is the articles as they are now: it compares one number with the database's, and reads what changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._index: SearchIndex | None = None
        self._generation = 0

    def index(self) -> SearchIndex:
        """The index, brought up to date first. Raises Busy, StoreUnavailable."""
        with self._database.read() as db:
            number = generation(db)
            if self._index is not None and number == self._generation:
                return self._index
            with self._lock:
                return self._renewed(number, list_articles_changed_after(db, self._generation))

    def _renewed(self, number: int, changed: dict[str, list[Article]]) -> SearchIndex:
        if self._index is None:
            self._index = SearchIndex(variant for variants in changed.values() for variant in variants)
        else:
            for slug, variants in changed.items():
                self._index.replace(slug, variants)
            self._index.commit()
        self._generation = max(number, self._generation)
        return self._index

    def find(self, slug: str, language: str, region: str) -> Article | None:
        """The variant of an article that a reader sees."""
        return best_variant(self.index().variants(slug), language, region)
