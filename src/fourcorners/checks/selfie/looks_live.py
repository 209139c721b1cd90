"""Nothing says that the selfie was taken of a screen or a print (IDP7): a weak, passive sign."""

from dataclasses import replace

from fourcorners.checks.finding import Evidence, Fact, Finding, Outcome, box, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.vision.faces.liveness import recapture_evidence
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "looks_live"
VERSION = 1
REASONS = ("not_live", "not_assessed_no_face")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Log odds of a recaptured picture. Passes or is unsure, and never fails: by itself it refuses nobody.

    A pass is no proof of life either: masks, good prints and injected pictures show none of these signs.
    """
    if frame.mesh is None or frame.view is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    found = recapture_evidence(frame.picture.pixels, frame.mesh, frame.view)
    because = tuple((name, f"{value:.2f} ({part:+.1f})") for name, value, part in found.because)
    evidence: list[Evidence] = [box(frame.mesh.box, "face"), Fact("signs of a screen or print", because)]
    finding = judge(NAME, VERSION, found.log_odds, limits.scale(), REASONS[0], evidence)
    return replace(finding, outcome=Outcome.UNSURE) if finding.outcome is Outcome.FAIL else finding
