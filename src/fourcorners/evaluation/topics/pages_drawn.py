"""Made-up papers of the split "evaluation", photographed on desks that nobody has cleared: where the page lies."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from fourcorners.evaluation.topic import Item, Measure, Row, share
from fourcorners.kit.geometry import quad_iou
from fourcorners.specimens.papers import PAPER_KINDS, draw_paper
from fourcorners.specimens.papers.disorder import DISORDERS, photograph_in_disorder
from fourcorners.vision.decode import decode
from fourcorners.vision.outline import find_outline

__all__ = ["ABOUT", "COUNT", "FIRST_SEED", "LABELS", "NAME", "items", "measure", "summarise"]

NAME = "pages_drawn"
ABOUT = "where a page lies, in drawn photos with cables, other sheets and creased edges"
LABELS: tuple[str, ...] = ()

FIRST_SEED = 9_600_000
"""Nothing was trained or tuned on seeds from here on."""
COUNT = 40
"""Photos of each disorder."""
SIZES = ((1080, 1440), (1440, 1080))
IOU_GOOD, IOU_LOST = 0.95, 0.9


def items(root: Path) -> list[Item]:
    """The disorders in turn, each with every kind of paper."""
    del root
    return [
        {
            "disorder": disorder,
            "kind": PAPER_KINDS[turn % len(PAPER_KINDS)],
            "seed": FIRST_SEED + 1000 * number + turn,
            "size": SIZES[turn % 2],
        }
        for number, disorder in enumerate(DISORDERS)
        for turn in range(COUNT)
    ]


def measure(root: Path, item: Item) -> Row:
    """The overlap of the outline with the page, 0 where none was found."""
    del root
    paper = draw_paper(item["kind"], seed=item["seed"], split="evaluation")
    photo, corners = photograph_in_disorder(paper, item["disorder"], seed=item["seed"], size=tuple(item["size"]))
    outline = find_outline(decode(photo).pixels)
    return {"iou": 0.0 if outline is None else quad_iou(outline.quad, corners)}


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Mean overlap over all and by disorder, and the share that is good enough to read from."""
    overlaps = np.array([row.get("iou", 0.0) for row in rows])
    measures = [
        Measure("mean IoU", float(overlaps.mean()), "IoU"),
        share(f"IoU of {IOU_GOOD} or more", int((overlaps >= IOU_GOOD).sum()), len(overlaps)),
    ]
    for disorder in DISORDERS:
        mine = overlaps[[item["disorder"] == disorder for item in items]]
        if len(mine):
            measures.append(Measure(f"mean IoU: {disorder}", float(mine.mean()), "IoU"))
            measures.append(share(f"lost or wrong: {disorder}", int((mine < IOU_LOST).sum()), len(mine)))
    named = zip(items, overlaps, strict=True)
    return measures, [f"{i['disorder']}, seed {i['seed']}: IoU {v:.3f}" for i, v in named if v < IOU_LOST]
