"""The dates of a paper: of issue or signature, of the incorporation that it tells of, of its end."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from fourcorners.formats.dates import find_dates
from fourcorners.vision.papers import PaperField, PaperLine
from fourcorners.vision.papers.date_captions import date_words
from fourcorners.vision.papers.dated import Dated, date_order, labelled_dates

from .words import PACKAGE, pages_of

__all__ = ["Days", "find_days"]

SCORES = {"issue": 4.0, "signed": 3.8, "place": 2.6, "plain": 2.4, "alone": 1.0}
CONFIDENCE = {"issue": 0.95, "signed": 0.95, "place": 0.88, "plain": 0.88, "alone": 0.65}
INCORPORATED = ("incorporation", 0.95)
PLACE = re.compile(r"(?:^|[.!?:]\s)[^\W\d_][\w.'’-]{1,20}(?: [\w.'’-]{1,20})?, ?$")
"""A sentence that is only a place so far: "Leipzig, den 3. Mai 2026"."""

ONLY_CONFIDENCE = 0.6

HEAD, FOOT = 0.3, 0.6
"""A date that nothing explains counts in the head of the first page, or in the foot of the last."""

SIGNED_KINDS = frozenset({"authorisation", "ownership", "partnership_agreement", "trust_deed", "supplement_letter"})
"""Kinds that are dated where they are signed."""

DATED_KINDS = SIGNED_KINDS | {"directors_register", "state_ownership"}
"""Kinds that are dated as a rule, and tell hardly any other day."""


@dataclass(frozen=True, slots=True)
class Days:
    """Dates as YYYY-MM-DD; None where none was found."""

    issue: PaperField | None
    incorporation: PaperField | None
    expiry: PaperField | None


def find_days(
    lines: Sequence[PaperLine], kind: str, rows: Collection[PaperLine], page_height: float, country: str | None
) -> Days:
    """Each date by the words that explain it; `rows` are lines of a table, whose dates are about somebody else."""
    dated = [*labelled_dates(lines, country, package=PACKAGE, running=True), *_broken(lines, country)]
    dated = [d for d in dated if not _in_rows(d, rows)]
    last = max((d.line.page for d in dated), default=0)
    issue = _best_issue(dated, kind, last, page_height)
    incorporation = next((_field(d, INCORPORATED[1]) for d in dated if d.context == INCORPORATED[0]), None)
    ends = [d for d in dated if d.context == "expiry"]
    expiry = _field(max(ends, key=lambda d: d.value), 0.95) if ends else None
    return Days(issue, incorporation, expiry)


def _broken(lines: Sequence[PaperLine], country: str | None) -> Iterator[Dated]:
    """Dates that begin in one line of a text and end in the next; those behind a place, wherever the line ends."""
    order = date_order(lines, country)
    for page in pages_of(lines):
        for found in find_dates(page.text, order=order):
            parts = page.parts(found.start, found.end)
            before = page.text[: found.start]
            context = "place" if PLACE.search(before) else date_words(before, PACKAGE) if len(parts) > 1 else None
            if context is not None and parts and (order or len(found.candidates) == 1):
                yield Dated(found.candidates[0], parts[0], context, min(p.confidence for p in parts))


def _best_issue(dated: Sequence[Dated], kind: str, last: int, page_height: float) -> PaperField | None:
    scored = []
    for d in dated:
        if d.context not in SCORES:
            continue
        share = d.line.middle / max(page_height, 1.0)
        if d.context == "alone" and not ((d.line.page == 0 and share < HEAD) or (d.line.page == last and share > FOOT)):
            continue
        late = d.context == "signed" and kind in SIGNED_KINDS
        scored.append((SCORES[d.context] + 0.5 * late - 0.05 * share - 0.02 * d.line.page, d))
    if not scored:
        return _only(dated, kind)
    score, best = max(scored, key=lambda s: (s[0], s[1].value))
    rivals = {d.value for s, d in scored if s > score - 0.3 and d.context == best.context}
    doubt = 0.8 if len(rivals) > 1 else 1.0
    return _field(best, CONFIDENCE[best.context] * doubt)


def _only(dated: Sequence[Dated], kind: str) -> PaperField | None:
    """The only day that a paper names, if no word that we know says that it is another one."""
    if kind not in DATED_KINDS or len({d.value for d in dated}) != 1 or dated[0].context not in ("alone", "prose"):
        return None
    return _field(dated[0], ONLY_CONFIDENCE)


def _field(dated: Dated, confidence: float) -> PaperField:
    return PaperField(dated.value, round(confidence * dated.confidence, 3), (dated.line,))


def _in_rows(dated: Dated, rows: Collection[PaperLine]) -> bool:
    return any(
        row.page == dated.line.page
        and abs(row.middle - dated.line.middle) < 0.5 * row.height
        and row.box[0] - 1 <= dated.line.box[0]
        and dated.line.box[2] <= row.box[2] + 1
        for row in rows
    )
