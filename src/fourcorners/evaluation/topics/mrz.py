"""Machine-readable zones: flat specimens, and hand-held photos of passport copies."""

from collections.abc import Sequence
from pathlib import Path

from fourcorners.evaluation.topic import Item, Measure, Row, read_jsonl, share
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame

NAME = "mrz"
ABOUT = "machine-readable zones, exact to the character"
LABELS = ("mrz.jsonl", "id_photos.jsonl")


def items(root: Path) -> list[Item]:
    """Specimens with or without an MRZ, then hand-held photos whose MRZ is known."""
    flat = [
        {
            "set": "specimens",
            "file": row["image"],
            "lines": row["mrz_lines"] or [],
            "valid": row["all_check_digits_ok"],
        }
        for row in read_jsonl(root / "labels" / "mrz.jsonl")
    ]
    held = [
        {"set": "hand-held copies", "file": row["file"], "lines": row["mrz"], "valid": True}
        for row in read_jsonl(root / "labels" / "id_photos.jsonl")
        if row.get("mrz")
    ]
    return [*flat, *held]


def measure(root: Path, item: Item) -> Row:
    """What was read, and whether the reader says that it is sure."""
    reading = DocumentFrame(decode(root / "images" / item["file"])).mrz
    if reading is None:
        return {"lines": [], "sure": False, "agree": False}
    return {"lines": list(reading.lines), "sure": reading.sure, "agree": reading.check_digits_agree}


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Exact documents per set; wrong readings said to be sure; wrong prints told as wrong."""
    measures: list[Measure] = []
    wrong: list[str] = []
    for name in dict.fromkeys(item["set"] for item in items):
        pairs = [(i, r) for i, r in zip(items, rows, strict=True) if i["set"] == name]
        with_mrz = [(i, r) for i, r in pairs if i["lines"]]
        exact = [r.get("lines") == list(i["lines"]) for i, r in with_mrz]
        sure_wrong = [i for i, r in with_mrz if r.get("sure") and r.get("lines") != list(i["lines"])]
        invalid = [r for i, r in with_mrz if i["valid"] is False]
        without = [r for i, r in pairs if not i["lines"]]
        measures.append(share(f"{name}: exact documents", sum(exact), len(exact)))
        measures.append(share(f"{name}: wrong although sure", len(sure_wrong), len(with_mrz)))
        if invalid:
            told = sum(1 for r in invalid if r.get("lines") and not r.get("agree"))
            measures.append(share(f"{name}: wrong check digits reported as wrong", told, len(invalid)))
        if without:
            measures.append(
                share(
                    f"{name}: no MRZ found where there is none", sum(not r.get("lines") for r in without), len(without)
                )
            )
        wrong += [_difference(i, r) for (i, r), good in zip(with_mrz, exact, strict=True) if not good]
    return measures, wrong


def _difference(item: Item, row: Row) -> str:
    read = row.get("lines") or []
    if not read:
        return f"{item['file']}: {row.get('error') or 'nothing read'}"
    pairs = [f"read {got} for {want}" for got, want in zip(read, item["lines"], strict=False) if got != want]
    return f"{item['file']} ({'sure' if row['sure'] else 'not sure'}): {'; '.join(pairs) or 'another number of lines'}"
