"""Every date of a paper, with what the words around it say it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fourcorners.formats.dates import DateOrder, FoundDate, find_dates
from fourcorners.vision.papers.date_captions import closes, named_date
from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.labels import BILLS
from fourcorners.vision.papers.line import PaperLine, on_one_row, part
from fourcorners.vision.papers.right_to_left import is_right_to_left
from fourcorners.vision.papers.rows import is_sentence
from fourcorners.vision.papers.words import one_of, words_of

__all__ = ["UNLABELLED", "Dated", "date_order", "found_in", "labelled_dates", "left_of"]

UNLABELLED = ("issue_likely", "titles", "plain", "placed", "alone")
"""What a date is that only the words over it explain, or none."""

RUNNING = ("alone", "prose", "place")
"""Contexts of dates in a text whose words may stand in the line before."""

PACKED = ("issue", "expiry", "incorporation", "lease_end", "signed")
"""What digits without anything between them ("20261103") must be called to be a date, and no number of an invoice."""

PLACE = re.compile(
    rf"\s*(?:\d{{4,5}}\s+)?[^\W\d_][\w.'’ -]{{1,30}}(?:,\s*(?:{one_of('days', 'behind_places')}|d\.\s?)?"
    rf"|\s+{one_of('days', 'behind_bare_places')})\s*"
)
"""A place before a date: "Berlin, 3. Mai 2026", "Linz, am ...", "Warszawa, dnia ..."."""

NUMBERED = re.compile(
    rf"(?:[^\W\d_]+\.?\s+){{0,2}}{one_of('days', 'numbers')}?[.°º№]*\s*\d[\d./-]*"
    rf"\s*(?:/|{one_of('days', 'behind_numbers')})\s*",
    re.IGNORECASE,
)
"""The number under which an office keeps a letter, before its date: "Nr. 41788 / 04.03.2026", "nr. 12 din ..."."""

ARTICLES = ("", *words_of("days", "articles"))
"""Words before a day that say nothing of it."""

TIMED = re.compile(rf"\s*(?:,|{one_of('days', 'times')})?\s*\d{{1,2}}[:h]\d{{2}}")
"""The time of day behind a date: that of a printer or a program."""

NUMBERS = re.compile(r"\d+")

INESSIVE = re.compile(rf"\s*[^\W\d_]\w{{3,20}}{one_of('days', 'inessive')}\s*")
"""A place in a date's own case, as Finnish and Hungarian write it: "Tampereella 3.8.2026"."""

OPEN_RANGE = re.compile(
    r"(?<![\w./-])(?:[^\W\d_]{3,}\.?\s+)?\d{1,2}(?:\.|st|nd|rd|th|er)?(?:[./]?\d{1,2}\.?)?(?:\s+(?:de\s+)?[^\W\d_]{3,}\.?)?"
    rf"\s*(?:[-–—~]|{one_of('days', 'until_open')})\s*$",
    re.IGNORECASE,
)
"""The first day of a time, without its year: "January 1 - January 31, 2026", "1.-31.10.2026"."""

FIRST_DAY = re.compile(
    r"(?<![\w./-])\d{1,2}\.?\s*[-–—]\s*(?=\d{1,2}\.?\s+(?:de\s+)?[^\W\d_]{3,}\.?,?\s+(?:de\s+)?\d{4}(?!\d))"
)
"""The first day of a time in one month, which is no day with a year behind it: "1 – 31 August 2026"."""

REST_MAX = 48
"""Characters of a line from a day behind a place on."""

LINKED_WORDS = 4
"""So many words before one that joins a day to them say which paper is meant."""

TEXT_MIN = 12.0
"""A line of running text is at least so many heights long."""

PLACE_AT_END = re.compile(r"[.;]\s+[^\W\d_a-z][\w'’ -]{2,28},(?:\s\w{2,3})?\s*$")
"""A place name that opens the last sentence of a line, before a date."""

PLACED = re.compile(r"\s*[^\W\d_a-zà-ÿ][\w.'’-]+(?:[ -][^\W\d_a-zà-ÿ][\w'’-]+){0,2}\s+")
"""A name of a place, or anything else with a capital, right before a day: "Malmö 2025-08-14"."""

OPENING = re.compile(
    rf",?\s+(?:{one_of('parties', 'opens')}|{one_of('parties', 'met')}\w+)\b",
    re.IGNORECASE,
)
"""What follows the place and day with which a contract opens: "En Lugo, a 3 de marzo de 2026, entre ..."."""

PLACED_MAX = 12
SMALL_BEFORE_PLACES = 3
"""So many words in small letters may stand in a place's name and between it and its day."""

SLANT_MIN = 0.4
LEFT_MAX = 32.0
ABOVE_MAX = 2.6
TOLD = {"plain": "told", "issue": "issue_told"}
"""What labels mean in a sentence: "on 8 January" may be the day of anything, "dated" that of another paper."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date (YYYY-MM-DD) with the part of a line it stands in.

    `context` is the group of labels.toml whose words explain it; without any, `place` behind a place name, `alone` with
    nothing beside it, `prose` in a sentence.
    """

    value: str
    line: PaperLine
    context: str
    confidence: float


