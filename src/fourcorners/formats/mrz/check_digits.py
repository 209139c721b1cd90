"""The check digit of ICAO Doc 9303-3, 4.9: weights 7, 3, 1, modulo 10."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Final

from .layouts import ALPHABET, FILLER, CheckRule, Layout

__all__ = ["VALUES", "WEIGHTS", "CheckDigit", "check_digit", "check_rules", "verify"]

WEIGHTS: Final = (7, 3, 1)
VALUES: Final = {character: 0 if character == FILLER else value for value, character in enumerate(ALPHABET)}
"""0-9 count as themselves, A-Z as 10 to 35, `<` as 0."""

_PRODUCTS = tuple({character: value * weight for character, value in VALUES.items()} for weight in WEIGHTS)


@dataclass(frozen=True, slots=True)
class CheckDigit:
    """One check digit as printed and as computed. `field` is the covered field's name, or `composite`."""

    field: str
    printed: str
    computed: str
    agrees: bool


def check_digit(text: str) -> str:
    """The digit that protects `text` (A-Z, 0-9, `<`; any other character raises KeyError)."""
    return str(sum([product[character] for product, character in zip(cycle(_PRODUCTS), text, strict=False)]) % 10)


def check_rules(layout: Layout, lines: tuple[str, ...]) -> Iterator[CheckRule]:
    """The rules for these very lines: a document number that runs on in the optional data moves its check digit.

    Doc 9303-5, 4.2.2.1 (note j) and 9303-6: nine characters, `<` for the check digit, then at the start of the optional
    data the rest, the check digit and `<`.
    """
    for rule in layout.checks:
        yield (_moved(rule, layout, lines) or rule) if rule.field == "document_number" and rule.filler else rule


def verify(layout: Layout, lines: tuple[str, ...]) -> tuple[CheckDigit, ...]:
    """Every check digit of the lines. `<` agrees where the layout allows it and the covered field is empty."""
    found = []
    for rule in check_rules(layout, lines):
        covered, printed = rule.covered(lines), rule.printed(lines)
        computed = check_digit(covered)
        empty = printed == FILLER and rule.field != "composite" and not covered.strip(FILLER)
        found.append(CheckDigit(rule.field, printed, computed, printed == computed or empty))
    return tuple(found)


def _moved(rule: CheckRule, layout: Layout, lines: tuple[str, ...]) -> CheckRule | None:
    if rule.printed(lines) != FILLER or rule.covered(lines).endswith(FILLER):
        return None
    optional = layout.fields["optional_data"]
    rest = optional.of(lines).partition(FILLER)[0]
    if len(rest) < 2:  # at least one more character of the number and its check digit
        return None
    column = optional.start + len(rest) - 1
    return CheckRule(rule.field, optional.line, column, (*rule.spans, (optional.line, optional.start, column)))
