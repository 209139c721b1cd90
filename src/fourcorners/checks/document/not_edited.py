"""Neither the file nor the picture shows that something was changed after the photo (IDP2, FAI10).

Judged are what the file says of itself; places that were saved once as JPEG where the page was saved twice; places that
lack the noise of the rest: a portrait or text pasted from a clean source; lines of print without the ground about them,
or with strokes sharper than any like them: they were set anew; and a portrait whose traces of camera and compression a
network finds unlike those of its edge and of the page around it: it came from another photo. Edits in photos that were
smoothed or compressed until no traces were left pass.
"""

from collections.abc import Sequence

import numpy as np

from fourcorners.checks.document.lines_anew import line_signs, set_anew
from fourcorners.checks.finding import Fact, Finding, fail, judge, ok, quad
from fourcorners.checks.limits import Limits
from fourcorners.kit.geometry import Quad
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.legibility.regions import Region, data_regions
from fourcorners.vision.originality.noise_floor import Quiet, find_quiet
from fourcorners.vision.originality.saved_before import SavedBefore, find_saved_before
from fourcorners.vision.originality.splice import Place, chances_pasted

__all__ = ["NAME", "REASONS", "VERSION", "check", "places_of", "saved_before"]

NAME = "not_edited"
VERSION = 8
REASONS = ("edited_picture", "pasted_in")

LINE_HEART = 0.75
"""Of the height at which a line of print was found."""


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Fails when the metadata name an editing program or generator (data), or a place is unlike the rest of the photo.

    The worst of the measures of places decides.
    """
    for key, value in sorted(frame.picture.metadata.items()):
        if key != "FileName" and any(word in value.casefold() for word in limits["editors"]):
            return fail(NAME, VERSION, REASONS[0], [Fact("metadata", ((key, value),))])
    unnamed = Fact("metadata", (), "name no editing program")
    places, quads = places_of(frame, limits["places_most"])
    found = find_quiet(frame.picture.pixels, quads) if quads else None
    noise = (
        Fact("noise", (), "too little of it to tell what was pasted")
        if found is None or found.floor < limits["floor_min"]
        else Fact("noise", (("elsewhere", f"{found.floor:.2f} grey levels"),))
    )
    findings = [ok(NAME, VERSION, [unnamed, noise])]
    if found is not None and found.floor >= limits["floor_min"]:
        findings.append(_by_noise(found, places, quads, limits, [unnamed, noise]))
    before = saved_before(frame, places, quads)
    if before is not None:
        findings += _by_saving(before, places, quads, limits, [unnamed, noise])
    if frame.quad is not None:
        odds, seen = set_anew(line_signs(frame, places, quads, found, before, limits), quads, limits)
        findings.append(judge(NAME, VERSION, odds, limits.scale("line_set_anew"), REASONS[1], [*seen, unnamed, noise]))
    if frame.quad is not None and places and places[0].kind == "portrait":
        findings.append(_by_traces(frame, quads[0], limits, [unnamed, noise]))
    return min(reversed(findings), key=lambda f: 100.0 if f.score is None else f.score)


def _by_noise(
    found: Quiet, places: Sequence[Region], quads: Sequence[Quad], limits: Limits, facts: Sequence[Fact]
) -> Finding:
    """Places much quieter than the quietest spots elsewhere."""
    scale = limits.scale()
    measured = [(share, n) for n, share in enumerate(found.shares) if share is not None]
    suspect = sorted((m for m in measured if not scale.passes(m[0])), reverse=True)
    seen = [quad(quads[n], f"{places[n].kind}: {share:.0%} without the noise of the rest") for share, n in suspect]
    return judge(NAME, VERSION, max(measured, default=(0.0, 0))[0], scale, REASONS[1], [*seen, *facts])


def places_of(frame: DocumentFrame, most: int) -> tuple[list[Region], list[Quad]]:
    """The portrait, and the `most` largest lines of print; and their quads in the photo.

    The fields that somebody would change are among them.
    """
    regions = data_regions(frame)
    lines = sorted((r for r in regions if r.kind != "portrait"), key=lambda r: -r.width_px * r.height_px)
    places = [*(r for r in regions if r.kind == "portrait"), *lines[:most]]
    return places, [frame.page.to_photo(region.quad) for region in places]


def saved_before(frame: DocumentFrame, places: Sequence[Region], quads: Sequence[Quad]) -> SavedBefore | None:
    """Which places were saved once where the page was saved twice; None where no earlier saving is seen."""
    coding = frame.picture.coding
    if coding is None:
        return None
    hearts = [_heart(place, found) for place, found in zip(places, quads, strict=True)]
    return find_saved_before(frame.picture.pixels, coding, frame.page.quad, hearts)


def _heart(place: Region, found: Quad) -> Quad:
    """The quad of a portrait, or the middle of a line's: boxes stand off the letters, and print lies close by."""
    if place.kind == "portrait":
        return found
    middle = (found + found[[3, 2, 1, 0]]) / 2
    return np.asarray(middle + LINE_HEART * (found - middle))


def _by_saving(
    found: SavedBefore, places: Sequence[Region], quads: Sequence[Quad], limits: Limits, facts: Sequence[Fact]
) -> list[Finding]:
    """Portraits and lines saved once, each by a scale of its own."""
    seen = Fact("saved before", (("frequencies", f"{found.frequencies}"),))
    findings = []
    for scale, of_portrait in (("portrait_saved_once", True), ("line_saved_once", False)):
        told = [
            (once[0] if once[1] <= limits["once_most"] else 0.0, n)
            for n, once in enumerate(found.once)
            if once is not None and (places[n].kind == "portrait") is of_portrait
        ]
        suspect = [
            quad(quads[n], f"{places[n].kind}: saved once, the page twice")
            for odds, n in sorted(told, reverse=True)
            if not limits.scale(scale).passes(odds)
        ]
        most = max(told, default=(0.0, 0))[0]
        findings.append(judge(NAME, VERSION, most, limits.scale(scale), REASONS[1], [*suspect, *facts, seen]))
    return findings


def _by_traces(frame: DocumentFrame, portrait: Quad, limits: Limits, facts: Sequence[Fact]) -> Finding:
    """The portrait, if its traces are unlike those of its edge and of the page. Of lines the network is not asked."""
    (chance,) = chances_pasted(frame.picture.pixels, frame.page.quad, [Place(portrait)])
    if chance is None:
        return ok(NAME, VERSION, facts)
    page = frame.page.quad
    small = np.linalg.norm(page - np.roll(page, -1, axis=0), axis=1).max() < limits["traces_page_px_min"]
    scale = limits.scale("traces_small" if small else "traces")
    seen = (
        [] if scale.passes(chance) else [quad(portrait, "portrait: traces of camera and compression unlike the rest")]
    )
    return judge(NAME, VERSION, chance, scale, REASONS[1], [*seen, *facts])
