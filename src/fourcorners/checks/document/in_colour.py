"""The document is in colour: no black-and-white copy, whatever the colour of the light on it (IDP2)."""

from fourcorners.checks.finding import Finding, fail, judge, not_assessed, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.originality.colour import channels_equal, unexplained_colour

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "in_colour"
VERSION = 1
REASONS = ("greyscale_file", "greyscale_copy", "not_assessed_too_small")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """A file without colour fails at once; else colours on the page that neither light nor brightness explain count."""
    if frame.picture.was_grey or channels_equal(frame.picture.pixels):
        return fail(NAME, VERSION, "greyscale_file")
    if min(frame.page.pixels.shape[:2]) < limits["page_side_px_min"]:
        return not_assessed(NAME, VERSION, "not_assessed_too_small")
    raw = unexplained_colour(frame.page.pixels)
    finding = judge(NAME, VERSION, raw, limits.scale(), "greyscale_copy")
    if finding.reason is None or frame.quad is None:
        return finding
    return judge(NAME, VERSION, raw, limits.scale(), "greyscale_copy", [quad(frame.quad, "without colour")])
