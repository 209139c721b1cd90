"""Numbers of an institution: of the register, of the tax office, the legal entity identifier; read and compared."""

import re
from collections.abc import Iterator, Sequence

from stdnum import lei

from fourcorners.formats.agreement import Agreement, numbers_agree
from fourcorners.institutions.fields import field_problem
from fourcorners.vision.papers import PaperField, PaperLine
from fourcorners.vision.papers.line import part

from .words import Labelled, told

__all__ = ["find_lei", "find_number", "registration_numbers_agree"]

NUMBER = re.compile(r"(?:[A-Za-z]{1,4}[\s.\-]{0,2})?\d(?:[\dA-Za-z]|[ .\-/](?=\d|[A-Z](?![\w.])))*")
LEI = re.compile(r"(?<![A-Z0-9])[A-Z0-9]{18}\d{2}(?![A-Z0-9])")
DIGITS_MIN = 3
CHARACTERS_MAX = 30
LETTERS_OF_REGISTERS = ("HRA", "HRB", "CHE")
"""Letters before a number that are a part of it, and labels at the same time."""

SURE, UNCHECKED = 0.95, 0.88
"""Confidence of a number behind its label: with check digits that agree, and where nothing can be checked."""


def find_number(
    field: str, lines: Sequence[PaperLine], labelled: Sequence[Labelled], country: str
) -> PaperField | None:
    """`registration_number` or `tax_number`: behind a label, else in a sentence; what check digits confirm is first."""
    found = [*_by_label(field, labelled), *_by_sentence(field, lines)]
    if not found:
        return None
    right = [f for f in found if country and not field_problem(field, f.value, country=country)]
    best = (right or found)[0]
    return PaperField(best.value, round(best.confidence * (SURE if right else UNCHECKED), 3), best.lines)


def find_lei(lines: Sequence[PaperLine]) -> PaperField | None:
    """A legal entity identifier (ISO 17442) whose check digits agree, wherever it stands."""
    for line in lines:
        for found in LEI.finditer(line.text):
            if lei.is_valid(found[0]):
                where = part(line, *found.span())
                return PaperField(found[0], round(0.98 * line.confidence, 3), (where,))
    return None


def registration_numbers_agree(a: str | None, b: str | None) -> Agreement:
    """As `numbers_agree`; the name of a register or court beside the number does not count, letters of its own do."""
    agreement = numbers_agree(a, b)
    if agreement.holds or a is None or b is None or agreement.outcome == "missing":
        return agreement
    digits = [re.sub(r"\D", "", text) for text in (a, b)]
    if not digits[0] or digits[0].lstrip("0") != digits[1].lstrip("0"):
        return agreement
    letters = [re.sub(r"[^A-Z]", "", text.upper()) for text in (a, b)]
    own = [next((code for code in LETTERS_OF_REGISTERS if code in text), "") for text in letters]
    if own[0] and own[1] and own[0] != own[1]:
        return agreement
    shorter, longer = sorted(letters, key=len)
    return Agreement("compatible", ("register",)) if shorter in longer or not shorter or own[0] else agreement


def _by_label(field: str, labelled: Sequence[Labelled]) -> Iterator[PaperField]:
    for entry in labelled:
        if entry.kind != field:
            continue
        for value in entry.values:
            if field == "registration_number" and entry.words in LETTERS_OF_REGISTERS:
                value = entry.line
            number = _number_in(value)
            if number is not None:
                yield PaperField(number.text, value.confidence, entry.parts or (number,))
                break


def _by_sentence(field: str, lines: Sequence[PaperLine]) -> Iterator[PaperField]:
    for found in told(lines, field):
        if sum(c.isdigit() for c in found.value) >= DIGITS_MIN:
            yield found


def _number_in(line: PaperLine) -> PaperLine | None:
    """The part of a value that is a number: "Kadıköy / 1234567890" holds one, "HRB 4711 B" is one."""
    options = [m for m in NUMBER.finditer(line.text) if sum(c.isdigit() for c in m[0]) >= DIGITS_MIN]
    if not options or len(options[0][0]) > CHARACTERS_MAX:
        return None
    best = max(options, key=lambda m: (sum(c.isdigit() for c in m[0]) >= DIGITS_MIN, -m.start()))
    return part(line, *best.span())
