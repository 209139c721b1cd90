"""The document is no print of an office printer or colour copier on paper (IDP2)."""

import numpy as np

from fourcorners.checks.finding import Evidence, Fact, Finding, judge, not_assessed, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.legibility.regions import data_regions
from fourcorners.vision.originality.halftone import Halftone
from fourcorners.vision.originality.recapture import LIKELY, Recapture

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "not_photocopy"
VERSION = 4
REASONS = ("colour_copy", "not_assessed_no_document", "not_assessed_no_outline", "not_assessed_too_small")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """How clearly a lattice of dots stands out over most of the page, and how strongly two networks take it for print.

    The worst decides. A copy whose dots are too fine to be seen passes.
    """
    if frame.quad is None:
        cause = "not_assessed_no_outline" if data_regions(frame) else "not_assessed_no_document"
        return not_assessed(NAME, VERSION, cause)
    sides = np.linalg.norm(frame.quad - np.roll(frame.quad, -1, axis=0), axis=1)
    found = frame.halftone if sides.max() >= limits["page_side_px_min"] else None
    if found is None:
        return not_assessed(NAME, VERSION, "not_assessed_too_small")
    findings = [
        _by_lattice(found, limits),
        *([] if frame.recapture is None else [_by_texture(frame.recapture, "texture", limits)]),
        *([] if frame.page_texture is None else [_by_texture(frame.page_texture, "page", limits)]),
    ]
    return min(findings, key=lambda f: 100.0 if f.score is None else f.score)


def _by_lattice(found: Halftone, limits: Limits) -> Finding:
    seen: list[Evidence] = []
    if not limits.scale().passes(found.clearness):
        dots = Fact("print dots", (("along the page's long side", f"{found.lines:.0f}"),))
        seen = [quad(found.place, "print dots"), dots]
    return judge(NAME, VERSION, found.clearness, limits.scale(), "colour_copy", seen)


def _by_texture(found: Recapture, name: str, limits: Limits) -> Finding:
    scale = limits.scale(name)
    seen: list[Evidence] = []
    if not scale.passes(found.print_evidence):
        seen = [quad(place, "texture of a print") for place in found.likeliest(found.printed)[: limits["shown_most"]]]
        share = float((found.printed >= LIKELY).mean())
        seen.append(Fact("windows like a print", (("share", f"{share:.0%}"),)))
    return judge(NAME, VERSION, found.print_evidence, scale, "colour_copy", seen)
