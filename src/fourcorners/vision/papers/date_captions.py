"""What the words before, beside or over a date say it is."""

import re
from functools import cache, lru_cache

from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.labels import BILLS, table

__all__ = ["closes", "date_words", "named_date"]

CAPTION_WORDS = 6
"""A text of more words is no caption, and its words are not looked at one by one."""

CLAUSE = re.compile(r"(?<=\w\w)[.;:]\s+|[«»()]")
"""What parts the last clause of a text from what stands before it."""

CLOSING_WORDS = 9
"""So many words may stand between the opening of such a clause and its day."""

BARE_WORDS = 3
"""A caption without a word for a day has at most so many words."""

STEM_MIN = 3
"""Letters from which the beginning of a word tells something."""


def named_date(text: str, first_in: tuple[str, str]) -> str | None:
    """The group of the label that stands last in a text: "Invoice 12 due date" is a due date.

    `first_in`: the group that wins where several could, and the package whose labels.toml holds them. Captions that the
    table does not hold go by the beginnings of their words: of issue, or of something else.
    """
    words = folded(text[-120:])
    first, package = first_in
    best: tuple[int, int, str] | None = None
    for group, labels in _date_labels(package).items():
        for label in labels:
            if group == "lease_end" != first and " " not in label:  # "to" and "until" say so only in a lease
                continue
            at = words.rfind(f" {label} ") if label.isascii() else words.rfind(label)
            ends = at + len(label) + label.isascii() >= len(words) - 1
            if at < 0 or (group == "linking" and not ends) or group == "closing":
                continue
            rank = (at + len(label), len(label) + (100 if group == first else 0))
            if best is None or rank > best[:2]:
                best = (*rank, group)
    named = best[2] if best else None
    if package != BILLS or named not in (None, "plain", "titles"):
        return named
    told = _by_stems(words)
    if told == "other" or named == "titles":
        return told if told == "other" else named
    if told == "issue" and (named or words.count(" ") <= BARE_WORDS + 1):
        return "issue_likely"
    return named


def date_words(before: str, package: str) -> str | None:
    """What a date is by the text before it: the group of the label that stands last in it; None without one."""
    return named_date(before, ("", package))


def closes(before: str) -> bool:
    """Does the clause before a day open as the last one of a contract or a certificate: "Opgemaakt te Torhout op"?"""
    words = folded(CLAUSE.split(before)[-1])
    return words.count(" ") <= CLOSING_WORDS and any(
        words.startswith(f" {label}") for label in _date_labels(BILLS)["closing"]
    )


@lru_cache(maxsize=4096)
def _by_stems(caption: str) -> str | None:
    """`issue` or `other` by the words of a folded caption; None where none of them is known, or it is no caption."""
    words = caption.split()
    if len(words) > CAPTION_WORDS:
        return None
    groups = {group for word in words if (group := _group_of(word))}
    return "other" if "other" in groups else "issue" if groups else None


@lru_cache(maxsize=8192)
def _group_of(word: str) -> str | None:
    """The group with the longest stem that a word begins with, or, where no spaces part words, holds."""
    found = [(len(stem), group) for group, stems in _stems().items() for stem in stems if _has(word, stem)]
    return max(found)[1] if found else None


def _has(word: str, stem: str) -> bool:
    if stem.isascii():
        return word.startswith(stem) and (len(stem) > STEM_MIN or word == stem)
    return word.startswith(stem) if stem[0].isupper() else stem in word


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    return {group: tuple(folded(stem).strip() for stem in stems) for group, stems in table("date_stems", BILLS).items()}


@cache
def _date_labels(package: str) -> dict[str, tuple[str, ...]]:
    known = table("dates", package).items()
    return {group: tuple(folded(label).strip() for label in labels) for group, labels in known}
