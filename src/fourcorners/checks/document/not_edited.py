"""The picture was not edited: no editing program saved it, and its portrait has the noise of the rest (IDP2, FAI10)."""

import math

import numpy as np

from fourcorners.checks.finding import Fact, Finding, fail, judge, ok, quad
from fourcorners.checks.limits import Limits
from fourcorners.kit.geometry import Quad
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.originality.noise import noise_level

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "not_edited"
VERSION = 1
REASONS = ("edited_picture", "pasted_region")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Names of editors (data) in the metadata; then how far the portrait's noise is from that of the page beside it.

    Another noise alone is never a fail: a portrait is printed otherwise than its page. It asks for a person's eye.
    """
    for key, value in sorted(frame.picture.metadata.items()):
        if any(word in value.casefold() for word in limits["editors"]):
            return fail(NAME, VERSION, "edited_picture", [Fact("metadata", ((key, value),))])
    if frame.portrait is None:
        return ok(NAME, VERSION, [Fact("metadata", (), "name no editing program; there is no portrait to compare")])
    (left, top), (right, bottom) = frame.portrait.box
    portrait = frame.page.to_photo(np.array([[left, top], [right, top], [right, bottom], [left, bottom]]))
    here = noise_level(frame.picture.pixels, portrait)
    there = [n for n in (noise_level(frame.picture.pixels, q) for q in _beside(frame)) if n is not None]
    if here is None or not there:
        return ok(NAME, VERSION, [Fact("metadata", (), "name no editing program; too small to compare noise")])
    page = float(np.median(there))
    apart = abs(math.log2((here + limits["floor"]) / (page + limits["floor"])))
    levels = (("portrait", f"{here:.2f}"), ("page", f"{page:.2f}"))
    evidence = [quad(portrait, "portrait"), Fact("noise, grey levels", levels)]
    return judge(NAME, VERSION, apart, limits.scale(), "pasted_region", evidence)


def _beside(frame: DocumentFrame) -> list[Quad]:
    """A grid of places on the page in photo pixels; those over the portrait are few and do not move the median."""
    height, width = frame.page.pixels.shape[:2]
    cells = [(x, y) for y in np.linspace(0.1, 0.7, 4) for x in np.linspace(0.1, 0.75, 5)]
    size = np.array([0.15 * width, 0.2 * height])
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float64) * size
    return [frame.page.to_photo(corners + np.array([x * width, y * height])) for x, y in cells]
