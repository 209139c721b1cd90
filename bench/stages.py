"""The stages of a case, each timed on a fresh frame with everything before it already measured."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np

from bench.timing import Times, timed
from fourcorners.checks.document import CHECKS as DOCUMENT_CHECKS
from fourcorners.checks.limits import limits_for
from fourcorners.checks.live import Challenge
from fourcorners.checks.run import check_side_by_side
from fourcorners.checks.selfie import CHECKS as SELFIE_CHECKS
from fourcorners.guidance import LiveSession, Phase, look_at_document, look_at_face
from fourcorners.specimens.effects.sensor import jpeg as encoded
from fourcorners.specimens.heads3d import AnsweringHead
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.faces import distance
from fourcorners.vision.picture import Picture, Pixels
from fourcorners.vision.selfie import SelfieFrame

Frame = TypeVar("Frame")

PREVIEW_PX = 640
"""Long side of a camera's preview."""


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
    yield Times(
        "document: decode, outline, page and all picture checks, two cores",
        [_judged(document) for _ in range(repeat + 1)][1:],
    )
    yield from _run("selfie: decode", selfie, SelfieFrame, selfie_steps, repeat)


def _judged(document: Path) -> float:
    """Seconds to decode, find the outline, turn the page upright and make all picture checks; reading is not counted.

    As in a case, measures that do not need the page are made beside it, and the checks run two at a time.
    """
    start = time.perf_counter()
    frame = DocumentFrame(decode(document))
    with ThreadPoolExecutor(1) as beside:
        ahead = beside.submit(frame.look_ahead)
        _ = frame.page
        ahead.result()
    spent = time.perf_counter() - start
    kind = frame.reading.kind
    start = time.perf_counter()
    check_side_by_side(DOCUMENT_CHECKS, frame, kind, "front")
    return spent + time.perf_counter() - start


def faces(document: Path, selfie: Path, repeat: int) -> Iterator[Times]:
    """Two decoded pictures to the distance of their faces, and one frame of a preview to its hint."""
    pictures = decode(document), decode(selfie)
    previews = [_preview(picture.pixels) for picture in pictures]

    def match() -> float:
        pages = [DocumentFrame(pictures[0]), SelfieFrame(pictures[1])]
        _ = pages[0].page  # flattened for the reading anyway
        start = time.perf_counter()
        vectors = pages[0].portrait_embedding, pages[1].embedding
        spent = time.perf_counter() - start
        if vectors[0] is None or vectors[1] is None:
            raise RuntimeError("no face was found in the drawn pictures")
        distance(vectors[0], vectors[1])
        return spent

    yield Times("match: two faces, find to distance", [match() for _ in range(repeat + 1)][1:])
    yield Times("selfie: find, mesh and all checks", [_selfie_judged(pictures[1]) for _ in range(repeat + 1)][1:])
    yield timed("guidance: one 640 px frame of a document", lambda: look_at_document(previews[0]), repeat)
    yield timed("guidance: one 640 px frame of a selfie", lambda: look_at_face(previews[1]), repeat)
    yield _live_frames()


def _selfie_judged(picture: Picture) -> float:
    """Seconds from a decoded selfie to its findings; what OpenCV does on its own runs on all cores."""
    start = time.perf_counter()
    frame = SelfieFrame(picture)
    for check in SELFIE_CHECKS:
        check.check(frame, limits_for("selfie", check.NAME))
    return time.perf_counter() - start


def dlib_stages(document: Path, selfie: Path, repeat: int) -> Iterator[Times]:
    """What dlib's own chain takes for the same: the faces of both pictures, shrunk before the clock starts."""
    from bench.peer import Dlib

    chain = Dlib()
    page, face = (chain.opened(path) for path in (document, selfie))
    yield timed("dlib, 1600 px: find the faces of the selfie", lambda: chain.found(face), repeat)
    yield timed(
        "dlib, 1600 px: two faces, find to distance",
        lambda: chain.distance(chain.described(page), chain.described(face)),
        repeat,
    )


def _live_frames() -> Times:
    """A live check, frame by frame, of somebody who does three steps: what each frame of 480 x 640 px as JPEG takes."""
    session, head = LiveSession(Challenge(("left", "nod", "up"))), AnsweringHead(0, seed=4)
    seconds, asked = [], 0
    while session.prompt.phase is not Phase.OVER:
        at_s, pixels = head.frame()
        jpeg = encoded(pixels, 90)
        start = time.perf_counter()
        prompt = session.see(jpeg, at_s)
        seconds.append(time.perf_counter() - start)
        if prompt.step and prompt.done == asked:
            head.ask(prompt.step)
            asked += 1
    return Times("live: one 640 px frame", seconds)


def _preview(pixels: Pixels) -> Pixels:
    factor = PREVIEW_PX / max(pixels.shape[:2])
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


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