def labelled_dates(
    lines: Sequence[PaperLine],
    country: str | None,
    group_first: str = "",
    package: str = BILLS,
    *,
    running: bool = False,
) -> Iterator[Dated]:
    """Every date of a paper, with what the words around it say it is, by the `dates` of labels.toml in `package`.

    `running`: where the words of its own line do not explain a date in a text, those of the line before it may.
    """
    country = country or ("TH" if any(_is_thai(line.text) for line in lines) else None)
    order = date_order(lines, country)
    for line in lines:
        found = found_in(line.text, order, country)
        for n, date in enumerate(found):
            if not _whole_number(_without_first_day(line.text), date.start, date.end):
                continue
            before = line.text[found[n - 1].end if n else 0 : date.start]
            context = _context(before, line, lines, date.start, (group_first, package))
            if running and context in RUNNING and (over := _running_from(line, lines)) is not None:
                context = named_date(f"{over.text} {before}", (group_first, package)) or context
            if (n and (context == "alone" or _is_range(before))) or OPEN_RANGE.search(before):
                context = "period_end"
            elif n == 0 and len(found) > 1 and _is_range(line.text[date.end : found[1].start]):
                context = "other"
            if context in (*UNLABELLED, "issue_told") and TIMED.match(line.text, date.end):
                context = "generated"
            if line.text[date.start : date.end].isdigit() and context not in PACKED:
                continue
            sure = 1.0 if len(date.candidates) == 1 or order else 0.7
            yield Dated(_recent(date.candidates), part(line, date.start, date.end), context, sure * line.confidence)


def _is_thai(text: str) -> bool:
    return any("\u0e01" <= c <= "\u0e2e" for c in text)


def _recent(candidates: Sequence[str]) -> str:
    """The likeliest day of this century ("10/08/26"), of which papers tell; else the likeliest of all."""
    return next((day for day in candidates if day.startswith("20")), candidates[0])


@lru_cache(maxsize=4096)
def found_in(text: str, order: DateOrder | None, country: str | None = None) -> tuple[FoundDate, ...]:
    """The dates in a line; none in one without a digit, none over a bracket or of mixed signs.

    "HO 04 95 (01/14)" is the number of a form, "Mo-Mi 8-15.30" tells hours.
    """
    text = _without_first_day(text)
    found = find_dates(text, order=order, country=country) if any(c.isdigit() or c == "年" for c in text) else ()
    return tuple(date for date in found if not _is_mixed(text[date.start : date.end]))


def _without_first_day(text: str) -> str:
    """A text of the same length without the first day of a time in one month."""
    return FIRST_DAY.sub(lambda day: " " * len(day[0]), text)


def _is_mixed(text: str) -> bool:
    between = {gap.strip() for gap in NUMBERS.split(text)[1:-1] if not any(c.isalpha() for c in gap)}
    return "(" in text or len(between) > 1


def date_order(lines: Sequence[PaperLine], country: str | None) -> DateOrder | None:
    """The order of day and month: that of dates which have only one; else that of the country."""
    votes = {"DMY": 0, "MDY": 0}
    for line in lines:
        for date in found_in(line.text, None):
            numbers = "".join(c if c.isdigit() else " " for c in line.text[date.start : date.end]).split()
            if len(numbers) == 3 and len(numbers[0]) <= 2 and len(numbers[1]) <= 2:
                first, second = int(numbers[0]), int(numbers[1])
                votes["DMY"] += first > 12 >= second
                votes["MDY"] += second > 12 >= first
    if votes["DMY"] != votes["MDY"]:
        return "DMY" if votes["DMY"] > votes["MDY"] else "MDY"
    if country is not None:
        return "MDY" if country in words_of("days", "MDY") else "YMD" if country in words_of("days", "YMD") else "DMY"
    return None


def _context(before: str, line: PaperLine, lines: Sequence[PaperLine], start: int, first: tuple[str, str]) -> str:
    """What a date is, by the words before it, else beside it, else above it."""
    if before.strip(" :-–,.(«\"“„'").casefold() not in ARTICLES:
        return _by_words_before(before, line, start, first)
    nearest = left_of(line, lines)
    if nearest is not None and _heads_another(nearest, line, lines, first):
        nearest = None
    if nearest is not None and (named := named_date(nearest.text, first)) and not found_in(nearest.text, None):
        return _linked(nearest.text, first) if named == "linking" else named
    above = [
        o
        for o in lines
        if o is not line
        and o.page == line.page
        and -0.5 * line.height < line.box[1] - o.box[3] < ABOVE_MAX * line.height
        and o.box[0] < line.box[2]
        and o.box[2] > line.box[0]
        and o.middle < line.middle - 0.5 * line.height
    ]
    over = max(above, key=lambda o: o.box[3], default=None)
    if over is not None and (named := named_date(over.text, first)):
        if named == "linking":
            return _linked(over.text, first)
        return "told" if named == "plain" and first[1] == BILLS and is_sentence(over.text) else named
    return "alone" if len(line.text) <= 40 else "prose"


