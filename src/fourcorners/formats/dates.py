"""Dates as documents print them, in the orders and languages that documents use, to ISO 8601."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from fourcorners.formats.mrz.dates import EXPIRY_WINDOW_YEARS, DateKind
from fourcorners.formats.names import plain
from fourcorners.kit.data import load_toml

__all__ = ["DateKind", "DateOrder", "FoundDate", "find_dates", "read_date"]

DateOrder = Literal["DMY", "MDY", "YMD"]

YEARS: Final = range(1850, 2200)
BUDDHIST_ERA: Final = 543
"""Years that Thai documents print ahead of the Gregorian calendar."""

ERAS: Final = {"民國": 1911, "民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
"""Years that Taiwanese and Japanese papers count from, less one."""

_TOKEN = re.compile(r"[0-9]+|(?:[^\W\d_]|[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])+")
_MAX_TEXT = 64  # characters of one date; "Wednesday, the twelfth" is not printed on documents
_MAX_LONG_TEXT = 100_000
_MAX_TOKENS = 8
YEAR_DIGITS = 4
_MAX_GAP = 3  # characters between two tokens of a date


class FoundDate(NamedTuple):
    """A date inside a text: where it stands, and all that it can mean, likeliest first."""

    start: int
    end: int
    candidates: tuple[str, ...]


def read_date(
    text: str, *, order: DateOrder | None = None, kind: DateKind | None = None, today: date | None = None
) -> tuple[str, ...]:
    """All dates that a text can mean, likeliest first: "1974-08-12", or "1974-08" and "1974" where no more is printed.

    Where numbers can be read in several orders (day first, month first, year first) `order` settles it; without it all
    are given, but full stops between numbers rule out month first. A year of two digits may belong to two centuries;
    with `kind` and `today` only the one remains that such a date can have. A text that is no date gives ().
    """
    if len(text) > _MAX_TEXT:
        return ()
    text = _normalised(text)
    tokens = list(_TOKEN.finditer(text))
    months, numbers = _months_and_numbers([token[0] for token in tokens])
    if months is None or not numbers:
        return ()
    era = next((ERAS[c] for token in tokens if (c := token[0]) in ERAS), ERAS["民國"] if "年" in text else None)
    if era is not None and len(numbers) == 3 and len(numbers[0]) <= 3:
        numbers = [str(int(numbers[0]) + era), *numbers[1:]] if era != ERAS["民國"] or len(numbers[0]) == 3 else numbers
    gaps = {text[a.end() : b.start()].strip() for a, b in pairwise(tokens)}
    if gaps == {"/"} and [len(n) for n in numbers] == [3, 2, 2] and numbers[0].startswith("1"):  # "115/02/26" in Taiwan
        numbers = [str(int(numbers[0]) + ERAS["民國"]), *numbers[1:]]
    readings = _with_month(months, numbers) if months else _numeric(numbers, order, dotted=gaps == {"."})
    found: list[str] = []
    for year, month, day in readings:
        for full_year in _full_years(year, (month or 1, day or 1), kind, today):
            found += _iso(full_year, month, day)
    return tuple(dict.fromkeys(found))


def find_dates(text: str, *, order: DateOrder | None = None) -> tuple[FoundDate, ...]:
    """Every whole date in the first 100,000 characters of a text, in its order, none overlapping another."""
    normalised = _normalised(text[:_MAX_LONG_TEXT])
    tokens = list(_TOKEN.finditer(normalised))
    known = [token[0].isdigit() or _is_known(token[0]) for token in tokens]
    found, i = [], 0
    while i < len(tokens):
        for j in range(_reach(normalised, tokens, known, i), i, -1):
            start, end = tokens[i].start(), tokens[j - 1].end()
            candidates = tuple(c for c in read_date(normalised[start:end], order=order) if len(c) == len("1974-08-12"))
            if candidates:
                found.append(FoundDate(start, end, candidates))
                i = j
                break
        else:
            i += 1
    return tuple(found)


def _reach(text: str, tokens: list[re.Match[str]], known: list[bool], i: int) -> int:
    """The end of the longest date that can begin at token `i`: no foreign word, no wide gap, no more than 3 numbers."""
    numbers, whole = 0, False
    for j in range(i, min(i + _MAX_TOKENS, len(tokens))):
        gap = text[tokens[j - 1].end() : tokens[j].start()] if j > i else ""
        if whole and _months_named(plain(tokens[j][0])):
            return j  # "October 1, 2026 - October 30, 2026": a month behind day and year opens another date
        numbers += tokens[j][0].isdigit()
        whole = numbers > 1 and len(tokens[j][0]) == YEAR_DIGITS and tokens[j][0].isdigit()
        if not known[j] or len(gap) > _MAX_GAP or "\n" in gap or ":" in gap or numbers > 3:
            return j
    return min(i + _MAX_TOKENS, len(tokens))


def _is_known(word: str) -> bool:
    return bool(_months_named(plain(word))) or plain(word) in _ignored() or word in ERAS


def _normalised(text: str) -> str:
    """ASCII digits for those of any script; as long as the text, so that positions hold."""
    return "".join([str(unicodedata.digit(c)) if c.isdigit() else c for c in text])


def _months_and_numbers(tokens: Iterable[str]) -> tuple[frozenset[int] | None, list[str]]:
    """The months on which all month names agree (empty without a name), and the numbers; None for a foreign word."""
    months: frozenset[int] = frozenset()
    numbers = []
    for token in tokens:
        if token.isdigit():
            numbers.append(token)
            continue
        named = _months_named(plain(token))
        if named:
            months = months & named if months else named
            if not months:
                return None, []
        elif plain(token) not in _ignored() and token not in ERAS:
            return None, []
    return months, numbers


Reading = tuple[str, int | None, int | None]
"""Year as printed, month, day."""


def _with_month(months: frozenset[int], numbers: list[str]) -> list[Reading]:
    match numbers:
        case [year] if len(year) == 4:
            return [(year, month, None) for month in sorted(months)]
        case [year, day] if len(year) == 4 and len(day) <= 2:
            return [(year, month, int(day)) for month in sorted(months)]
        case [day, year] if len(day) <= 2 and len(year) in (2, 4):
            return [(year, month, int(day)) for month in sorted(months)]
    return []


def _numeric(numbers: list[str], order: DateOrder | None, *, dotted: bool) -> list[Reading]:
    match [len(number) for number in numbers]:
        case [8]:
            (whole,) = numbers
            parts = [(o, _sliced(whole, o)) for o in ("YMD", "DMY", "MDY")]
        case [4]:
            return [(numbers[0], None, None)]
        case [1 | 2, 4]:
            return [(numbers[1], int(numbers[0]), None)]
        case [4, 1 | 2]:
            return [(numbers[0], int(numbers[1]), None)]
        case [4, 1 | 2, 1 | 2]:
            parts = [("YMD", tuple(numbers))]
        case [1 | 2, 1 | 2, 4]:
            parts = [(o, tuple(numbers)) for o in ("DMY", "MDY")]
        case [1 | 2, 1 | 2, 2]:
            parts = [(o, tuple(numbers)) for o in ("DMY", "MDY", "YMD")]
        case _:
            return []
    chosen = [part for part in parts if part[0] == order] or [p for p in parts if not (dotted and p[0] == "MDY")]
    by_part = [dict(zip(name, values, strict=True)) for name, values in chosen]
    return [(part["Y"], int(part["M"]), int(part["D"])) for part in by_part]


def _sliced(digits: str, order: str) -> tuple[str, ...]:
    parts, start = [], 0
    for part in order:
        length = 4 if part == "Y" else 2
        parts.append(digits[start : start + length])
        start += length
    return tuple(parts)


def _full_years(printed: str, month_day: tuple[int, int], kind: DateKind | None, today: date | None) -> list[int]:
    year = int(printed)
    if len(printed) == 4:
        return [year] if year in YEARS else [year - BUDDHIST_ERA] if year - BUDDHIST_ERA in YEARS else []
    years = [1900 + year, 2000 + year]
    if kind is None or today is None:
        return years
    if kind == "expiry":
        return [y for y in years if -EXPIRY_WINDOW_YEARS < y - today.year <= EXPIRY_WINDOW_YEARS]
    return [y for y in years if (y, *month_day) <= (today.year, today.month, today.day)][-1:]


def _iso(year: int, month: int | None, day: int | None) -> list[str]:
    try:
        whole = date(year, month or 1, day or 1).isoformat()
    except ValueError:
        return []
    return [whole if day else whole[:7] if month else whole[:4]] if day != 0 and month != 0 else []


@lru_cache(maxsize=4096)
def _months_named(word: str) -> frozenset[int]:
    exact = _month_names().get(word)
    if exact:
        return exact
    if len(word) < 3:
        return frozenset()
    return frozenset(m for name, months in _month_names().items() if name.startswith(word) for m in months)


@cache
def _month_names() -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for table in ("names", "short"):
        for names in load_toml("fourcorners.formats", "months.toml")[table].values():
            for month, name in enumerate(names, start=1):
                found.setdefault(plain(name), set()).add(month)
    return {name: frozenset(months) for name, months in found.items()}


@cache
def _ignored() -> frozenset[str]:
    return frozenset(plain(word) for word in load_toml("fourcorners.formats", "months.toml")["ignored"]["words"])
