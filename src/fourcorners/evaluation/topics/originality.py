"""Copies and photos of screens: does the check that should say so, say so?"""

from collections.abc import Sequence
from pathlib import Path

from fourcorners.checks.document import in_colour, not_screen_photo
from fourcorners.checks.limits import limits_for
from fourcorners.evaluation.topic import Item, Measure, Row, read_csv, read_jsonl, share
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame

NAME = "originality"
ABOUT = "greyscale copies, and screens with moire"
LABELS = ("id_photos.jsonl", "mrz.jsonl", "capture_conditions.csv")

_MEASURES = (
    ("grey", "grey copies refused for their colour", "fail"),
    ("grey", "grey copies refused or doubted", "not pass"),
    ("colour", "colour documents not refused for their colour", "not fail"),
    ("screen", "photos of screens not passed", "not pass"),
    ("no screen", "photos without moire not refused", "not fail"),
)
"""Set, what is counted, and the outcome wanted; the first measure of a set names what went wrong."""


def items(root: Path) -> list[Item]:
    """Grey copies, colour specimens, pictures with and without moire."""
    labels = root / "labels"
    found: list[Item] = [
        {"set": "grey", "file": row["file"]}
        for row in read_jsonl(labels / "id_photos.jsonl")
        if row["capture_class"] == "grey_copy"
    ]
    found += [
        {"set": "colour", "file": row["image"]}
        for row in read_jsonl(labels / "mrz.jsonl")
        if row["capture"] == "flat_scan" and row["mrz_lines"]
    ]
    found += [
        {"set": "screen" if row["class"] == "screen_recapture_moire" else "no screen", "file": row["image"]}
        for row in read_csv(labels / "capture_conditions.csv")
    ]
    return found


def measure(root: Path, item: Item) -> Row:
    """The outcome of the one check that this example is about."""
    check = in_colour if item["set"] in ("grey", "colour") else not_screen_photo
    frame = DocumentFrame(decode(root / "images" / item["file"]))
    finding = check.check(frame, limits_for("document", check.NAME))
    return {"outcome": finding.outcome.value, "raw": finding.raw}


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Shares per set."""
    measures: list[Measure] = []
    wrong: list[str] = []
    told: set[str] = set()
    for key, sentence, wanted in _MEASURES:
        pairs = [(i, r) for i, r in zip(items, rows, strict=True) if i["set"] == key]
        good = [_meets(r.get("outcome"), wanted) for _, r in pairs]
        measures.append(share(sentence, sum(good), len(good)))
        wrong += [
            f"{i['file']} ({key}): {r.get('outcome') or r.get('error')}, raw {r.get('raw')}"
            for (i, r), fine in zip(pairs, good, strict=True)
            if not fine and key not in told
        ]
        told.add(key)
    return measures, wrong


def _meets(outcome: str | None, wanted: str) -> bool:
    return outcome is not None and ((outcome != wanted[4:]) if wanted.startswith("not ") else outcome == wanted)
