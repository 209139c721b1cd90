"""The skin of the face is neither too dark nor burnt out (ISO/IEC 29794-5, under- and over-exposure)."""

import numpy as np

from fourcorners.checks.finding import Evidence, Fact, Finding, Outcome, box, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.checks.selfie.skin import skin_area
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "well_lit"
VERSION = 1
REASONS = ("face_too_dark", "face_overexposed", "not_assessed_no_face")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Brightness of the brighter skin, and the share of skin that is burnt out.

    The upper quartile of L* tells light from complexion: on dark skin in good light highlights still stand out.
    """
    if frame.view is None or frame.mesh is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    lightness = frame.view.lab[..., 0][skin_area(frame.view)]
    if lightness.size == 0:
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    bright = float(np.percentile(lightness, 75))
    burnt = float((lightness >= limits["burnt_lightness"]).mean())
    values = (("L* of the brighter skin", f"{bright:.0f}"), ("burnt out", f"{burnt:.0%}"))
    seen: list[Evidence] = [box(frame.mesh.box, "face"), Fact("exposure of the skin", values)]
    over = judge(NAME, VERSION, burnt, limits.scale("over"), "face_overexposed", seen)
    if over.outcome is not Outcome.PASS:
        return over
    return judge(NAME, VERSION, bright, limits.scale("under"), "face_too_dark", seen)
