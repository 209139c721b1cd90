"""Exactly one face is in the selfie (IDP7; ISO/IEC 29794-5, single face present)."""

from fourcorners.checks.finding import Finding, box, fail, ok
from fourcorners.checks.limits import Limits
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "single_face"
VERSION = 1
REASONS = ("no_face", "several_faces")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """A second face counts from a share of the first one's width on: a poster far behind is no second person."""
    if frame.face is None:
        return fail(NAME, VERSION, "no_face")
    width_min = limits["second_face_width_share_min"] * frame.face.width
    others = [f for f in frame.faces[1:] if f.width >= width_min]
    seen = [box(frame.face.box, "face"), *(box(f.box, "another face") for f in others)]
    return fail(NAME, VERSION, "several_faces", seen) if others else ok(NAME, VERSION, seen)
