"""Both eyes can be seen: nothing lies over them (ISO/IEC 29794-5, eyes visible)."""

from fourcorners.checks.finding import Finding, box, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.vision.faces.coverings import eye_patterns
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "eyes_visible"
VERSION = 1
REASONS = ("eyes_hidden", "not_assessed_no_face")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """How well the worse eye matches what its landmarks promise: dark iris and lash lines amid lighter skin.

    A closed eye still matches by its lash line.
    """
    if frame.mesh is None or frame.view is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    matches = dict(zip(("right eye", "left eye"), eye_patterns(frame.view, frame.mesh), strict=True))
    eyes = (("right eye", frame.mesh.right_eye), ("left eye", frame.mesh.left_eye))
    evidence = [box(eye.lids, name) for name, eye in eyes if matches[name] == min(matches.values())]
    return judge(NAME, VERSION, min(matches.values()), limits.scale(), "eyes_hidden", evidence)
