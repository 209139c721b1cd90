"""The passive liveness signal on the few labelled faces there are: an anecdote, not an error rate."""

from collections.abc import Sequence
from pathlib import Path

from fourcorners.checks.limits import limits_for
from fourcorners.checks.selfie import looks_live
from fourcorners.evaluation.topic import Item, Measure, Row, read_csv, share
from fourcorners.vision.decode import decode
from fourcorners.vision.selfie import SelfieFrame

NAME = "liveness"
ABOUT = "a genuine face and attacks; far too few for an error rate"
LABELS = ("pad.csv",)


def items(root: Path) -> list[Item]:
    """All labelled faces."""
    return [{"file": r["image"], "genuine": r["label"] == "genuine"} for r in read_csv(root / "labels" / "pad.csv")]


def measure(root: Path, item: Item) -> Row:
    """Outcome and score of the check `looks_live`."""
    frame = SelfieFrame(decode(root / "images" / item["file"]))
    finding = looks_live.check(frame, limits_for("selfie", looks_live.NAME))
    return {"outcome": finding.outcome.value, "score": finding.score}


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Attacks not passed, genuine faces passed."""
    attacks = [r for i, r in zip(items, rows, strict=True) if not i["genuine"]]
    genuine = [r for i, r in zip(items, rows, strict=True) if i["genuine"]]
    return [
        share("attacks not passed", sum(r.get("outcome") != "pass" for r in attacks), len(attacks)),
        share("genuine faces passed", sum(r.get("outcome") == "pass" for r in genuine), len(genuine)),
    ], [f"{i['file']}: {r.get('outcome')}, score {r.get('score')}" for i, r in zip(items, rows, strict=True)]
