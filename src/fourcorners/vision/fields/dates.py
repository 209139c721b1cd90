"""The dates in a line as it was read: without a full stop, or with a month name in letters that cannot be read."""

import re

from fourcorners.formats.dates import FoundDate, find_dates

__all__ = ["dates_in"]

TWO_MONTHS = re.compile(r"(?<=\d)(\W{0,2})([^\W\d_]{2,})(\W{0,2}/\W{0,2})([^\W\d_]{2,})(?=\W{0,2}\d)")

LOST_STOP = re.compile(r"(?<![\d.])(\d\d)(?:\.(\d\d)(\d{4})|(\d\d)\.(\d{4}))(?!\d)")
"""Full stops are the smallest ink on a page: "29.121991" has lost one of its two."""


def dates_in(text: str) -> tuple[FoundDate, ...]:
    """As `find_dates`; "24 CEP/AUG 91", a Ukrainian and an English month, is read by the one that is known."""
    found = find_dates(text) or _without_a_stop(text)
    pair = TWO_MONTHS.search(text)
    if found or pair is None:
        return found
    for kept in (2, 4):
        blanked = "".join(pair[group] if group == kept else " " for group in range(1, 5))
        shorter = text[: pair.start()] + blanked + text[pair.end() :]
        removed = len(text) - len(shorter)
        found = tuple(FoundDate(d.start, d.end + removed, d.candidates) for d in find_dates(shorter))
        if found:
            return found
    return ()


def _without_a_stop(text: str) -> tuple[FoundDate, ...]:
    found = LOST_STOP.search(text)
    if found is None:
        return ()
    whole = find_dates(".".join(part for part in found.groups() if part))
    return tuple(FoundDate(*found.span(), date.candidates) for date in whole)
