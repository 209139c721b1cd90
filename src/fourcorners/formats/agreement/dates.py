"""Whether two dates are one day."""

from datetime import date

from fourcorners.formats.dates import DateKind, DateOrder, read_date

from .model import DIFFERENT, MISSING, TOO_LONG, Agreement, is_blank, is_too_long

__all__ = ["dates_agree"]


def dates_agree(
    a: str | date | None,
    b: str | date | None,
    *,
    order: DateOrder | None = None,
    kind: DateKind | None = None,
    today: date | None = None,
) -> Agreement:
    """Compare two dates, each a date, ISO 8601 ("1974-08-12", "1974-08", "1974") or as printed on a document.

    Same: one day; `format` if it is written in two ways. Compatible: `ambiguous` (a printed date can mean several
    days, one of them this), `partial` (one says only the month or year). Different: with the hint `day_month_swapped`
    or `century` where that is what sets them apart, `unreadable` if one is no date. `order`, `kind` and `today` narrow
    what a printed date can mean, as for `read_date`.
    """
    texts = [value.isoformat() if isinstance(value, date) else value for value in (a, b)]
    if is_too_long(*texts):
        return TOO_LONG
    if any(text is None or is_blank(text) for text in texts):
        return MISSING
    first, second = (read_date(text.strip(), order=order, kind=kind, today=today) for text in texts if text is not None)
    if not first or not second:
        return Agreement("different", ("unreadable",))
    shared = [day for day in first if day in second]
    if shared:
        if len(first) > 1 and len(second) > 1 and texts[0] == texts[1]:
            return Agreement("same")  # whatever it means, both mean it
        if len(first) > 1 or len(second) > 1:
            return Agreement("compatible", ("ambiguous",))
        return Agreement("same") if texts[0] == texts[1] else Agreement("same", ("format",))
    if any(x.startswith(y) or y.startswith(x) for x in first for y in second):
        return Agreement("compatible", ("partial",))
    return _hint(first, second)


def _hint(first: tuple[str, ...], second: tuple[str, ...]) -> Agreement:
    for x in first:
        for y in second:
            if x[:4] == y[:4] and len(x) == len(y) == 10 and (x[5:7], x[8:]) == (y[8:], y[5:7]):
                return Agreement("different", ("day_month_swapped",))
            if x[2:] == y[2:]:
                return Agreement("different", ("century",))
    return DIFFERENT
