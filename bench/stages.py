"""The stages of a case, each timed on a fresh frame with everything before it already measured."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from bench.timing import Times
from fourcorners.checks.document import CHECKS as DOCUMENT_CHECKS
from fourcorners.checks.limits import limits_for
from fourcorners.checks.selfie import CHECKS as SELFIE_CHECKS
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.picture import Picture
from fourcorners.vision.selfie import SelfieFrame

Frame = TypeVar("Frame")


def stages(document: Path, selfie: Path, repeat: int) -> Iterator[Times]:
    """Median and p95 of each stage of the document, then of the selfie, one after the other on one core."""
    steps: dict[str, Callable[[DocumentFrame], object]] = {
        "document: find the outline": lambda f: f.outline,
        "document: flatten and turn upright": lambda f: f.page,
        "document: find the portrait": lambda f: f.faces,
        "document: read the MRZ": lambda f: f.mrz,
        "document: read barcodes": lambda f: f.barcodes,
        "document: read printed text": lambda f: f.text,
        "document: make sense of it": lambda f: f.reading,
        "document: all picture checks": lambda f: [
            c.check(f, limits_for("document", c.NAME, f.reading.kind)) for c in DOCUMENT_CHECKS
        ],
    }
    selfie_steps: dict[str, Callable[[SelfieFrame], object]] = {
        "selfie: find faces": lambda f: f.faces,
        "selfie: fit the mesh": lambda f: f.mesh,
        "selfie: all checks": lambda f: [c.check(f, limits_for("selfie", c.NAME)) for c in SELFIE_CHECKS],
    }
    yield from _run("document: decode", document, DocumentFrame, steps, repeat)
    yield from _run("selfie: decode", selfie, SelfieFrame, selfie_steps, repeat)


def _run(
    first: str,
    path: Path,
    frame_of: Callable[[Picture], Frame],
    steps: dict[str, Callable[[Frame], object]],
    repeat: int,
) -> list[Times]:
    seconds: dict[str, list[float]] = {name: [] for name in (first, *steps)}
    for turn in range(repeat + 1):  # the first turn warms up
        start = time.perf_counter()
        frame = frame_of(decode(path))
        marks = [(first, time.perf_counter() - start)]
        for name, step in steps.items():
            start = time.perf_counter()
            step(frame)
            marks.append((name, time.perf_counter() - start))
        if turn:
            for name, spent in marks:
                seconds[name].append(spent)
    return [Times(name, values) for name, values in seconds.items()]
