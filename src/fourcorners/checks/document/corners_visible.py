"""All four corners of the document are inside the picture, with a margin, and nothing hides one (IDP3)."""

import numpy as np
from numpy.typing import NDArray

from fourcorners.checks.finding import Fact, Finding, Mark, Outcome, judge, not_assessed, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.outline import Outline

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "corners_visible"
VERSION = 3
REASONS = ("corner_cut_off", "corner_near_edge", "corner_covered", "not_assessed_no_outline")

CORNERS = ("top left", "top right", "bottom right", "bottom left")
SIDES = ("top", "right", "bottom", "left")
"""Side i runs from corner i to the next."""


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Smallest distance of a corner to the picture's edge, as a share of its short side; negative is outside.

    Where all are well inside: the chance that the least clear corner is whole, not covered, folded, punched or cut off.
    """
    if frame.outline is None or frame.quad is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_outline")
    width, height = frame.picture.width, frame.picture.height
    x, y = frame.quad[:, 0], frame.quad[:, 1]
    margins = np.minimum.reduce([x, width - 1 - x, y, height - 1 - y]) / min(width, height)
    worst = float(margins.min())
    document = quad(frame.quad, "document")
    near = [_point(frame.quad[i], f"{CORNERS[i]}: {margins[i]:.1%}") for i in np.flatnonzero(margins <= max(worst, 0))]
    finding = judge(NAME, VERSION, worst, limits.scale(), "corner_cut_off", [document, *near, *_cut_sides(margins)])
    if finding.outcome is Outcome.UNSURE:
        return judge(NAME, VERSION, worst, limits.scale(), "corner_near_edge", [document, *near])
    if finding.outcome is not Outcome.PASS:
        return finding
    whole = [_chance_whole(frame.outline, corner) for corner in frame.quad]
    scale = limits.scale("whole")
    marks = [_point(frame.quad[i], f"{CORNERS[i]}: hidden") for i in range(4) if not scale.passes(whole[i])]
    covered = judge(NAME, VERSION, min(whole), scale, "corner_covered", [document, *marks])
    return finding if covered.outcome is Outcome.PASS else covered


def _cut_sides(margins: NDArray[np.float64]) -> list[Fact]:
    """The sides of which both ends are outside."""
    names = [side for i, side in enumerate(SIDES) if margins[i] < 0 and margins[(i + 1) % 4] < 0]
    return [Fact("outside the picture", tuple(("side", name) for name in names))] if names else []


def _chance_whole(outline: Outline, corner: NDArray[np.float64]) -> float:
    """The chance that the outline's corner that is this one (in document order) can be seen whole."""
    return outline.corner_whole[int(np.argmin(np.linalg.norm(outline.quad - corner, axis=1)))]


def _point(xy: NDArray[np.float64], label: str) -> Mark:
    return Mark("point", ((round(float(xy[0]), 1), round(float(xy[1]), 1)),), label)
