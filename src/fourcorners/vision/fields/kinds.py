"""What kind of document a side shows: the MRZ's document code, the barcode, the words on the page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from rapidfuzz import fuzz, process

from fourcorners.formats.aamva import Aamva
from fourcorners.formats.mrz import Mrz
from fourcorners.kit.data import load_toml
from fourcorners.vision.fields.words import Word, compact, split
from fourcorners.vision.text import TextLine

__all__ = ["UNKNOWN", "Kind", "kind_of"]

UNKNOWN = "unknown"

CODE_WEIGHT = {1: 1.5, 2: 4.0}
"""By length of the document code that fits: `I` alone is printed on residence permits too. Titles count 2."""

FORMAT_WEIGHT = 2.0
"""A format that only one kind has; a code that this format cannot have was misread or misprinted and says nothing."""

SURE_CODES = frozenset({"P", "V", "D"})
BARCODE_WEIGHT = 6.0
TITLE_WEIGHT = 2.0
INSIDE_WEIGHT = 1.0
"""A title inside a longer phrase may be another's: "Passport Office" issues identity cards too."""
NUMBERED_WEIGHT = 2.0
PAYMENT_NUMBER_WEIGHT = 3.0
SHAPE_WEIGHT = 0.3
LEAST = 1.5
"""Less evidence than one title, or one document code, leaves the kind unknown."""

WORDS_MAX = 5
SHORT_TITLE = 5
"""Titles of no more letters ("Pas", "Visa") must be a whole phrase: they are words of running text too."""

FUZZY_LENGTH_MIN = 9
FUZZY_MIN = 88.0
FUZZY_INSIDE_MIN = 11
"""Letters from which a misread title is looked for inside a longer phrase."""

