"""The face is sharp (ISO/IEC 29794-5, sharpness)."""

from fourcorners.checks.finding import Finding, box, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.vision.faces.detail import fine_detail
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "sharp"
VERSION = 1
REASONS = ("face_blurred", "not_assessed_no_face")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Energy of fine detail by that of coarse shape on the face."""
    detail = None if frame.view is None else fine_detail(frame.view)
    if detail is None or frame.mesh is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    return judge(NAME, VERSION, detail, limits.scale(), REASONS[0], [box(frame.mesh.box, "face")])
