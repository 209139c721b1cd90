"""More layouts: letters with place and date, cells with the label over the value, statements with many dates; and,
for evaluation alone, a column beside the text, a centred head, two columns, a lease in prose."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType

import numpy as np
from reportlab.lib.colors import Color

from fourcorners.specimens.papers.facts import Facts
from fourcorners.specimens.papers.layouts import Sheet, facts_rows, write_body, write_holder, write_letterhead

__all__ = ["EVALUATION_PLANS", "MORE_PLANS"]


def _letter(sheet: Sheet, facts: Facts, rng: np.random.Generator) -> None:
    """A letter: place and date over the text, no table of facts."""
    write_letterhead(sheet, facts, rng)
    write_holder(sheet, facts, 20, 54)
    place = facts.country["places"][0][0]
    sheet.text(125, 84, f"{place}, ", 10)
    sheet.text(125 + 2.0 * len(place) + 3, 84, facts.issued, 10, field="issue_date")
    write_body(sheet, facts, 100, rng)


def _grid(sheet: Sheet, facts: Facts, rng: np.random.Generator) -> None:
    """Cells in a frame, the label small over its value."""
    write_letterhead(sheet, facts, rng)
    sheet.text(20, 50, str(rng.choice(facts.words["to"])), 8, bold=True)
    write_holder(sheet, facts, 20, 56)
    for n, (label, value, field) in enumerate(facts_rows(facts, rng)):
        x, y = 20 + 58 * (n % 3), 86 + 12 * (n // 3)
        sheet.frame(x - 1.5, y - 4, 56, 11)
        sheet.text(x, y, label, 7)
        sheet.text(x, y + 5, value, 9, field=field)
    write_body(sheet, facts, 122, rng)


def _statement(sheet: Sheet, facts: Facts, rng: np.random.Generator) -> None:
    """Rows that each begin with a date, none of which is that of issue."""
    write_letterhead(sheet, facts, rng)
    write_holder(sheet, facts, 20, 54)
    for n, (label, value, field) in enumerate(facts_rows(facts, rng)):
        sheet.text(115, 54 + 5.2 * n, label, 9)
        sheet.text(158, 54 + 5.2 * n, value, 9, field=field)
    sheet.text(20, 95, facts.title, 15, bold=True)
    for n in range(int(rng.integers(6, 14))):
        day = facts.truth.issue_date - timedelta(days=int(rng.integers(2, 50)))
        sheet.text(20, 106 + 5.5 * n, day.strftime(facts.form if "%B" not in facts.form else "%d/%m/%Y"), 8.5)
        sheet.text(48, 106 + 5.5 * n, facts.rows[n % len(facts.rows)] if facts.rows else f"REF {n + 4071}", 8.5)
        sheet.text(165, 106 + 5.5 * n, f"{rng.uniform(3, 900):.2f}", 8.5)
    sheet.text(20, 284, f"{facts.truth.issuer} - {facts.country['seat']}: {', '.join(facts.seat)}", 7)


def _sidebar(sheet: Sheet, facts: Facts, rng: np.random.Generator) -> None:
    """A tinted column on the right with the facts below each other, a coloured band on top."""
    sheet.band(0, 0, 210, 12, _tint(rng, 0.35))
    sheet.band(140, 40, 58, 105, _tint(rng, 0.9))
    sheet.text(20, 26, facts.truth.issuer, float(rng.uniform(13, 19)), bold=True)
    write_holder(sheet, facts, 20, 48)
    y = 48.0
    for label, value, field in facts_rows(facts, rng, printed=True):
        sheet.text(144, y, label, 7.5)
        sheet.text(144, y + 4.4, value, 9, bold=True, field=field)
        y += 13
    write_body(sheet, facts, 95, rng, amounts=110)


def _centred(sheet: Sheet, facts: Facts, rng: np.random.Generator) -> None:
    """Issuer and seat in the middle of the head, a rule below, facts in one line, the holder in a box."""
    sheet.middle(22, facts.truth.issuer, float(rng.uniform(14, 18)), bold=True)
    sheet.middle(28, " · ".join(facts.seat), 8)
    sheet.middle(33, f"{facts.words['phone']}: 0555 {rng.integers(100000, 999999)}", 8)
    sheet.band(20, 38, 170, 0.4, Color(0.3, 0.3, 0.3))
    sheet.frame(18, 46, 84, 34)
    sheet.text(22, 51, str(rng.choice(facts.words["to"])), 8)
    write_holder(sheet, facts, 22, 58)
    for n, (label, value, field) in enumerate(facts_rows(facts, rng, printed=True)):
        sheet.text(112, 50 + 5.4 * n, f"{label}:", 9)
        sheet.text(158, 50 + 5.4 * n, value, 9, field=field)
    write_body(sheet, facts, 100, rng)


def _two_columns(sheet: Sheet, facts: Facts, rng: np.random.Generator) -> None:
    """Issuer with its seat on the left, holder and property on the right, all small."""
    size = float(rng.uniform(8, 9.5))
    sheet.text(20, 18, facts.title, 14, bold=True)
    sheet.text(20, 30, facts.truth.issuer, 11, bold=True)
    sheet.block(20, 35, facts.seat, size)
    sheet.text(112, 30, facts.words["name"], 7.5)
    sheet.text(112, 34.5, facts.truth.name, size, field="name")
    sheet.text(112, 41, str(rng.choice(facts.words["service"])), 7.5)
    sheet.block(112, 45.5, facts.address, size, field="address")
    for n, (label, value, field) in enumerate(facts_rows(facts, rng, printed=True)):
        sheet.text(20, 66 + 5 * n, label, size)
        sheet.text(70, 66 + 5 * n, value, size, field=field)
    write_body(sheet, facts, 108, rng, title=False)


def _prose_lease(sheet: Sheet, facts: Facts, rng: np.random.Generator) -> None:
    """A lease whose parties stand in blocks and whose term stands in a sentence."""
    words = facts.lease
    sheet.middle(24, facts.title, 17, bold=True)
    sheet.text(20, 40, words["landlord"], 9, bold=True)
    sheet.text(20, 45, facts.truth.issuer, 10)
    sheet.block(20, 50, facts.seat, 10)
    sheet.text(112, 40, words["tenant"], 9, bold=True)
    sheet.text(112, 45, facts.truth.name, 10, field="name")
    sheet.text(20, 72, words["property"], 9, bold=True)
    sheet.block(20, 77, facts.address, 10, field="address")
    sheet.text(20, 100, f"§ 1  {words['start']}: {facts.lease_dates[0]}.", 10)
    sheet.text(20, 107, f"§ 2  {words['end']}: {facts.lease_dates[1]}.", 10)
    for n in range(3, 10):
        sheet.text(20, 100 + 7 * n, f"§ {n}  {rng.uniform(100, 1500):.2f} {facts.country['currency']}", 10)
    label = str(rng.choice(facts.words["issued"][-1:]))
    sheet.text(20, 225, f"{label}: {facts.issued}", 10, field="issue_date")


def _tint(rng: np.random.Generator, light: float) -> Color:
    red, green, blue = (light + (1 - light) * float(rng.random()) for _ in range(3))
    return Color(red, green, blue)


Plans = Mapping[str, Callable[[Sheet, Facts, np.random.Generator], None]]

MORE_PLANS: Plans = MappingProxyType({"letter": _letter, "grid": _grid, "statement": _statement})
EVALUATION_PLANS: Plans = MappingProxyType(
    {"sidebar": _sidebar, "centred": _centred, "two_columns": _two_columns, "prose_lease": _prose_lease}
)
