"""The preview of a selfie: the checks of a selfie that decide where to stand, in the light that there is."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from fourcorners.checks.finding import Finding, Mark, Outcome
from fourcorners.checks.limits import limits_for
from fourcorners.checks.selfie import CHECKS
from fourcorners.guidance.look import Look, rules_for, settled
from fourcorners.kit.geometry import Points
from fourcorners.vision.picture import Picture, Pixels
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["look_at_face"]


def look_at_face(frame: Pixels, before: Look | None = None, subject: str = "face") -> Look:
    """Look at an RGB frame (h, w, 3), about 640 px high; `before` is the look at the frame before it.

    `subject` names the rules: `face` for a selfie, `live_face` for the start of a live check.
    """
    rules = rules_for(subject)
    selfie = SelfieFrame(Picture(frame, "preview", frame.size, ""))
    by_name = {module.NAME: module for module in CHECKS}
    face = None if selfie.mesh is None else selfie.mesh.oval
    for name in rules["checks"]:
        finding = by_name[name].check(selfie, limits_for("selfie", name))
        hint = _distance(finding, rules) if name == "face_in_oval" else None
        if finding.outcome is not Outcome.PASS and hint is None and finding.reason in rules["hints"]:
            hint = rules["hints"][finding.reason]
        if hint or face is None:
            return Look(hint or "show_face", face)
    return settled(np.asarray(face), before, rules, float(np.hypot(*frame.shape[:2])))


def _distance(finding: Finding, rules: Mapping[str, Any]) -> str | None:
    """Too far away or too near, by the height of the face's contour beside that of the oval it should fill."""
    lines = {e.label: np.array(e.points) for e in finding.evidence if isinstance(e, Mark)}
    if not {"oval", "face"} <= set(lines):
        return None
    share = _height(lines["face"]) / _height(lines["oval"])
    if share < rules["face_share_min"]:
        return "move_closer"
    return "move_back" if share > rules["face_share_max"] else None


def _height(line: Points) -> float:
    return float(np.ptp(line[:, 1]))
