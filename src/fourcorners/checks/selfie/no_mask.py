"""Mouth and nose are bare: no mask, scarf or veil."""

from fourcorners.checks.finding import Finding
from fourcorners.checks.limits import Limits
from fourcorners.checks.selfie.covering import judge_covering
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "no_mask"
VERSION = 2
REASONS = ("mask", "not_assessed_no_face")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Log odds of something worn over the mouth, also below the nose."""
    return judge_covering(NAME, VERSION, frame, "mask", "mask", limits)
