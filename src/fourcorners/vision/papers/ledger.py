"""Rows of an account: each with the balance that the row before it and its own amount make."""

import re
from collections.abc import Sequence
from itertools import pairwise

from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.words import one_of, signs_of

__all__ = ["ledger_rows"]

SIGNS, WORDS = signs_of("numbers", "currency_signs"), one_of("numbers", "currency_words_before")
MONEY = re.compile(
    rf"(?<![\w.,/])[-+−–]?\s?(?:[{SIGNS}]|{WORDS})?\s?"
    r"(\d{1,3}(?:[.,' ]\d{3})*(?:[.,]\d{2})?|\d+[.,]\d{2})[-−]?(?![\w.,/:])"
)
"""An amount of money, with its sign before or behind it."""

LEVEL_MAX = 0.6
"""Lines whose middles lie within this share of their height stand on one row."""

AMOUNTS_MAX = 5
"""Amounts on a row that may be the one that changes its balance."""


def ledger_rows(lines: Sequence[PaperLine]) -> int:
    """How many rows have, as their last amount, that of the last row with amounts plus or minus one of their own.

    Amounts are compared in hundredths, or in whole units where none is written with two decimals.
    """
    rows = [amounts for row in _rows(lines) if (amounts := _amounts(row))]
    return sum(_follows(before[-1], after) for before, after in pairwise(rows))


def _follows(balance: int, amounts: Sequence[int]) -> bool:
    """Does the last of several amounts differ from the balance before by another of them, and not by nothing?"""
    change = abs(amounts[-1] - balance)
    return change > 0 and any(change == amount for amount in amounts[-AMOUNTS_MAX:-1])


def _rows(lines: Sequence[PaperLine]) -> list[list[PaperLine]]:
    rows: list[list[PaperLine]] = []
    for line in sorted(lines, key=lambda o: (o.page, o.middle)):
        last = rows[-1][-1] if rows else None
        if last is not None and last.page == line.page and line.middle - last.middle < LEVEL_MAX * line.height:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _amounts(row: Sequence[PaperLine]) -> list[int]:
    found = []
    for line in sorted(row, key=lambda o: o.box[0]):
        for money in MONEY.finditer(line.text):
            digits = re.sub(r"\D", "", money[1])
            hundredths = len(money[1]) > 2 and money[1][-3] in ".,"
            found.append(int(digits) * (1 if hundredths else 100))
    return found
