"""The photo shows the document itself, not a display that shows it (IDP2)."""

import numpy as np

from fourcorners.checks.document.weighed import log_odds, said
from fourcorners.checks.finding import Evidence, Fact, Finding, Mark, judge, not_assessed, quad
from fourcorners.checks.limits import Limits
from fourcorners.kit.geometry import Points
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.originality.bands import Bands
from fourcorners.vision.originality.bezel import Bezel
from fourcorners.vision.originality.moire import TurningHue
from fourcorners.vision.originality.recapture import LIKELY, Recapture

__all__ = ["NAME", "REASONS", "VERSION", "check", "sides_of"]

NAME = "not_screen_photo"
VERSION = 6
REASONS = ("screen_photo", "not_assessed_too_small")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Where colours turn as a display's do; what two networks say; a display's frame; and weak signs together.

    Each sees displays that the others miss: the worst decides. A page shown small has no texture. Bands of dimmed light
    are only weighed beside other signs: lamps flicker, too.
    """
    page = frame.page.quad
    large = np.linalg.norm(page - np.roll(page, -1, axis=0), axis=1).max() >= limits["page_side_px_min"]
    hue = frame.turning_hue
    windows, whole = (frame.recapture, frame.page_texture) if large else (None, None)
    findings = [
        *([] if hue is None else [_by_hue(hue, limits)]),
        *([] if windows is None else [_by_texture(windows, "texture", limits)]),
        *([] if whole is None else [_by_texture(whole, "page", limits)]),
        *([] if frame.bezel is None else [_by_frame(frame.bezel, limits)]),
        *([] if whole is None or hue is None else [_together(whole, hue, frame.bezel, frame.bands, limits)]),
    ]
    if not findings:
        return not_assessed(NAME, VERSION, "not_assessed_too_small")
    return min(findings, key=lambda f: 100.0 if f.score is None else f.score)


def _by_hue(found: TurningHue, limits: Limits) -> Finding:
    suspect = not limits.scale().passes(found.share)
    seen = [quad(place, "stripes of a display") for place in found.places[: limits["shown_most"]]] if suspect else []
    return judge(NAME, VERSION, found.share, limits.scale(), "screen_photo", seen)


def _by_frame(found: Bezel, limits: Limits) -> Finding:
    raw = sides_of(found, limits)
    scale = limits.scale("frame")
    seen: list[Evidence] = []
    if not scale.passes(raw):
        seen = [_line(strip.edge) for strip in found.strips]
    return judge(NAME, VERSION, raw, scale, "screen_photo", seen)


def sides_of(found: Bezel, limits: Limits) -> float:
    """Sides of a frame. Strips that run on out of the picture may be a dark table: alone they only raise doubt.

    So they do beside a single side that ends again, as a keyboard or the end of that table, unless the one goes on in
    the other round a corner.
    """
    half = found.open / 2
    ended = found.closed + limits["pale_counts"] * found.pale
    sides = max(ended + min(half, limits["open_beside_closed_most"]), min(half, limits["open_alone_most"]))
    is_single = sum(strip.is_closed for strip in found.strips) < 2 and not found.turns_corner
    return float(min(sides, limits["single_most"]) if is_single else sides)


def _together(whole: Recapture, hue: TurningHue, bezel: Bezel | None, bands: Bands, limits: Limits) -> Finding:
    """Signs too weak by themselves. With no more than a side of a frame they raise a doubt, no more."""
    sides = 0.0 if bezel is None else sides_of(bezel, limits)
    signs = {"page": whole.display_evidence, "frame": sides, "bands": bands.clearness, "hue": hue.share}
    raw = log_odds(signs, limits["weights"])
    if sides < limits["frame_least"]:
        raw = min(raw, limits["frameless_most"])
    scale = limits.scale("together")
    seen: list[Evidence] = []
    if not scale.passes(raw):
        seen = [*(_line(strip.edge) for strip in (bezel.strips if bezel else ())), said(signs)]
    return judge(NAME, VERSION, raw, scale, "screen_photo", seen)


def _line(points: Points) -> Mark:
    return Mark("line", tuple((round(float(x), 1), round(float(y), 1)) for x, y in points), "frame of a display")


def _by_texture(found: Recapture, name: str, limits: Limits) -> Finding:
    scale = limits.scale(name)
    seen: list[Evidence] = []
    if not scale.passes(found.display_evidence):
        seen = [quad(place, "texture of a display") for place in found.likeliest(found.display)[: limits["shown_most"]]]
        share = float((found.display >= LIKELY).mean())
        seen.append(Fact("windows like a display", (("share", f"{share:.0%}"),)))
    return judge(NAME, VERSION, found.display_evidence, scale, "screen_photo", seen)
