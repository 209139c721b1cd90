"""The pages of a proof of address with what was found on them: fields, words that decided the kind, signs of edits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fourcorners.checks.address import PAPER_CHECKS
from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Finding, Mark, Outcome
from fourcorners.verdict.catalogue import text, words
from fourcorners.verdict.report.drawing import Shape, quarter_turns, shapes, turned_mark
from fourcorners.verdict.report.images import data_uri
from fourcorners.verdict.report.view import CloseUp, Layer, PictureView, close_up_of
from fourcorners.vision.papers import Paper, PaperPage
from fourcorners.vision.papers.line import Box
from fourcorners.vision.papers.pdf import draw_page
from fourcorners.vision.picture import Pixels

__all__ = ["FIELD_CHECKS", "PaperPages", "slots_of"]

FIELD_CHECKS = {
    "name": "paper_name_agrees",
    "address": "paper_address_agrees",
    "issuer": "",
    "issue_date": "paper_recent",
    "lease_end": "lease_runs",
}
"""The check whose outcome colours a field's box."""

PAGE_SIDE_MAX_PX = 1400
LABEL_ZOOM = 0.47


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One page as shown: its pixels upright, how often the photo was turned for that, the photo's size, its file."""

    number: int
    file: int
    page: PaperPage
    pixels: Pixels
    turns: int
    size: tuple[int, int]

    def mark(self, mark: Mark) -> Mark:
        """A mark of the file's own picture on the upright one."""
        return turned_mark(mark, self.turns, *self.size)


class PaperPages:
    """The pages of one slot (`paper`, `attestation`, `owners_paper`) and the findings on them."""

    def __init__(self, slot: str, case: Submission, findings: Sequence[Finding], locale: str) -> None:
        """`findings` are all of the verdict; those on this slot are picked out."""
        self.slot, self.case, self.locale = slot, case, locale
        self.findings = [f for f in findings if f.subject.rstrip("_0123456789") == slot]
        self.sheets = list(_sheets(case))

    def figures(self) -> list[PictureView]:
        """Each page with its layers; a refused file with its words."""
        shown = [self._figure(sheet) for sheet in self.sheets]
        for number, part in enumerate(self.case.files, 1):
            if part.refused is not None:
                title = f"{text('subjects', self.slot, self.locale)} {number}"
                said = words(part.refused.code, self.locale).title
                shown.append(PictureView(f"{self.slot}-file-{number}", title, "", 4, 3, part.refused.message, [], said))
        return shown

    def close_up(self, finding: Finding) -> CloseUp | None:
        """Where a finding's marks lie: around those of the first page that has some."""
        for sheet in self.sheets:
            if marks := self._marks(finding, sheet):
                height, width = sheet.pixels.shape[:2]
                return close_up_of(self._id(sheet), marks, width, height)
        return None

    def outcome(self, check: str) -> str:
        """How a check of this slot ended; "" for one that was not made."""
        return next((f.outcome.value for f in self.findings if f.check == check), "")

    def _figure(self, sheet: Sheet) -> PictureView:
        height, width = sheet.pixels.shape[:2]
        number = f", {text('report', 'page', self.locale)} {sheet.number + 1}" if len(self.sheets) > 1 else ""
        paper = self.case.files[sheet.file].paper
        assert paper is not None  # noqa: S101 - it has pages
        layers = [*self._field_layers(sheet), *self._kind_layer(sheet), *self._finding_layers(sheet)]
        return PictureView(
            self._id(sheet),
            f"{text('subjects', self.slot, self.locale)}{number}",
            data_uri(sheet.pixels, PAGE_SIDE_MAX_PX),
            width,
            height,
            f"{paper.format}, {paper.size_bytes / 1e6:.1f} MB",
            layers,
        )

    def _field_layers(self, sheet: Sheet) -> Iterator[Layer]:
        reading = self.case.reading
        for name, field in reading.fields.items() if reading else ():
            if field is None or field.page != sheet.number:
                continue
            title = text("fields", name, self.locale)
            outcome = self.outcome(FIELD_CHECKS[name]) or "not_assessed"
            yield self._layer(sheet, f"field-{name}", title, outcome, [(field.box, title)])

    def _kind_layer(self, sheet: Sheet) -> Iterator[Layer]:
        reading = self.case.reading
        lines = [line for _, line in reading.kind.words if line.page == sheet.number] if reading else []
        if lines:
            outcome = self.outcome("paper_kind_accepted")
            tone = outcome if outcome in ("fail", "unsure") else "not_assessed"
            title = text("report", "kind_words", self.locale)
            yield self._layer(sheet, "kind", title, tone, [(line.box, "") for line in lines])

    def _layer(self, sheet: Sheet, name: str, title: str, tone: str, boxes: Sequence[tuple[Box, str]]) -> Layer:
        height, width = sheet.pixels.shape[:2]
        marks = [sheet.mark(_mark(sheet.page, box, label)) for box, label in boxes]
        drawn = [_label_beside(shape, width) for shape in shapes(marks, width, height, LABEL_ZOOM)]
        return Layer(f"{self._id(sheet)}-{name}", title, tone, drawn, shown=True)

    def _finding_layers(self, sheet: Sheet) -> Iterator[Layer]:
        """What is found in files; the marks of checks of the paper as a whole are its fields, which are shown."""
        whole = {module.NAME for module in PAPER_CHECKS}
        height, width = sheet.pixels.shape[:2]
        for finding in self.findings:
            marks = [] if finding.check in whole else self._marks(finding, sheet)
            if marks:
                title = text("checks", finding.check, self.locale)
                shown = finding.outcome in (Outcome.FAIL, Outcome.UNSURE)
                drawn = shapes([replace(m, label="") for m in marks], width, height)  # the chip names them
                yield Layer(f"{self._id(sheet)}-{finding.check}", title, finding.outcome.value, drawn, shown)

    def _marks(self, finding: Finding, sheet: Sheet) -> list[Mark]:
        """The marks of a finding that lie on a sheet. Those on the second file count its own pages."""
        tail = finding.subject[len(self.slot) + 1 :]
        whole = finding.check in {module.NAME for module in PAPER_CHECKS}
        file = int(tail) - 1 if tail else 0
        first = next((s.number for s in self.sheets if s.file == file), 0)
        marks = [e for e in finding.evidence if isinstance(e, Mark)]
        here = [m for m in marks if (0 if whole else first) + (m.page or 1) - 1 == sheet.number]
        return [replace(sheet.mark(m), label=_label(m.label, self.locale)) for m in here]

    def _id(self, sheet: Sheet) -> str:
        return f"{self.slot}-{sheet.number + 1}"


