"""Which words of a printed line are labels, and of which fields."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from rapidfuzz import fuzz, process

from fourcorners.kit.data import load_toml
from fourcorners.vision.fields.words import Word, compact, split

__all__ = ["Label", "coded_labels", "find_labels", "resembles_label"]

WORDS_MAX = 7
"""No label has more words; each phrase is tried from its longest run of words to its shortest."""

MIDDLE_LENGTH_MIN = 6
"""A label that does not begin its phrase ("IDENTITY CARD Date of birth") must have this many letters."""

FUZZY_MIN = {6: 86.0, 10: 82.0, 14: 79.0}
"""Least similarity (100 is equal) by length of the folded text: labels are the smallest print on a document.
Shorter ones must be read letter by letter: too many words are one letter from "Nom" or "Sex"."""

LIKE_LABEL = 72.0
LIKE_LABEL_CAPITALS = 90.0
"""Similarity to a label (100 is equal) from which a text is not taken for a name."""

PART_OF_LABEL = 2
"""A label this many times shorter than the one beyond the stroke is the start of one that could not be read in full:
"No. of entries/Nombre dertrees" asks for no name."""

REST_OF_LABEL = re.compile(r"[. ]+[^\W\d_][^\d/:]{3,20}/[. ]*")

LEADING_CODE = re.compile(r"\s*\(?\d{1,2}[a-d]?\s*[.:)]?\s*(?=[^\W\d_]{2})")
"""The number that licences print before a label: "4d DLN", "1. Surname"."""

CODE = re.compile(r"(?<![^\s(])(\d{1,2}[a-dA-D]?)(?:[.,:)]+(?=\D)\s*|[.,:)]*\s+|[.,:)]*$)")

FULL_NAME = ({"family_name", "given_names"}, {"full_name", "given_names"}, {"full_name", "family_name"})

LOOK_ALIKES = str.maketrans("0158", "OISB")


@dataclass(frozen=True, slots=True)
class Label:
    """`field` of `labels.toml`, at `start` to `end` of the line; `likeness` 0..1 says how well it was recognised."""

    field: str
    start: int
    end: int
    likeness: float


def find_labels(text: str) -> tuple[Label, ...]:
    """The labels in a line, in order, none overlapping another."""
    code = LEADING_CODE.match(text)
    skipped = code.end() if code else 0
    words = [replace(w, start=w.start + skipped, end=w.end + skipped) for w in split(text[skipped:])]
    exact = list(_exact(words))
    taken = {i for start, end, _ in exact for i in range(start, end)}
    left = [i for i in range(len(words)) if i not in taken]
    found = [Label(field, words[a].start, words[b - 1].end, 1.0) for a, b, field in exact]
    for _, run in groupby(left, key=lambda i: (words[i].phrase, i - left.index(i))):
        near = _nearest([words[i] for i in run])
        if near is not None:
            found.append(near)
    return _one_field_a_group(text, sorted(found, key=lambda label: label.start))


def coded_labels(text: str, scheme: str) -> tuple[Label, ...]:
    """The bare field numbers in a line of a driving licence (`scheme` "eu" or "us") as labels: "4a. 12.08.2019"."""
    table = load_toml("fourcorners.vision.fields", "labels.toml")["codes"][scheme]
    found = []
    for match in CODE.finditer(text):
        code = match[1].lower()
        # Alone or with a letter a number is a code; a bare number inside a line is part of a value.
        if code in table and (match.start() == 0 or not code.isdigit()):
            found.append(Label(table[code], match.start(), match.end(), 0.9))
    return tuple(found)


def resembles_label(text: str) -> bool:
    """Whether a text is likely a label that was misread: few values are set in small letters, as most labels are."""
    folded = _alike(compact(text))
    if len(folded) < min(FUZZY_MIN):
        return False
    cutoff = LIKE_LABEL_CAPITALS if text.isupper() else LIKE_LABEL
    return process.extractOne(folded, _fuzzy_labels(), scorer=fuzz.ratio, score_cutoff=cutoff) is not None


def _exact(words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
    """Runs of words that are labels letter by letter: first word, one past the last, field."""
    known, i, after_label = _labels(), 0, False
    while i < len(words):
        begins = i == 0 or words[i - 1].phrase != words[i].phrase or after_label
        after_label = False
        for end, text in _runs(words, i):
            if text in known and _stands_free(words, i, end, known[text], begins, len(text)):
                yield i, end, known[text]
                i, after_label = end, True
                break
        else:
            i += 1


def _stands_free(words: Sequence[Word], i: int, end: int, field: str, begins: bool, length: int) -> bool:
    """A short label begins its phrase; a document's title is a whole phrase, for "Passport Office" is none."""
    if field == "title":
        return begins and (end == len(words) or words[end].phrase != words[end - 1].phrase)
    return begins or length >= MIDDLE_LENGTH_MIN


