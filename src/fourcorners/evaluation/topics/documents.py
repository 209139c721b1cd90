"""Every public document picture through every document check: nothing may break, and refusals are counted by reason."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from fourcorners.checks.document import CHECKS
from fourcorners.checks.limits import limits_for
from fourcorners.evaluation.topic import Item, Measure, Row, read_jsonl, share
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame

NAME = "documents"
ABOUT = "all document checks on public specimens (most are flat scans or renders)"
LABELS = ("mrz.jsonl", "id_photos.jsonl")


def items(root: Path) -> list[Item]:
    """All specimens and hand-held photos."""
    labels = root / "labels"
    flat = [{"set": row["capture"], "file": row["image"]} for row in read_jsonl(labels / "mrz.jsonl")]
    held = [{"set": row["capture_class"], "file": row["file"]} for row in read_jsonl(labels / "id_photos.jsonl")]
    return [*flat, *held]


def measure(root: Path, item: Item) -> Row:
    """Codes of failed checks."""
    frame = DocumentFrame(decode(root / "images" / item["file"]))
    findings = [c.check(frame, limits_for("document", c.NAME, frame.reading.kind)) for c in CHECKS]
    return {"kind": frame.reading.kind, "failed": [f.reason for f in findings if f.outcome.value == "fail"]}


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Files judged, and the share refused for each reason per kind of capture."""
    measures = [share("files judged without an error", sum("error" not in r for r in rows), len(rows))]
    for name in dict.fromkeys(item["set"] for item in items):
        here = [r for i, r in zip(items, rows, strict=True) if i["set"] == name]
        counts = Counter(reason for r in here for reason in set(r.get("failed", ())))
        measures += [share(f"{name}: {reason}", n, len(here)) for reason, n in counts.most_common()]
    return measures, [f"{i['file']}: {r['error']}" for i, r in zip(items, rows, strict=True) if "error" in r]
