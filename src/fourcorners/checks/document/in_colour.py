"""The document is in colour: no black-and-white copy, whatever the colour of the light on it (IDP2)."""

from dataclasses import replace

from fourcorners.checks.finding import Evidence, Fact, Finding, fail, judge, not_assessed, quad
from fourcorners.checks.limits import Limits
from fourcorners.kit.geometry import Quad
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.legibility.regions import data_box
from fourcorners.vision.originality.colour import (
    Unexplained,
    channels_equal,
    colour_copy,
    portrait_warmth,
    unexplained_colour,
)
from fourcorners.vision.originality.lights import colour_beside_lights
from fourcorners.vision.picture import Pixels

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "in_colour"
VERSION = 5
REASONS = ("greyscale_file", "greyscale_copy", "not_assessed_too_small")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """A file without colour fails at once; else colours on the page that neither light nor brightness explain count.

    How few are too few depends on the portrait: with warm skin hardly any are needed, beside a grey one more are. Where
    they are too few from place to place, but no lights that fade into each other explain those of the whole page, it is
    refused only when hardly any are left: the print may be pale. A person sees whether it is; and so where colour
    stands in spots in the middle of the page, with hardly any between them.
    """
    if frame.picture.was_grey or channels_equal(frame.picture.pixels):
        return fail(NAME, VERSION, "greyscale_file")
    pixels, place = _document(frame)
    if min(pixels.shape[:2]) < limits["page_side_px_min"]:
        return not_assessed(NAME, VERSION, "not_assessed_too_small")
    small = colour_copy(pixels)
    colour = unexplained_colour(pixels, small)
    skin = _skin(frame, limits, small if pixels is frame.page.pixels else None)
    scale = limits.scale(skin)
    seen: list[Evidence] = []
    if not scale.passes(colour.typical) and skin in limits["lights_most"]:
        more = colour_beside_lights(small) > limits["lights_most"][skin]
        scale = limits.scale(f"{skin}_more_colour" if more else skin)
        if scale.fails(colour.typical) and _spotted(colour, limits):
            scale, seen = replace(scale, fail_at=scale.worst), [_spots(colour)]
    if place is not None and not scale.passes(colour.typical):
        seen = [quad(place, "without colour"), *seen]
    return judge(NAME, VERSION, colour.typical, scale, "greyscale_copy", seen)


def _spotted(colour: Unexplained, limits: Limits) -> bool:
    least: float = max(limits["spots_least"], limits["spots_stand_out"] * colour.between)
    return colour.in_spots >= least


def _spots(colour: Unexplained) -> Fact:
    return Fact(
        "spots of colour", (("in spots, % of white", f"{colour.in_spots:.1f}"), ("between", f"{colour.between:.1f}"))
    )


def _skin(frame: DocumentFrame, limits: Limits, small: Pixels | None) -> str:
    if frame.portrait is None:
        return "scale"
    warm = portrait_warmth(frame.page.pixels, frame.portrait.box, small) >= limits["skin_warmth_min"]
    return "beside_warm_skin" if warm else "beside_grey_skin"


def _document(frame: DocumentFrame) -> tuple[Pixels, Quad | None]:
    """The page, or where its edges were not found what lies around its data: a table may be as colourful as it likes.

    The place is in photo pixels; None for the whole picture, when it shows neither portrait nor MRZ.
    """
    page = frame.page
    if frame.quad is not None:
        return page.pixels, frame.quad
    box = data_box(frame) if min(page.pixels.shape[:2]) > 1 else None
    if box is None:
        return page.pixels, None
    (left, top), _, (right, bottom), _ = box.astype(int)
    return page.pixels[top:bottom, left:right], page.to_photo(box)
