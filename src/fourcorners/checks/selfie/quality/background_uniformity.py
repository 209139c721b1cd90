"""BackgroundUniformity: edges in what lies beside and above the head (ISO/IEC 29794-5, 7.3.2)."""

import cv2
import numpy as np

from fourcorners.checks.selfie.quality.measure import Measure, sigmoid_curve
from fourcorners.vision.faces.crop import cut
from fourcorners.vision.faces.view import linear_luminance
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]

EYES_PX = 74.0
"""Pixels between the eyes in the standard's reduced picture: steps are as high as it expects them."""

WIDTH_PX, ROWS, EYES_ROW = 370, 260, 185
"""The part that is looked at: two and a half distances to the sides and upwards, and down to the mouth."""

BESIDE, ABOVE, CORNER = 1.45, 1.9, 1.75
"""How far from the middle between the eyes the background begins, in distances between the eyes: to the sides, upwards,
and along the slope between the two. The standard parts hair from background with a network; we only keep clear of an
ordinary head."""


def _mean_step(frame: SelfieFrame) -> float | None:
    if frame.mesh is None:
        return None
    step = frame.mesh.inter_eye_px / EYES_PX
    middle = frame.mesh.eye_centres.mean(axis=0)
    to_photo = np.column_stack([np.eye(2) * step, middle - step * np.array([WIDTH_PX / 2, EYES_ROW])])
    places = [offset + step * np.arange(count) for offset, count in zip(to_photo[:, 2], (WIDTH_PX, ROWS), strict=True)]
    inside = [
        (p >= step) & (p < side - step)
        for p, side in zip(places, (frame.picture.width, frame.picture.height), strict=True)
    ]
    across = np.abs(np.arange(WIDTH_PX)[None] - WIDTH_PX / 2) / EYES_PX
    up = (EYES_ROW - np.arange(ROWS))[:, None] / EYES_PX
    behind = (across > BESIDE) | (up > ABOVE) | ((up > 0) & (np.hypot(across, up) > CORNER))
    behind &= inside[0][None] & inside[1][:, None]
    if np.count_nonzero(behind) < EYES_PX**2 / 4:
        return None
    grey = linear_luminance(cut(frame.picture.pixels, to_photo, WIDTH_PX, ROWS)).astype(np.float32)
    steps = cv2.magnitude(cv2.Scharr(grey, cv2.CV_32F, 1, 0), cv2.Scharr(grey, cv2.CV_32F, 0, 1))
    return float(steps[behind].mean())


MEASURES = (Measure("BackgroundUniformity", "step", _mean_step, sigmoid_curve("BackgroundUniformity")),)
