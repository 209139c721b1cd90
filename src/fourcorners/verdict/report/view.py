"""What the report shows, as plain values: the template only lays it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fourcorners.checks.finding import Fact, Finding, Mark, Outcome, Spread
from fourcorners.checks.registry import group_of
from fourcorners.verdict.catalogue import drawing, reason, text, words
from fourcorners.verdict.decide import Because, Decision
from fourcorners.verdict.report.drawing import Shape, quarter_turns, shapes, turned_mark, view_box
from fourcorners.verdict.report.images import data_uri
from fourcorners.verdict.report.labels import mark_words
from fourcorners.verdict.report.spread import Chart, chart
from fourcorners.verdict.telling import tell
from fourcorners.verdict.verdict import Verdict
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.picture import Pixels
from fourcorners.vision.selfie import SelfieFrame

__all__ = [
    "GRAVEST_FIRST",
    "SOURCES",
    "CheckRow",
    "CloseUp",
    "Layer",
    "PictureView",
    "ReadRow",
    "Section",
    "Task",
    "check_row",
    "close_up_of",
    "layer_id",
    "pictures",
    "read_rows",
    "section",
    "sections",
    "tasks",
]

SOURCES = ("claimed", "mrz", "barcode", "print")
SECTIONS = ("front", "back", "selfie", "match", "case")
GRAVEST_FIRST = (Outcome.FAIL, Outcome.UNSURE, Outcome.NOT_ASSESSED, Outcome.PASS)


@dataclass(frozen=True, slots=True)
class Layer:
    """The marks of one finding on one picture; `shown` from the start when the finding did not pass."""

    id: str
    title: str
    outcome: str
    shapes: list[Shape]
    shown: bool


@dataclass(frozen=True, slots=True)
class PictureView:
    """One picture with its layers; `uri` is empty for a refused file, whose words are then in `refused`."""

    subject: str
    title: str
    uri: str
    width: int
    height: int
    details: str
    layers: list[Layer]
    refused: str = ""


@dataclass(frozen=True, slots=True)
class CloseUp:
    """A window of a picture with the marks of one finding."""

    picture: str
    box: tuple[float, float, float, float]
    shapes: list[Shape]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One finding in plain words. `score` 0..100 places the needle; `layer` is the id of its layer, if it has one."""

    check: str
    title: str
    outcome: str
    outcome_text: str
    words: str
    reviewer: str
    code: str
    rule: str
    measured: str
    threshold: str
    margin: str
    score: float | None
    facts: tuple[Fact, ...]
    charts: tuple[Chart, ...]
    close_up: CloseUp | None
    layer: str


@dataclass(frozen=True, slots=True)
class Section:
    """The findings on one subject, the gravest first; `made` are those that are no "not assessed"."""

    title: str
    rows: list[CheckRow]
    passed: int
    made: int


