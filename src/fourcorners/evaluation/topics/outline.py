"""Corners of documents in hand-held photos."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from fourcorners.evaluation.topic import Item, Measure, Row, read_jsonl, share
from fourcorners.kit.geometry import quad_iou, rotate_quad
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame

NAME = "outline"
ABOUT = "corners of documents in hand-held photos"
LABELS = ("id_photos.jsonl", "page_photos.jsonl")


def items(root: Path) -> list[Item]:
    """Photos of mock documents and of pages, with their corners in document order."""
    found: list[Item] = []
    for name, label in (("cards and passports", "id_photos.jsonl"), ("pages", "page_photos.jsonl")):
        found += [
            {"set": name, "file": row["file"], "quad": row["quad"]}
            for row in read_jsonl(root / "labels" / label)
            if row.get("exif_orientation") in (None, 1) and row.get("quad")  # labels are in raw pixels
        ]
    return found


def measure(root: Path, item: Item) -> Row:
    """Overlap of the found quad with the true one, and whether its first corner is the document's own top left."""
    frame = DocumentFrame(decode(root / "images" / item["file"]))
    truth = np.array(item["quad"], dtype=np.float64)
    if frame.quad is None:
        return {"iou": 0.0, "upright": False}
    distances = [float(np.abs(rotate_quad(frame.quad, k) - truth).sum()) for k in range(4)]
    return {"iou": quad_iou(frame.quad, truth), "upright": int(np.argmin(distances)) == 0}


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Mean IoU and the share that is good enough to read from."""
    measures: list[Measure] = []
    wrong: list[str] = []
    for name in dict.fromkeys(item["set"] for item in items):
        pairs = [(i, r) for i, r in zip(items, rows, strict=True) if i["set"] == name]
        iou = np.array([r.get("iou", 0.0) for _, r in pairs])
        measures.append(Measure(f"{name}: mean IoU", float(iou.mean()), "IoU"))
        measures.append(Measure(f"{name}: median IoU", float(np.median(iou)), "IoU"))
        measures.append(share(f"{name}: IoU of 0.95 or more", int((iou >= 0.95).sum()), len(iou)))
        found = [r for _, r in pairs if r.get("iou", 0.0) >= 0.8]
        measures.append(share(f"{name}: top left known (of those found)", sum(r["upright"] for r in found), len(found)))
        wrong += [f"{i['file']}: IoU {r.get('iou', 0.0):.3f}" for i, r in pairs if r.get("iou", 0.0) < 0.9]
    return measures, wrong
