"""What a printed text means for a field, if it can mean anything for it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - `date` is what is read here
from types import MappingProxyType

from fourcorners.formats.agreement.sexes import read_sex
from fourcorners.formats.dates import DateKind, DateOrder, find_dates, read_date
from fourcorners.formats.names import is_droppable
from fourcorners.formats.states import find_state
from fourcorners.vision.fields.dates import dates_in
from fourcorners.vision.fields.labels import resembles_label

__all__ = ["Context", "Value", "read_value"]

NUMBER = re.compile(r"[A-Z0-9](?:[A-Z0-9]|[ \-./](?=[A-Z0-9])){2,22}")
NUMBER_DIGITS_MIN = 3
SOLID_LENGTH_MIN = 6
"""Numbers of some states are mostly letters ("LRWNU6PQR"): one run of capitals this long, with a digit, is no word."""

NAME_FORBIDDEN = re.compile(r"[\d<>@#%&*=+{}\[\]|\\?!:;_]")
NAME_LENGTH_MAX = 60
TWO_SEXES = re.compile(r"(\w)\s?[/|Il1-]\s?([FMX])")
"""Two languages' letters for one sex, with a stroke that may be read as a letter: "V/M", "P-F", "MIM"."""

ADDRESS_LENGTH_MIN = 4
AUTHORITY_LETTERS_MIN = 3

CYRILLIC_ALIKE = frozenset("ABCEHIKMOPTXY3468' -")
"""What is read for Cyrillic capitals, often with confidence: those that look Latin."""

ORDER_UNKNOWN = 0.6
"""Certainty of a date that may be day first or month first, when nothing says which this document prints."""


@dataclass(frozen=True, slots=True)
class Context:
    """What helps to understand values: the day, the document's kind, its order of dates and its second script."""

    today: Date
    order: DateOrder | None = None
    script: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """`text` in the form of the contract; `others` it might mean as well; `certainty` 0..1 that it means `text`."""

    text: str
    others: tuple[str, ...] = ()
    certainty: float = 1.0


def read_value(field: str, text: str, context: Context) -> Value | None:
    """The value that `text` has as `field`, or None. Fields that no one asks for take any text."""
    return READERS.get(field, _anything)(text.strip(), context)


def _birth_date(text: str, context: Context) -> Value | None:
    return _date(text, context, lambda d: d <= context.today.isoformat(), "birth")


def _issue_date(text: str, context: Context) -> Value | None:
    return _date(text, context, lambda d: d <= context.today.isoformat(), "issue")


def _expiry_date(text: str, context: Context) -> Value | None:
    return _date(text, context, lambda _: True, "expiry")


def _date(text: str, context: Context, plausible: Callable[[str], bool], kind: DateKind) -> Value | None:
    """The date in a text that may hold a little more ("12.08.1974 LONDON")."""
    spans = dates_in(text)
    if len(spans) != 1 or (spans[0].end - spans[0].start) < 0.4 * len(text):
        return None
    span = text[spans[0].start : spans[0].end]
    orders = [read_date(span, order=order, kind=kind, today=context.today) for order in (context.order, None)]
    readings = [date for order in orders for date in order] or list(spans[0].candidates)
    found = [date for date in readings if len(date) == len("1974-08-12") and plausible(date)]
    if not found:
        return None
    others = tuple(dict.fromkeys(d for d in found if d != found[0]))
    known = context.order is not None or not others
    return Value(found[0], others, 1.0 if known else ORDER_UNKNOWN)


def _sex(text: str, _: Context) -> Value | None:
    """The second of two letters is the one in Latin script and in a language that travels (Doc 9303-3, 3.3)."""
    sex = read_sex(text) if len(text) <= 20 else None
    if sex is None and (pair := TWO_SEXES.fullmatch(text)) and {pair[1], pair[2]} != {"F", "M"}:
        sex = pair[2]
    return None if sex is None else Value(sex)


def _state(text: str, _: Context) -> Value | None:
    for part in (text, *re.split(r"[/(),]", text)):
        state = find_state(part.strip()) if len(part.strip()) > 2 or part.strip() == "D" else None
        if state is not None:
            return Value(state.code)
    return None


def _number(text: str, _: Context) -> Value | None:
    upper = text.upper()
    digits = sum(c.isdigit() for c in upper)
    solid = text == upper and upper.isalnum() and len(upper) >= SOLID_LENGTH_MIN and digits > 0
    if not NUMBER.fullmatch(upper) or (digits < NUMBER_DIGITS_MIN and not solid):
        return None
    return None if any(len(d.candidates[0]) == 10 for d in find_dates(upper)) else Value(upper)


def _name(text: str, _: Context) -> Value | None:
    first, stroke, second = (part.strip() for part in text.partition("/"))
    if stroke and CYRILLIC_ALIKE.issuperset(first.upper()):
        text = second  # the same name in two scripts, of which the network knows one
    letters = sum(c.isalpha() for c in text)
    if letters < 2 or len(text) > NAME_LENGTH_MAX or NAME_FORBIDDEN.search(text):
        return None
    if text[:1].islower() and is_droppable(text.split()[0]) != "particle":
        return None  # the rest of a label: names are printed with capitals
    if resembles_label(text) or (stroke and find_state(second) is not None):
        return None
    return Value(text.strip(" ,.-/'"))


def _address(text: str, _: Context) -> Value | None:
    if len(text) < ADDRESS_LENGTH_MIN or not any(c.isalpha() for c in text):
        return None
    return Value(text)


def _authority(text: str, _: Context) -> Value | None:
    if sum(c.isalpha() for c in text) < AUTHORITY_LETTERS_MIN or resembles_label(text):
        return None
    return Value(text)


def _anything(text: str, _: Context) -> Value | None:
    return Value(text) if text else None


def _nothing(_text: str, _: Context) -> Value | None:
    return None


READERS: Mapping[str, Callable[[str, Context], Value | None]] = MappingProxyType(
    {
        "family_name": _name,
        "given_names": _name,
        "name": _name,
        "full_name": _name,
        "birth_place": _name,
        "authority": _authority,
        "birth_date": _birth_date,
        "issue_date": _issue_date,
        "expiry_date": _expiry_date,
        "sex": _sex,
        "nationality": _state,
        "issuing_state": _state,
        "document_number": _number,
        "personal_number": _number,
        "passport_number": _number,
        "address": _address,
        "title": _nothing,
    }
)
