"""The holder has signed, where this kind of document carries a signature."""

import numpy as np

from fourcorners.checks.finding import Fact, Finding, Outcome, judge, not_assessed, ok, quad, unsure
from fourcorners.checks.limits import Limits
from fourcorners.kit.geometry import Quad
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.faces import Face
from fourcorners.vision.legibility.regions import data_regions
from fourcorners.vision.legibility.signature import find_stroke
from fourcorners.vision.text import TextLine

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "signature_present"
VERSION = 1
REASONS = ("unsigned", "not_assessed_kind")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Length of the longest pen stroke. A missing one is a fail only beside a label that asks for it.

    Some states have their passports signed on another page, so without a label a person should look.
    """
    kind = frame.reading.kind
    if kind == "unknown":
        return not_assessed(NAME, VERSION, "not_assessed_kind")
    if kind not in limits["required_for"]:
        return ok(NAME, VERSION, [Fact("signature", (("kind", kind),), "none is due on this kind of document")])
    outside = [*(_box(face) for face in frame.faces), *(r.quad for r in data_regions(frame) if r.kind == "mrz")]
    lines = [line.quad for line in frame.text if line.confidence >= limits["print_confidence_min"]]
    stroke = find_stroke(frame.page.pixels, outside, lines)
    labels = [quad(frame.page.to_photo(line.quad), line.text) for line in frame.text if _asks(line, limits)]
    seen = labels if stroke is None else [quad(frame.page.to_photo(stroke.quad), "signature")]
    finding = judge(NAME, VERSION, stroke.length if stroke else 0.0, limits.scale(), "unsigned", seen)
    if finding.outcome is Outcome.FAIL and not labels:
        return unsure(NAME, VERSION, "unsigned", [*seen, Fact("signature", (), "no label on this page asks for one")])
    return finding


def _asks(line: TextLine, limits: Limits) -> bool:
    text = line.text.casefold()
    return any(word in text for word in limits["label_words"])


def _box(face: Face) -> Quad:
    (left, top), (right, bottom) = face.box
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
