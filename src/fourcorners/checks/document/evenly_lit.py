"""Enough light falls on the data, not too much, and about the same everywhere."""

import numpy as np

from fourcorners.checks.finding import Evidence, Finding, Outcome, judge, not_assessed, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.legibility.light import measure_light, page_white
from fourcorners.vision.legibility.regions import data_regions

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "evenly_lit"
VERSION = 1
REASONS = ("too_dark", "too_bright", "shadow", "not_assessed_no_document", "not_assessed_no_data")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Darkness by the paper, too much light by the ink, shadow by the darkest paper beside the brightest."""
    lines = [r.quad for r in data_regions(frame) if r.kind != "portrait"]
    if len(lines) < limits["lines_least"]:
        return _without_lines(frame, limits)
    light = measure_light(frame.page.pixels, lines)
    low, middle, high = (float(np.quantile(light.paper, share)) for share in limits["paper_quantiles"])
    washed_out = float(np.median(light.ink)) if middle >= limits["white_saturated"] else 0.0
    darkest, brightest = (lines[int(light.line[i])] for i in (np.argmin(light.paper), np.argmax(light.paper)))
    shade: list[Evidence] = [
        quad(frame.page.to_photo(darkest), f"paper {light.paper.min():.0f}"),
        quad(frame.page.to_photo(brightest), f"paper {light.paper.max():.0f}"),
    ]
    everywhere = [quad(frame.page.quad)]
    findings = [
        judge(NAME, VERSION, low / max(high, 1.0), limits.scale("evenness"), "shadow", shade),
        judge(NAME, VERSION, middle, limits.scale("darkness"), "too_dark", everywhere),
        judge(NAME, VERSION, washed_out, limits.scale("brightness"), "too_bright", everywhere),
    ]
    worst = min(findings, key=lambda f: 100.0 if f.score is None else f.score)
    return worst if worst.outcome is not Outcome.PASS else findings[0]


def _without_lines(frame: DocumentFrame, limits: Limits) -> Finding:
    """No line was found: because of darkness, or because there is none."""
    finding = judge(NAME, VERSION, page_white(frame.page.pixels), limits.scale("darkness"), "too_dark")
    if finding.outcome is Outcome.FAIL:
        return finding
    return not_assessed(NAME, VERSION, "not_assessed_no_document" if frame.outline is None else "not_assessed_no_data")
