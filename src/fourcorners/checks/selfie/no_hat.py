"""Nothing on the head comes down over the forehead."""

from fourcorners.checks.finding import Finding
from fourcorners.checks.limits import Limits
from fourcorners.checks.selfie.covering import judge_covering
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "no_hat"
VERSION = 1
REASONS = ("head_covered", "not_assessed_no_face", "face_cut_off")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Log odds of a hat, from skin and texture above the brows. A weak measure: hats that leave the forehead free are
    not told from hair, and short-cut or shaved hair can look like cloth."""
    return judge_covering(NAME, VERSION, frame, "hat", "head_covered", limits)
