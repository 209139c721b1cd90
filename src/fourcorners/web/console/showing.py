"""A case in plain values for its page: pictures with their marks, findings, what was read beside what was claimed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fourcorners.checks.finding import Fact, Finding, Mark, Outcome
from fourcorners.checks.registry import REGISTRY, group_of
from fourcorners.verdict.catalogue import text
from fourcorners.verdict.report.drawing import quarter_turns, shapes, turned_mark
from fourcorners.verdict.report.labels import mark_words
from fourcorners.verdict.report.view import GRAVEST_FIRST, SOURCES, CheckRow, Layer, check_row

__all__ = ["Face", "Photo", "Row", "Section", "faces", "photos", "read_table", "sections"]

SUBJECTS = {"front": "document_front", "back": "document_back", "selfie": "selfie"}
KNOWN = {m.NAME for modules in REGISTRY.values() for m in modules}
FACE_ROOM = 0.25


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture: its link, its size in pixels, the marks on it."""

    subject: str
    link: str
    width: int
    height: int
    turns: int
    layers: list[Layer]


@dataclass(frozen=True, slots=True)
class Face:
    """A window of a photo: where a face is."""

    photo: Photo
    box: str


@dataclass(frozen=True, slots=True)
class Section:
    """Findings on one subject, the gravest first."""

    name: str
    rows: list[CheckRow]
    passed: int
    made: int


@dataclass(frozen=True, slots=True)
class Row:
    """One field: its value in each source, and whether they agree."""

    name: str
    values: Mapping[str, str]
    status: str


def photos(
    verdict: Mapping[str, Any], found: Sequence[Finding], link: Callable[[str, int], str | None], locale: str
) -> list[Photo]:
    """The pictures that were looked at; `link` gives the address of an item turned so often, or None."""
    views = []
    for subject, item in SUBJECTS.items():
        told = verdict["pictures"].get(subject, {})
        if "width" not in told:
            continue
        width, height = int(told["width"]), int(told["height"])
        mine = [(i, f) for i, f in enumerate(found) if f.subject == subject]
        turns = _turns([f for _, f in mine]) if subject != "selfie" else 0
        address = link(item, turns)
        if address is None:
            continue
        shown = (height, width) if turns % 2 else (width, height)
        layers: list[Layer] = []
        for i, finding in mine:
            marks = [
                replace(turned_mark(e, turns, width, height), label=mark_words(e.label, locale))
                for e in finding.evidence
                if isinstance(e, Mark)
            ]
            if marks:
                loud = finding.outcome in (Outcome.FAIL, Outcome.UNSURE)
                drawn = shapes(marks, *shown, beside=[s for layer in layers if layer.shown for s in layer.shapes])
                title = text("checks", finding.check, locale)
                layers.append(Layer(f"layer-{i}", title, finding.outcome.value, drawn, loud))
        layers.sort(key=lambda layer: GRAVEST_FIRST.index(Outcome(layer.outcome)))
        views.append(Photo(subject, address, *shown, turns, layers))
    return views


def faces(views: Sequence[Photo], found: Sequence[Finding], verdict: Mapping[str, Any]) -> list[Face]:
    """The portrait and the face of the selfie, as windows of their photos; empty unless both are there."""
    wanted = {"front": ("portrait_present", "portrait"), "selfie": ("sharp", "face")}
    pair = []
    for photo in views:
        check, label = wanted.get(photo.subject, ("", ""))
        mark = next(
            (
                e
                for f in found
                if f.subject == photo.subject and f.check == check
                for e in f.evidence
                if isinstance(e, Mark) and e.label == label
            ),
            None,
        )
        if mark is not None:
            told = verdict["pictures"][photo.subject]
            points = np.array(turned_mark(mark, photo.turns, int(told["width"]), int(told["height"])).points)
            low, high = points.min(axis=0), points.max(axis=0)
            room = FACE_ROOM * float((high - low).max())
            side = float((high - low).max()) + 2 * room
            x, y = (low + high) / 2 - side / 2
            pair.append(Face(photo, f"{x:.0f} {y:.0f} {side:.0f} {side:.0f}"))
    return pair if len(pair) == 2 else []


def sections(found: Sequence[Finding], rules: Mapping[tuple[str, str], str], locale: str) -> list[Section]:
    """All findings by subject, in the order of the pictures; the case as a whole last."""
    by_name: dict[str, list[tuple[Outcome, CheckRow]]] = {}
    for i, finding in enumerate(found):
        group = group_of(finding.check, finding.subject) if finding.check in KNOWN else ""
        name = group if group in ("match", "case") else "paper" if group == "address" else finding.subject or "case"
        row = check_row(finding, rules.get((finding.subject, finding.check), ""), None, "", locale)
        marked = any(isinstance(e, Mark) for e in finding.evidence) and finding.subject in SUBJECTS
        row = replace(row, layer=f"layer-{i}" if marked else "")
        by_name.setdefault(name, []).append((finding.outcome, row))
    return [
        Section(
            name,
            [row for _, row in sorted(rows, key=lambda pair: GRAVEST_FIRST.index(pair[0]))],
            sum(outcome is Outcome.PASS for outcome, _ in rows),
            sum(outcome is not Outcome.NOT_ASSESSED for outcome, _ in rows),
        )
        for name, rows in by_name.items()
    ]


def read_table(verdict: Mapping[str, Any], found: Sequence[Finding]) -> tuple[list[str], list[Row]]:
    """The sources that said something, and each field with what each source says."""
    fields, claims = verdict.get("read", {}).get("fields", {}), verdict.get("claims", {})
    rows = []
    for name in dict.fromkeys([*fields, *claims]):
        entry = fields.get(name)
        said = [] if entry is None else [*reversed(entry.get("others", ())), entry]
        values = {str(e.get("source", "print")): str(e["value"]) for e in said}
        if name in claims:
            values["claimed"] = str(claims[name])
        rows.append(Row(name, values, _status(name, found)))
    return [s for s in SOURCES if any(s in row.values for row in rows)], rows


def _status(name: str, found: Sequence[Finding]) -> str:
    notes = [
        e.note.split(",")[0]
        for f in found
        if f.check in ("claims_agree", "print_agrees", "barcode_agrees")
        for e in f.evidence
        if isinstance(e, Fact) and e.name == name
    ]
    return next((s for s in ("different", "compatible", "same") if s in notes), "")


def _turns(found: Sequence[Finding]) -> int:
    """How often the photo is turned for the document to stand upright, by where its outline was found."""
    for finding in found:
        for e in finding.evidence:
            if isinstance(e, Mark) and e.shape == "quad" and e.label == "document":
                return quarter_turns(np.array(e.points, dtype=np.float64))
    return 0
