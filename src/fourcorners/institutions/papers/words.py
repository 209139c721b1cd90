"""Words on papers of institutions: labels before values, phrases that are stamped or printed, sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from fourcorners.kit.data import load_toml
from fourcorners.vision.papers import PaperField, PaperLine
from fourcorners.vision.papers.folding import folded, holds
from fourcorners.vision.papers.labels import Label, beside, beside_or_below, find_label, table
from fourcorners.vision.papers.line import around, part

__all__ = [
    "PACKAGE",
    "Labelled",
    "PageText",
    "bare",
    "first_phrase",
    "labelled_values",
    "pages_of",
    "run_on",
    "sentence_end",
    "spans_told",
    "told",
    "words_of",
]

PACKAGE = "fourcorners.institutions.papers"
"""Its kinds.toml, labels.toml and prose.toml hold the words."""

NUMBERING = re.compile(r"^(?:(?:\(?\d{1,2}[.)]|\(?[a-z]\)|§\s?\d{1,2}|[•·–-])\s*)+(?=\D)")
ALONE = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]|§\s?\d{1,2}|[•·–-]")
"""The number of a paragraph in a column of its own."""

NO_END = (
    r"(?<!Mah)(?<!Sok)(?<!Cad)(?<!Blv)(?<!\bSk)(?<!\bSt)(?<!\bAv)(?<!str)(?<!\bNo)(?<!Avda)(?<!\bC)"
    r"(?<!\bSan)(?<!\bTic)(?<!\bPte)(?<!\bPvt)(?<!\bLtd(?=\. Şti))"
)
"""Short words whose full stop ends no sentence, as `end` of prose.toml has them."""

SENTENCE = re.compile(rf"(?<=[.;] )(?P<sentence>[^\W\d_][^.:;]{{1,45}}:\s?.{{2,160}}?)(?:{NO_END}[.;](?=\s|$)|$)")
"""Inside a text: a label, a colon, a value, up to the end of the sentence."""

VALUE_END = re.compile(rf"[\"”»]\.?(?:\s|$)|{NO_END}\.\s+(?=[^\W\d_][^.:]{{2,45}}:)")

SENTENCE_END = re.compile(rf"{NO_END}(?<!\b[A-Z])\.\s")

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

    parts: tuple[PaperLine, ...] = ()
    """In a text that runs on: the pieces of lines that label and value stand in."""


def bare(line: PaperLine) -> PaperLine:
    """A line without the number or letter of its paragraph: "2. a) Firma" is "Firma"."""
    found = NUMBERING.match(line.text)
    return part(line, found.end(), len(line.text)) if found and found.end() < len(line.text) else line


def labelled_values(lines: Sequence[PaperLine], group: str = "fields") -> Iterator[Labelled]:
    """Every label of a group of labels.toml with its values; those inside a text come last."""
    for line in lines:
        start = bare(line)
        label = find_label(start, group, PACKAGE)
        if label is None:
            continue
        if label.value is not None:
            yield Labelled(label.kind, label.words, line, (_to_its_end(label.value),), label.alone)
        else:
            near = tuple(o for o in beside_or_below(line, lines) if not _is_label(o, group))
            yield Labelled(label.kind, label.words, line, near, sure=True)
    for page in pages_of(lines):
        for found in SENTENCE.finditer(page.text):
            sentence = _one_line(page, *found.span("sentence"))
            label = None if sentence is None else find_label(sentence, group, PACKAGE)
            if sentence is not None and label is not None and label.value is not None and label.alone:
                parts = tuple(page.parts(*found.span("sentence")))
                yield Labelled(label.kind, label.words, sentence, (label.value,), sure=True, parts=parts)


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
        if any(_is_label(o, group) or o.text.endswith(":") for o in lines if _stands_before(o, nearest)):
            break  # the value of the next label
        found.append(nearest)
    return tuple(found)


def _stands_before(one: PaperLine, other: PaperLine) -> bool:
    """Does a line stand to the left of another, in its row?"""
    level = abs(one.middle - other.middle) < 0.6 * max(one.height, other.height)
    return one.page == other.page and level and one.box[2] <= other.box[0]


def first_phrase(lines: Sequence[PaperLine], phrases: Sequence[str]) -> PaperLine | None:
    """The first line that holds one of some phrases."""
    wanted = [folded(p.rstrip("*")).strip() + ("*" if p.endswith("*") else "") for p in phrases]
    return next((line for line in lines if any(holds(folded(line.text), w) for w in wanted)), None)


def told(lines: Sequence[PaperLine], field: str) -> Iterator[PaperField]:
    """What sentences say about a field, by the patterns of prose.toml in their order."""
    for page, start, end in spans_told(lines, field):
        found = page.field(start, end, 0.9)
        if found is not None:
            yield found


def spans_told(lines: Sequence[PaperLine], field: str) -> Iterator[tuple["PageText", int, int]]:
    """Where sentences tell a field: the text of a page, and from where to where in it."""
    pages = pages_of(lines)
    for pattern in _patterns(field):
        for page in pages:
            for found in pattern.finditer(page.text):
                yield (page, *found.span("value"))


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

    def field(self, start: int, end: int, confidence: float) -> PaperField | None:
        """What stands between two places of the text as a field, without quotes; None for nothing."""
        parts = self.parts(start, end)
        value = self.text[start:end].strip(" ,;:\"“”„«»'")
        if not value or not parts:
            return None
        return PaperField(value, round(confidence * min(p.confidence for p in parts), 3), tuple(parts))

    def parts(self, start: int, end: int) -> list[PaperLine]:
        """The pieces of lines between two places of the text."""
        found = []
        for first, last, line in self.spans:
            a, b = max(start, first), min(end, last)
            if a < b and line.text[a - first : b - first].strip():
                found.append(part(line, a - first, b - first))
        return found


def _to_its_end(value: PaperLine) -> PaperLine:
    """A value without the sentence that follows it in its line."""
    found = VALUE_END.search(value.text)
    return part(value, 0, found.start()) if found and found.start() else value


def sentence_end(text: str) -> int:
    """Where the first sentence of a text ends: full stops of short words do not count."""
    found = SENTENCE_END.search(text)
    return found.start() if found else len(text)


def _one_line(page: "PageText", start: int, end: int) -> PaperLine | None:
    """A piece of a page's text as one line, around its parts."""
    parts = page.parts(start, end)
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0]
    box = around([p.box for p in parts])
    return replace(parts[0], text=page.text[start:end].strip(), box=box, places=())


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
