"""Run topics over a folder of labelled public pictures, on all cores."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

from fourcorners.evaluation.topic import Item, Row, TopicResult
from fourcorners.kit.errors import Refusal

__all__ = ["TOPICS", "EvaluationRefused", "evaluate"]

TOPICS = (
    "mrz",
    "mrz_drawn",
    "outline",
    "originality",
    "documents",
    "printed",
    "barcodes",
    "aamva",
    "faces",
    "masks",
    "liveness",
)

Progress = Callable[[str, int, int], None]


class EvaluationRefused(Refusal):
    """The folder holds no labels, or a topic is unknown."""

    code = "evaluation_refused"


def evaluate(
    root: Path, topics: Sequence[str] = TOPICS, workers: int | None = None, progress: Progress | None = None
) -> list[TopicResult]:
    """Measure `topics` on `root`. Topics whose labels are not there are left out; some draw their pictures themselves.

    `progress(topic, done, of)` is called after every example. Raises EvaluationRefused.
    """
    if unknown := set(topics) - set(TOPICS):
        raise EvaluationRefused(f"There is no topic {', '.join(sorted(unknown))}; there are {', '.join(TOPICS)}.")
    asked = [_module(name) for name in topics]
    modules = [m for m in asked if all((root / "labels" / f).is_file() for f in m.LABELS)]
    if any(m.LABELS for m in asked) and not any(m.LABELS for m in modules):
        raise EvaluationRefused(f"{root} holds no labels of these topics (looked in {root / 'labels'}).")
    results = []
    # A spawned worker starts clean: a forked one would inherit the networks' thread pools half-way.
    with ProcessPoolExecutor(
        workers or os.cpu_count(), mp_context=get_context("spawn"), initializer=_one_thread
    ) as pool:
        for module in modules:
            items = module.items(root)
            rows: list[Row] = []
            jobs = pool.map(_measure, [module.NAME] * len(items), [root] * len(items), items, chunksize=2)
            for row in jobs:
                rows.append(row)
                if progress:
                    progress(module.NAME, len(rows), len(items))
            measures, wrong = module.summarise(items, rows)
            results.append(TopicResult(module.NAME, module.ABOUT, len(items), tuple(measures), tuple(wrong)))
    return results


def _module(name: str) -> ModuleType:
    return import_module(f"fourcorners.evaluation.topics.{name}")


def _measure(topic: str, root: Path, item: Item) -> Row:
    try:
        row: Row = _module(topic).measure(root, item)
    except Refusal as refusal:
        return {"error": refusal.code}
    return row


def _one_thread() -> None:
    import cv2  # only a worker pays for it

    cv2.setNumThreads(1)
