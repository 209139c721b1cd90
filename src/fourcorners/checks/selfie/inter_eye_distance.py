"""The face is shown with enough pixels (ISO/IEC 29794-5, inter-eye distance)."""

from fourcorners.checks.finding import Finding, Mark, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "inter_eye_distance"
VERSION = 1
REASONS = ("face_too_small", "not_assessed_no_face")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Pixels of the photo between the centres of the eyes."""
    if frame.mesh is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    (ax, ay), (bx, by) = frame.mesh.eye_centres.round(1).tolist()
    eyes = Mark("line", ((ax, ay), (bx, by)), "between the eyes")
    return judge(NAME, VERSION, frame.mesh.inter_eye_px, limits.scale(), REASONS[0], [eyes])
