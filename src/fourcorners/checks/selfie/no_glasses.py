"""No glasses at all, as some programmes ask."""

from fourcorners.checks.finding import Finding, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.checks.selfie.covering import judge_covering
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "no_glasses"
VERSION = 2
REASONS = ("glasses", "not_assessed_no_face", "not_assessed_covered")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Log odds of clear glasses. Not assessed behind dark ones, which have their own check."""
    if frame.coverings is not None and frame.coverings.log_odds["sunglasses"] >= limits["sunglasses_log_odds_max"]:
        return not_assessed(NAME, VERSION, "not_assessed_covered")
    return judge_covering(NAME, VERSION, frame, "glasses", "glasses", limits)
