"""What a reviewer looks at closely: portrait, machine-readable zone, signature, the printed fields, the two faces."""

import numpy as np

from fourcorners.checks.finding import Finding, Mark
from fourcorners.checks.subject import Case
from fourcorners.verdict.report.images import Crop, crop
from fourcorners.vision.document import DocumentFrame

__all__ = ["close_ups", "face_pair", "field_crops"]


def close_ups(case: Case, findings: tuple[Finding, ...]) -> list[Crop]:
    """Portrait, machine-readable zone and signature, cut from the flat page."""
    found: list[Crop | None] = []
    for side, frame in case.sides.items():
        if side == "front" and frame.portrait is not None:
            found.append(crop("portrait", frame.page.pixels, np.asarray(frame.portrait.box, dtype=np.float64), 0.35))
        if case.mrz is not None and case.mrz[0] == side and case.mrz[1].line_quads:
            lines = frame.page.to_page(np.concatenate(case.mrz[1].line_quads))
            found.append(crop("mrz", frame.page.pixels, lines, 0.02))
        marks = _marks(findings, "signature_present", side)
        if marks is not None:
            found.append(crop("signature", frame.page.pixels, frame.page.to_page(marks), 0.1))
    return [c for c in found if c is not None]


def face_pair(case: Case) -> list[Crop]:
    """The portrait and the face of the selfie, side by side; empty unless both are there."""
    portrait = case.front.portrait if case.front is not None else None
    face = case.selfie.face if case.selfie is not None else None
    if case.front is None or case.selfie is None or portrait is None or face is None:
        return []
    pair = (
        crop("portrait", case.front.page.pixels, np.asarray(portrait.box, dtype=np.float64), 0.25),
        crop("selfie", case.selfie.picture.pixels, np.asarray(face.box, dtype=np.float64), 0.25),
    )
    return [c for c in pair if c is not None] if all(pair) else []


def field_crops(case: Case) -> dict[str, Crop]:
    """For each field, where it was read: in print if it was, else in the machine-readable zone."""
    crops: dict[str, Crop] = {}
    for name, entries in case.reading.fields.items():
        placed = sorted((e for e in entries if e.quad is not None), key=lambda e: e.source != "print")
        for entry in placed[:1]:
            frame = case.sides.get(case.side_of(entry))
            cut = _on_page(frame, name, np.asarray(entry.quad, dtype=np.float64)) if frame else None
            if cut is not None:
                crops[name] = cut
    return crops


def _on_page(frame: DocumentFrame, name: str, quad: np.ndarray) -> Crop | None:
    return crop(name, frame.page.pixels, frame.page.to_page(quad), 0.1)


def _marks(findings: tuple[Finding, ...], check: str, subject: str) -> np.ndarray | None:
    points = [
        point
        for f in findings
        if f.check == check and f.subject == subject
        for e in f.evidence
        if isinstance(e, Mark)
        for point in e.points
    ]
    return np.array(points, dtype=np.float64) if len(points) > 1 else None
