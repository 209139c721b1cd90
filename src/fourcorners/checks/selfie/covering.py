"""What the checks for coverings share; not a check itself."""

from fourcorners.checks.finding import Evidence, Fact, Finding, Mark, box, judge, not_assessed, unsure
from fourcorners.checks.limits import Limits
from fourcorners.kit.geometry import Points
from fourcorners.vision.faces import FaceMesh
from fourcorners.vision.faces.coverings import Coverings, regions
from fourcorners.vision.faces.mesh import OVAL
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["evidence_of", "judge_covering"]

HAIR_LINE = 10
"""Mesh point at the top of the forehead."""

ABOVE_HAIR_UNITS = 0.3
"""So much more, in distances between the eyes, must be in the picture to see a hat."""


def judge_covering(name: str, version: int, frame: SelfieFrame, covering: str, reason: str, limits: Limits) -> Finding:
    """A finding from the log odds of `covering`, with where it was looked for and what part of the face is covered.

    Unsure where that place is out of the picture.
    """
    if frame.mesh is None or frame.coverings is None:
        return not_assessed(name, version, "not_assessed_no_face")
    if covering == "hat" and not _sees_hair(frame.mesh, frame):
        return unsure(name, version, "face_cut_off", [box(frame.mesh.box, "face")])
    log_odds = frame.coverings.log_odds[covering]
    return judge(name, version, log_odds, limits.scale(), reason, evidence_of(frame.mesh, frame.coverings, covering))


def evidence_of(mesh: FaceMesh, coverings: Coverings, covering: str) -> list[Evidence]:
    """Where a covering was looked for, the outline of what is covered, and how much of eyes, mouth and face that is."""
    evidence: list[Evidence] = [box(_place(mesh, covering), covering)]
    outline = coverings.outline()
    if outline is not None:
        closed = [*outline.tolist(), outline[0].tolist()]
        evidence.append(Mark("line", tuple((round(x, 1), round(y, 1)) for x, y in closed), "covered"))
    parts = {"eyes": regions.EYES, "mouth": (regions.LIPS,), "face": (OVAL,)}
    shares = tuple((part, f"{coverings.covered_share(*rings):.0%}") for part, rings in parts.items())
    return [*evidence, Fact("covered", shares)]


def _sees_hair(mesh: FaceMesh, frame: SelfieFrame) -> bool:
    chin, top = mesh.points[152, :2], mesh.points[HAIR_LINE, :2]
    up = (top - chin) / max(float(((top - chin) ** 2).sum()) ** 0.5, 1e-6)
    x, y = top + up * ABOVE_HAIR_UNITS * mesh.inter_eye_px
    return bool(0 <= x < frame.picture.width and 0 <= y < frame.picture.height)


def _place(mesh: FaceMesh, covering: str) -> Points:
    eyes = [p for ring in regions.EYES for p in ring]
    parts = {
        "mask": [*regions.LOWER_FACE, *regions.CHIN],
        "sunglasses": [*eyes, *regions.BROWS],
        "glasses": [*eyes, *regions.BROWS],
        "hair": eyes,
        "glare": eyes,
        "hat": list(regions.FOREHEAD),
    }
    return mesh.points[parts[covering], :2] if covering in parts else mesh.oval
