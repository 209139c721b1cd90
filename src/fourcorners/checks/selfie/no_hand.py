"""No hand and no thing lies over part of the face (ISO/IEC 29794-5, face occlusion)."""

from fourcorners.checks.finding import Finding, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.checks.selfie.covering import evidence_of
from fourcorners.vision.faces.mesh import OVAL
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "no_hand"
VERSION = 2
REASONS = ("hand_on_face", "not_assessed_no_face")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Log odds of a hand or a thing held before the face, raised by the covered share of the face where nothing that is
    worn explains it. A weak measure: it sees a hand over mouth or eyes, hardly a finger on the cheek.
    """
    if frame.mesh is None or frame.coverings is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    found = frame.coverings
    worn = any(found.log_odds[name] >= limits["worn_log_odds"] for name in limits["worn"])
    raw = found.log_odds["hand"] + (0.0 if worn else limits["by_covered_share"] * found.covered_share(OVAL))
    return judge(NAME, VERSION, raw, limits.scale(), "hand_on_face", evidence_of(frame.mesh, found, "hand"))
