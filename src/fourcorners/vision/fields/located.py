"""Where on the page a value stands that a machine-readable source has given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fourcorners.formats.agreement import names_agree, numbers_agree
from fourcorners.formats.agreement.sexes import read_sex
from fourcorners.formats.states import find_state
from fourcorners.kit.geometry import Quad
from fourcorners.vision.fields.dates import dates_in
from fourcorners.vision.fields.pieces import Piece
from fourcorners.vision.fields.words import Word, compact, split

__all__ = ["Printed", "locate"]

NAME_DIFFERENCES = frozenset({"case", "diacritics", "spacing", "transliteration", "romanisation", "look_alike"})
"""How a printed name may differ from the known one and still be it; in another order it may be another's."""

CUT_LENGTH_MIN = 10
"""Letters from which a known name may have been cut for want of room: "SVEN" is not the beginning of "SVENSK"."""

SHORT = 3
"""A name or number this short must be all that its piece says: it stands inside too many words."""

SHORT_TEXT_MAX = 24
UNLABELLED = 0.9
"""A value found by what it says, without a label, is this much less certain to be that field."""
COMMON = 0.7
"""The same for values that many fields may have: a sex, a state."""


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """A printed field: `value` in the form of the contract, `quad` in page pixels; a date may mean `others` as well."""

    name: str
    value: str
    confidence: float
    quad: Quad
    others: tuple[str, ...] = ()


def locate(name: str, value: str, texts: Sequence[Piece]) -> Printed | None:
    """The surest place where `value` is printed, with the words as printed; None if it is nowhere."""
    finder = FINDERS.get(name)
    places = [place for text in texts for place in finder(name, value, text)] if finder else []
    return max(places, key=lambda place: place.confidence, default=None)


def _names(name: str, value: str, text: Piece) -> Iterator[Printed]:
    if "<" in text.text:
        return
    wanted = compact(value)
    words = split(text.text)
    for run in _runs(words, len(split(value)) + 1):
        folded = "".join(word.folded for word in run)
        if len(wanted) <= SHORT and len(run) < len(words):
            continue
        printed = text.text[run[0].start : run[-1].end]
        if folded == wanted or (_may_be(folded, wanted) and _same_name(printed, value)):
            sure = 1.0 if folded == wanted else UNLABELLED
            yield Printed(name, printed, text.confidence * UNLABELLED * sure, _part(text, run[0].start, run[-1].end))


def _runs(words: Sequence[Word], length_max: int) -> Iterator[Sequence[Word]]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + length_max, len(words)) + 1):
            yield words[start:end]


def _may_be(folded: str, wanted: str) -> bool:
    """A cheap test before the full comparison: like length, and the same or no Latin beginning."""
    return abs(len(folded) - len(wanted)) <= max(2, len(wanted) // 3) and folded[:1] == wanted[:1]


def _same_name(printed: str, value: str) -> bool:
    agreement = names_agree(printed, value)
    cut = {"truncation"} if len(compact(value)) >= CUT_LENGTH_MIN else set()
    return agreement.holds and (NAME_DIFFERENCES | cut).issuperset(agreement.reasons)


def _dates(name: str, value: str, text: Piece) -> Iterator[Printed]:
    for found in dates_in(text.text):
        if value in found.candidates:
            sure = UNLABELLED if len(found.candidates) > 1 else 1.0
            yield Printed(name, value, text.confidence * UNLABELLED * sure, _part(text, found.start, found.end))


def _numbers(name: str, value: str, text: Piece) -> Iterator[Printed]:
    if "<" in text.text:
        return
    wanted = compact(value)
    words = split(text.text)
    for run in _runs(words, 6):
        folded = "".join(word.folded for word in run)
        printed = text.text[run[0].start : run[-1].end]
        if folded == wanted and (len(wanted) > SHORT or len(run) == len(words)):
            yield Printed(name, printed, text.confidence * UNLABELLED, _part(text, run[0].start, run[-1].end))
        elif len(folded) == len(wanted) > SHORT and numbers_agree(printed, value).reasons == ("look_alike",):
            quad = _part(text, run[0].start, run[-1].end)
            yield Printed(name, printed, text.confidence * UNLABELLED**2, quad)


def _sexes(name: str, value: str, text: Piece) -> Iterator[Printed]:
    if len(text.text) <= SHORT_TEXT_MAX and read_sex(text.text) == value:
        yield Printed(name, value, text.confidence * COMMON, text.quad)


def _states(name: str, value: str, text: Piece) -> Iterator[Printed]:
    state = find_state(text.text) if 2 < len(text.text) <= SHORT_TEXT_MAX else None
    if state is not None and state.code == value:
        yield Printed(name, value, text.confidence * COMMON, text.quad)


def _part(text: Piece, start: int, end: int) -> Quad:
    """Where the characters from `start` to `end` stand, as if all were of one width."""
    a, b, c, d = text.quad
    left, right = start / len(text.text), end / len(text.text)
    return np.array([a + left * (b - a), a + right * (b - a), d + right * (c - d), d + left * (c - d)])


FINDERS = {
    "family_name": _names,
    "given_names": _names,
    "birth_date": _dates,
    "issue_date": _dates,
    "expiry_date": _dates,
    "document_number": _numbers,
    "personal_number": _numbers,
    "sex": _sexes,
    "nationality": _states,
    "issuing_state": _states,
}
