"""Run topics over a folder of labelled public pictures, or over drawn ones, on all cores."""

import os
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

from fourcorners.evaluation import drawn
from fourcorners.evaluation.kept import KeptRows
from fourcorners.evaluation.topic import Item, Row, TopicResult
from fourcorners.kit.errors import Refusal
from fourcorners.specimens import CaptureKind

__all__ = ["DRAWN", "DRAWN_COUNT", "TOPICS", "EvaluationRefused", "evaluate", "evaluate_drawn"]

TOPICS = (
    "mrz",
    "mrz_drawn",
    "outline",
    "outlines_drawn",
    "pages_drawn",
    "screenshots_drawn",
    "originality",
    "documents",
    "printed",
    "barcodes",
    "barcodes_drawn",
    "aamva",
    "faces",
    "masks",
    "liveness",
    "addresses",
    "papers_drawn",
    "institution_papers",
    "clips",
    "selfies_drawn",
    "help_search",
)

DRAWN = ("attacks", "leave_one_out", "checks_drawn", "corners_drawn")
"""Topics told from one pass over the pictures of `drawn.items`."""
DRAWN_COUNT = 8
"""Pictures of each kind: about three minutes on two cores."""

Progress = Callable[[str, int, int], None]


class EvaluationRefused(Refusal):
    """The folder holds no labels, or a topic is unknown."""

    code = "evaluation_refused"


def evaluate(
    root: Path | None,
    topics: Sequence[str] | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> list[TopicResult]:
    """Measure `topics` on `root`; left out: every topic whose labels are there.

    Topics that draw their own pictures run only when they are named, and need no `root`. `progress(topic, done, of)`
    is called after every example. Raises EvaluationRefused.
    """
    if unknown := set(topics or ()) - set(TOPICS):
        raise EvaluationRefused(f"There is no topic {', '.join(sorted(unknown))}; there are {', '.join(TOPICS)}.")
    modules = [module for module in map(_module, topics or TOPICS) if _can_run(module, root, named=bool(topics))]
    if not modules:
        raise EvaluationRefused(f"{root} holds no labels of these topics (looked in its folder `labels`).")
    results = []
    with _pool(workers) as pool:
        for module in modules:
            items = module.items(root)
            rows = _rows(pool, partial(_measure, module.NAME, root), items, module.NAME, progress)
            results.append(_result(module, items, rows))
    return results


def evaluate_drawn(
    count: int = DRAWN_COUNT,
    workers: int | None = None,
    progress: Progress | None = None,
    kinds: Collection[str] = (),
    megapixels: float | None = None,
    keep: Path | None = None,
) -> list[TopicResult]:
    """Measure on held-out pictures drawn on the spot, `count` of each kind of capture (see `drawn.items`).

    Only of `kinds`, if any are named; of so many `megapixels` instead of 2 to 3, where given. What is measured is kept
    in the file `keep`, if one is named, and a run that was stopped goes on from there. Raises EvaluationRefused for a
    kind that is none, KeptRefused for rows of another run.
    """
    if unknown := set(kinds) - {kind.value for kind in CaptureKind}:
        known = ", ".join(kind.value for kind in CaptureKind)
        raise EvaluationRefused(f"There is no kind of capture {', '.join(sorted(unknown))}; there are {known}.")
    items = drawn.items(count, kinds, sizes=drawn.sizes_of(megapixels))
    kept = None if keep is None else KeptRows(keep, items)
    before: dict[int, Row] = {} if kept is None else kept.rows
    wanted = [number for number in range(len(items)) if number not in before]
    rows = dict(before)
    with _pool(workers) as pool:
        for number, row in zip(wanted, pool.map(drawn.judge, [items[n] for n in wanted]), strict=True):
            rows[number] = row
            if kept is not None:
                kept.add(number, row)
            if progress:
                progress("drawn", len(rows), len(items))
    told = [rows[number] for number in range(len(items))]
    return [_result(_module(name), items, told) for name in DRAWN]


def _can_run(module: ModuleType, root: Path | None, *, named: bool) -> bool:
    if not module.LABELS:
        return named
    return root is not None and all((root / "labels" / file).is_file() for file in module.LABELS)


def _pool(workers: int | None) -> ProcessPoolExecutor:
    # A spawned worker starts clean: a forked one would inherit the networks' thread pools half-way.
    return ProcessPoolExecutor(workers or os.cpu_count(), mp_context=get_context("spawn"), initializer=_one_thread)


def _rows(
    pool: ProcessPoolExecutor,
    work: Callable[[Item], Row],
    items: Sequence[Item],
    topic: str,
    progress: Progress | None,
) -> list[Row]:
    rows: list[Row] = []
    for row in pool.map(work, items, chunksize=2):
        rows.append(row)
        if progress:
            progress(topic, len(rows), len(items))
    return rows


def _result(module: ModuleType, items: Sequence[Item], rows: Sequence[Row]) -> TopicResult:
    measures, wrong = module.summarise(items, rows)
    measures = [m for m in measures if m.trials != 0]  # a share of nothing is no figure
    return TopicResult(module.NAME, module.ABOUT, len(items), tuple(measures), tuple(wrong))


def _module(name: str) -> ModuleType:
    return import_module(f"fourcorners.evaluation.topics.{name}")


def _measure(topic: str, root: Path | None, item: Item) -> Row:
    try:
        row: Row = _module(topic).measure(root, item)
    except Refusal as refusal:
        return {"error": refusal.code}
    return row


def _one_thread() -> None:
    import cv2  # only a worker pays for it

    cv2.setNumThreads(1)
