"""The layouts of the formats as data: which characters each position allows and what each check digit covers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from string import ascii_uppercase, digits
from types import MappingProxyType
from typing import Any

from fourcorners.kit.data import load_toml

__all__ = ["ALPHABET", "FILLER", "LAYOUTS", "CheckRule", "Field", "Layout", "MrzFormat", "Position", "layout_for"]

FILLER = "<"
ALPHABET = digits + ascii_uppercase + FILLER
"""All that Doc 9303-3 allows in a machine-readable zone."""

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "name": ascii_uppercase + FILLER,
        "state": ascii_uppercase + FILLER,
        "alnum": ALPHABET,
        "date": digits + FILLER,
        "sex": "FM" + FILLER + "X",  # X belongs in the printed zone only, and yet states print it here
        "check": digits,
        "check_or_filler": digits + FILLER,
    }
)

Position = tuple[int, int]
"""(line, column), both from 0."""


class MrzFormat(StrEnum):
    """The formats: ICAO Doc 9303-4 to -7, the French card of 1988 to 2021, the EU driving licence's line."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRVA = "MRVA"
    MRVB = "MRVB"
    FRID = "FRID"
    EUDL1 = "EUDL1"


@dataclass(frozen=True, slots=True)
class Field:
    """`length` characters of `kind` (a key of `KINDS`) in line `line` from column `start`, both from 0."""

    name: str
    line: int
    start: int
    length: int
    kind: str

    @property
    def end(self) -> int:
        """The column after the last."""
        return self.start + self.length

    @property
    def positions(self) -> tuple[Position, ...]:
        """Its positions in order."""
        return tuple((self.line, column) for column in range(self.start, self.end))

    @property
    def allowed(self) -> str:
        """The characters it may hold."""
        return KINDS[self.kind]

    def of(self, lines: tuple[str, ...]) -> str:
        """What it holds in these lines."""
        return lines[self.line][self.start : self.end]


@dataclass(frozen=True, slots=True)
class CheckRule:
    """A check digit: where it stands, and the spans (line, start, end) it covers, summed in that order."""

    field: str
    line: int
    column: int
    spans: tuple[tuple[int, int, int], ...]
    filler: bool = False

    @property
    def position(self) -> Position:
        """Where the digit stands."""
        return self.line, self.column

    @property
    def positions(self) -> tuple[Position, ...]:
        """The covered positions in the order in which their weights run."""
        return tuple((line, column) for line, start, end in self.spans for column in range(start, end))

    @property
    def allowed(self) -> str:
        """The characters that may stand for it."""
        return KINDS["check_or_filler" if self.filler else "check"]

    def covered(self, lines: tuple[str, ...]) -> str:
        """The covered text."""
        return "".join([lines[line][start:end] for line, start, end in self.spans])

    def printed(self, lines: tuple[str, ...]) -> str:
        """The character that stands for it."""
        return lines[self.line][self.column]


@dataclass(frozen=True)
class Layout:
    """One format. Every position belongs to one field or check digit; a national variant may leave some free."""

    format: MrzFormat
    line_count: int
    line_length: int
    fields: Mapping[str, Field]
    checks: tuple[CheckRule, ...]

    @cached_property
    def allowed(self) -> tuple[tuple[str, ...], ...]:
        """For each line and column the characters that may stand there."""
        grid = [[ALPHABET] * self.line_length for _ in range(self.line_count)]
        for part in self.fields.values():
            for line, column in part.positions:
                grid[line][column] = part.allowed
        for check in self.checks:
            grid[check.line][check.column] = check.allowed
        return tuple(map(tuple, grid))

    def check(self, name: str) -> CheckRule:
        """The check digit of this field (or `composite`). Raises KeyError if the format has none."""
        for rule in self.checks:
            if rule.field == name:
                return rule
        raise KeyError(name)


def _fields(table: dict[str, Any]) -> dict[str, Field]:
    built = {}
    for name, entry in table.items():
        line, first, last = entry["at"]
        built[name] = Field(name, line - 1, first - 1, last - first + 1, entry["kind"])
    return built


def _checks(table: dict[str, Any]) -> tuple[CheckRule, ...]:
    return tuple(
        CheckRule(
            name,
            entry["at"][0] - 1,
            entry["at"][1] - 1,
            tuple((line - 1, first - 1, last) for line, first, last in entry["covers"]),
            entry.get("filler", False),
        )
        for name, entry in table.items()
    )


def _layout(name: MrzFormat, table: dict[str, Any], variant: dict[str, Any] | None = None) -> Layout:
    fields = _fields(table["fields"])
    if variant is not None:
        if "optional_data" not in variant["fields"]:
            del fields["optional_data"]
        fields |= _fields(variant["fields"])
    checks = _checks((variant or table)["checks"])
    return Layout(name, table["lines"], table["length"], MappingProxyType(fields), checks)


_TABLES = load_toml("fourcorners.formats.mrz", "layouts.toml")

LAYOUTS: Mapping[MrzFormat, Layout] = MappingProxyType({name: _layout(name, _TABLES[name]) for name in MrzFormat})
"""The layout of each format, without national variants."""

_VARIANTS = {
    (name, state): _layout(name, _TABLES[name], variant)
    for name in MrzFormat
    for state, variant in _TABLES[name].get("variants", {}).items()
}


def layout_for(name: MrzFormat, issuing_state: str) -> Layout:
    """The layout of a format as this state (three letters) uses it."""
    return _VARIANTS.get((name, issuing_state), LAYOUTS[name])
