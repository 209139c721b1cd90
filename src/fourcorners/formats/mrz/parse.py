"""Lines to fields: any text of the right shape is read, and what does not agree is reported, not refused."""

import re
from collections.abc import Sequence
from typing import Any

from fourcorners.kit.data import load_toml

from .check_digits import check_rules, verify
from .dates import DateKind, MrzDate
from .detect import format_of
from .errors import MrzCharacterError, MrzLengthError
from .layouts import FILLER, LAYOUTS, Layout, MrzFormat, layout_for
from .model import Mrz
from .names import read_name

__all__ = ["parse"]

_ALLOWED = re.compile("[A-Z0-9<]*")
_SHAPES = {(layout.line_count, layout.line_length) for layout in LAYOUTS.values()}
_LONGEST_TEXT = 200  # characters: more than any zone with its line ends
_SEXES = {"M": "M", "F": "F", "X": "X", FILLER: "X"}
_ODDITIES: dict[str, Any] = load_toml("fourcorners.formats.mrz", "oddities.toml")


def parse(lines: Sequence[str] | str) -> Mrz:
    """Read the lines of a machine-readable zone, or one text with line ends.

    Space around lines and empty lines are ignored. Wrong check digits, dates and codes do not raise: see `Mrz.checks`
    and `Mrz.problems`. Raises MrzLengthError if the lines are those of no format, MrzCharacterError for a character
    other than A-Z, 0-9 and `<`.
    """
    cleaned = _cleaned(lines)
    name = format_of(cleaned)
    layout = layout_for(name, cleaned[0][2:5])
    fields = {field.name: field.of(cleaned) for field in layout.fields.values()}
    state = fields["issuing_state"].strip(FILLER)
    number, optional = _document_number(layout, cleaned, fields)
    family, given, truncated = _names(fields)
    place = _ODDITIES["personal_number"].get(name, {}).get(state, "personal_number")
    personal = optional if place == "optional_data" else _text(fields.get(place, ""))
    return Mrz(
        format=name,
        lines=cleaned,
        document_code=fields["document_code"].strip(FILLER),
        issuing_state=state,
        nationality=fields.get("nationality", _ODDITIES["nationality"].get(name, "")).strip(FILLER),
        family_name=family,
        given_names=given,
        names_truncated=truncated,
        document_number=number,
        birth_date=_date(fields, "birth"),
        expiry_date=_date(fields, "expiry", state),
        issue_date=MrzDate(number[:4].ljust(4, FILLER) + "<<", "issue") if name == MrzFormat.FRID else None,
        sex=_SEXES.get(fields.get("sex", "")),
        personal_number=personal,
        optional_data=optional,
        optional_data_2=_text(fields.get("optional_data_2", "")),
        checks=verify(layout, cleaned),
    )


def _cleaned(lines: Sequence[str] | str) -> tuple[str, ...]:
    if isinstance(lines, str):
        if len(lines) > _LONGEST_TEXT:
            raise MrzLengthError("The text is longer than any machine-readable zone.", length=len(lines))
        lines = lines.splitlines()
    if len(lines) > _LONGEST_TEXT or not all(isinstance(line, str) and len(line) <= _LONGEST_TEXT for line in lines):
        raise MrzLengthError("The lines are longer or more than those of any machine-readable zone.")
    cleaned = tuple([line.strip() for line in lines if line.strip()])
    for line in cleaned:
        if not _ALLOWED.fullmatch(line):
            raise MrzCharacterError("A machine-readable zone holds only A-Z, 0-9 and '<'.", line=line)
    shapes = {(len(cleaned), len(line)) for line in cleaned}
    if len(shapes) != 1 or not shapes <= _SHAPES:
        raise MrzLengthError(
            "No format has lines of these lengths.",
            line_count=len(cleaned),
            line_lengths=[len(line) for line in cleaned],
        )
    return cleaned


def _document_number(layout: Layout, lines: tuple[str, ...], fields: dict[str, str]) -> tuple[str, str]:
    """The whole number, and what is left of the optional data."""
    number, optional = fields.get("document_number", ""), fields.get("optional_data", "")
    rule = next((rule for rule in check_rules(layout, lines) if rule.field == "document_number"), None)
    if rule is not None and len(rule.spans) > 1:
        rest = optional.partition(FILLER)
        number, optional = number + rest[0][:-1], rest[2]
    return _text(number), _text(optional)


def _names(fields: dict[str, str]) -> tuple[str, str, bool]:
    if "name" in fields:
        return read_name(fields["name"])
    family, given = fields.get("family_name", ""), fields.get("given_names", "")
    truncated = any(part and not part.endswith(FILLER) for part in (family, given))
    return _text(family), _text(given), truncated


def _date(fields: dict[str, str], kind: DateKind, state: str = "") -> MrzDate | None:
    raw = fields.get(f"{kind}_date")
    if raw is None:
        return None
    return MrzDate(raw, kind, kind == "expiry" and raw in _ODDITIES["unlimited_expiry"].get(state, ()))


def _text(field: str) -> str:
    return " ".join([word for word in field.split(FILLER) if word])
