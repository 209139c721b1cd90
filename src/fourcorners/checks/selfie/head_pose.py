"""The head faces the camera (ISO/IEC 29794-5, head pose)."""

from fourcorners.checks.finding import Fact, Finding, box, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "head_pose"
VERSION = 1
REASONS = ("head_turned", "not_assessed_no_face")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """The angle that is worst against its own scale decides: turn (yaw), nod (pitch) or tilt (roll)."""
    if frame.mesh is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    pose = frame.mesh.pose
    angles = {"yaw": pose.yaw, "pitch": pose.pitch, "roll": pose.roll}
    seen = Fact("head pose", tuple((name, f"{value:.0f} degrees") for name, value in angles.items()))
    worst = min(angles, key=lambda name: limits.scale(name).score(abs(angles[name])))
    scale = limits.scale(worst)
    return judge(NAME, VERSION, abs(angles[worst]), scale, REASONS[0], [box(frame.mesh.box, worst), seen])
