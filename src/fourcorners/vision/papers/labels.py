"""Labels: which words at the start of a line say what the rest of it, or what stands beside or below it, is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from fourcorners.formats.names import plain
from fourcorners.kit.data import load_toml
from fourcorners.vision.papers.folding import WORD, folded
from fourcorners.vision.papers.line import PaperLine, part
from fourcorners.vision.papers.right_to_left import is_right_to_left

__all__ = ["Label", "beside", "beside_or_below", "find_label", "table"]

BILLS = "fourcorners.vision.papers"
"""The package whose labels.toml is taken where none is named."""

WORDS_MAX = 9
RIGHT_MAX = 30.0
"""A value stands at most so many line heights to the right of its label: tables on a page are wide."""

BELOW_MAX = 1.6
"""A value stands at most so many line heights below its label."""

AFTER_LABEL = " :：.#-–—/)*"


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a line. `kind` is its list in labels.toml; `value` the rest of the line, if any.

    `alone`: the label is the whole line, or a colon parts it from the rest.
    """

    kind: str
    words: str
    value: PaperLine | None
    alone: bool


def table(name: str, package: str = BILLS) -> Mapping[str, Sequence[str]]:
    """A table of the labels.toml in a package."""
    found: Mapping[str, Sequence[str]] = load_toml(package, "labels.toml")[name]
    return found


def find_label(line: PaperLine, group: str, package: str = BILLS) -> Label | None:
    """The longest label of a group of labels.toml that a line starts with."""
    match = _match(line.text, group, package)
    if match is None:
        return None
    kind, phrase, end = match
    rest = line.text[end:]
    start = end + len(rest) - len(rest.lstrip(AFTER_LABEL))
    parted = any(c in ":：" for c in line.text[end:start]) or _unspaced(line.text[end - 1], line.text[end:start])
    value = part(line, start, len(line.text)) if line.text[start:].strip() else None
    return Label(kind, phrase, value, alone=value is None or parted)


def _unspaced(last: str, between: str) -> bool:
    """Does a space follow a word of a script that parts no words with spaces? Then it parts label and value."""
    return between[:1].isspace() and ("\u0e00" <= last <= "\u0e7f" or "\u3040" <= last <= "\u9fff")


@lru_cache(maxsize=8192)
def _match(text: str, group: str, package: str) -> tuple[str, str, int] | None:
    """List, words and end of the longest label at the start of a text."""
    known = _lookup(group, package)
    words: list[str] = []
    best = None
    for found in islice(WORD.finditer(text), WORDS_MAX):
        words.append(plain(found[0]))
        phrase = " ".join(filter(None, words))
        if phrase in known:
            best = known[phrase], phrase, found.end()
    return best


def beside(line: PaperLine, lines: Sequence[PaperLine]) -> PaperLine | None:
    """The nearest line on the same row, on the side to which the script runs."""
    leftward = is_right_to_left(line.text)

    def away(other: PaperLine) -> float:
        return line.box[0] - other.box[2] if leftward else other.box[0] - line.box[2]

    row = [
        o
        for o in lines
        if o.page == line.page
        and o is not line
        and abs(o.middle - line.middle) < 0.6 * max(line.height, o.height)
        and -0.5 * line.height < away(o) < RIGHT_MAX * line.height
    ]
    return min(row, key=away, default=None)


def beside_or_below(line: PaperLine, lines: Sequence[PaperLine]) -> tuple[PaperLine, ...]:
    """What a label alone in its line can belong to: the nearest line to its right, and the nearest below it."""
    below = [
        o
        for o in lines
        if o.page == line.page
        and o is not line
        and -0.4 * o.height < o.box[1] - line.box[3] < BELOW_MAX * max(o.height, line.height)
        and o.middle > line.middle + 0.5 * line.height
        and o.box[0] < line.box[2]
        and o.box[2] > line.box[0]
    ]
    nearest = min(below, key=lambda o: (o.box[1], o.box[0]), default=None)
    return tuple(o for o in (beside(line, lines), nearest) if o is not None)


@cache
def _lookup(group: str, package: str) -> Mapping[str, str]:
    known = reversed(list(table(group, package).items()))
    return {folded(label).strip(): kind for kind, labels in known for label in labels}
