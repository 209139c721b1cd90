"""The face is sharp (ISO/IEC 29794-5, sharpness)."""

import cv2
import numpy as np

from fourcorners.checks.finding import Finding, box, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.vision.faces.mesh import OVAL
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "sharp"
VERSION = 1
REASONS = ("face_blurred", "not_assessed_no_face")

FINE, COARSE = 0.7, 2.0
"""Standard deviations in view pixels: detail between them makes a face recognisable; noise lies below."""


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Share of fine detail in all detail of the face, at 80 px between the eyes.

    Energy of the band between the two blurs by that of the band above the second: blur takes the first band before
    the second, whatever the contrast. A photo with fewer pixels than the view has lost that detail as well.
    """
    if frame.view is None or frame.mesh is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    grey = cv2.cvtColor(frame.view.pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine, coarse = (cv2.GaussianBlur(grey, (0, 0), s) for s in (FINE, COARSE))
    broad = cv2.GaussianBlur(grey, (0, 0), 3 * COARSE)
    face = frame.view.area(OVAL)
    if not face.any():
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    detail = float(((fine - coarse)[face] ** 2).mean())
    shape = float(((coarse - broad)[face] ** 2).mean())
    return judge(NAME, VERSION, detail / (shape + 1e-6), limits.scale(), REASONS[0], [box(frame.mesh.box, "face")])