def _runs(words: Sequence[Word], i: int) -> Iterator[tuple[int, str]]:
    """Runs of words of one phrase from `i` on, longest first: one past the last word, and the folded text."""
    end = i
    while end < min(i + WORDS_MAX, len(words)) and words[end].phrase == words[i].phrase:
        end += 1
    for stop in range(end, i, -1):
        yield stop, _alike("".join(word.folded for word in words[i:stop]))


def _nearest(words: Sequence[Word]) -> Label | None:
    """The label that the beginning of these words, all of one phrase, resembles most, if it does so enough."""
    best: tuple[float, Label] | None = None
    for stop, text in _runs(words, 0):
        cutoff = next((FUZZY_MIN[n] for n in sorted(FUZZY_MIN, reverse=True) if len(text) >= n), None)
        if cutoff is None or text in _labels():
            continue  # known letter by letter, and yet passed over: a title inside a phrase
        if stop < len(words) and not any(c.isdigit() for word in words[stop:] for c in word.folded):
            continue  # only a number or a date follows a label without a stop between them
        near = process.extractOne(text, _fuzzy_labels(), scorer=fuzz.ratio, score_cutoff=cutoff)
        if near is not None and (best is None or near[1] > best[0]):
            best = near[1], Label(_labels()[near[0]], words[0].start, words[stop - 1].end, near[1] / 100)
    return best[1] if best else None


def _one_field_a_group(text: str, labels: list[Label]) -> tuple[Label, ...]:
    """Labels joined by a stroke are one label in several languages: the best recognised says which."""
    groups: list[list[Label]] = []
    for label in labels:
        if groups and _are_one(text, groups[-1][-1], label):
            groups[-1].append(label)
        else:
            groups.append([label])
    settled = []
    for group in groups:
        surest = max(group, key=lambda label: label.likeness)
        longest = max(group, key=lambda label: label.end - label.start)
        for label in group:
            short = (label.end - label.start) * PART_OF_LABEL < longest.end - longest.start
            field = longest.field if short else label.field if label.likeness == 1.0 else surest.field
            settled.append(replace(label, field=field))
    return _full_names(text, settled)


def _are_one(text: str, label: Label, other: Label) -> bool:
    """Whether a stroke joins two labels; of one that is short, the rest may be in words that are not known."""
    between = text[label.end : other.start]
    if between.strip(" .") == "/":
        return True
    short = (label.end - label.start) * PART_OF_LABEL < other.end - other.start
    return short and REST_OF_LABEL.fullmatch(between) is not None


def _full_names(text: str, labels: list[Label]) -> tuple[Label, ...]:
    """Labels for the family name and the given names with nothing but a comma between ask for the full name."""
    joined: list[Label] = []
    for label in labels:
        last = joined[-1] if joined else None
        between = text[last.end : label.start].strip() if last else ""
        if last and between == "," and {last.field, label.field} in FULL_NAME:
            joined[-1] = Label("full_name", last.start, label.end, min(last.likeness, label.likeness))
        elif last and between.startswith("/") and last.field == "full_name":  # so does the other language after it
            joined.append(replace(label, field="full_name"))
        else:
            joined.append(label)
    return tuple(joined)


def _alike(folded: str) -> str:
    """A folded text with characters made one that small print leaves indistinct."""
    return folded.translate(LOOK_ALIKES).replace("RN", "M")


@cache
def _labels() -> Mapping[str, str]:
    """Fields by folded label, `title` for a kind of document. The first field in the file keeps a shared label."""
    found: dict[str, str] = {}
    for field, languages in load_toml("fourcorners.vision.fields", "labels.toml").items():
        if field != "codes":
            for labels in languages.values():
                for label in labels:
                    found.setdefault(_alike(compact(label)), field)
    for kind in load_toml("fourcorners.vision.fields", "kinds.toml").values():
        for title in kind["titles"]:
            if len(compact(title)) >= MIDDLE_LENGTH_MIN:
                found.setdefault(_alike(compact(title)), "title")
    return found


@cache
def _fuzzy_labels() -> tuple[str, ...]:
    return tuple(label for label, field in _labels().items() if field != "title" and len(label) >= min(FUZZY_MIN))
