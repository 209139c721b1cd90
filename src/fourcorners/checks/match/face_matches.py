"""The face of the selfie is the face of the document's portrait (FAI5)."""

from fourcorners.checks.document import portrait_clear
from fourcorners.checks.finding import Fact, Finding, Outcome, Spread, judge, not_assessed
from fourcorners.checks.limits import Limits, limits_for
from fourcorners.checks.selfie import inter_eye_distance, sharp
from fourcorners.checks.subject import Case
from fourcorners.vision.faces import distance, embedder

__all__ = ["NAME", "REASONS", "VERSION", "check", "in_force"]

NAME = "face_matches"
VERSION = 2
REASONS = (
    "face_mismatch",
    "face_uncertain",
    "not_assessed_no_document",
    "not_assessed_no_selfie",
    "not_assessed_no_portrait",
    "not_assessed_no_face",
    "not_assessed_portrait_unclear",
    "not_assessed_selfie_unclear",
)


def check(case: Case, limits: Limits) -> Finding:
    """Distance of the two faces' vectors. A poor picture of either is never a mismatch: it was not assessed."""
    if cause := _obstacle(case):
        return not_assessed(NAME, VERSION, cause)
    portrait = None if case.front is None else case.front.portrait_embedding
    selfie = None if case.selfie is None else case.selfie.embedding
    if portrait is None or selfie is None:  # not after the obstacles; said for the reader and the type checker
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    limits = in_force(limits)
    apart, scale = distance(portrait, selfie), limits.scale()
    groups = tuple((label, *limits[label]) for label in ("genuine", "impostor"))
    evidence = (
        Spread("face_distance", apart, groups, scale.pass_at, scale.fail_at),
        Fact("compared_by", (("network", embedder().label),)),
    )
    reason = "face_mismatch" if scale.fails(apart) else "face_uncertain"
    return judge(NAME, VERSION, apart, scale, reason, evidence)


def in_force(limits: Limits) -> Limits:
    """`limits`, or those of the embedder that was plugged in: a distance means nothing without its network."""
    return Limits(embedder().limits) if embedder().limits else limits


def _obstacle(case: Case) -> str | None:
    """Why the two faces cannot be compared, if they cannot."""
    if case.front is None:
        return "not_assessed_no_document"
    if case.selfie is None:
        return "not_assessed_no_selfie"
    if case.front.portrait is None:
        return "not_assessed_no_portrait"
    if case.selfie.face is None:
        return "not_assessed_no_face"
    kind = case.front.reading.kind
    clear = portrait_clear.check(case.front, limits_for("document", portrait_clear.NAME, kind))
    if clear.outcome is Outcome.FAIL:
        return "not_assessed_portrait_unclear"
    quality = (m.check(case.selfie, limits_for("selfie", m.NAME)) for m in (sharp, inter_eye_distance))
    return "not_assessed_selfie_unclear" if any(f.outcome is Outcome.FAIL for f in quality) else None
