"""The century of a date of birth that the MRZ gives with two digits for the year."""

from collections.abc import Sequence

from fourcorners.vision.fields.dates import dates_in
from fourcorners.vision.text import TextLine

__all__ = ["settle_century"]


def settle_century(birth_date: str, lines: Sequence[TextLine]) -> str:
    """`birth_date` (YYYY-MM-DD), or the day a hundred years earlier if only that is printed, with all four digits.

    The MRZ cannot tell a child from a person over a hundred years old (Doc 9303-3, 4.8); the print can.
    """
    earlier = f"{int(birth_date[:4]) - 100:04}{birth_date[4:]}"
    printed = [
        date
        for line in lines
        for found in dates_in(line.text)
        for date in found.candidates
        if date[:4] in line.text[found.start : found.end]
    ]
    return earlier if earlier in printed and birth_date not in printed else birth_date
