"""On which day a paper was issued, and when a lease ends."""

from collections.abc import Mapping, Sequence

from fourcorners.kit.data import load_toml
from fourcorners.vision.papers.dated import UNLABELLED, Dated, found_in, labelled_dates, left_of
from fourcorners.vision.papers.fields import PaperField
from fourcorners.vision.papers.labels import beside
from fourcorners.vision.papers.line import PaperLine

__all__ = ["find_issue_date", "find_lease_end"]

SCORE_MIN = 0.6
HEAD = 0.5
"""A date that nothing explains counts only above this share of the first page."""

COLUMN_REACH = 3.0
"""Rows of a table stand at most so many line heights under each other."""

COLUMN_MIN = 3

LETTER_KINDS = frozenset({"employer_letter", "government_letter", "rental_agreement"})
"""Kinds whose day may stand alone below the text, over or under the signature."""

SHIPPED_KINDS = frozenset({"invoice", "other"})
"""Kinds of papers that tell when goods were sent; of others it is the paper that was."""

PERIOD_KINDS = frozenset({"bank_statement", "ewallet_statement", "payslip"})
"""Kinds that are issued at the end of the time that they tell of."""


def find_issue_date(
    lines: Sequence[PaperLine], kind: str, page_height: float, country: str | None = None
) -> PaperField | None:
    """The day of issue (YYYY-MM-DD); None where no date is it for certain enough.

    A label decides; without one, a date beside the title or a place name, or the only date in the head of the page.
    """
    dated = list(labelled_dates(lines, country))
    points = {**_table("days"), **(_table("days_of_periods") if kind in PERIOD_KINDS else {})}
    scored = []
    for d in dated:
        context = d.context
        if context == "period_end" and kind not in PERIOD_KINDS:
            continue
        if (context == "shipped" and kind in SHIPPED_KINDS) or (context == "paid" and kind != "payslip"):
            continue
        if _in_table(d, dated, lines) or (context == "alone" and _below_other(d, dated)):
            continue
        below = d.line.page > 0 or d.line.middle > HEAD * page_height
        if context == "alone" and below and not (kind in LETTER_KINDS and _is_whole(d.line, lines)):
            continue
        if context in points:
            scored.append((points[context] - 0.2 * d.line.page - 0.3 * d.line.middle / page_height, d))
    if not scored:
        return None
    score, best = max(scored, key=lambda s: (s[0], s[1].value if s[1].context == "period_end" else ""))
    rivals = {d.value for s, d in scored if d.context == best.context}
    if score < SCORE_MIN or (best.context == "alone" and len(rivals) > 1):
        return None
    return PaperField(best.value, round(_table("days_sure")[best.context] * best.confidence, 3), (best.line,))


def _below_other(one: Dated, dated: Sequence[Dated]) -> bool:
    """Does a day stand in a column under one that is of something else, as days of birth do?"""
    over = [
        d
        for d in dated
        if d.line.page == one.line.page
        and abs(d.line.box[0] - one.line.box[0]) < 0.6 * one.line.height
        and 0.5 * one.line.height < one.line.middle - d.line.middle < COLUMN_REACH * one.line.height
    ]
    nearest = max(over, key=lambda d: d.line.middle, default=None)
    return nearest is not None and (
        nearest.context == "other" or (nearest.context == "alone" and _below_other(nearest, dated))
    )


def _is_whole(day: PaperLine, lines: Sequence[PaperLine]) -> bool:
    """Does a day fill its line?"""
    return any(o.page == day.page and o.middle == day.middle and o.text.strip() == day.text for o in lines)


def _in_table(one: Dated, dated: Sequence[Dated], lines: Sequence[PaperLine]) -> bool:
    """Does a date with nothing to its left head a row of a table: do two more such dates stand in its column?"""
    column = [
        d
        for d in dated
        if d.context in (*UNLABELLED, "prose", "other")
        and d.line.page == one.line.page
        and abs(d.line.box[0] - one.line.box[0]) < 0.6 * one.line.height
    ]
    if one.context in ("titles", "issue_likely", "plain") and not _is_among_days(one, dated, lines):
        return False
    left = left_of(one.line, lines)
    if one.context not in UNLABELLED or (left is not None and not found_in(left.text, None)):
        return False
    # Two rows: the head of the column explains the first date, nothing the second, and both go on to the right.
    rows = len(column) == COLUMN_MIN - 1 and any(d.context == "alone" for d in column)
    return len(column) >= COLUMN_MIN or (rows and all(beside(d.line, lines) is not None for d in column))


def _is_among_days(one: Dated, dated: Sequence[Dated], lines: Sequence[PaperLine]) -> bool:
    """Is the next line in its column a day as well? In a column of captions and values another caption is."""
    column = [
        o
        for o in lines
        if o.page == one.line.page
        and abs(o.box[0] - one.line.box[0]) < 0.6 * one.line.height
        and o.middle > one.line.middle + 0.5 * one.line.height
    ]
    below = min(column, key=lambda o: o.middle, default=None)
    return below is None or any(d.line.page == below.page and abs(d.line.middle - below.middle) < 1 for d in dated)


def find_lease_end(lines: Sequence[PaperLine], country: str | None = None) -> PaperField | None:
    """The last day of a lease: the latest date behind words that say so."""
    ends = [d for d in labelled_dates(lines, country, group_first="lease_end") if d.context == "lease_end"]
    if not ends:
        return None
    last = max(ends, key=lambda d: d.value)
    return PaperField(last.value, round(0.9 * last.confidence, 3), (last.line,))


def _table(name: str) -> Mapping[str, float]:
    points: Mapping[str, float] = load_toml("fourcorners.vision.papers", "ranking.toml")[name]
    return points
