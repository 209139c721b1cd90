"""Whose paper it is: the institution's legal name."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from fourcorners.formats.agreement import split_form
from fourcorners.kit.data import load_toml
from fourcorners.vision.papers import PaperField, PaperLine
from fourcorners.vision.papers.companies import company_in
from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.labels import find_label
from fourcorners.vision.papers.line import part

from .words import PACKAGE, Labelled, bare, pages_of, run_on, sentence_end, spans_told, words_of

__all__ = ["find_name", "form_end", "names_a_body"]

NAME_MAX = 110
NAME_WORDS_MAX = 8
LABEL_CONFIDENCE = 0.95
SEEN_CONFIDENCE = 0.7
SENTENCE_CONFIDENCE = 0.9
BEYOND = 40
"""Characters behind a sentence's name in which its form may follow: "Straits Orchid Pte" is not all of it."""

IN_TEXT_CONFIDENCE = 0.72
BETWEEN = ("de", "des", "du", "und", "et", "y", "e", "ve", "of", "and")
"""Small words inside names."""

HEAD = 0.35
LEVEL = 1.15
"""Lines whose heights differ by less are of one text."""


def find_name(
    lines: Sequence[PaperLine], labelled: Sequence[Labelled], rows: Collection[PaperLine], page_height: float
) -> PaperField | None:
    """By its label; else by a sentence; else what stands out, or the first name with a company's form in the text.

    `rows` are lines of a table.
    """
    return (
        _by_label(lines, labelled, rows)
        or _by_sentence(lines)
        or _whole_in_text(_standing_out(lines, rows, page_height), [line for line in lines if line not in rows])
    )


def _by_label(
    lines: Sequence[PaperLine], labelled: Sequence[Labelled], rows: Collection[PaperLine]
) -> PaperField | None:
    best: tuple[float, PaperField] | None = None
    for place, entry in enumerate(labelled):
        if entry.kind != "legal_name" or not entry.sure or entry.line in rows:
            continue
        for value in entry.values:
            if not _could_be_name(value.text) or value in rows:
                continue
            whole = _whole(value, lines)
            text = _to_its_end(" ".join(o.text for o in whole)).strip(" ,;\"“”„'")
            score = (1.0 if split_form(text)[1] or _is_body(text) else 0.0) - 0.01 * place
            field = PaperField(text, round(LABEL_CONFIDENCE * value.confidence, 3), entry.parts or whole)
            if best is None or score > best[0]:
                best = score, field
    return None if best is None else best[1]


def _whole(value: PaperLine, lines: Sequence[PaperLine]) -> tuple[PaperLine, ...]:
    """A long name may go on in the next line: until its form stands there."""
    if split_form(value.text)[1]:
        return (value,)
    going = run_on(value, lines)
    for end in range(2, min(len(going), 3) + 1):
        text = " ".join(o.text for o in going[:end])
        if split_form(text)[1] and len(text) <= NAME_MAX and _could_be_name(text):
            return going[:end]
    return (value,)


def _by_sentence(lines: Sequence[PaperLine]) -> PaperField | None:
    for page, start, end in spans_told(lines, "legal_name"):
        longer = form_end(page.text[start : end + BEYOND])
        found = page.field(start, start + longer if longer else end, SENTENCE_CONFIDENCE)
        if found is not None and _could_be_name(found.value):
            return found
    return None


def _whole_in_text(standing: PaperField | None, lines: Sequence[PaperLine]) -> PaperField | None:
    """What stands out, unless it is a piece of running text: then the name as the text says it, from line to line."""
    said = _in_text(lines)
    if standing is None or said is None:
        return standing or said
    piece = folded(standing.value) in folded(said.value) or folded(said.value) in folded(standing.value)
    heights = [line.height for line in said.lines]
    level = max(heights) < LEVEL * min(heights)  # a heading and the line below it are no running text
    return said if piece and level and _runs(standing.lines[0], lines) else standing


def _runs(line: PaperLine, lines: Sequence[PaperLine]) -> bool:
    """Is a name a part of a longer line?"""
    return any(o.page == line.page and o.box[1] == line.box[1] and _is_in(o, line) for o in lines)


def _is_in(outer: PaperLine, inner: PaperLine) -> bool:
    within = outer.box[0] <= inner.box[0] + 1 and inner.box[2] <= outer.box[2] + 1
    return within and inner.text in outer.text and inner.text != outer.text


def _in_text(lines: Sequence[PaperLine]) -> PaperField | None:
    """The name with a company's form that a text says first, from its first capital on."""
    for page in pages_of(lines):
        words = list(re.finditer(r"\S+", page.text))
        for n in range(1, len(words)):
            if not _has_form(f"X {words[n][0].strip(',;:')}") or not _may_be_in_name(words[n - 1][0]):
                continue
            first = n - 1
            while first > 0 and n - first < NAME_WORDS_MAX and _goes_back(words[first - 1][0], words[first][0]):
                first -= 1
            while first < n - 1 and folded(words[first][0]).strip() in words_of("names", "openings"):
                first += 1
            start = words[first].start()
            field = page.field(start, start + (form_end(page.text[start:]) or 0), IN_TEXT_CONFIDENCE)
            if field is not None and _could_be_name(field.value) and not _is_title(field.value):
                return field
    return None


