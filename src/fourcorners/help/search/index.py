"""The index: articles of all languages in memory, searched by tantivy, kept in step by replacing whole articles.

The database is the truth; an index is made from it and can be thrown away. A commit swaps what is searched in one step:
a search sees all of an edit or nothing of it.
"""

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Any

import tantivy
from tantivy import Occur, Query

from fourcorners.help.article import Article, Kind, best_variant
from fourcorners.help.language import LANGUAGES, Vocabulary
from fourcorners.help.language.phrases import phrase_words
from fourcorners.help.search.about import shipped_model
from fourcorners.help.search.answered import Evidence, evidence_of, is_answered
from fourcorners.help.search.meaning import understood
from fourcorners.help.search.prepared import Prepared, marks_of, prepare, terms_of_its_own
from fourcorners.help.search.question import Question, Reading, Unit, read_question
from fourcorners.help.search.results import PAGE_SIZE, Hit, Results
from fourcorners.help.search.snippets import cut, marked
from fourcorners.help.search.stored import Kept, article_document, article_schema
from fourcorners.help.search.weights import Weights, shipped_weights

__all__ = ["SearchIndex"]

WRITER_BYTES = 64_000_000
JUDGED = 5
"""So many of the best hits are looked at to tell whether the question is answered."""
NEAR_SIZE = 5
"""So many articles are named that use some of the words of a question which none answers."""
EMPTY: Mapping[str, float] = {}
SIMILAR_TERMS = 12
"""So many of an article's most telling terms find the articles like it."""


