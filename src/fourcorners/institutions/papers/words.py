"""Words on papers of institutions: labels before values, phrases that are stamped or printed, sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from fourcorners.kit.data import load_toml
from fourcorners.vision.papers import PaperField, PaperLine
from fourcorners.vision.papers.folding import folded, holds
from fourcorners.vision.papers.labels import Label, beside, beside_or_below, find_label, table
from fourcorners.vision.papers.line import part

__all__ = [
    "PACKAGE",
    "Labelled",
    "PageText",
    "bare",
    "first_phrase",
    "labelled_values",
    "pages_of",
    "run_on",
    "told",
    "words_of",
]

PACKAGE = "fourcorners.institutions.papers"
"""Its kinds.toml, labels.toml and prose.toml hold the words."""

NUMBERING = re.compile(r"^(?:(?:\(?\d{1,2}[.)]|\(?[a-z]\)|§\s?\d{1,2}|[•·–-])\s*)+(?=\D)")
ALONE = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]|§\s?\d{1,2}|[•·–-]")
"""The number of a paragraph in a column of its own."""

LINES_MAX = 5
"""Lines of one value, such as an address."""

GAP_MAX = 1.0
FLUSH_MAX = 0.9
"""Lines of one value stand at most so many heights apart, and begin at the same place within so many."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label with the values that it can belong to, the likeliest first: behind it, beside it, below it."""

    kind: str
    words: str
    line: PaperLine
    values: tuple[PaperLine, ...]
    sure: bool
    """Is the value parted from its label by a colon, a column or a line?"""


def bare(line: PaperLine) -> PaperLine:
    """A line without the number or letter of its paragraph: "2. a) Firma" is "Firma"."""
    found = NUMBERING.match(line.text)
    return part(line, found.end(), len(line.text)) if found and found.end() < len(line.text) else line


def labelled_values(lines: Sequence[PaperLine], group: str = "fields") -> Iterator[Labelled]:
    """Every label of a group of labels.toml with its values."""
    for line in lines:
        start = bare(line)
        label = find_label(start, group, PACKAGE)
        if label is None:
            continue
        if label.value is not None:
            yield Labelled(label.kind, label.words, line, (label.value,), label.alone)
        else:
            near = tuple(o for o in beside_or_below(line, lines) if not _is_label(o, group))
            yield Labelled(label.kind, label.words, line, near, sure=True)


def run_on(value: PaperLine, lines: Sequence[PaperLine], group: str = "fields") -> tuple[PaperLine, ...]:
    """A value with the lines that go on below it: flush left, close by, no label of their own."""
    found = [value]
    while len(found) < LINES_MAX:
        last = found[-1]
        below = [
            o
            for o in lines
            if o.page == last.page
            and abs(o.box[0] - value.box[0]) < FLUSH_MAX * last.height
            and -0.4 * last.height < o.box[1] - last.box[3] < GAP_MAX * last.height
            and o.middle > last.middle + 0.4 * last.height
        ]
        nearest = min(below, key=lambda o: o.box[1], default=None)
        if nearest is None or _is_label(nearest, group) or ":" in nearest.text[:40] or beside(nearest, lines):
            break
        found.append(nearest)
    return tuple(found)


def first_phrase(lines: Sequence[PaperLine], phrases: Sequence[str]) -> PaperLine | None:
    """The first line that holds one of some phrases."""
    wanted = [folded(p.rstrip("*")).strip() + ("*" if p.endswith("*") else "") for p in phrases]
    return next((line for line in lines if any(holds(folded(line.text), w) for w in wanted)), None)


def told(lines: Sequence[PaperLine], field: str) -> Iterator[PaperField]:
    """What sentences say about a field, by the patterns of prose.toml in their order."""
    pages = pages_of(lines)
    for pattern in _patterns(field):
        for page in pages:
            for found in pattern.finditer(page.text):
                start, end = found.span("value")
                parts = page.parts(start, end)
                value = page.text[start:end].strip(" ,;:\"“”„«»'")
                if value and parts:
                    yield PaperField(value, round(0.9 * min(p.confidence for p in parts), 3), tuple(parts))


def pages_of(lines: Sequence[PaperLine]) -> list["PageText"]:
    """Each page as one text."""
    said = [o for o in lines if not ALONE.fullmatch(o.text.strip())]
    return [PageText([o for o in said if o.page == number]) for number in sorted({o.page for o in said})]


class PageText:
    """The lines of a page as one text, with the way back to the lines."""

    def __init__(self, lines: Sequence[PaperLine]) -> None:
        """Of the lines of one page, in their order."""
        self.spans: list[tuple[int, int, PaperLine]] = []
        pieces: list[str] = []
        at = 0
        for line in lines:
            glue = "" if pieces and pieces[-1].endswith("-") and line.text[:1].islower() else " "
            if pieces and not glue:
                pieces[-1] = pieces[-1][:-1]
                at -= 1
            elif pieces:
                pieces.append(glue)
                at += 1
            self.spans.append((at, at + len(line.text), line))
            pieces.append(line.text)
            at += len(line.text)
        self.text = "".join(pieces)

    def parts(self, start: int, end: int) -> list[PaperLine]:
        """The pieces of lines between two places of the text."""
        found = []
        for first, last, line in self.spans:
            a, b = max(start, first), min(end, last)
            if a < b and line.text[a - first : b - first].strip():
                found.append(part(line, a - first, b - first))
        return found


def _is_label(line: PaperLine, group: str) -> bool:
    label: Label | None = find_label(bare(line), group, PACKAGE)
    return label is not None and label.alone


@cache
def _patterns(field: str) -> tuple[re.Pattern[str], ...]:
    prose = load_toml(PACKAGE, "prose.toml")
    found = []
    for text in prose["fields"].get(field, ()):
        for name, piece in prose["parts"].items():
            text = text.replace(f"{{{name}}}", piece)
        found.append(re.compile(text.replace(" ", r"\s"), re.IGNORECASE))
    return tuple(found)


@cache
def words_of(group: str, name: str) -> tuple[str, ...]:
    """A list of labels.toml."""
    return tuple(table(group, PACKAGE)[name])