def _may_be_in_name(word: str) -> bool:
    return word[:1].isupper() or word[:1].isdigit() or word == "&"


def _goes_back(before: str, word: str) -> bool:
    """May a name have begun with the word before: with a capital and no stop behind it, or a small word between two?"""
    if before[-1:] in '.:;,)"”':
        return False
    return _may_be_in_name(before) or (before.casefold() in BETWEEN and word[:1].isupper())


def _to_its_end(text: str) -> str:
    """A name without what a sentence says after it: up to its form, else to the first full stop that ends one."""
    return text[: form_end(text) or sentence_end(text)]


def form_end(text: str) -> int:
    """Where a name ends with its legal form; 0 where no form stands in the text."""
    words = list(re.finditer(r"\S+", text))
    for n in range(2, len(words) + 1):
        if not _has_form(text[: words[n - 1].end()]):
            continue
        while n < len(words) and _goes_on(words[n - 1][0], words[n][0]) and split_form(text[: words[n].end()])[1]:
            n += 1
        return words[n - 1].end()
    return 0


def _goes_on(word: str, after: str) -> bool:
    """May a form go on behind a word: no comma, and no bracket or small letter after it ("Limited (company ...)")?"""
    return word[-1] not in ",;:)" and not after.startswith(("(", ",")) and not after[:1].islower()


def _has_form(text: str) -> bool:
    return split_form(text)[1] not in ("", "CO")


def _standing_out(lines: Sequence[PaperLine], rows: Collection[PaperLine], page_height: float) -> PaperField | None:
    """Names with a company's form, or with the word for another body: large, high on the page, and often."""
    scores: defaultdict[str, float] = defaultdict(float)
    where: dict[str, PaperLine] = {}
    usual = sorted(o.height for o in lines)[len(lines) // 2] if lines else 1.0
    for line in _candidates(lines):
        if line in rows or not _could_be_name(line.text):
            continue
        key = folded(line.text)
        large = min(2.0, line.height / max(usual, 1e-6))
        high = 1.0 if line.page == 0 and line.middle < HEAD * page_height else 0.0
        scores[key] += 0.4 if key in where else large + high
        where.setdefault(key, line)
    best = max(scores, key=lambda k: (scores[k], -where[k].box[1]), default="")
    if not best:
        return None
    line = where[best]
    return PaperField(line.text.strip(' ,;:"“”„'), round(SEEN_CONFIDENCE * line.confidence, 3), (line,))


def _candidates(lines: Sequence[PaperLine]) -> Iterator[PaperLine]:
    for line in lines:
        start = _without_opening(bare(line))
        company = company_in(start)
        short = len(start.text.split()) <= NAME_WORDS_MAX and start.text[:1].isupper()
        if company is None and short and (split_form(start.text)[1] or _is_body(start.text)):
            company = start
        if company is not None and not _is_title((name := _without_lead(company)).text):
            yield name


def _without_lead(line: PaperLine) -> PaperLine:
    """A name without what leads up to it: "ARTICLES OF ACME LTD", "Gesellschafterliste der Nord GmbH"."""
    words = line.text.split()
    for n in range(len(words) - 2, 0, -1):
        lead = " ".join(words[:n])
        ends = folded(words[n - 1]).strip() in words_of("names", "leads")
        if ends and words[n][:1].isupper() and (n == 1 or _is_title(lead)):
            return part(line, line.text.index(words[n], len(" ".join(words[: n - 1]))), len(line.text))
    return line


def _without_opening(line: PaperLine) -> PaperLine:
    """A line without small words before a name: "of Nordlicht GmbH", "We, Northmoor Limited, a company"."""
    words = line.text.split()
    n = 0
    while n < len(words) - 1 and folded(words[n]).strip() in words_of("names", "openings"):
        n += 1
    return part(line, len(line.text) - len(line.text.split(None, n)[-1]), len(line.text)) if n else line


def _is_title(text: str) -> bool:
    words = folded(text)
    return any(f" {title} " in words for title in words_of("names", "titles"))


def names_a_body(text: str) -> bool:
    """Does a text end or begin with a legal form, or hold the word for a body that has none (a trust, a foundation)?"""
    return bool(split_form(text)[1]) or _is_body(text)


def _is_body(text: str) -> bool:
    words = folded(text).split()
    if any(f" {general} " in folded(text) for general in words_of("names", "general")):
        return False
    return bool(words) and any(body in words for body in words_of("names", "bodies")) and text[:1].isupper()


def _could_be_name(text: str) -> bool:
    letters, digits = sum(c.isalpha() for c in text), sum(c.isdigit() for c in text)
    label = find_label(PaperLine(text, (0, 0, 1, 1)), "fields", PACKAGE)
    fits = letters >= 2 and digits <= 0.4 * letters and len(text) <= NAME_MAX
    return fits and not (label and label.value is None) and folded(text).strip() not in _kinds()


@cache
def _kinds() -> frozenset[str]:
    """What titles say about the kind of paper: nobody's name."""
    table = load_toml(PACKAGE, "kinds.toml")
    weights = [w for entry in table.values() if isinstance(entry, dict) for w in entry.values() if isinstance(w, list)]
    return frozenset(folded(phrase.rstrip("*")).strip() for phrases in weights for phrase in phrases)
