"""Dates as documents print them, in the orders and languages that documents use, to ISO 8601."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from fourcorners.formats.calendars import calendar_of_year, gregorian_day
from fourcorners.formats.mrz.dates import EXPIRY_WINDOW_YEARS, DateKind
from fourcorners.formats.names import plain
from fourcorners.kit.data import load_toml

__all__ = ["DateKind", "DateOrder", "FoundDate", "find_dates", "read_date"]

DateOrder = Literal["DMY", "MDY", "YMD"]

YEARS: Final = range(1850, 2200)
BUDDHIST_ERA: Final = 543
"""Years that Thai documents print ahead of the Gregorian calendar."""

ERAS: Final = {"民國": 1911, "民国": 1911, "中華民國": 1911, "令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018}
"""Years that Taiwanese and Japanese papers count from, less one."""

NUMERALS: Final = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "元": 1}
WRITTEN: Final = re.compile(
    r"(民國|民国|令和|平成|昭和)?\s*([〇零○一二三四五六七八九十元]{1,4})年\s*([一二三四五六七八九十]{1,2})月\s*([一二三四五六七八九十]{1,3})日"
)
"""A day in Chinese numerals."""

SHORT_YEARS: Final = {"TH": 2500 - BUDDHIST_ERA}
"""What years of two digits are counted from where it is neither 1900 nor 2000."""

SHORT_LATE: Final = 40
"""The last year of two digits that is still one of the Gregorian calendar there."""

MARKS: Final = (
    "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0981-\u0d4d\u0d57\u0dca-\u0ddf\u0e31-\u0ecd\u102b-\u103e\u17b4-\u17d3"
)
"""Signs over, under and behind letters, from Latin to Khmer; with letters of those scripts among them."""

_TOKEN = re.compile(rf"[0-9]+|[\u0e01-\u0ebf]{{1,3}}\.\s?[\u0e01-\u0ebf]{{1,2}}\.?|(?:[^\W\d_]|[{MARKS}])+")
_MAX_TEXT = 64  # characters of one date; "Wednesday, the twelfth" is not printed on documents
_MAX_LONG_TEXT = 100_000
_MAX_TOKENS = 8
YEAR_DIGITS = 4
YEAR_BEHIND = re.compile(r",? (?:19|20)\d\d(?!\d)")
BEGINNING_MIN = 3  # letters of a month's name that tell it
NAME_MIN = 6  # letters of a month's name that may go on with an ending of one or two: "октября", "oktoobril"
OWN_MONTHS: Final = {"HR": "hr", "BA": "hr"}  # where names of Slavic months mean other months than in Poland
_MAX_GAP = 3  # characters between two tokens of a date


Month = tuple[str, int]
"""A calendar ("" for the Gregorian one) and the number of the month in it."""

_CALENDARS = ("hijri", "jalali", "bikram", "ethiopian")


class FoundDate(NamedTuple):
    """A date inside a text: where it stands, and all that it can mean, likeliest first."""

    start: int
    end: int
    candidates: tuple[str, ...]


def read_date(
    text: str,
    *,
    order: DateOrder | None = None,
    kind: DateKind | None = None,
    today: date | None = None,
    country: str | None = None,
) -> tuple[str, ...]:
    """All dates that a text can mean, likeliest first: "1974-08-12", or "1974-08" and "1974" where no more is printed.

    Where numbers can be read in several orders (day first, month first, year first) `order` settles it; without it all
    are given, but full stops between numbers rule out month first. A year of two digits may belong to two centuries;
    with `kind` and `today` only the one remains that such a date can have. `country` tells how years are counted, and
    in which language a name of a month is meant ("listopada"). A text that is no date gives ().
    """
    if len(text) > _MAX_TEXT:
        return ()
    text = _normalised(text)
    tokens = list(_TOKEN.finditer(text))
    months, numbers = _months_and_numbers([token[0] for token in tokens], country)
    if months is None or not numbers:
        return ()
    era = next((ERAS[c] for token in tokens if (c := token[0]) in ERAS), ERAS["民國"] if "年" in text else None)
    if era is not None and len(numbers) == 3 and len(numbers[0]) <= 3:
        numbers = [str(int(numbers[0]) + era), *numbers[1:]] if era != ERAS["民國"] or len(numbers[0]) == 3 else numbers
    gaps = {text[a.end() : b.start()].strip() for a, b in pairwise(tokens)}
    if (
        (gaps == {"/"} or (country == "TW" and len(gaps) == 1))
        and [len(n) for n in numbers] == [3, 2, 2]
        and numbers[0].startswith("1")
    ):  # "115/02/26" in Taiwan
        numbers = [str(int(numbers[0]) + ERAS["民國"]), *numbers[1:]]
    readings = _with_month(months, numbers) if months else _numeric(numbers, order, dotted=gaps == {"."})
    found: list[str] = []
    thai = country or ("TH" if any("\u0e01" <= c <= "\u0e4e" for c in text) else None)
    for year, month, day in readings:
        counted = month[0] if month else ""
        if (calendar := counted or (len(year) == YEAR_DIGITS and calendar_of_year(int(year), country))) and month:
            there = gregorian_day(calendar, int(year), month[1], day or 0)
            found += [there.isoformat()] if there else []
            continue
        number = month[1] if month else None
        for full_year in _full_years(year, (number or 1, day or 1), kind, today, thai):
            found += _iso(full_year, number, day)
    return tuple(dict.fromkeys(found))


def find_dates(text: str, *, order: DateOrder | None = None, country: str | None = None) -> tuple[FoundDate, ...]:
    """Every whole date in the first 100,000 characters of a text, in its order, none overlapping another."""
    normalised = _normalised(text[:_MAX_LONG_TEXT])
    tokens = list(_TOKEN.finditer(normalised))
    known = [token[0].isdigit() or _is_known(token[0]) for token in tokens]
    found, i = [], 0
    while i < len(tokens):
        if not tokens[i][0].isdigit() and plain(tokens[i][0]) in _ignored():
            i += 1  # "emessa il 22/09/2026" is dated 22/09/2026
            continue
        for j in range(_reach(normalised, tokens, known, i), i, -1):
            start, end = tokens[i].start(), tokens[j - 1].end()
            if tokens[j - 1][0].isascii() and plain(tokens[j - 1][0]) in _ignored():
                continue  # "03.10.2025 do 01.12.2025"
            if j < len(tokens) and len(tokens[j - 1][0]) < YEAR_DIGITS and YEAR_BEHIND.match(normalised, end):
                continue  # "1 - January 31, 2026"
            meant = read_date(normalised[start:end], order=order, country=country)
            candidates = tuple(c for c in meant if len(c) == len("1974-08-12"))
            if candidates:
                found.append(FoundDate(start, end, candidates))
                i = j
                break
        else:
            i += 1
    found += [FoundDate(*written.span(), days) for written in WRITTEN.finditer(text) if (days := _written_day(written))]
    return tuple(sorted(found))


def _written_day(written: re.Match[str]) -> tuple[str, ...]:
    """The day that Chinese numerals tell: "二〇二六年十月十二日", "民國一一五年十月十二日", "令和八年十月十二日"."""
    era, year, month, day = written.groups()
    count = int("".join(str(NUMERALS[c]) for c in year)) if "十" not in year else _count(year)
    return tuple(_iso(count + ERAS.get(era or "", 0), _count(month), _count(day))) if era or len(year) > 3 else ()


def _count(numeral: str) -> int:
    """A number up to 99: "十二" is 12, "二十一" 21."""
    tens, ten, ones = numeral.rpartition("十")
    return 10 * (NUMERALS[tens] if tens else 1 if ten else 0) + (NUMERALS[ones] if ones else 0)


def _reach(text: str, tokens: list[re.Match[str]], known: list[bool], i: int) -> int:
    """The end of the longest date that can begin at token `i`: no foreign word, no wide gap, no more than 3 numbers."""
    numbers, whole, counted = 0, False, False
    for j in range(i, min(i + _MAX_TOKENS, len(tokens))):
        gap = text[tokens[j - 1].end() : tokens[j].start()] if j > i else ""
        named = bool(_named(tokens[j][0], None))
        if named and (whole or counted):
            return (
                j  # "October 1, 2026 - October 30, 2026", "October 1 - October 30": a second month opens another date
            )
        counted = counted or (j > i and tokens[j][0].isdigit() and bool(_named(tokens[j - 1][0], None)))
        numbers += tokens[j][0].isdigit()
        whole = numbers > 1 and len(tokens[j][0]) == YEAR_DIGITS and tokens[j][0].isdigit()
        if not known[j] or len(gap) > _MAX_GAP or "\n" in gap or ":" in gap or numbers > 3:
            return j
    return min(i + _MAX_TOKENS, len(tokens))


def _is_known(word: str) -> bool:
    return bool(_named(word, None)) or plain(word) in _ignored() or word in ERAS


def _named(word: str, country: str | None) -> tuple[Month, ...]:
    """The months that a word as printed may name; a Roman number has capitals."""
    return () if word.islower() and set(word) <= set("ivx") else _months_named(plain(word), country)


def _normalised(text: str) -> str:
    """ASCII digits for those of any script; as long as the text, so that positions hold."""
    return "".join([str(unicodedata.digit(c)) if c.isdigit() else c for c in text])


def _months_and_numbers(tokens: Iterable[str], country: str | None) -> tuple[tuple[Month, ...] | None, list[str]]:
    """The months on which all month names agree (empty without a name), and the numbers; None for a foreign word."""
    months: tuple[Month, ...] = ()
    numbers = []
    for token in tokens:
        if token.isdigit():
            numbers.append(token)
            continue
        named = _named(token, country)
        if named:
            months = tuple(m for m in months if m in named) if months else named
            if not months:
                return None, []
        elif plain(token) not in _ignored() and token not in ERAS:
            return None, []
    return months, numbers


Reading = tuple[str, Month | None, int | None]
"""Year as printed, month, day."""


def _with_month(months: tuple[Month, ...], numbers: list[str]) -> list[Reading]:
    match numbers:
        case [year] if len(year) == 4:
            return [(year, month, None) for month in months]
        case [year, day] if len(year) == 4 and len(day) <= 2:
            return [(year, month, int(day)) for month in months]
        case [day, year] if len(day) <= 2 and len(year) in (2, 4):
            return [(year, month, int(day)) for month in months]
    return []


def _numeric(numbers: list[str], order: DateOrder | None, *, dotted: bool) -> list[Reading]:
    match [len(number) for number in numbers]:
        case [8]:
            (whole,) = numbers
            parts = [(o, _sliced(whole, o)) for o in ("YMD", "DMY", "MDY")]
        case [4]:
            return [(numbers[0], None, None)]
        case [1 | 2, 4]:
            return [(numbers[1], ("", int(numbers[0])), None)]
        case [4, 1 | 2]:
            return [(numbers[0], ("", int(numbers[1])), None)]
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
    return [(part["Y"], ("", int(part["M"])), int(part["D"])) for part in by_part]


def _sliced(digits: str, order: str) -> tuple[str, ...]:
    parts, start = [], 0
    for part in order:
        length = 4 if part == "Y" else 2
        parts.append(digits[start : start + length])
        start += length
    return tuple(parts)


def _full_years(
    printed: str, month_day: tuple[int, int], kind: DateKind | None, today: date | None, country: str | None
) -> list[int]:
    year = int(printed)
    if len(printed) == 4:
        return [year] if year in YEARS else [year - BUDDHIST_ERA] if year - BUDDHIST_ERA in YEARS else []
    if country in SHORT_YEARS and year > SHORT_LATE:
        return [SHORT_YEARS[country] + year]
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
def _months_named(word: str, country: str | None = None) -> tuple[Month, ...]:
    """All months that a word may name, those of the country's language first; other calendars' only in full."""
    names = _month_names()
    found = names.get(word, {})
    if not found and len(word) >= BEGINNING_MIN:
        begun = [months for name, months in names.items() if name.startswith(word)]
        found = {m: languages for months in begun for m, languages in months.items() if not m[0]}
    if not found and len(word) > NAME_MIN:
        found = next((names[word[:-n]] for n in (1, 2) if len(word) - n >= NAME_MIN and word[:-n] in names), {})
    own = OWN_MONTHS.get(country or "")
    return tuple(sorted(found, key=lambda month: own not in found[month]))


@cache
def _month_names() -> Mapping[str, Mapping[Month, frozenset[str]]]:
    found: dict[str, dict[Month, frozenset[str]]] = {}
    months = load_toml("fourcorners.formats", "months.toml")
    for table in ("names", "short", "standing", *_CALENDARS):
        calendar = table if table in _CALENDARS else ""
        for language, names in months[table].items():
            for month, name in enumerate(names, start=1):
                if name:
                    meant = found.setdefault(plain(name), {})
                    meant[calendar, month] = meant.get((calendar, month), frozenset()) | {language}
    return found


@cache
def _ignored() -> frozenset[str]:
    return frozenset(plain(word) for word in load_toml("fourcorners.formats", "months.toml")["ignored"]["words"])