@dataclass(frozen=True, slots=True)
class Task:
    """One thing for the applicant to do, or one reason to be told."""

    item: str
    title: str
    todo: str
    code: str
    number: str
    reviewer: str
    drawing: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One field: its value in each source, and whether they agree (`same`, `compatible`, `different`, or empty)."""

    name: str
    title: str
    values: Mapping[str, str]
    status: str


def tasks(decision: Decision, reasons: Sequence[Because], locale: str) -> list[Task]:
    """The reasons that made the decision, each once for each item."""
    seen: dict[tuple[str, str | None], Task] = {}
    for because in reasons:
        if because.effect.value != decision.value:
            continue
        entry, said = reason(because.code), tell(because, locale)
        item = text("items", because.redo, locale) if because.redo else ""
        reviewer = "" if said.todo == entry.reviewer else entry.reviewer
        task = Task(item, said.title, said.todo, because.code, entry.number, reviewer, drawing(because.code))
        seen.setdefault((because.code, because.redo), task)
    return list(seen.values())


def pictures(verdict: Verdict, locale: str) -> list[PictureView]:
    """The pictures that were handed in, with what was found in them."""
    views = []
    for subject in verdict.case.given:
        title = text("subjects", subject, locale)
        refusal = verdict.case.refused.get(subject)
        if refusal is not None:
            views.append(PictureView(subject, title, "", 4, 3, refusal.message, [], words(refusal.code, locale).title))
            continue
        frame = verdict.case.frames[subject]
        picture = frame.picture
        upright = _upright(frame)
        height, width = upright.shape[:2]
        details = f"{picture.format}, {picture.width} × {picture.height}, {picture.size_bytes / 1e6:.1f} MB"
        layers: list[Layer] = []
        for i, f in enumerate(verdict.findings):
            if f.subject == subject and (marks := _marks(f, frame, locale)):
                drawn = shapes(
                    marks, width, height, beside=[s for layer in layers if layer.shown for s in layer.shapes]
                )
                loud = f.outcome in (Outcome.FAIL, Outcome.UNSURE)
                layers.append(Layer(layer_id(i), text("checks", f.check, locale), f.outcome.value, drawn, loud))
        layers.sort(key=lambda layer: GRAVEST_FIRST.index(Outcome(layer.outcome)))
        views.append(PictureView(subject, title, data_uri(upright), width, height, details, layers))
    return views


def sections(verdict: Verdict, locale: str) -> list[Section]:
    """All findings by subject."""
    rules = {(b.subject, b.check): b.rule for b in verdict.because}
    by_name: dict[str, list[tuple[Outcome, CheckRow]]] = {name: [] for name in SECTIONS}
    for i, finding in enumerate(verdict.findings):
        group = group_of(finding.check, finding.subject)
        name = group if group in SECTIONS and finding.check != "file_accepted" else finding.subject
        rule = rules.get((finding.subject, finding.check), "")
        close_up = _close_up(finding, verdict, locale)
        by_name[name].append((finding.outcome, check_row(finding, rule, close_up, layer_id(i), locale)))
    return [section(text("subjects", name, locale), rows) for name, rows in by_name.items() if rows]


def section(title: str, rows: Sequence[tuple[Outcome, CheckRow]]) -> Section:
    """The findings on one subject, the gravest first."""
    return Section(
        title,
        [row for _, row in sorted(rows, key=lambda pair: GRAVEST_FIRST.index(pair[0]))],
        sum(outcome is Outcome.PASS for outcome, _ in rows),
        sum(outcome is not Outcome.NOT_ASSESSED for outcome, _ in rows),
    )


def read_rows(verdict: Verdict, locale: str) -> list[ReadRow]:
    """What was read beside what was claimed, field by field."""
    fields = verdict.case.reading.fields
    rows = []
    for name in dict.fromkeys([*fields, *verdict.claims]):
        values: dict[str, str] = {entry.source: entry.value for entry in reversed(fields.get(name, ()))}
        if name in verdict.claims:
            values["claimed"] = verdict.claims[name]
        if name == "document_kind":
            values["print"] = text("kinds", verdict.case.reading.kind, locale)
        rows.append(ReadRow(name, text("fields", name, locale), values, _status(name, verdict)))
    return rows


def _status(name: str, verdict: Verdict) -> str:
    notes = [
        evidence.note.split(",")[0]
        for f in verdict.findings
        if f.check in ("claims_agree", "print_agrees", "barcode_agrees")
        for evidence in f.evidence
        if isinstance(evidence, Fact) and evidence.name == name
    ]
    return next((s for s in ("different", "compatible", "same") if s in notes), "")


def _close_up(finding: Finding, verdict: Verdict, locale: str) -> CloseUp | None:
    frame = verdict.case.frames.get(finding.subject)
    marks = [] if frame is None else _marks(finding, frame, locale)
    if frame is None or not marks:
        return None
    height, width = _upright(frame).shape[:2]
    return close_up_of(finding.subject, marks, width, height)


def close_up_of(picture: str, marks: Sequence[Mark], width: int, height: int) -> CloseUp:
    """A window of the picture called `picture`, of that size, around marks in its pixels."""
    box = view_box(marks, width, height)
    return CloseUp(picture, box, shapes(marks, width, height, box[2] / max(width, height), box))


def check_row(finding: Finding, rule: str, close_up: CloseUp | None, layer: str, locale: str) -> CheckRow:
    """One finding in the words of `locale`; `layer` is the id of its marks on the picture."""
    entry = reason(finding.reason) if finding.reason else None
    return CheckRow(
        check=finding.check,
        title=text("checks", finding.check, locale),
        outcome=finding.outcome.value,
        outcome_text=text("outcomes", finding.outcome.value, locale),
        words=words(finding.reason, locale).title if finding.reason else "",
        reviewer=entry.reviewer if entry else "",
        code=finding.reason or "",
        rule=rule,
        measured=_number(finding.raw, finding.unit),
        threshold=_threshold(finding, locale),
        margin=_number(finding.margin, finding.unit, signed=True),
        score=finding.score,
        facts=tuple(e for e in finding.evidence if isinstance(e, Fact)),
        charts=tuple(chart(e, locale) for e in finding.evidence if isinstance(e, Spread)),
        close_up=close_up,
        layer=layer if close_up else "",
    )


def layer_id(index: int) -> str:
    """The id of the drawings of the finding at `index`."""
    return f"layer-{index}"


def _upright(frame: DocumentFrame | SelfieFrame) -> Pixels:
    """The photo turned so that a document in it stands upright: a view, not a copy."""
    return np.rot90(frame.picture.pixels, _turns(frame))


def _turns(frame: DocumentFrame | SelfieFrame) -> int:
    return quarter_turns(frame.quad) if isinstance(frame, DocumentFrame) else 0


def _marks(finding: Finding, frame: DocumentFrame | SelfieFrame, locale: str) -> list[Mark]:
    """The marks on the upright photo; a mark that is named after a field gets the field's name."""
    width, height = frame.picture.width, frame.picture.height
    marks = [turned_mark(e, _turns(frame), width, height) for e in finding.evidence if isinstance(e, Mark)]
    return [replace(m, label=mark_words(m.label, locale)) for m in marks]


def _number(value: float | None, unit: str | None, signed: bool = False) -> str:
    if value is None:
        return ""
    if unit == "share":
        value, unit = 100 * value, "%"
    shown = f"{value:+.3g}" if signed else f"{value:.3g}"
    return f"{shown} {unit or ''}".strip()


def _threshold(finding: Finding, locale: str) -> str:
    """`at least` or `at most`: which side is good follows from the sign of the margin."""
    if finding.raw is None or finding.threshold is None or finding.margin is None:
        return ""
    side = (finding.raw - finding.threshold) * finding.margin
    bound = text("report", "at_least", locale) if side > 0 else text("report", "at_most", locale) if side < 0 else ""
    return f"{bound} {_number(finding.threshold, finding.unit)}".strip()
