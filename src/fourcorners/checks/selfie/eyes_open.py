"""Both eyes are open (ISO/IEC 29794-5, eyes open)."""

from fourcorners.checks.finding import Finding, box, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "eyes_open"
VERSION = 1
REASONS = ("eyes_closed", "not_assessed_no_face", "not_assessed_covered")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Gap between the lids by the width of the eye, of the more closed eye; through dark glasses it says nothing."""
    if frame.mesh is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    covered = None if frame.coverings is None else frame.coverings.log_odds["sunglasses"]
    if covered is not None and covered >= limits["sunglasses_log_odds_max"]:
        return not_assessed(NAME, VERSION, "not_assessed_covered")
    eyes = [box(eye.lids, "eye") for eye in (frame.mesh.right_eye, frame.mesh.left_eye)]
    return judge(NAME, VERSION, frame.mesh.eye_openness, limits.scale(), REASONS[0], eyes)
