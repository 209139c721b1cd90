"""No dark glasses."""

from fourcorners.checks.finding import Finding
from fourcorners.checks.limits import Limits
from fourcorners.checks.selfie.covering import judge_covering
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "no_sunglasses"
VERSION = 2
REASONS = ("sunglasses", "not_assessed_no_face")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Log odds of dark, tinted or mirroring glasses."""
    return judge_covering(NAME, VERSION, frame, "sunglasses", "sunglasses", limits)
