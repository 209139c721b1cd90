"""The document shows a portrait (IDP1)."""

from fourcorners.checks.finding import Finding, fail, ok, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "portrait_present"
VERSION = 1
REASONS = ("no_portrait",)


def check(frame: DocumentFrame, _: Limits) -> Finding:
    """A face was found on the page."""
    if frame.portrait is None:
        return fail(NAME, VERSION, REASONS[0])
    (left, top), (right, bottom) = frame.portrait.box
    corners = [[left, top], [right, top], [right, bottom], [left, bottom]]
    return ok(NAME, VERSION, [quad(frame.page.to_photo(corners), "portrait")])
