"""No glasses at all, as some programmes ask."""

from fourcorners.checks.finding import Finding, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.checks.selfie.covering import judge_covering
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "no_glasses"
VERSION = 1
REASONS = ("glasses", "not_assessed_no_face", "not_assessed_covered")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Log odds of glasses, from the lines of rims, bridge and arms. It sees dark frames; light-coloured, thin
    and rimless ones mostly escape it.

    Not assessed over a mask, whose upper edge looks like rims.
    """
    mask = frame.covering("mask")
    if mask is not None and mask.log_odds >= limits["mask_log_odds_max"]:
        return not_assessed(NAME, VERSION, "not_assessed_covered")
    return judge_covering(NAME, VERSION, frame, "glasses", "glasses", limits)
