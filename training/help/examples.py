"""What the model of questions learns from: written queries, the articles themselves, and word lists put together.

`queries/ours_LANGUAGE*.txt` and `queries/others_LANGUAGE*.txt` hold one query a line, below the article or the subject
that it was written for.
"""

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fourcorners.evaluation.topics.help_search import queries
from fourcorners.help.article import shipped
from fourcorners.help.language import LANGUAGES, sentences, terms_of, words
from fourcorners.help.language.phrases import UNSPACED, phrase_words, phrases_of
from fourcorners.help.language.subjects import listed_subjects
from fourcorners.help.reading import blocks
from fourcorners.help.search.prepared import prepare

__all__ = ["Example", "examples", "retold", "written"]

FOLDER = Path(__file__).parent / "queries"
MISTYPED = 0.25
"""The share of the written queries that is there again with a slip."""
TYPED_RIGHT = 6
"""Words of fewer letters have none."""
SLIPPED = 4
"""Words of fewer letters have none in what is retold."""
BEFORE = 0.6
"""How often a plea stands before a query and not after it."""
RETOLD_COUNTS = 0.4
COMBINED = 600
"""So many queries of two words are put together from the lists of a language, for each of the two answers."""


@dataclass(frozen=True, slots=True)
class Example:
    """`ours`: should it be answered? `weight` is how much it counts; `source` tells where it comes from.

    `batch` says when and how a written one was written: it is in the name of the file, behind the language. `article`
    is the slug of the article that answers, where that is known.
    """

    text: str
    language: str
    ours: bool
    weight: float
    source: str
    batch: str = ""
    article: str = ""


def examples(seed: int) -> list[Example]:
    """All of them, each once, in an order that does not depend on anything."""
    rng = random.Random(seed)  # noqa: S311 - nothing here is secret
    found: dict[tuple[str, str], Example] = {}
    known = [*written(), *_tuning(), *_articles(), *_listed(), *_combined(rng)]
    for example in (*known, *_mistyped(rng, known)):
        found.setdefault((example.language, example.text.casefold()), example)
    return list(found.values())


def written() -> Iterator[Example]:
    """The queries of this folder."""
    slugs = {article.slug for article in shipped()}
    for path in sorted(FOLDER.glob("*.txt")):
        side, language, *rest = path.stem.split("_")
        batch = rest[0] if rest and rest[0].isalpha() else "first"
        about = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                about = line.strip("[]") if line.strip("[]") in slugs else ""
            elif line.strip():
                yield Example(line.strip(), language, side == "ours", 1.0, "written", batch, about)


def _tuning() -> Iterator[Example]:
    """The half of the judged queries that may be looked at."""
    for item in queries("tuning"):
        best = max(item["relevant"], key=item["relevant"].__getitem__, default="")
        yield Example(item["query"], item["language"], bool(item["relevant"]), 1.0, "tuning", article=best)


def _articles() -> Iterator[Example]:
    for article in shipped():
        yield Example(article.title, article.language, True, 1.0, "article", article=article.slug)
        for block in blocks(article.body):
            if block.heading:
                yield Example(block.text, article.language, True, 1.0, "article", article=article.slug)
                continue
            for start, end in sentences(block.text, article.language):
                yield Example(block.text[start:end], article.language, True, 0.3, "article", article=article.slug)


def _listed() -> Iterator[Example]:
    for language in LANGUAGES:
        yield from (Example(phrase, language, True, 0.5, "list") for phrase in phrases_of(language))
        yield from (Example(word, language, False, 0.5, "list") for word in _others(language))


def _combined(rng: random.Random) -> Iterator[Example]:
    """Words of ours beside words of another subject are about that; beside words of our questions they are ours."""
    for language in LANGUAGES:
        ours, others, table = sorted(phrases_of(language)), _others(language), _table(language)
        beside_others, beside_ours = (_parts(table[key]) for key in ("others_beside", "ours_beside"))
        gap = "" if language in UNSPACED and language != "ko" else " "
        for number in range(COMBINED):
            for beside, right in ((others, False), (beside_others, False), (beside_ours, True)):
                pair = [rng.choice(ours), rng.choice(beside)]
                rng.shuffle(pair)
                yield Example(gap.join(pair), language, right, 0.2, "combined")
            if number % 2:
                yield Example(gap.join(rng.sample(ours, 2)), language, True, 0.1, "combined")


def _mistyped(rng: random.Random, known: list[Example]) -> Iterator[Example]:
    """Some of the written queries again, with a slip in their longest word."""
    for example in known:
        word = max(example.text.split(), key=len)
        if example.source == "written" and len(word) >= TYPED_RIGHT and rng.random() < MISTYPED:
            yield replace(example, text=_with_slip(rng, example.text, word), weight=0.3, source="mistyped", batch="")


def _with_slip(rng: random.Random, text: str, word: str) -> str:
    """Two letters of a word swapped, or one left out, doubled or wrong."""
    at = rng.randrange(1, len(word) - 2)
    wrong = rng.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + rng.choice(word) + word[at + 1 :],
        )
    )
    return text.replace(word, wrong, 1)


def retold(known: Sequence[Example], seed: int) -> list[tuple[int, Example]]:
    """The written queries as others may put them: with a greeting or a plea, and once more with a slip in any word.

    Each with the number of the one that it was made of. They are as much ours as it is.
    """
    rng = random.Random(seed)  # noqa: S311 - nothing here is secret
    found = []
    for number, example in enumerate(known):
        if example.source != "written":
            continue
        table = _table(example.language)
        gap = "" if example.language in UNSPACED and example.language != "ko" else " "
        before = rng.random() < BEFORE
        said = rng.choice(_parts(table["before" if before else "after"]))
        texts = [f"{said}{gap}{example.text}" if before else f"{example.text}{gap}{said}"]
        long = [word for word in example.text.split() if len(word) >= SLIPPED]
        texts += [_with_slip(rng, example.text, rng.choice(long))] if long else []
        for text in texts:
            again = replace(example, text=text, weight=RETOLD_COUNTS * example.weight, source="retold", batch="")
            found.append((number, again))
    return found


def _others(language: str) -> list[str]:
    """Words of other subjects that no article of the language has."""
    listed = [*listed_subjects(language), *_table(language)["others"].split()]
    used = {term for article in shipped() if article.language == language for term in prepare(article)[0].terms}
    used |= {term for word in phrase_words(language) for term in terms_of(word, language)}
    found = {word: {t for w in words(word, language) for t in terms_of(w.text, language)} for word in listed}
    return [word for word, terms in found.items() if terms.isdisjoint(used)]


def _table(language: str) -> dict[str, str]:
    return tomllib.loads((FOLDER.parent / "words" / f"{language}.toml").read_text(encoding="utf-8"))


def _parts(listed: str) -> list[str]:
    return [part.strip() for part in listed.replace("\n", " ").split(",")]
