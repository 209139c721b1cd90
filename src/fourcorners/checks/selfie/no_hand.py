"""No hand and no thing lies over part of the face (ISO/IEC 29794-5, face occlusion)."""

from fourcorners.checks.finding import Finding
from fourcorners.checks.limits import Limits
from fourcorners.checks.selfie.covering import judge_covering
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "no_hand"
VERSION = 2
REASONS = ("hand_on_face", "not_assessed_no_face")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Log odds of a hand, or of a thing held before the face."""
    return judge_covering(NAME, VERSION, frame, "hand", "hand_on_face", limits)
