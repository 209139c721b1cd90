"""Labels: which words at the start of a line say what the rest of it, or what stands beside or below it, is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from fourcorners.formats.names import plain
from fourcorners.kit.data import load_toml
from fourcorners.vision.papers.folding import WORD, folded, holds
from fourcorners.vision.papers.line import PaperLine, on_one_row, part
from fourcorners.vision.papers.right_to_left import is_right_to_left

__all__ = [
    "COLON",
    "Label",
    "before_next_label",
    "beside",
    "beside_or_below",
    "find_label",
    "heads_address",
    "heads_name",
    "inner_labels",
    "table",
]

BILLS = "fourcorners.vision.papers"
"""The package whose labels.toml is taken where none is named."""

WORDS_MAX = 9
RIGHT_MAX = 30.0
"""A value stands at most so many line heights to the right of its label: tables on a page are wide."""

VALUE_TALLER_MIN = 1.15
"""In boxes of a form the value under a caption is at least so many times as high."""

BELOW_MAX = 1.6
"""A value stands at most so many line heights below its label."""

HEAD_WORDS_MAX = 6
"""A label that is known by its main word has at most so many."""

HEAD_MIN = 5
"""Letters of a main word that may stand at the end of a longer one: "Kundenadresse"."""

OTHER_MAX = 6
"""Words of a label that is said again behind a stroke, in another language or another way."""

COLON = re.compile(r"[:：]\s*")
COUNT = re.compile(r"(?:\s?\(?\d{1,2}\)?(?=\s?[:：]))?")
"""The number of one of several: "Tenant (2):"."""

INNER_WORDS_MAX, INNER_MAX = 5, 4
"""Words of a label inside a line, and colons of a line that are looked at."""

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
        return _second_label(line.text, group, package)
    kind, phrase, end = match
    end += len(COUNT.match(line.text, end)[0])  # type: ignore[index]
    rest = line.text[end:]
    start = end + len(rest) - len(rest.lstrip(AFTER_LABEL))
    if rest.lstrip()[:1] == "/" and _says_again(phrase, rest.lstrip()[1:], group, package):
        return Label(kind, phrase, None, alone=True)
    parted = any(c in ":：" for c in line.text[end:start]) or _unspaced(line.text[end - 1], line.text[end:start])
    value = part(line, start, len(line.text)) if line.text[start:].strip() else None
    return Label(kind, phrase, value, alone=value is None or parted)


def inner_labels(line: PaperLine, group: str, package: str = BILLS) -> Iterator[Label]:
    """The labels of a group that stand inside a line, each before a colon, with its value up to the next label."""
    text = line.text
    for colon in islice(COLON.finditer(text), INNER_MAX):
        words = list(WORD.finditer(text[: colon.start()]))[-INNER_WORDS_MAX:]
        for first in words:
            phrase = folded(text[first.start() : colon.start()]).strip()
            if first.start() and phrase in _lookup(group, package) and text[colon.end() :].strip():
                value = before_next_label(part(line, colon.end(), len(text)))
                yield Label(_lookup(group, package)[phrase], phrase, value, alone=True)
                break


def before_next_label(value: PaperLine) -> PaperLine:
    """A value without what follows in its line behind another label: "Ann Lee Phone: 0400 004"."""
    for colon in islice(COLON.finditer(value.text), INNER_MAX):
        for first in list(WORD.finditer(value.text[: colon.start()]))[-INNER_WORDS_MAX:]:
            phrase = folded(value.text[first.start() : colon.start()]).strip()
            if first.start() and phrase in _every_label():
                return part(value, 0, first.start())
    return value


@cache
def label_words() -> frozenset[str]:
    """Every word of three letters or more in a label or a title: none of a person's name."""
    titles = (
        phrase for kind in load_toml(BILLS, "kinds.toml").values() if isinstance(kind, dict) for phrase in _texts(kind)
    )
    known = (*_every_label(), *(folded(p) for p in titles))
    return frozenset(word for label in known for word in label.split() if len(word) > 2)


def _texts(kind: Mapping[str, object]) -> Iterator[str]:
    for phrases in kind.values():
        yield from phrases if isinstance(phrases, list) else ()


@cache
def _every_label() -> frozenset[str]:
    known = {label for group in ("names", "addresses", "blocks", "issuers", "dates") for label in _lookup(group, BILLS)}
    known |= {folded(word).strip() for word in table("contact")["words"]}
    return frozenset(label for label in known if len(label) > 2)


def _second_label(text: str, group: str, package: str) -> Label | None:
    """The label behind a stroke, where the one before it is in a language that we do not know."""
    first, stroke, second = text.partition("/")
    if not stroke or any(c.isdigit() or c in ":：" for c in text) or len(text.split()) > OTHER_MAX or not first.strip():
        return None
    match = _match(second, group, package)
    if match is None or second[match[2] :].strip(AFTER_LABEL):
        return None
    return Label(match[0], match[1], None, alone=True)


def _says_again(phrase: str, rest: str, group: str, package: str) -> bool:
    """Does a label stand there twice, as in "Name / नाम" and "City / locality"?"""
    if any(c.isdigit() or c in ":：" for c in rest) or len(rest.split()) > OTHER_MAX:
        return False
    return phrase.isascii() != folded(rest).isascii() or _match(rest, group, package) is not None


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

    row = [o for o in lines if on_one_row(o, line) and -0.5 * line.height < away(o) < RIGHT_MAX * line.height]
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
    level = beside(line, lines)
    if level is not None and nearest is not None and _are_captions(line, level, nearest):
        return (nearest,)
    return tuple(o for o in (level, nearest) if o is not None)


def _are_captions(line: PaperLine, level: PaperLine, below: PaperLine) -> bool:
    """Is what stands beside a label another one, over a value set larger, as in the boxes of a form?"""
    alike = abs(level.height - line.height) < 0.05 * line.height
    return alike and below.height > VALUE_TALLER_MIN * line.height


def heads_address(text: str) -> bool:
    """Is a text of few words a label of an address by its main word, whatever else it says: "Address of the premises"?

    Not where it names whose address it is, and that is not the holder.
    """
    return _is_headed(text, "address_heads")


def heads_name(text: str) -> bool:
    """Is a text of few words a label of the holder's name by its main word: "Name of the user"?"""
    return _is_headed(text, "name_heads")


@lru_cache(maxsize=8192)
def _is_headed(text: str, group: str) -> bool:
    words = folded(text.split("/")[0])
    if not words or words.count(" ") > HEAD_WORDS_MAX + 1 or any(c.isdigit() for c in text):
        return False
    headed = any(holds(words, w) or (len(w) >= HEAD_MIN and f"{w} " in words) for w in _heads(group, "words"))
    return headed and not any(holds(words, w) for w in _heads(group, "others"))


@cache
def _heads(group: str, kind: str) -> tuple[str, ...]:
    return tuple(w if w.isascii() else folded(w).strip() for w in table(group)[kind])


@cache
def _lookup(group: str, package: str) -> Mapping[str, str]:
    known = reversed(list(table(group, package).items()))
    return {folded(label).strip(): kind for kind, labels in known for label in labels}
