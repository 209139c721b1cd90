"""The picture is a photo of the document, not a scan or a crop of one (IDP2; whether scans are allowed is policy)."""

from fourcorners.checks.finding import Fact, Finding, judge, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.originality.straightness import keystone, surround_spread, tilt_deg

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "not_scan"
VERSION = 1
REASONS = ("flat_scan",)


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Adds up weights (data): exactly straight, no perspective, an even white surround or none, no camera named."""
    weight = limits["weights"]
    tilt = tilt_deg(frame)
    signs = {
        "straight to a hair": weight["straight"] * (tilt is not None and tilt <= limits["tilt_deg_max"]),
        "no camera named": weight["no_camera"] * (not {"Make", "Model"} & set(frame.picture.metadata)),
    }
    if frame.quad is None:
        signs["fills the whole picture"] = weight["fills"] * (tilt is not None)
    else:
        around = surround_spread(frame.picture.pixels, frame.quad)
        white = around is not None and around[0] >= limits["white_min"] and around[1] <= limits["white_spread_max"]
        signs["no perspective"] = weight["no_perspective"] * (keystone(frame.quad) <= limits["keystone_max"])
        signs["even white surround"] = weight["white_surround"] * white
    values = tuple((name, f"{value:.2f}") for name, value in signs.items())
    note = "" if tilt is None else f"tilted by {tilt:.2f} degrees"
    where = [] if frame.quad is None else [quad(frame.quad, "document")]
    return judge(
        NAME, VERSION, sum(signs.values()), limits.scale(), REASONS[0], [*where, Fact("signs of a scan", values, note)]
    )
