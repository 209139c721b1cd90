"""Machine-readable zones of drawn documents, from careful photos to gross mishaps; needs no pictures."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from fourcorners.evaluation.topic import Item, Measure, Row, share
from fourcorners.specimens import CaptureKind, Specimen, capture, draw
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame

NAME = "mrz_drawn"
ABOUT = "machine-readable zones of drawn documents, exact to the character"
LABELS = ()
FIRST_SEED, COUNT = 30_000, 150
"""What was chosen or trained with drawn documents used seeds below these."""
LEVELS = ("careful", "worn", "badly worn")
DOCUMENTS = ("id_card", "passport", "id_card_td2")
MISHAPS = (
    CaptureKind.GENUINE,
    CaptureKind.BLUR,
    CaptureKind.MOTION_BLUR,
    CaptureKind.LOW_LIGHT,
    CaptureKind.NOISE,
    CaptureKind.COLOUR_CAST,
    CaptureKind.GLARE,
    CaptureKind.SHADOW,
    CaptureKind.RECOMPRESSED,
    CaptureKind.GREY_COPY,
    CaptureKind.COLOUR_COPY,
    CaptureKind.SCREEN_PHOTO,
    CaptureKind.SCAN,
)


def items(root: Path) -> list[Item]:
    """Seeds at each level; `root` is not looked at."""
    return [{"level": level, "seed": seed} for level in LEVELS for seed in range(FIRST_SEED, FIRST_SEED + COUNT)]


def photo(level: str, seed: int) -> Specimen:
    """A picture of a zone: a careful photo of 2 megapixels, a mishap, or a gross one on fewer pixels."""
    rng = np.random.default_rng((seed, 5))
    document = draw(DOCUMENTS[seed % len(DOCUMENTS)], seed=seed)
    side = "back" if document.back is not None and document.back.mrz else "front"
    kind, severity, size = {
        "careful": (CaptureKind.GENUINE, rng.uniform(0, 0.3), (1600, 1200)),
        "worn": (MISHAPS[int(rng.integers(len(MISHAPS)))], rng.uniform(0.2, 0.6), (1280, 960)),
        "badly worn": (MISHAPS[int(rng.integers(len(MISHAPS)))], rng.uniform(0.6, 1.0), (1024, 768)),
    }[level]
    return capture(document, kind, float(severity), seed=seed, size=size, side=side)


def measure(root: Path, item: Item) -> Row:
    """Whether the zone was read exactly and surely, and the milliseconds of one core that finding and reading took."""
    shot = photo(item["level"], item["seed"])
    about = {"capture": str(shot.truth.capture), "covered": any(name.startswith("mrz") for name in shot.truth.hidden)}
    if about["covered"]:
        return about
    frame = DocumentFrame(decode(shot.encoded))
    _ = frame.page
    began = time.process_time()
    reading = frame.mrz
    spent_ms = 1000 * (time.process_time() - began)
    exact = reading is not None and reading.lines == shot.truth.mrz
    return about | {"exact": exact, "sure": reading is not None and reading.sure, "ms": spent_ms}


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Per level exact, sure and surely wrong readings; covered zones are left out."""
    shown = [(i, r) for i, r in zip(items, rows, strict=True) if not r.get("covered")]
    measures: list[Measure] = []
    for level in LEVELS:
        these = [r for i, r in shown if i["level"] == level]
        measures.append(share(f"{level}: exact documents", sum(bool(r.get("exact")) for r in these), len(these)))
        measures.append(share(f"{level}: said to be sure", sum(bool(r.get("sure")) for r in these), len(these)))
        surely = sum(bool(r.get("sure")) and not r["exact"] for r in these)
        measures.append(share(f"{level}: wrong although sure", surely, len(these)))
    spent = [r["ms"] for _, r in shown if "ms" in r]
    measures.append(Measure("median time of one core, find to fields", float(np.median(spent or [0.0])), "ms"))
    return measures, [_sentence(i, r) for i, r in shown if not r.get("exact")]


def _sentence(item: Item, row: Row) -> str:
    how = row.get("error") or ("surely wrong" if row.get("sure") else "not read, or not sure")
    return f"{item['level']}, seed {item['seed']} ({row.get('capture', 'refused')}): {how}"
