"""Faces with a (painted) mask and without."""

from collections.abc import Sequence
from pathlib import Path

from fourcorners.checks.limits import limits_for
from fourcorners.checks.selfie import no_mask
from fourcorners.evaluation.topic import Item, Measure, Row, read_csv, share
from fourcorners.vision.decode import decode
from fourcorners.vision.selfie import SelfieFrame

NAME = "masks"
ABOUT = "faces with a painted mask and without"
LABELS = ("masks.csv",)


def items(root: Path) -> list[Item]:
    """All labelled faces."""
    return [{"file": r["image"], "mask": r["label"] == "with_mask"} for r in read_csv(root / "labels" / "masks.csv")]


def measure(root: Path, item: Item) -> Row:
    """Outcome and score of the check `no_mask`."""
    finding = no_mask.check(SelfieFrame(decode(root / "images" / item["file"])), limits_for("selfie", no_mask.NAME))
    return {"outcome": finding.outcome.value, "score": finding.score}


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Recall on masks (refused, and not passed), false alarms on bare faces, and the threshold-free order of scores."""
    masked = [r for i, r in zip(items, rows, strict=True) if i["mask"]]
    bare = [r for i, r in zip(items, rows, strict=True) if not i["mask"]]
    measures = [
        share("masks refused", sum(r.get("outcome") == "fail" for r in masked), len(masked)),
        share("masks not passed", sum(r.get("outcome") != "pass" for r in masked), len(masked)),
        share("bare faces refused", sum(r.get("outcome") == "fail" for r in bare), len(bare)),
        share("bare faces not passed", sum(r.get("outcome") != "pass" for r in bare), len(bare)),
    ]
    high = [r["score"] for r in bare if r.get("score") is not None]
    low = [r["score"] for r in masked if r.get("score") is not None]
    if high and low:
        wins = sum((h > m) + 0.5 * (h == m) for h in high for m in low)
        measures.append(Measure("area under the ROC curve of the scores", wins / (len(high) * len(low)), "AUC"))
    wrong = [
        f"{i['file']}: {r.get('outcome') or r.get('error')}, score {r.get('score')}"
        for i, r in zip(items, rows, strict=True)
        if (r.get("outcome") == "pass") == i["mask"]
    ]
    return measures, wrong
