"""Nothing on the head comes down over the forehead."""

from fourcorners.checks.finding import Finding
from fourcorners.checks.limits import Limits
from fourcorners.checks.selfie.covering import judge_covering
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "no_hat"
VERSION = 2
REASONS = ("head_covered", "not_assessed_no_face", "face_cut_off")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Log odds of a hat, cap, hood or head scarf. Whether one worn for religion or health may stay on is a question for
    the reviewer (reason `head_covered`)."""
    return judge_covering(NAME, VERSION, frame, "hat", "head_covered", limits)
