"""HeadPoseYaw, HeadPosePitch, HeadPoseRoll: how far the head is turned (ISO/IEC 29794-5, 7.4.11)."""

from math import cos, radians

from fourcorners.checks.selfie.quality.measure import Measure
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]


def _yaw(frame: SelfieFrame) -> float | None:
    return None if frame.mesh is None else frame.mesh.pose.yaw


def _pitch(frame: SelfieFrame) -> float | None:
    return None if frame.mesh is None else frame.mesh.pose.pitch


def _roll(frame: SelfieFrame) -> float | None:
    return None if frame.mesh is None else frame.mesh.pose.roll


def _score(degrees: float) -> float:
    return 100 * max(0.0, cos(radians(degrees))) ** 2


MEASURES = (
    Measure("HeadPoseYaw", "degrees", _yaw, _score),
    Measure("HeadPosePitch", "degrees", _pitch, _score),
    Measure("HeadPoseRoll", "degrees", _roll, _score),
)