class SearchIndex:
    """All variants of all articles. `replace` and `commit` are for one thread at a time, `search` is for all."""

    def __init__(self, articles: Iterable[Article] = (), weights: Weights | None = None) -> None:
        self._weights = weights or shipped_weights()
        self._schema = article_schema()
        self._index = tantivy.Index(self._schema)
        self._writer = self._index.writer(WRITER_BYTES, 1)
        self._lock = Lock()
        self._kept: dict[int, Kept] = {}
        self._numbers: dict[str, tuple[int, ...]] = {}
        self._counter = itertools.count()
        self._leaving: list[int] = []
        self._replaced: list[int] = []
        self._vocabularies = {language: Vocabulary() for language in LANGUAGES}
        for language, vocabulary in self._vocabularies.items():
            vocabulary.add(phrase_words(language))
        self._frequency: Counter[str] = Counter()
        self._news: Counter[str] = Counter()
        self._known: set[str] = set()
        self._seen: Counter[str] = Counter()
        self._count = 0
        self._regions: frozenset[str] = frozenset({""})
        by_slug: dict[str, list[Article]] = defaultdict(list)
        for article in articles:
            by_slug[article.slug].append(article)
        self._regions = frozenset({"", *(v.region for found in by_slug.values() for v in found)})
        for slug, variants in by_slug.items():
            self.replace(slug, variants)
        self.commit()

    def __len__(self) -> int:
        return len(self._numbers)

    def replace(self, slug: str, variants: Sequence[Article]) -> None:
        """Put these variants of an article in the place of those that are there; none: take the article away."""
        self._writer.delete_documents_by_term("slug", slug)
        regions = self._regions | {variant.region for variant in variants}
        if regions != self._regions:
            self._regions = regions
            for other in list(self._numbers):
                if other != slug:
                    self._writer.delete_documents_by_term("slug", other)
                    self._add(other, self.variants(other))
        self._add(slug, variants)

    def _add(self, slug: str, variants: Sequence[Article]) -> None:
        audiences: dict[str, list[str]] = defaultdict(list)
        for language in LANGUAGES:
            for region in self._regions:
                best = best_variant(variants, language, region)
                if best:
                    audiences[best.key].append(f"{language}|{region}")
        added: dict[int, Kept] = {}
        for variant in variants:
            parts, fields = prepare(variant)
            number = next(self._counter)
            own = terms_of_its_own(variant, parts.terms)
            added[number] = Kept(variant, parts, own, tuple(audiences[variant.key]))
            self._writer.add_document(article_document(number, added[number], fields))
        with self._lock:
            self._take_away(slug)
            self._kept.update(added)
            if added:
                self._numbers[slug] = tuple(added)
            for kept in added.values():
                self._vocabularies[kept.article.language].add(kept.parts.vocabulary)
                self._frequency.update(kept.parts.terms)
                self._news.update(kept.own)
                self._seen.update(kept.audience)
            self._count += len(added)
            if any(not kept.own for kept in added.values()):
                self._known.add(slug)

    def _take_away(self, slug: str) -> None:
        """Forget an article, but for what searches need that have begun."""
        for number in self._numbers.pop(slug, ()):
            kept = self._kept[number]
            self._vocabularies[kept.article.language].take_away(kept.parts.vocabulary)
            self._frequency.subtract(kept.parts.terms)
            self._news.subtract(kept.own)
            self._seen.subtract(kept.audience)
            self._count -= 1
            self._replaced.append(number)
        self._known.discard(slug)

    def commit(self) -> None:
        """Let searches see what was replaced. What this takes from them is kept until the next time."""
        self._writer.commit()
        self._index.reload()
        with self._lock:
            for number in self._leaving:
                del self._kept[number]
            self._leaving, self._replaced = self._replaced, []

    def question(self, term: str, language: str) -> Question:
        """What `term` means to a reader of `language`."""
        with self._lock:
            return read_question(term, language, self._vocabularies, lambda t: self._frequency[t] > 0, self._weights)

    def search(
        self, term: str, language: str = "en", region: str = "", kind: Kind | None = None, page: int = 1
    ) -> Results:
        """One page of the articles that answer to `term`, as a reader of that language and region sees them.

        `page` counts from 1; one beyond the end gives the last.
        """
        question = self.question(term, language)
        searcher = self._index.searcher()
        sentence = self._sentence(question)
        meant = self._meant(sentence)
        query = self._query(question, meant)
        nothing = dict.fromkeys((None, *Kind), 0)
        if query is None:
            return Results(question.text, kind, 1, nothing, (), answered=False, mended=question.mended)
        audience = self._for(query, language, region)
        best = self._found(searcher, audience, 0, PAGE_SIZE)
        evidence = _evidence(question, best)
        if not is_answered(question, evidence, shipped_model(), self._weights.answer, sentence):
            near = _shown(best[:NEAR_SIZE], question)
            return Results(question.text, kind, 1, nothing, (), answered=False, mended=question.mended, near=near)
        counts = _counts(searcher, self._for(self._matching(question, meant), language, region))
        page = max(1, min(page, -(-counts[kind] // PAGE_SIZE)))
        if kind is not None or page > 1:
            wanted = audience if kind is None else self._only(audience, kind)
            best = self._found(searcher, wanted, (page - 1) * PAGE_SIZE, PAGE_SIZE)
        hits = _shown(best, question)
        return Results(question.text, kind, page, counts, hits, answered=True, mended=question.mended)

    def variants(self, slug: str) -> tuple[Article, ...]:
        """All variants of an article; none if there is no such article."""
        with self._lock:
            return self._articles(self._numbers.get(slug, ()))

    def _articles(self, numbers: Iterable[int]) -> tuple[Article, ...]:
        return tuple(self._kept[number].article for number in numbers)

    def seen(self, language: str, region: str) -> list[Article]:
        """What a reader of that language and region sees of every article, the newest publication first."""
        with self._lock:
            known = [self._articles(numbers) for numbers in self._numbers.values()]
        found = [best for variants in known if (best := best_variant(variants, language, region))]
        return sorted(found, key=lambda article: (-article.published.toordinal(), article.slug))

    def similar(self, slug: str, language: str = "en", region: str = "", count: int = 5) -> list[Article]:
        """Articles like this one: of its section first, then by the terms that tell it from others (HC9)."""
        article = best_variant(self.variants(slug), language, region)
        if article is None:
            return []
        _, fields = prepare(article)
        weights = Counter(f"{fields.title} {fields.title} {fields.headings} {fields.body}".split())
        searcher = self._index.searcher()
        telling = sorted(weights, key=lambda t: (-weights[t] * self._rarity(t), t))[:SIMILAR_TERMS]
        slots = tuple((term,) for term in telling)
        query = self._reading_query(searcher, Reading(slots, 1.0))
        if query is None:
            return []
        found = self._found(searcher, self._for(query, language, region), 0, 4 * count + 1)
        others = [kept.article for _, kept in found if kept.article.slug != slug]
        return sorted(others, key=lambda other: other.section != article.section)[:count]

    def evidence(self, question: Question, language: str = "en", region: str = "") -> list[Evidence]:
        """How the best articles answer to a question, the best first: what `answered.py` decides on."""
        query = self._query(question)
        if query is None:
            return []
        found = self._found(self._index.searcher(), self._for(query, language, region), 0, JUDGED)
        return _evidence(question, found)

    def _sentence(self, question: Question) -> str:
        """What of a question can be understood: all but the words that only the operator's own articles have."""
        own = {n for n, unit in enumerate(question.units) if self._is_news(unit)}
        return "" if len(own) == len(question.units) else question.taken_without(own)

    def _is_news(self, unit: Unit) -> bool:
        terms = [term for term in unit.terms if self._frequency[term] > 0]
        return bool(terms) and all(self._news[term] == self._frequency[term] for term in terms)

    def _meant(self, sentence: str) -> dict[str, float]:
        """The package's articles that a question is likely about, whatever its words, each with its share of 1."""
        if not (sentence and self._known):
            return {}
        found = understood(sentence).articles
        return {
            slug: share for slug, share in found.items() if slug in self._known and share >= self._weights.meant_min
        }

    def _query(self, question: Question, meant: Mapping[str, float] = EMPTY) -> Query | None:
        """What is searched for, with the words of a question and with the articles that are meant."""
        searcher = self._index.searcher()
        parts = [part for unit in question.units for part in self._unit_queries(searcher, unit)]
        parts += [self._meant_query(searcher, slug, share) for slug, share in meant.items()]
        return _one_of(parts) if parts else None

    def _meant_query(self, searcher: tantivy.Searcher, slug: str, share: float) -> Query:
        """One term like the others, for tantivy leaves out what cannot win only where there are terms alone."""
        rarity = _rarity(searcher.num_docs, searcher.doc_freq("slug", slug))
        return Query.boost_query(self._of_slug(slug), self._weights.meant * share / rarity)

    def _of_slug(self, slug: str) -> Query:
        return Query.term_query(self._schema, "slug", slug, "basic")

    def _matching(self, question: Question, meant: Mapping[str, float]) -> Query:
        """Which articles answer at all, without a score: for counting."""
        alone: set[str] = set()
        parts: list[Query] = []
        for reading in (reading for unit in question.units for reading in unit.readings):
            if reading.together and len(reading.slots) > 1:
                slots = [(Occur.Must, _one_of([self._anywhere(term) for term in slot])) for slot in reading.slots]
                parts.append(Query.boolean_query(slots))
            else:
                alone.update(term for slot in reading.slots for term in slot)
        return _one_of([*parts, *map(self._anywhere, sorted(alone)), *map(self._of_slug, meant)])

    def _anywhere(self, term: str) -> Query:
        return Query.term_query(self._schema, "any", term, "basic")

    def _unit_queries(self, searcher: tantivy.Searcher, unit: Unit) -> list[Query]:
        """Queries whose scores add up to that of a unit: as flat as can be, which is what tantivy searches fastest."""
        rarest = self._rarest(unit)
        slots = [slot for reading in unit.readings for slot in reading.slots]
        if len(slots) == 1:
            known = [term for term in slots[0] if self._frequency[term] > 0]
            if len(known) == 1:
                return self._term_queries(searcher, known[0], unit.weight * unit.readings[0].weight, rarest)
        parts = [self._reading_query(searcher, reading, unit.weight, rarest) for reading in unit.readings]
        best = _any_of([part for part in parts if part is not None], self._weights.tie_share)
        return [] if best is None else [best]

    def _rarity(self, term: str) -> float:
        """How rare a term is among the articles that one reader sees: one variant of each."""
        count = self._frequency[term]
        return _rarity(max(len(self._numbers), count), count)

    def _rarest(self, unit: Unit) -> float:
        """How rare a word of a translated unit may be: no rarer than what it means in English.

        Few articles are written in most languages. A word of theirs would seem to tell more than it does.
        """
        meant = [
            sum(self._rarity(term) for slot in reading.slots for term in slot)
            for reading in unit.readings
            if reading.translated
        ]
        return max(meant, default=math.inf)

    def _reading_query(
        self, searcher: tantivy.Searcher, reading: Reading, weight: float = 1.0, rarest: float = math.inf
    ) -> Query | None:
        weight *= reading.weight
        slots = [
            [self._term_query(searcher, t, weight, rarest) for t in slot if self._frequency[t] > 0]
            for slot in reading.slots
        ]
        parts = [part for slot in slots if (part := _any_of(slot, self._weights.tie_share)) is not None]
        if not parts or (reading.together and len(parts) < len(slots)):
            return None
        return Query.boolean_query([(Occur.Must if reading.together else Occur.Should, part) for part in parts])

    def _term_query(self, searcher: tantivy.Searcher, term: str, weight: float, rarest: float) -> Query:
        return _one_of(self._term_queries(searcher, term, weight, rarest))

    def _term_queries(self, searcher: tantivy.Searcher, term: str, weight: float, rarest: float) -> list[Query]:
        """BM25 of a term in each field, with one rarity for all of them: a word that few titles have is not rare."""
        rarity = min(self._rarity(term), rarest)
        parts = []
        for field, field_weight in self._weights.fields:
            count = searcher.doc_freq(field, term)
            if count:
                boost = weight * field_weight * rarity / _rarity(searcher.num_docs, count)
                found = Query.term_query(self._schema, field, term, "freq")
                parts.append(Query.boost_query(found, boost))
        return parts

    def _for(self, query: Query, language: str, region: str) -> Query:
        """The query, held to what a reader sees; as it is, where everybody sees everything."""
        place = f"{language}|{region if region in self._regions else ''}"
        if self._seen[place] == self._count:
            return query
        seen = Query.const_score_query(Query.term_query(self._schema, "audience", place, "basic"), 0.0)
        return Query.boolean_query([(Occur.Must, seen), (Occur.Must, query)])

    def _only(self, query: Query, kind: Kind) -> Query:
        of_kind = Query.const_score_query(Query.term_query(self._schema, "kind", kind.value, "basic"), 0.0)
        return Query.boolean_query([(Occur.Must, of_kind), (Occur.Must, query)])

    def _found(self, searcher: tantivy.Searcher, query: Query, offset: int, count: int) -> list[tuple[float, Kept]]:
        """Variants `offset` to `offset + count`, best first, ties newest first (HC3)."""
        wanted = offset + count
        limit = wanted + 5
        while True:
            hits = searcher.search(query, limit, count=False).hits
            if len(hits) < limit or hits[-1][0] < hits[wanted - 1][0]:
                break
            limit *= 2  # the tie at the end of the page may go on: the newest of it must be known
        numbers: list[Any] = searcher.fast_field_values("number", [address for _, address in hits])
        # what a number stands for may have gone, two commits after the search began
        pairs = ((score, self._kept.get(number)) for (score, _), number in zip(hits, numbers, strict=True))
        found = [(score, kept) for score, kept in pairs if kept]
        found.sort(key=lambda pair: (-pair[0], -pair[1].article.updated.toordinal()))
        return found[offset:wanted]


def _one_of(parts: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, part) for part in parts])


def _any_of(parts: Sequence[Query], tie_share: float) -> Query | None:
    if len(parts) <= 1:
        return parts[0] if parts else None
    return Query.disjunction_max_query(list(parts), tie_share)


def _rarity(documents: int, count: int) -> float:
    """The inverse document frequency of BM25, as tantivy computes it."""
    return math.log(1 + (documents - count + 0.5) / (count + 0.5))


def _counts(searcher: tantivy.Searcher, query: Query) -> Mapping[Kind | None, int]:
    found = searcher.aggregate(query, {"kinds": {"terms": {"field": "kind"}}})["kinds"]["buckets"]
    by_kind: dict[Kind | None, int] = dict.fromkeys(Kind, 0)
    by_kind.update({Kind(bucket["key"]): int(bucket["doc_count"]) for bucket in found})
    by_kind[None] = sum(by_kind.values())
    return by_kind


def _evidence(question: Question, best: Sequence[tuple[float, Kept]]) -> list[Evidence]:
    return [evidence_of(question, kept.parts.marks, kept.parts.layout, kept.own) for _, kept in best[:JUDGED]]


def _shown(found: Sequence[tuple[float, Kept]], question: Question) -> tuple[Hit, ...]:
    asked = [unit.terms for unit in question.units]
    return tuple(_hit(kept.article, kept.parts, score, asked) for score, kept in found)


def _hit(article: Article, parts: Prepared, score: float, asked: Sequence[frozenset[str]]) -> Hit:
    spans = [marks_of(parts.marks, terms) for terms in asked]
    ordered = sorted({span for places in spans for span in places})
    title_end = len(article.title)
    snippet, shown = cut(parts.text, parts.layout, spans, ordered)
    return Hit(
        slug=article.slug,
        language=article.language,
        region=article.region,
        kind=article.kind,
        section=article.section,
        title=tuple(marked(parts.text, 0, title_end, ordered)),
        snippet=snippet,
        published=article.published,
        updated=article.updated,
        score=score,
        matched=sum(any(start > title_end for start, _ in places) for places in spans),
        shown=shown,
    )