NUMBERED_MIN = 4
SHAPES = {"ID-1": 85.6 / 53.98, "ID-2": 105 / 74, "ID-3": 125 / 88}
SHAPE_TOLERANCE = 0.05


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` of `kinds.toml` or `unknown`, and what spoke for it, the strongest first."""

    name: str
    evidence: tuple[str, ...]


def kind_of(
    lines: Sequence[TextLine], mrz: Mrz | None, aamva: Aamva | None, aspect: float | None, numbered: int
) -> Kind:
    """The kind with most evidence.

    `aspect` is width over height of the outline, `numbered` how many lines begin with a driving licence's field number.
    """
    evidence: dict[str, list[tuple[float, str]]] = {}
    for name, weight, said in (
        *_by_code(mrz),
        *_by_barcode(aamva),
        *_by_print(lines),
        *_by_payment_number(lines),
        *((("driving_licence", NUMBERED_WEIGHT, f"{numbered} numbered fields"),) if numbered >= NUMBERED_MIN else ()),
    ):
        evidence.setdefault(name, []).append((weight, said))
    for name, shape in ((name, kind.get("shape")) for name, kind in _kinds().items()):
        if name in evidence and aspect and shape and abs(aspect / SHAPES[shape] - 1) < SHAPE_TOLERANCE:
            evidence[name].append((SHAPE_WEIGHT, f"shape of {shape}"))
    best = max(evidence, key=lambda name: sum(weight for weight, _ in evidence[name]), default=UNKNOWN)
    if best == UNKNOWN or sum(weight for weight, _ in evidence[best]) < LEAST:
        return Kind(UNKNOWN, ())
    return Kind(best, tuple(said for _, said in sorted(evidence[best], key=lambda e: -e[0])))


Evidence = tuple[str, float, str]
"""Kind, weight, and the evidence in words."""


def _by_code(mrz: Mrz | None) -> Iterator[Evidence]:
    if mrz is None:
        return
    formats = {entry: name for name, kind in _kinds().items() for entry in kind.get("formats", ())}
    if mrz.format in formats:
        yield formats[mrz.format], FORMAT_WEIGHT, f"format {mrz.format} of the MRZ"
    if "document_code_unexpected" in mrz.problems:
        return
    codes = {code: name for name, kind in _kinds().items() for code in kind.get("codes", ())}
    for length in (2, 1):
        code = mrz.document_code[:length]
        if len(code) == length and code in codes:
            weight = CODE_WEIGHT[2] if code in SURE_CODES else CODE_WEIGHT[length]
            yield codes[code], weight, f"document code {mrz.document_code} in the MRZ"
            return


def _by_barcode(aamva: Aamva | None) -> Iterator[Evidence]:
    if aamva is not None:
        kind = "identity_card" if aamva.document_type == "ID" else "driving_licence"
        yield kind, BARCODE_WEIGHT, f"AAMVA barcode of type {aamva.document_type}"


def _by_print(lines: Sequence[TextLine]) -> Iterator[Evidence]:
    titles, words = _titles(), _words()
    seen: set[str] = set()
    counted: dict[str, set[str]] = {}
    for line in lines:
        for text, whole in _phrases(line.text):
            for name in words.get(text, ()):
                counted.setdefault(name, set()).add(text)
            title = text if text in titles and (whole or len(text) > SHORT_TITLE) else None
            if title is None and (whole or len(text) >= FUZZY_INSIDE_MIN):
                title = _near_title(text)
            if title is not None and title not in seen:
                seen.add(title)
                yield titles[title], TITLE_WEIGHT if whole else INSIDE_WEIGHT, f'printed "{title}"'
    for name, found in counted.items():
        times = len(found) // int(_kinds()[name].get("words_min", 4))
        if times:
            yield name, TITLE_WEIGHT * times, "printed " + ", ".join(sorted(found))


def _phrases(text: str) -> Iterator[tuple[str, bool]]:
    """Folded runs of words, none inside a longer one that is a title, and whether each is a whole phrase."""
    words, titles, i = split(text), _titles(), 0
    while i < len(words):
        ends = [end for end in range(min(i + WORDS_MAX, len(words)), i, -1) if words[end - 1].phrase == words[i].phrase]
        runs = [("".join(word.folded for word in words[i:end]), _is_whole(words, i, end)) for end in ends]
        title = next((k for k, (run, _) in enumerate(runs) if run in titles), None)
        yield from runs if title is None else runs[title : title + 1]
        i = i + 1 if title is None else ends[title]


def _is_whole(words: Sequence[Word], start: int, end: int) -> bool:
    before = start == 0 or words[start - 1].phrase != words[start].phrase
    return before and (end == len(words) or words[end].phrase != words[end - 1].phrase)


def _near_title(text: str) -> str | None:
    if len(text) < FUZZY_LENGTH_MIN:
        return None
    near = process.extractOne(text, _long_titles(), scorer=fuzz.ratio, score_cutoff=FUZZY_MIN)
    return near[0] if near else None


def _by_payment_number(lines: Sequence[TextLine]) -> Iterator[Evidence]:
    """A number of 13 to 19 digits in groups whose check digit is right (ISO/IEC 7812-1, annex B)."""
    for line in lines:
        digits = line.text.replace(" ", "")
        if digits.isdigit() and 13 <= len(digits) <= 19 and _luhn(digits):
            yield "bank_card", PAYMENT_NUMBER_WEIGHT, "a payment card's number"
            return


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _kinds() -> Mapping[str, Mapping[str, Any]]:
    return load_toml("fourcorners.vision.fields", "kinds.toml")


@cache
def _titles() -> Mapping[str, str]:
    return {compact(title): name for name, kind in _kinds().items() for title in kind["titles"]}


@cache
def _long_titles() -> tuple[str, ...]:
    return tuple(title for title in _titles() if len(title) >= FUZZY_LENGTH_MIN)


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, kind in _kinds().items():
        for word in kind.get("words", ()):
            found[compact(word)] = (*found.get(compact(word), ()), name)
    return found
