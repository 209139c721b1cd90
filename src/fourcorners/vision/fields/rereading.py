"""Lines that the network could not read, read once more in the document's own script, where Tesseract can do that.

They are shown to people and give no field: told to read Cyrillic, Tesseract reads Cyrillic in smeared Latin print too.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from fourcorners.kit.data import load_toml
from fourcorners.vision.picture import Pixels
from fourcorners.vision.text import READABLE_MIN, TextLine, cut_line, read_with_tesseract, tesseract_languages

__all__ = ["reread"]

LINES_MAX = 12
"""The tallest unread lines: small print is mostly labels."""


def reread(lines: Sequence[TextLine], pixels: Pixels, script: str | None) -> tuple[TextLine, ...]:
    """The lines of a page (h, w, 3), the unread ones of `script` with what Tesseract reads with confidence.

    A line that it does not read, and every line where it or its languages are not installed, stays as it was.
    """
    table: dict[str, list[str]] = load_toml("fourcorners.vision.fields", "scripts.toml")["tesseract"]
    unread = [line for line in lines if line.script == "unread"]
    if script is None or not unread:
        return tuple(lines)
    languages = [name for name in table.get(script, ()) if name in tesseract_languages()]
    if not languages:
        return tuple(lines)
    tallest = sorted(unread, key=lambda line: -float(np.linalg.norm(line.quad[2] - line.quad[1])))[:LINES_MAX]
    found = read_with_tesseract([cut_line(pixels, line.quad) for line in tallest], languages)
    read = {
        id(line): replace(line, text=cut.text, confidence=cut.confidence, script=script, places=cut.places)
        for line, cut in zip(tallest, found, strict=True)
        if cut.confidence >= READABLE_MIN
    }
    return tuple(read.get(id(line), line) for line in lines)