def _heads_another(left: PaperLine, day: PaperLine, lines: Sequence[PaperLine], first: tuple[str, str]) -> bool:
    """Is a caption on a slanted photo not level with a day, and has the day a caption of its own right above it?"""
    if day.middle - left.middle < SLANT_MIN * day.height:
        return False
    return any(
        o.page == day.page
        and abs(o.box[0] - day.box[0]) < day.height
        and -0.5 * day.height < day.box[1] - o.box[3] < 0.5 * day.height
        and o.middle < day.middle - 0.5 * day.height
        and named_date(o.text, first) is not None
        for o in lines
    )


def _by_words_before(before: str, line: PaperLine, start: int, first: tuple[str, str]) -> str:
    """What a date is by the words before it on its line, of which there are some."""
    named, told = named_date(before, first), first[1] == BILLS and is_sentence(line.text)
    opens = OPENING.search(line.text, start, start + REST_MAX) is not None
    placed = (
        start <= 40
        and _is_short_of_verbs(before)
        and (len(line.text) - start <= REST_MAX or opens)
        and PLACE.fullmatch(before) is not None
    )
    if first[1] == BILLS and closes(before):
        return "closing"
    if named == "linking":
        return "place" if placed else _linked(before, first)
    if told and named in TOLD:
        return TOLD[named]
    if named:
        return named
    if placed or _follows_place(before, line, start):
        return "place"
    capital = first[1] == BILLS and PLACED.fullmatch(before) and len(line.text) - start <= PLACED_MAX + 2
    return "placed" if capital else "prose"


def _is_short_of_verbs(before: str) -> bool:
    """Are there hardly words in small letters before a day, as before a place's: not "Du har søgt om støtte den"?"""
    return sum(word.islower() and len(word) > 1 for word in before.split()) <= SMALL_BEFORE_PLACES


def _follows_place(before: str, line: PaperLine, start: int) -> bool:
    """Does a date stand behind a place, or behind the number of a letter?"""
    if start <= 40 and NUMBERED.fullmatch(before):
        return True
    if INESSIVE.fullmatch(before) and len(line.text) - start <= PLACED_MAX:
        return True
    # "Letto e sottoscritto. Torino, 20/02/2026"
    return PLACE_AT_END.search(before) is not None and start + 12 > len(line.text.rstrip()) - 8


def _linked(before: str, first: tuple[str, str]) -> str:
    """What a day is that a small word joins to what stands before it: "Faktura 12/2026 z dnia", "Umowa z dnia"."""
    head = before
    while (words := head.split()) and named_date(head, first) == "linking":
        head = " ".join(words[:-1])
    if not words:
        return "plain"
    named = named_date(" ".join(words[-LINKED_WORDS:]), first)
    if named in ("titles", "issue", "issue_likely"):
        return "titles"
    return "place" if named is None and NUMBERED.fullmatch(f"{head} /") else named or "told"


def _running_from(line: PaperLine, lines: Sequence[PaperLine]) -> PaperLine | None:
    """The line of text that goes on in this one: close over it, flush with it or wider."""
    over = [
        o
        for o in lines
        if o.page == line.page
        and -0.6 * line.height < line.box[1] - o.box[3] < line.height
        and o.middle < line.middle - 0.4 * line.height
        and o.box[0] < line.box[2]
        and o.box[2] > line.box[0]
        and o.box[2] - o.box[0] > TEXT_MIN * line.height
    ]
    return max(over, key=lambda o: o.box[3], default=None)


def left_of(line: PaperLine, lines: Sequence[PaperLine]) -> PaperLine | None:
    """The nearest text to the left on the same row; where text to the right runs leftward, that."""
    row = [o for o in lines if on_one_row(o, line)]
    reach = -0.5 * line.height, LEFT_MAX * line.height
    right = [o for o in row if reach[0] < o.box[0] - line.box[2] < reach[1] and is_right_to_left(o.text)]
    left = [o for o in row if reach[0] < line.box[0] - o.box[2] < reach[1]]
    return min(right, key=lambda o: o.box[0], default=None) or max(left, key=lambda o: o.box[2], default=None)


def _is_range(between: str) -> bool:
    return between.strip() in words_of("days", "strokes") or folded(between).strip() in words_of("days", "until")


def _whole_number(text: str, start: int, end: int) -> bool:
    """Is it no part of a longer number, such as an account's?"""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return not (_joins(before) or _joins(after) or before in ("/", "-") or after == "/")


def _joins(letter: str) -> bool:
    """A letter or digit; the signs of Chinese, Japanese and Korean stand close to days without making them longer."""
    return letter.isalnum() and not "\u2e80" <= letter <= "\ud7af"