def slots_of(case: Submission) -> list[tuple[str, Submission]]:
    """What was handed in, slot by slot."""
    added = case.supplement
    own = [("paper", case)] if case.files else []
    return own if added is None else [*own, ("owners_paper", added.paper), ("attestation", added.attestation)]


def _sheets(case: Submission) -> Iterator[Sheet]:
    number = 0
    for file, part in enumerate(case.files):
        for page in part.paper.pages if part.paper else ():
            pixels, turns = _upright(part.paper, page)
            whole = part.paper.picture if part.paper else None
            size = (whole.width, whole.height) if whole else (pixels.shape[1], pixels.shape[0])
            yield Sheet(number, file, page, pixels, turns, size)
            number += 1


def _upright(paper: Paper | None, page: PaperPage) -> tuple[Pixels, int]:
    assert paper is not None  # noqa: S101 - the page is one of its pages
    if paper.pdf is not None:
        return draw_page(paper.pdf, page.number), 0
    assert paper.picture is not None  # noqa: S101 - one of the two is there
    turns = quarter_turns(None if page.flat is None else page.flat.quad)
    return np.rot90(paper.picture.pixels, turns), turns


def _mark(page: PaperPage, box: Box, label: str) -> Mark:
    return Mark("quad", tuple((float(x), float(y)) for x, y in page.place(box)), label)


def _label_beside(shape: Shape, width: int) -> Shape:
    """The label right of the box and not over it, where the line above stands; below it where the page ends."""
    points = np.array([point.split(",") for point in shape.points.split()], dtype=np.float64)
    right, middle = float(points[:, 0].max()), float(points[:, 1].mean())
    if right + shape.label_width > width:
        bottom = float(points[:, 1].max())
        return replace(shape, label_y=round(bottom + 1.05 * shape.label_size, 1))
    x, y = right + 0.4 * shape.label_size, middle + 0.35 * shape.label_size
    return replace(shape, label_x=round(x, 1), label_y=round(y, 1))


def _label(label: str, locale: str) -> str:
    """The name of a mark: of a field, of a sign of an edit, or of a place."""
    for section, key in (("fields", label), ("signs", label.replace(" ", "_"))):
        if (said := text(section, key, locale)) != key:
            return said
    return text("marks", label, locale)
