"""The portrait on the document is clear enough to be compared with a face (FAI5)."""

from fourcorners.checks.finding import Evidence, Fact, Finding, judge, not_assessed, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.faces.detail import fine_detail

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "portrait_clear"
VERSION = 1
REASONS = ("portrait_unclear", "not_assessed_no_portrait")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Photo pixels between the eyes, fine detail, and contrast of the skin and features; the worst of them decides."""
    mesh, view = frame.portrait_mesh, frame.portrait_view
    detail = None if view is None else fine_detail(view)
    if mesh is None or view is None or detail is None or frame.portrait is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_portrait")
    measures = {
        "between_the_eyes": mesh.inter_eye_px * frame.page.photo_px_per_page_px,
        "detail": detail,
        "contrast": float(view.lab[..., 0][view.inside].std()),
        "evidence_of_a_face": mesh.presence,
    }
    worst = min(measures, key=lambda name: limits.scale(name).score(measures[name]))
    (left, top), (right, bottom) = frame.portrait.box
    corners = frame.page.to_photo([[left, top], [right, top], [right, bottom], [left, bottom]])
    values = tuple((name, f"{value:.3g} {limits.scale(name).unit}") for name, value in measures.items())
    seen: list[Evidence] = [quad(corners, "portrait"), Fact("portrait", values)]
    return judge(NAME, VERSION, measures[worst], limits.scale(worst), REASONS[0], seen)
