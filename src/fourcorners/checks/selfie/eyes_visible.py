"""Both eyes can be seen: nothing lies over them (ISO/IEC 29794-5, eyes visible)."""

from fourcorners.checks.finding import Finding, Outcome, box, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.checks.selfie.covering import evidence_of
from fourcorners.vision.faces.coverings import eye_patterns
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "eyes_visible"
VERSION = 2
REASONS = ("hair_over_eyes", "glare_on_glasses", "eyes_hidden", "not_assessed_no_face")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Log odds of hair over an eye, then of glare on glasses; then how well the worse eye matches what its landmarks
    promise: dark iris and lash lines amid lighter skin. A closed eye still matches by its lash line.
    """
    if frame.mesh is None or frame.view is None or frame.coverings is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    for covering, reason in (("hair", "hair_over_eyes"), ("glare", "glare_on_glasses")):
        seen = evidence_of(frame.mesh, frame.coverings, covering)
        finding = judge(NAME, VERSION, frame.coverings.log_odds[covering], limits.scale(covering), reason, seen)
        if finding.outcome is not Outcome.PASS:
            return finding
    matches = dict(zip(("right eye", "left eye"), eye_patterns(frame.view, frame.mesh), strict=True))
    eyes = (("right eye", frame.mesh.right_eye), ("left eye", frame.mesh.left_eye))
    evidence = [box(eye.lids, name) for name, eye in eyes if matches[name] == min(matches.values())]
    return judge(NAME, VERSION, min(matches.values()), limits.scale(), "eyes_hidden", evidence)
