"""Barcodes, beside the bare library."""

from collections.abc import Sequence
from pathlib import Path

import zxingcpp

from fourcorners.evaluation.topic import Item, Measure, Row, read_csv, share
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame

NAME = "barcodes"
ABOUT = "barcodes read, beside zxing-cpp alone"
LABELS = ("barcodes.csv",)


def items(root: Path) -> list[Item]:
    """Every labelled picture."""
    return [{"file": row["image"]} for row in read_csv(root / "labels" / "barcodes.csv")]


def measure(root: Path, item: Item) -> Row:
    """What we read and what the library alone reads on the same pixels, as format and bytes."""
    picture = decode(root / "images" / item["file"])
    ours = {(b.format, b.data.hex()) for b in DocumentFrame(picture).barcodes}
    bare = {
        (b.format.name, bytes(b.bytes).hex())
        for b in zxingcpp.read_barcodes(picture.pixels)
        if b.format.name == "PDF417"
    }
    return {"ours": sorted(data for _, data in ours), "bare": sorted(data for _, data in bare)}


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Files read by each, and files where we are worse."""
    ours = sum(bool(r.get("ours")) for r in rows)
    bare = sum(bool(r.get("bare")) for r in rows)
    worse = [i["file"] for i, r in zip(items, rows, strict=True) if set(r.get("bare", ())) - set(r.get("ours", ()))]
    return [
        share("files read", ours, len(rows)),
        share("files read by zxing-cpp alone (PDF417)", bare, len(rows)),
        share("files where the library alone reads more", len(worse), len(rows)),
    ], [f"{name}: the library alone reads more" for name in worse]
