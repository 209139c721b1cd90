"""Lines in scripts that the recognition network has no letters for, read by Tesseract where that is installed.

Nothing is downloaded: what is not on the machine is not used, and the lines stay unread.
"""

import csv
import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np

from fourcorners.vision.picture import Pixels
from fourcorners.vision.text.recognise import LINE_HEIGHT_PX, CutText

__all__ = ["read_with_tesseract", "tesseract_languages"]

GAP_PX = 40
"""White between two lines of the sheet that is handed over: enough that none is taken for its neighbour's."""

MARGIN_PX = 24
ONE_BLOCK_OF_LINES = "6"
"""Tesseract's page segmentation mode."""

TIMEOUT_S = 20
WORD_LEVEL = "5"


@cache
def tesseract_languages() -> frozenset[str]:
    """Names of the languages that Tesseract can read here, such as `ukr`; empty where it is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    listed = _run([program, "--list-langs"])
    return frozenset(line.strip() for line in listed.splitlines()[1:] if line.strip())


def read_with_tesseract(cuts: Sequence[Pixels], languages: Sequence[str]) -> tuple[CutText, ...]:
    """What each cut (48, w, 3) says in `languages`; an empty text where nothing was read. One run for all of them.

    Confidence is the mean of the words' by their length. Letters are taken to be of one width for their places.
    """
    program = shutil.which("tesseract")
    known = [name for name in languages if name in tesseract_languages()]
    if program is None or not known or not cuts:
        return (CutText("", 0.0, ()),) * len(cuts)
    _, encoded = cv2.imencode(".png", _sheet(cuts))
    options = ["stdin", "stdout", "-l", "+".join(known), "--psm", ONE_BLOCK_OF_LINES, "--dpi", "300", "tsv"]
    table = _run([program, *options], encoded.tobytes())
    words: list[list[tuple[str, float]]] = [[] for _ in cuts]
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        middle = int(row["top"]) + int(row["height"]) / 2
        line = int((middle - MARGIN_PX + GAP_PX / 2) // (LINE_HEIGHT_PX + GAP_PX))
        if row["level"] == WORD_LEVEL and row["text"].strip() and 0 <= line < len(cuts):
            words[line].append((row["text"].strip(), max(0.0, float(row["conf"])) / 100))
    return tuple(_joined(here) for here in words)


def _joined(words: Sequence[tuple[str, float]]) -> CutText:
    if not words:
        return CutText("", 0.0, ())
    text = " ".join(word for word, _ in words)
    confidence = sum(len(word) * sure for word, sure in words) / sum(len(word) for word, _ in words)
    return CutText(text, confidence, tuple((i + 0.5) / len(text) for i in range(len(text))))


def _sheet(cuts: Sequence[Pixels]) -> Pixels:
    """The cuts below one another, each with its own range of grey spread from black to white."""
    width = max(cut.shape[1] for cut in cuts) + 2 * MARGIN_PX
    step = LINE_HEIGHT_PX + GAP_PX
    sheet = np.full((2 * MARGIN_PX + step * len(cuts) - GAP_PX, width), 255, dtype=np.uint8)
    for i, cut in enumerate(cuts):
        grey = cv2.cvtColor(cut, cv2.COLOR_RGB2GRAY).astype(np.float32)
        dark, light = np.percentile(grey, (2, 60))  # the paper is most of a line
        spread = np.clip((grey - dark) * 255 / max(float(light - dark), 1.0), 0, 255)
        top = MARGIN_PX + step * i
        sheet[top : top + LINE_HEIGHT_PX, MARGIN_PX : MARGIN_PX + cut.shape[1]] = spread.astype(np.uint8)
    return sheet


def _run(command: Sequence[str], data: bytes = b"") -> str:
    """What a program prints; nothing if it fails or takes too long: the lines are then as unread as before."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - a program found on the path, with arguments of our own
            command, input=data, capture_output=True, timeout=TIMEOUT_S, check=True, env=environment
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", errors="replace")
