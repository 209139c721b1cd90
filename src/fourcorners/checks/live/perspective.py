"""A sign that what was brought nearer is no head: its nose has not grown more than its cheeks.

A flat picture keeps its shape wherever it is held; the shape of a head tells how far away the camera is.
"""

import numpy as np

from fourcorners.checks.limits import limits_for
from fourcorners.checks.live.movements import Curves
from fourcorners.checks.live.signs import Sign
from fourcorners.vision.clips import Track

__all__ = ["perspective_signs"]


def perspective_signs(track: Track, curves: Curves) -> list[Sign]:
    """A sign when the near face looks as if it were far away, or its shape could not be compared.

    Value and limit are one over the distance, in eye spans; the value is 0 where nothing was measured.
    """
    limits = limits_for("live", "perspective")
    if not (curves.near >= limits_for("live", "movement")["near"]).any():
        return []
    frames = [frame for frame in track.frames if frame.face is not None]
    near = np.flatnonzero(curves.near >= limits["near_min"])
    told = [frame.nearness for i in near if (frame := frames[i]).nearness is not None]
    measured = [value for value in told if np.isfinite(value)]
    typical = float(np.median(measured)) if len(measured) >= limits["frames_min"] else 0.0
    if typical >= limits["nearness_min"]:
        return []
    return [Sign("face_flat", float(curves.times[near[0]]), typical, limits["nearness_min"])]
