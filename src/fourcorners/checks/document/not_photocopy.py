"""The document is no print of an office printer or colour copier on paper (IDP2)."""

import numpy as np

from fourcorners.checks.finding import Evidence, Fact, Finding, judge, not_assessed, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.legibility.regions import data_regions
from fourcorners.vision.originality.halftone import find_halftone

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "not_photocopy"
VERSION = 1
REASONS = ("colour_copy", "not_assessed_no_document", "not_assessed_no_outline", "not_assessed_too_small")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """How clearly a lattice of print dots stands out over most of the page. A copy whose dots are too fine passes."""
    if frame.quad is None:
        cause = "not_assessed_no_outline" if data_regions(frame) else "not_assessed_no_document"
        return not_assessed(NAME, VERSION, cause)
    sides = np.linalg.norm(frame.quad - np.roll(frame.quad, -1, axis=0), axis=1)
    found = find_halftone(frame.picture.pixels, frame.quad) if sides.max() >= limits["page_side_px_min"] else None
    if found is None:
        return not_assessed(NAME, VERSION, "not_assessed_too_small")
    seen: list[Evidence] = []
    if not limits.scale().passes(found.clearness):
        dots = Fact("print dots", (("along the page's long side", f"{found.lines:.0f}"),))
        seen = [quad(found.place, "print dots"), dots]
    return judge(NAME, VERSION, found.clearness, limits.scale(), "colour_copy", seen)
