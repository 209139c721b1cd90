"""Many small drawn photos of held-out templates, asked only where the document lies: cut off, covered, two, none."""

from collections.abc import Sequence
from pathlib import Path

from fourcorners.checks.document import corners_visible, one_document
from fourcorners.evaluation import drawn
from fourcorners.evaluation.topic import Item, Measure, Row, share
from fourcorners.evaluation.topics import corners_drawn

NAME = "outlines_drawn"
ABOUT = "where the document lies, in many drawn photos of held-out templates"
LABELS: tuple[str, ...] = ()

FIRST_SEED = drawn.FIRST_SEED + 50_000
"""Beyond those that `--iso` can reach."""
COUNTS = {
    "genuine": 300,
    "held": 100,
    "far": 200,
    "cut_off": 300,
    "covered_corner": 100,
    "punched": 100,
    "two_documents": 200,
    "no_document": 60,
}
"""Photos of each kind: to prove 99 % takes some 300."""
HONEST = ("genuine", "held", "far")
FAULTS = (
    ("cut_off", "corners_visible", "corner cut off"),
    ("covered_corner", "corners_visible", "corner under a fingertip"),
    ("punched", "corners_visible", "corner punched or clipped"),
    ("two_documents", "one_document", "two documents"),
)
"""Each kind, the check that must not pass it, and what a figure calls it."""
SIZES = ((1200, 900), (900, 1200))
"""The networks see windows of 256 px: larger photos differ only in how exactly an edge is met."""


def items(root: Path) -> list[Item]:
    """The kinds, severities even within each."""
    del root
    return pictures(drawn.HELD_OUT, FIRST_SEED, COUNTS)


def pictures(split: str, first_seed: int, counts: dict[str, int]) -> list[Item]:
    """As many photos of each kind as `counts` says, of the templates of a split."""
    found: list[Item] = []
    for kind, count in counts.items():
        each = count // (drawn.GENUINE_FACTOR if kind == "genuine" else 1)
        found += drawn.items(each, (kind,), split=split, first_seed=first_seed, sizes=SIZES)
    return found


def measure(root: Path, item: Item) -> Row:
    """The overlap with the truth, and what the checks say that ask only for outlines."""
    del root
    return drawn.judge_alone(item, (corners_visible, one_document))


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """The figures of `corners_drawn`, then each fault refused or doubted for any cause of these two checks, by kind.

    Of a document of which nothing was found a judge says so, which is no pass: such a row counts as refused.
    """
    measures, wrong = corners_drawn.summarise(items, rows)
    for kind, check, name in FAULTS:
        mine = [(item, row) for item, row in zip(items, rows, strict=True) if row["kind"] == kind]
        outcomes = [_outcome(row, check) for _, row in mine]
        measures.append(share(f"{name}: refused", sum(o == "fail" for o in outcomes), len(outcomes)))
        measures.append(share(f"{name}: refused or doubted", sum(o != "pass" for o in outcomes), len(outcomes)))
        wrong += [f"{kind}, {i['template']}, seed {i['seed']}: passed" for i, r in mine if _outcome(r, check) == "pass"]
    for kind in HONEST:
        outcomes = [_outcome(row, "one_document") for row in rows if row["kind"] == kind]
        measures.append(share(f"{kind}: refused as two documents", sum(o == "fail" for o in outcomes), len(outcomes)))
    return [m for m in measures if m.trials != 0], wrong


def _outcome(row: Row, check: str) -> str:
    outcome: str = row.get("findings", {}).get(check, {}).get("outcome", "fail")
    return outcome
