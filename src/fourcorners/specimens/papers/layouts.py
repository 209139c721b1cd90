"""How papers are laid out: letters with a window left or right, labelled blocks, a service address, forms, leases."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from PIL import Image
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from fourcorners.specimens.papers.facts import Facts
from fourcorners.specimens.papers.typefaces import typeface
from fourcorners.specimens.signature import draw_signature

__all__ = ["PLANS", "Sheet", "facts_rows", "write_body", "write_holder", "write_letterhead"]

MM = 72 / 25.4
WIDTH, HEIGHT = A4
SIGNATURE_PX = 600


class Sheet:
    """A page that is written on in millimetres from its top left.

    `places` remembers where fields came to stand (x, y of the baseline in points, size), `texts` what stands there.
    """

    def __init__(self, canvas: Canvas, family: str) -> None:
        self.canvas, self.family = canvas, family
        self.places: dict[str, tuple[float, float, float]] = {}
        self.texts: dict[str, str] = {}

    def text(self, x: float, y: float, said: str, size: float = 10, bold: bool = False, field: str = "") -> None:
        """Write one line, its baseline `y` from the top."""
        self.canvas.setFillGray(0)
        self.canvas.setFont(typeface(self.family, bold=bold), size)
        self.canvas.drawString(x * MM, HEIGHT - y * MM, said)
        if field:
            self.places[field], self.texts[field] = (x * MM, HEIGHT - y * MM, size), said

    def middle(self, y: float, said: str, size: float, bold: bool = False) -> None:
        """Write one line in the middle of the page."""
        width = self.canvas.stringWidth(said, typeface(self.family, bold=bold), size)
        self.text((WIDTH - width) / 2 / MM, y, said, size, bold)

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """A thin frame, its corner at (`x`, `y`)."""
        self.canvas.setLineWidth(0.5)
        self.canvas.rect(x * MM, HEIGHT - (y + height) * MM, width * MM, height * MM)

    def band(self, x: float, y: float, width: float, height: float, colour: Color) -> None:
        """A filled area."""
        self.canvas.setFillColor(colour)
        self.canvas.rect(x * MM, HEIGHT - (y + height) * MM, width * MM, height * MM, stroke=0, fill=1)

    def sign(self, x: float, y: float, name: str, rng: np.random.Generator) -> None:
        """A signature of 55 by 18 millimetres, its box's bottom left at (`x`, `y`)."""
        ink = draw_signature(name, (SIGNATURE_PX, SIGNATURE_PX // 3), rng, pen_px=5.0)
        picture = np.dstack([np.full_like(ink, 20), np.full_like(ink, 25), np.full_like(ink, 90), ink])
        image = ImageReader(Image.fromarray(picture, "RGBA"))
        self.canvas.drawImage(image, x * MM, HEIGHT - y * MM, 55 * MM, 18 * MM, mask="auto")

    def block(self, x: float, y: float, lines: tuple[str, ...], size: float = 10, field: str = "") -> float:
        """Write lines below each other; returns where the next one would stand."""
        for n, line in enumerate(lines):
            self.text(x, y + n * size * 0.46, line, size, field=field if n == 0 else "")
        return y + len(lines) * size * 0.46


def write_letterhead(sheet: Sheet, facts: Facts, rng: np.random.Generator) -> None:
    """The issuer's name, its seat and how to reach it."""
    sheet.text(20, 20, facts.truth.issuer, float(rng.uniform(15, 20)), bold=True)
    domain = "".join(c for c in facts.truth.issuer.split()[0].casefold() if c.isascii() and c.isalpha())
    if rng.random() < 0.7:
        sheet.block(145, 16, (*facts.seat, f"{facts.words['phone']}: 0555 {rng.integers(100000, 999999)}"), 8)
    if rng.random() < 0.6:
        sheet.text(145, 34, f"www.{domain}.example", 8)


def facts_rows(facts: Facts, rng: np.random.Generator, *, printed: bool = False) -> list[tuple[str, str, str]]:
    """Label, value and name of the field, in an order by lot; with the day of printing, if asked for."""
    words = facts.words
    rows = [
        (words["number"], str(rng.integers(10_000_000, 99_999_999)), ""),
        (words["customer"], str(rng.integers(100_000, 999_999)), ""),
        (str(rng.choice(words["issued"])), facts.issued, "issue_date"),
        (words["due"], facts.due, ""),
        (words["period"], facts.period, ""),
        *([(words["printed"], facts.printed, "")] if printed and "printed" in words else []),
    ]
    return [rows[i] for i in rng.permutation(len(rows))]


def _facts_table(sheet: Sheet, facts: Facts, y: float, x: float, gap: float, rng: np.random.Generator) -> float:
    rows = facts_rows(facts, rng)
    for n, (label, value, field) in enumerate(rows):
        if gap:
            sheet.text(x, y + n * 5.2, label, 9)
            sheet.text(x + gap, y + n * 5.2, value, 9, field=field)
        else:
            sheet.text(x, y + n * 5.2, f"{label}: {value}", 9)
    return y + len(rows) * 5.2


def write_body(
    sheet: Sheet, facts: Facts, y: float, rng: np.random.Generator, *, title: bool = True, amounts: float = 160
) -> None:
    """The title, a table with amounts at `amounts` mm, the sum, and the foot with the issuer's seat."""
    if title:
        sheet.text(20, y, facts.title, 15, bold=True)
    for n in range(int(rng.integers(3, 8))):
        row = facts.rows[n % len(facts.rows)] if facts.rows else f"{n + 1}"
        sheet.text(20, y + 12 + 6 * n, row, 9)
        sheet.text(amounts, y + 12 + 6 * n, f"{rng.uniform(3, 90):.2f} {facts.country['currency']}", 9)
    sheet.text(20, y + 70, facts.words["total"], 10, bold=True)
    sheet.text(amounts, y + 70, f"{rng.uniform(40, 300):.2f} {facts.country['currency']}", 10, bold=True)
    seat = f"{facts.truth.issuer} - {facts.country['seat']}: {', '.join(facts.seat)}"
    sheet.text(20, 284, seat, 7)
    sheet.text(180, 289, facts.words["page"], 7)


def _window(sheet: Sheet, facts: Facts, rng: np.random.Generator) -> None:
    write_letterhead(sheet, facts, rng)
    if rng.random() < 0.6:
        sheet.text(20, 47, f"{facts.truth.issuer} - {' - '.join(facts.seat)}", 6.5)
    write_holder(sheet, facts, 20, 54)
    y = _facts_table(sheet, facts, 60, 118, 38, rng)
    write_body(sheet, facts, max(105, y + 15), rng)


def _right_window(sheet: Sheet, facts: Facts, rng: np.random.Generator) -> None:
    write_letterhead(sheet, facts, rng)
    write_holder(sheet, facts, 115, 54)
    _facts_table(sheet, facts, 60, 20, 0, rng)
    write_body(sheet, facts, 110, rng)


def _labelled(sheet: Sheet, facts: Facts, rng: np.random.Generator) -> None:
    write_letterhead(sheet, facts, rng)
    sheet.text(20, 48, str(rng.choice(facts.words["to"])), 9, bold=True)
    write_holder(sheet, facts, 20, 54)
    _facts_table(sheet, facts, 54, 118, 38, rng)
    write_body(sheet, facts, 105, rng)


def _service(sheet: Sheet, facts: Facts, rng: np.random.Generator) -> None:
    write_letterhead(sheet, facts, rng)
    _facts_table(sheet, facts, 45, 20, 45, rng)
    sheet.text(20, 80, facts.words["name"], 9, bold=True)
    sheet.text(20, 85, facts.truth.name, 10, field="name")
    sheet.text(90, 80, str(rng.choice(facts.words["service"])), 9, bold=True)
    sheet.block(90, 85, facts.address, 10, field="address")
    write_body(sheet, facts, 115, rng)


def _form(sheet: Sheet, facts: Facts, rng: np.random.Generator) -> None:
    write_letterhead(sheet, facts, rng)
    sheet.text(20, 50, f"{facts.words['name']}:", 10, bold=True)
    sheet.text(65, 50, facts.truth.name, 10, field="name")
    sheet.text(20, 57, f"{facts.words['address']}:", 10, bold=True)
    sheet.text(65, 57, facts.truth.address, 10, field="address")
    _facts_table(sheet, facts, 66, 20, 45, rng)
    write_body(sheet, facts, 110, rng)


def _lease(sheet: Sheet, facts: Facts, rng: np.random.Generator) -> None:
    words = facts.lease
    sheet.text(20, 25, facts.title, 17, bold=True)
    sheet.text(20, 40, f"{words['landlord']}:", 10, bold=True)
    sheet.text(65, 40, facts.truth.issuer, 10)
    sheet.text(20, 50, f"{words['tenant']}:", 10, bold=True)
    sheet.text(65, 50, facts.truth.name, 10, field="name")
    sheet.text(20, 60, f"{words['property']}:", 10, bold=True)
    sheet.text(65, 60, facts.truth.address, 10, field="address")
    sheet.text(20, 70, f"{words['start']}: {facts.lease_dates[0]}", 10)
    sheet.text(20, 78, f"{words['end']}: {facts.lease_dates[1]}", 10)
    sheet.text(20, 90, f"{rng.uniform(500, 1500):.2f} {facts.country['currency']}", 10)
    for n in range(1, 9):
        sheet.text(20, 100 + 7 * n, f"§ {n}  {words['tenant']} / {words['landlord']}", 9)
    sheet.text(20, 230, str(rng.choice(facts.words["issued"][-1:])) + f": {facts.issued}", 10, field="issue_date")


def write_holder(sheet: Sheet, facts: Facts, x: float, y: float) -> None:
    """Name and address below each other."""
    sheet.text(x, y, facts.truth.name, 10, field="name")
    sheet.block(x, y + 4.6, facts.address, 10, field="address")


PLANS: Mapping[str, Callable[[Sheet, Facts, np.random.Generator], None]] = MappingProxyType(
    {
        "window": _window,
        "right_window": _right_window,
        "labelled": _labelled,
        "service": _service,
        "form": _form,
        "lease": _lease,
    }
)
