"""Neither the file nor the picture shows that something was changed after the photo (IDP2, FAI10).

Judged are what the file says of itself, and places that lack the noise of the rest: a portrait or text pasted from a
clean source. What was pasted from another noisy photo passes, and so does all editing in photos without noise.
"""

from fourcorners.checks.finding import Fact, Finding, fail, judge, ok, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.legibility.regions import Region, data_regions
from fourcorners.vision.originality.noise_floor import find_quiet

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "not_edited"
VERSION = 3
REASONS = ("edited_picture", "pasted_in")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Fails when the metadata name an editing program or generator (data), or a place is much quieter than the rest."""
    for key, value in sorted(frame.picture.metadata.items()):
        if key != "FileName" and any(word in value.casefold() for word in limits["editors"]):
            return fail(NAME, VERSION, REASONS[0], [Fact("metadata", ((key, value),))])
    unnamed = Fact("metadata", (), "name no editing program")
    places = _places(frame, limits["places_most"])
    quads = [frame.page.to_photo(region.quad) for region in places]
    found = find_quiet(frame.picture.pixels, quads) if quads else None
    if found is None or found.floor < limits["floor_min"]:
        return ok(NAME, VERSION, [unnamed, Fact("noise", (), "too little of it to tell what was pasted")])
    measured = [(share, n) for n, share in enumerate(found.shares) if share is not None]
    scale = limits.scale()
    suspect = sorted((m for m in measured if not scale.passes(m[0])), reverse=True)
    seen = [quad(quads[n], f"{places[n].kind}: {share:.0%} without the noise of the rest") for share, n in suspect]
    noise = Fact("noise", (("elsewhere", f"{found.floor:.2f} grey levels"),))
    return judge(NAME, VERSION, max(measured, default=(0.0, 0))[0], scale, REASONS[1], [*seen, unnamed, noise])


def _places(frame: DocumentFrame, most: int) -> list[Region]:
    """The portrait, and the largest lines of print: the fields that somebody would change are among them."""
    regions = data_regions(frame)
    lines = sorted((r for r in regions if r.kind != "portrait"), key=lambda r: -r.width_px * r.height_px)
    return [*(r for r in regions if r.kind == "portrait"), *lines[:most]]
