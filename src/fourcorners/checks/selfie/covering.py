"""What the checks for coverings share; not a check itself."""

from fourcorners.checks.finding import Evidence, Fact, Finding, box, judge, not_assessed, unsure
from fourcorners.checks.limits import Limits
from fourcorners.kit.geometry import Points
from fourcorners.vision.faces import FaceMesh
from fourcorners.vision.faces.coverings import regions
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["judge_covering"]


def judge_covering(name: str, version: int, frame: SelfieFrame, covering: str, reason: str, limits: Limits) -> Finding:
    """A finding from the log odds of `covering`, with where it was looked for and the measures that said most.

    Unsure where that place is out of the picture.
    """
    if frame.mesh is None:
        return not_assessed(name, version, "not_assessed_no_face")
    found = frame.covering(covering)
    if found is None:
        return unsure(name, version, "face_cut_off", [box(frame.mesh.box, "face")])
    because = tuple((m.replace("_", " "), f"{value:.2f} ({part:+.1f})") for m, value, part in found.because)
    evidence: list[Evidence] = [
        box(_place(frame.mesh, covering), covering),
        Fact(f"signs of {covering}", because, "value (log odds)"),
    ]
    return judge(name, version, found.log_odds, limits.scale(), reason, evidence)


def _place(mesh: FaceMesh, covering: str) -> Points:
    eyes = [p for ring in regions.EYES for p in ring]
    parts = {
        "mask": [*regions.LOWER_FACE, *regions.CHIN],
        "sunglasses": [*eyes, *regions.BROWS],
        "glasses": [*eyes, *regions.BROWS],
        "hat": list(regions.FOREHEAD),
    }
    return mesh.points[parts[covering], :2] if covering in parts else mesh.oval
