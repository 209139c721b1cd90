"""The selfie is in colour, and skin looks like skin (ISO/IEC 29794-5, natural colour)."""

import numpy as np

from fourcorners.checks.finding import Evidence, Fact, Finding, box, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.checks.selfie.skin import skin_area
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "natural_colour"
VERSION = 1
REASONS = ("unnatural_colour", "not_assessed_no_face")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Distance of the skin's mean (a*, b*) from the box of natural skin colours; 0 inside it.

    ISO/IEC 29794-5 (natural colour) takes a* in [5, 25] and b* in [5, 35] as natural.
    """
    if frame.view is None or frame.mesh is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    skin = skin_area(frame.view)
    if not skin.any():
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    mean = frame.view.lab[skin][:, 1:].mean(axis=0)
    low, high = np.array(limits["natural_low"]), np.array(limits["natural_high"])
    distance = float(np.linalg.norm(np.maximum(0, np.maximum(low - mean, mean - high))))
    seen: list[Evidence] = [
        box(frame.mesh.box, "face"),
        Fact("skin", (("a*", f"{mean[0]:.1f}"), ("b*", f"{mean[1]:.1f}"))),
    ]
    return judge(NAME, VERSION, distance, limits.scale(), REASONS[0], seen)
