"""Fields to lines: a machine-readable zone with right check digits."""

from datetime import date

from .check_digits import check_digit
from .detect import format_of
from .errors import MrzFieldError
from .layouts import ALPHABET, FILLER, Layout, MrzFormat, layout_for
from .names import write_name, write_name_part

__all__ = ["write"]

_SEXES = {"M": "M", "F": "F", "X": FILLER, None: FILLER}
_MAY_RUN_ON = (MrzFormat.TD1, MrzFormat.TD2)


def write(
    format: MrzFormat,  # noqa: A002
    *,
    document_code: str,
    issuing_state: str,
    nationality: str,
    family_name: str,
    given_names: str,
    document_number: str,
    birth_date: date | None,
    sex: str | None,
    expiry_date: date | None,
    optional_data: str = "",
    optional_data_2: str = "",
) -> tuple[str, ...]:
    """The lines of a machine-readable zone in upper case, check digits included.

    Names are transliterated and cut as ICAO Doc 9303 says; a missing date is `<<<<<<`, sex "X" or None is `<`. TD3
    prints `optional_data` as the personal number. Fields that a format does not print are left out of it; of a driving
    licence whose state has no layout here, that is all but `optional_data`, its 24 free characters. Raises
    MrzFieldError for a field that does not fit or holds characters other than A-Z, 0-9, space and hyphen, and for a
    document code that belongs to another format (V to visas, ID of FRA to the French card).
    """
    if sex not in _SEXES:
        raise MrzFieldError('The sex is "M", "F", "X" or None.', field="sex")
    format = MrzFormat(format)  # noqa: A001
    layout = layout_for(format, issuing_state)
    number, optional = _plain(document_number, "document_number"), _plain(optional_data, "optional_data")
    runs_on = format in _MAY_RUN_ON and len(number) > layout.fields["document_number"].length
    if runs_on:
        number, optional = _run_on(number, optional, layout)
    values = {
        "document_code": _plain(document_code, "document_code"),
        "issuing_state": _plain(issuing_state, "issuing_state"),
        "nationality": _plain(nationality, "nationality"),
        "document_number": number,
        "optional_data": optional,
        "personal_number": optional,
        "optional_data_2": _plain(optional_data_2, "optional_data_2"),
        "birth_date": _date(birth_date),
        "expiry_date": _date(expiry_date),
        "sex": _SEXES[sex],
    }
    grid = [[FILLER] * layout.line_length for _ in range(layout.line_count)]
    for field in layout.fields.values():
        if field.name == "name":
            text = write_name(family_name, given_names, field.length, issuing_state)
        elif field.name == "family_name":
            text = write_name_part(family_name, field.length, FILLER, issuing_state)
        elif field.name == "given_names":
            text = write_name_part(given_names, field.length, FILLER * 2, issuing_state)
        else:
            text = values[field.name]
        if len(text) > field.length:
            raise MrzFieldError(f"{field.name} is longer than {field.length} characters.", field=field.name)
        grid[field.line][field.start : field.end] = text.ljust(field.length, FILLER)
    for rule in layout.checks:  # the composite stands last and covers the others
        if not (runs_on and rule.field == "document_number"):  # its digit was written with the rest of the number
            grid[rule.line][rule.column] = check_digit("".join(grid[line][column] for line, column in rule.positions))
    lines = tuple("".join(line) for line in grid)
    if format_of(lines) != format:
        raise MrzFieldError(
            f"With this document code and state it would not be read as {format}.", field="document_code"
        )
    return lines


def _run_on(number: str, optional: str, layout: Layout) -> tuple[str, str]:
    length = layout.fields["document_number"].length
    if FILLER in number:
        raise MrzFieldError("A document number that runs on holds letters and digits only.", field="document_number")
    rest = number[length:] + check_digit(number) + FILLER
    if len(rest) > layout.fields["optional_data"].length:
        raise MrzFieldError("The document number does not fit.", field="document_number")
    return number[:length], rest + optional


def _plain(text: str, field: str) -> str:
    plain = text.strip().upper().replace(" ", FILLER).replace("-", FILLER)
    if any(character not in ALPHABET for character in plain):
        raise MrzFieldError(f"{field} may hold A-Z, 0-9, spaces and hyphens.", field=field)
    return plain


def _date(value: date | None) -> str:
    return FILLER * 6 if value is None else f"{value:%y%m%d}"
