"""No dark glasses."""

from fourcorners.checks.finding import Finding
from fourcorners.checks.limits import Limits
from fourcorners.checks.selfie.covering import judge_covering
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "no_sunglasses"
VERSION = 1
REASONS = ("sunglasses", "not_assessed_no_face")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Log odds of dark glasses, from how dark it is around the eyes, and whether iris and lids can be made out."""
    return judge_covering(NAME, VERSION, frame, "sunglasses", "sunglasses", limits)
