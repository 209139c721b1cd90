"""The print on the document is sharp where its data stand: edges are narrow beside the letters they make."""

from collections.abc import Sequence

import numpy as np

from fourcorners.checks.finding import Finding, judge, not_assessed, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.legibility.regions import Region, data_regions
from fourcorners.vision.legibility.sharpness import edge_blur, page_blur

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "sharp"
VERSION = 1
REASONS = ("blurred", "not_assessed_no_document", "not_assessed_no_data")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Blur of edges in parts of the letters' height; of MRZ and other print, the worse decides."""
    scale = limits.scale()
    lines = [r for r in data_regions(frame) if r.kind != "portrait"]
    measured = [(blur, r) for r in _chosen(lines, limits) if (blur := edge_blur(frame.page.pixels, r.quad)) is not None]
    if len(measured) < limits["lines_least"]:
        return _without_lines(frame, limits)
    typical = limits["line_quantile"]
    raw = max(_quantile([b for b, r in measured if r.kind == kind], typical) for kind in ("mrz", "text"))
    worst = sorted((m for m in measured if not scale.passes(m[0])), key=lambda m: -m[0])
    seen = [quad(frame.page.to_photo(r.quad), f"{b:.3f}") for b, r in worst[: limits["shown_most"]]]
    return judge(NAME, VERSION, raw, scale, "blurred", seen)


def _chosen(lines: Sequence[Region], limits: Limits) -> list[Region]:
    """The lines with most print on them, so that the cost stays the same however much there is to read."""
    return sorted(lines, key=lambda r: (r.kind != "mrz", -r.width_px * r.height_px))[: limits["lines_most"]]


def _without_lines(frame: DocumentFrame, limits: Limits) -> Finding:
    """No line was found: because of blur, or because there is none."""
    if frame.outline is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_document")
    raw = page_blur(frame.page.pixels)
    if raw is None or not limits.scale().fails(raw):
        return not_assessed(NAME, VERSION, "not_assessed_no_data")
    return judge(NAME, VERSION, raw, limits.scale(), "blurred", [quad(frame.outline.quad)])


def _quantile(values: Sequence[float], share: float) -> float:
    return float(np.quantile(values, share)) if values else 0.0
