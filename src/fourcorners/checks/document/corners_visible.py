"""All four corners of the document are inside the picture, with a margin, and nothing hides one (IDP3)."""

import numpy as np

from fourcorners.checks.finding import Finding, Mark, Outcome, judge, not_assessed, quad, unsure
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "corners_visible"
VERSION = 1
REASONS = ("corner_cut_off", "corner_near_edge", "corner_covered", "not_assessed_no_outline")

CORNERS = ("top left", "top right", "bottom right", "bottom left")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Smallest distance of a corner to the picture's edge, as a share of its short side; negative is outside."""
    if frame.outline is None or frame.quad is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_outline")
    width, height = frame.picture.width, frame.picture.height
    x, y = frame.quad[:, 0], frame.quad[:, 1]
    margins = np.minimum.reduce([x, width - 1 - x, y, height - 1 - y]) / min(width, height)
    evidence = [quad(frame.quad, "document")]
    evidence += [
        _point(frame.quad[i], f"{CORNERS[i]}: {margins[i]:.1%}") for i in np.flatnonzero(margins <= margins.min())
    ]
    finding = judge(NAME, VERSION, float(margins.min()), limits.scale(), "corner_cut_off", evidence)
    if finding.outcome is Outcome.UNSURE:
        return judge(NAME, VERSION, float(margins.min()), limits.scale(), "corner_near_edge", evidence)
    hidden = [p for p, seen in zip(frame.outline.quad, frame.outline.corner_visible, strict=True) if not seen]
    if finding.outcome is Outcome.PASS and hidden:
        return unsure(NAME, VERSION, "corner_covered", [*evidence[:1], *(_point(p, "hidden") for p in hidden)])
    return finding


def _point(xy: np.ndarray, label: str) -> Mark:
    return Mark("point", ((round(float(xy[0]), 1), round(float(xy[1]), 1)),), label)
