"""The help centre's search on judged queries: are the right articles first, and is it said when none fits?

`help_queries.jsonl` was written down by us: short questions, mistyped ones, long ones, ones in eleven other languages,
and ones that no article answers. Relevance is 3 for the article that answers, 2 and 1 for others that help. The part
named `tuning` may be looked at to improve the search; `evaluation` is measured only. The part `sealed`
(`help_queries_sealed.jsonl`) was put aside before the model was trained that tells which questions are answered. The
part `voices` (`help_queries_voices.jsonl`) was written after all training queries, each as if by somebody else: `voice`
says by whom. The part `strangers` (`help_queries_strangers.jsonl`) was written by somebody who had read the articles
only, and was asked when all was done.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from json import loads
from math import log2
from pathlib import Path

from fourcorners.evaluation.topic import Item, Measure, Row, share
from fourcorners.help.article import shipped
from fourcorners.help.search import SearchIndex

__all__ = ["ABOUT", "LABELS", "NAME", "SPLITS", "items", "measure", "ndcg", "queries", "summarise"]

NAME = "help_search"
ABOUT = "the help centre's search: judged queries against the articles of this package"
LABELS: tuple[str, ...] = ()

RANKS = 10
UNANSWERABLE = "nothing"
PUT_ASIDE = ("sealed", "voices", "strangers")
"""Parts that were not asked while anything was chosen."""

FILES = {
    "tuning": "help_queries.jsonl",
    "evaluation": "help_queries.jsonl",
    "sealed": "help_queries_sealed.jsonl",
    "voices": "help_queries_voices.jsonl",
    "strangers": "help_queries_strangers.jsonl",
}
SPLITS = tuple(FILES)


def queries(split: str) -> list[Item]:
    """The judged queries of one part, see above."""
    lines = files(__package__).joinpath(FILES[split]).read_text(encoding="utf-8").splitlines()
    return [query for query in map(loads, lines) if query["split"] == split]


def items(root: Path | None) -> list[Item]:
    """The queries that nothing was tuned on."""
    return [query for split in ("evaluation", *PUT_ASIDE) for query in queries(split)]


@cache
def _index() -> SearchIndex:
    return SearchIndex(shipped())


def measure(root: Path | None, item: Item) -> Row:
    """Ask one query."""
    results = _index().search(item["query"], item["language"])
    return {
        "answered": results.answered,
        "ndcg": ndcg([hit.slug for hit in results.hits], item["relevant"]) if item["relevant"] else None,
        "first": results.hits[0].slug if results.hits else None,
        "matched": sum(hit.matched for hit in results.hits),
        "shown": sum(hit.shown for hit in results.hits),
    }


def ndcg(ranked: Sequence[str], relevant: dict[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen 2002), gains 2^relevance - 1."""
    found = sum((2 ** relevant.get(slug, 0) - 1) / log2(rank + 2) for rank, slug in enumerate(ranked[:RANKS]))
    best = sorted(relevant.values(), reverse=True)[:RANKS]
    ideal = sum((2**grade - 1) / log2(rank + 2) for rank, grade in enumerate(best))
    return float(found / ideal)


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """nDCG@10 of all and of each sort of query, refusals right and wrong, and how much of a match snippets show."""
    every = list(zip(items, rows, strict=True))
    pairs = [(i, r) for i, r in every if i["split"] not in PUT_ASIDE]
    answerable = [(i, r) for i, r in pairs if i["kind"] != UNANSWERABLE]
    others = [(i, r) for i, r in pairs if i["kind"] == UNANSWERABLE]
    measures = [_mean("nDCG@10", answerable)]
    kinds = dict.fromkeys(i["kind"] for i, _ in answerable)
    measures += [_mean(f"nDCG@10: {kind}", [(i, r) for i, r in answerable if i["kind"] == kind]) for kind in kinds]
    refused = [r for _, r in others if not r["answered"]]
    lost = [(i, r) for i, r in answerable if not r["answered"]]
    measures.append(share("out of domain, refused", len(refused), len(others)))
    measures.append(share("answerable, refused", len(lost), len(answerable)))
    for split in PUT_ASIDE:
        measures += _put_aside(split, [(i, r) for i, r in every if i["split"] == split])
    shown, matched = sum(r["shown"] for r in rows), sum(r["matched"] for r in rows)
    measures.append(share("matched words shown in snippets", shown, matched))
    wrong = [f"{i['query']!r} was refused" for i, _ in lost]
    wrong += [f"{i['query']!r} was answered with {r['first']}" for i, r in others if r["answered"]]
    wrong += [f"{i['query']!r} found {r['first']} first" for i, r in answerable if r["answered"] and r["ndcg"] < 0.5]
    return measures, wrong


def _put_aside(split: str, pairs: Sequence[tuple[Item, Row]]) -> list[Measure]:
    """The same of a part that was put aside; `hard` are those that use words of ours."""
    ours = [(i, r) for i, r in pairs if i["kind"] != UNANSWERABLE]
    refused = [(i, not r["answered"]) for i, r in pairs if i["kind"] == UNANSWERABLE]
    hard = [was for i, was in refused if i.get("hard")]
    measures = [
        _mean(f"{split}: nDCG@10", ours),
        share(f"{split}: out of domain, refused", sum(was for _, was in refused), len(refused)),
        share(f"{split}: answerable, refused", sum(not r["answered"] for _, r in ours), len(ours)),
    ]
    return [*measures, *([share(f"{split}: out of domain, hard, refused", sum(hard), len(hard))] if hard else [])]


def _mean(name: str, pairs: Sequence[tuple[Item, Row]]) -> Measure:
    values = [row["ndcg"] for _, row in pairs]
    return Measure(name, sum(values) / len(values) if values else 0.0, f"mean of {len(values)} queries")
