"""The print on the document is sharp where its data stand: edges are narrow beside the letters they make."""

import numpy as np

from fourcorners.checks.finding import Evidence, Finding, Outcome, judge, not_assessed, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.fields.unfilled import unfilled_places
from fourcorners.vision.legibility.regions import Region, data_regions
from fourcorners.vision.legibility.sharpness import edge_blur, page_blur

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "sharp"
VERSION = 3
REASONS = ("blurred", "not_assessed_no_document", "not_assessed_no_data")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Blur of edges in parts of the letters' height, over the larger lines.

    A blur of the whole photo shows in most lines, and a line may be a pattern taken for print: there what is worse than
    most lines are decides. What is certainly print must not be lost by itself either: a smeared date of birth fails. So
    it does where no letters can be made out any more, and only its label tells that they should stand there.
    """
    measured = [(blur, r) for r in _chosen(frame, limits) if (blur := edge_blur(frame.page.pixels, r.quad)) is not None]
    if len(measured) < limits["lines_least"]:
        return _without_lines(frame, limits)
    most = float(np.quantile([blur for blur, _ in measured], limits["line_quantile"]))
    read = [(blur, r) for blur, r in measured if r.confidence >= limits["confidence_min"]]
    worst = max((blur for blur, _ in read), default=0.0)
    findings = [
        judge(NAME, VERSION, most, limits.scale(), "blurred", _shown(frame, measured, limits, "scale")),
        judge(NAME, VERSION, worst, limits.scale("one_line"), "blurred", _shown(frame, read, limits, "one_line")),
        *_lost(frame, limits),
    ]
    worst_of_all = min(findings, key=lambda f: f.score or 0.0)
    return findings[0] if all(f.outcome is Outcome.PASS for f in findings[1:]) else worst_of_all


def _lost(frame: DocumentFrame, limits: Limits) -> list[Finding]:
    """Of the one value of which only the label was read, if there is one: how blurred is what stands in its place?

    Where several have no value, they stand otherwise than we think.
    """
    places = unfilled_places(frame.text, frame.labels, limits["labels_with_values"])
    if len(places) != 1 or (blur := edge_blur(frame.page.pixels, places[0])) is None:
        return []
    place = quad(frame.page.to_photo(places[0]), f"{blur:.3f}")
    return [judge(NAME, VERSION, blur, limits.scale("no_letters"), "blurred", [place])]


def _shown(frame: DocumentFrame, measured: list[tuple[float, Region]], limits: Limits, scale: str) -> list[Evidence]:
    """The lines that are not sharp, worst first."""
    lines = sorted((m for m in measured if not limits.scale(scale).passes(m[0])), key=lambda m: -m[0])
    return [quad(frame.page.to_photo(r.quad), f"{b:.3f}") for b, r in lines[: limits["shown_most"]]]


def _chosen(frame: DocumentFrame, limits: Limits) -> list[Region]:
    """The largest lines, so that the cost stays the same however much there is to read.

    What is higher than any line of print is a picture, or several lines so blurred that they were taken for one.
    """
    highest = limits["line_height_most"] * min(frame.page.pixels.shape[:2])
    lines = [r for r in data_regions(frame) if r.kind != "portrait" and r.height_px <= highest]
    return sorted(lines, key=lambda r: (r.kind != "mrz", -r.width_px * r.height_px))[: limits["lines_most"]]


def _without_lines(frame: DocumentFrame, limits: Limits) -> Finding:
    """No line was found: because of blur, or because there is none."""
    if frame.outline is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_document")
    raw = page_blur(frame.page.pixels)
    if raw is None or not limits.scale().fails(raw):
        return not_assessed(NAME, VERSION, "not_assessed_no_data")
    return judge(NAME, VERSION, raw, limits.scale(), "blurred", [quad(frame.outline.quad)])
