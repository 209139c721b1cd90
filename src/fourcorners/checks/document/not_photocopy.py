"""The document is no print of an office printer or colour copier on paper (IDP2)."""

import numpy as np

from fourcorners.checks.document.weighed import log_odds, said
from fourcorners.checks.finding import Evidence, Fact, Finding, Outcome, judge, not_assessed, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.legibility.regions import data_regions
from fourcorners.vision.originality.halftone import Halftone
from fourcorners.vision.originality.recapture import LIKELY, Recapture

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "not_photocopy"
VERSION = 6
REASONS = ("colour_copy", "not_assessed_no_document", "not_assessed_no_outline", "not_assessed_too_small")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """How clearly a lattice of dots stands out over most of the page, and the same beside what two networks say of it.

    The worse decides. A copy whose dots are too fine to be seen passes. On a small page, as frames of videos show it,
    a lattice says nothing by itself, and all of it together no more than that a person should look.
    """
    if frame.quad is None:
        cause = "not_assessed_no_outline" if data_regions(frame) else "not_assessed_no_document"
        return not_assessed(NAME, VERSION, cause)
    sides = np.linalg.norm(frame.quad - np.roll(frame.quad, -1, axis=0), axis=1)
    is_small = sides.max() < limits["page_side_px_min"]
    found = frame.halftone if sides.max() >= limits["small_page_side_px_min"] else None
    if found is None:
        return not_assessed(NAME, VERSION, "not_assessed_too_small")
    findings = [] if is_small else [_by_lattice(found, limits)]
    if frame.recapture is not None and frame.page_texture is not None:
        findings.append(_together(frame.page_texture, frame.recapture, found, limits, is_small))
    worst = min(findings, key=lambda f: 100.0 if f.score is None else f.score, default=None)
    if worst is None or (is_small and worst.outcome is Outcome.PASS):
        return not_assessed(NAME, VERSION, "not_assessed_too_small")
    return worst


def _by_lattice(found: Halftone, limits: Limits) -> Finding:
    seen: list[Evidence] = []
    if not limits.scale().passes(found.clearness):
        dots = Fact("print dots", (("along the page's long side", f"{found.lines:.0f}"),))
        seen = [quad(found.place, "print dots"), dots]
    return judge(NAME, VERSION, found.clearness, limits.scale(), "colour_copy", seen)


def _together(page: Recapture, windows: Recapture, found: Halftone, limits: Limits, is_small: bool) -> Finding:
    """What two networks say, and how clear the lattice is. In the dark noise looks like dots, and so do the leavings of
    pictures that were scaled: then, and on a small page, a doubt at most.
    """
    signs = {"page": page.print_evidence, "windows": windows.print_evidence, "lattice": found.clearness}
    raw = log_odds(signs, limits["weights"])
    if page.light < limits["light_least"] or is_small:
        raw = min(raw, limits["doubt_most"])
    scale = limits.scale("together")
    seen: list[Evidence] = []
    if not scale.passes(raw):
        seen = [quad(place, "texture of a print") for place in page.likeliest(page.printed)[: limits["shown_most"]]]
        share = float((page.printed >= LIKELY).mean())
        seen += [Fact("windows like a print", (("share", f"{share:.0%}"),)), said(signs)]
    return judge(NAME, VERSION, raw, scale, "colour_copy", seen)
