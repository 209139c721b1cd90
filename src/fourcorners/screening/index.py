"""Names by number, searchable: which names of a list have words that may be those of a name.

A row is one way in which one name of one entry is written. For a question the rarest words are looked up, and only the
rows that hold one of them are looked at further; a row stays if its score may reach what is asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourcorners.screening.model import Kind
from fourcorners.screening.scoring import WORDS, Aligned, align
from fourcorners.screening.similarity import worth
from fourcorners.screening.vocabulary import Neighbours, Vocabulary
from fourcorners.screening.words import Word, joined_ways, limits, weight_of, word_of, words_of

__all__ = ["Found", "NameIndex", "Question", "heaviest", "questions_of"]

SLACK = 0.05
"""What a score may exceed the rough one by, since the weights of two spellings differ a little."""
FEW_WORDS = 4
FREE_ROWS = 2000
"""So many rows are looked at in any case, whatever the rarest words ask for: it forgives a slip in one of them."""
ASKED_AT_ONCE = 30_000
KINDS = {Kind.PERSON: 1, Kind.ENTITY: 2, Kind.EITHER: 3}
Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Question:
    """One way to write one name of somebody; `subject` is a number of the caller's."""

    subject: int
    name: int
    words: tuple[str, ...]
    kind: Kind


@dataclass(frozen=True)
class Found:
    """Pairs of a question and a row, each with the score of the names alone and how the words were paired."""

    questions: list[Question]
    question: Ints
    row: Ints
    score: Floats
    aligned: Aligned


class NameIndex:
    """Built once by `add` and `close`, then only asked."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self._rows: list[tuple[int, ...]] = []
        self._about: list[tuple[int, int, int, bool]] = []

    def add(self, entry: int, name: int, text: str, kind: Kind, *, weak: bool = False) -> None:
        """One name of an entry; the ways in which neighbouring words are joined become rows too."""
        words = words_of(text)
        if not words:
            return
        number = self.vocabulary.number
        for way in (words, *joined_ways(words)):
            self._rows.append(tuple(map(number, heaviest(way, kind))))
            self._about.append((entry, name, KINDS[kind], weak))

    def close(self) -> None:
        """Ready for questions."""
        self.vocabulary.close()
        pad = len(self.vocabulary.words)
        lengths = np.fromiter(map(len, self._rows), np.int64, len(self._rows))
        self.words: Ints = np.full((len(self._rows), WORDS), pad, np.int32)
        self.words[np.arange(WORDS) < lengths[:, None]] = np.fromiter(
            (word for row in self._rows for word in row), np.int32, int(lengths.sum())
        )
        about = np.array(self._about, np.int32).reshape(-1, 4)
        self.entry, self.name, self.kind = about[:, 0], about[:, 1].astype(np.int16), about[:, 2].astype(np.int8)
        self.weak = about[:, 3].astype(bool)
        self._rows, self._about = [], []
        known = self.vocabulary.words
        self._person = np.array([*(w.person_weight for w in known), 0], np.float32)
        self._entity = np.array([*(w.entity_weight for w in known), 0], np.float32)
        self._is_initial = np.array([*(w.is_initial for w in known), False])
        self._first = np.array([*(ord(w.latin[0]) if w.latin.isascii() else 0 for w in known), 0], np.uint8)
        is_person = (self.kind == KINDS[Kind.PERSON])[:, None]
        self.weights: Floats = np.where(is_person, self._person[self.words], self._entity[self.words])
        self._length = lengths.astype(np.int8)
        self._total = self.weights.sum(axis=1)
        flat = self.words.ravel()
        order = np.argsort(flat, kind="stable")[: int(lengths.sum())]
        self._postings = (order // WORDS).astype(np.int32)
        self._starts = np.searchsorted(flat[order], np.arange(pad + 1)).astype(np.int64)

    def find(self, questions: Sequence[Question], least: float) -> list[Found]:
        """Rows whose names score `least` or more, in portions."""
        portions = range(0, len(questions), ASKED_AT_ONCE)
        return [self._portion(list(questions[start : start + ASKED_AT_ONCE]), least) for start in portions]

    def _portion(self, questions: list[Question], least: float) -> Found:
        numbers: dict[str, int] = {}
        for question in questions:
            for text in question.words:
                numbers.setdefault(text, len(numbers))
        asked = [word_of(text) for text in numbers]
        near = self.vocabulary.neighbours(asked) if asked else Neighbours((), ())
        sizes = np.array([int((self._starts[w + 1] - self._starts[w]).sum()) for w in near.words])
        buffers = np.zeros((WORDS, len(self.vocabulary.words) + 1), np.float32)
        found: list[_Rough] = []
        for place, question in enumerate(questions):
            mine = [numbers[text] for text in question.words]
            if not mine:
                continue
            weights = np.array([weight_of(asked[n], question.kind) for n in mine], np.float32)
            rows = self._candidates(mine, weights, sizes, near, KINDS[question.kind])
            if rows.size:
                alike = self._alike(mine, asked, near, buffers, rows)
                rough = weights @ alike.max(axis=1)
                kept = np.flatnonzero(rough >= (least - SLACK) * np.minimum(weights.sum(), self._total[rows]))
                rows, first = np.unique(rows[kept], return_index=True)
                found.append(
                    _Rough(place, rows, alike[:, :, kept[first]], weights, [asked[n].is_initial for n in mine])
                )
        return self._scored(questions, found, least)

    def _candidates(self, mine: list[int], weights: Floats, sizes: Ints, near: Neighbours, kind: int) -> Ints:
        """Rows that hold a word which may be one of the rarest; heavy words only, if there are any."""
        heavy = [n for n, weight in zip(mine, weights.tolist(), strict=True) if weight >= 0.5] or mine
        rarest = sorted(heavy, key=lambda n: int(sizes[n]))
        needed, spent, parts = max(1, len(rarest) - 1), 0, []
        for place, number in enumerate(rarest):
            spent += int(sizes[number])
            if place >= needed and spent > FREE_ROWS:
                break
            parts += [self._postings[self._starts[w] : self._starts[w + 1]] for w in near.words[number].tolist()]
        if not parts:
            return np.zeros(0, np.int32)
        rows = np.concatenate(parts)
        return rows[(self.kind[rows] & kind) > 0]

    def _alike(self, mine: list[int], asked: list[Word], near: Neighbours, buffers: Floats, rows: Ints) -> Floats:
        """How alike each word of the question is to each word of each row: words x WORDS x rows."""
        words = np.ascontiguousarray(self.words[rows].T)
        found = np.empty((len(mine), WORDS, len(rows)), np.float32)
        for place, number in enumerate(mine):
            buffer = buffers[place]
            buffer[near.words[number]] = near.alike[number]
            np.take(buffer, words, out=found[place])
            buffer[near.words[number]] = 0
            if asked[number].is_initial:
                begins = (self._first[words] == ord(asked[number].latin)) & ~self._is_initial[words]
                found[place][begins] = worth()["initial"]
        return found

    def _scored(self, questions: list[Question], found: list["_Rough"], least: float) -> Found:
        """The pairs that score `least` or more; names of few words apart from longer ones, for they are the most."""
        parts = []
        for few in (True, False):
            width = FEW_WORDS if few else WORDS
            chosen = []
            for rough in found:
                is_few = (self._length[rough.rows] <= FEW_WORDS) & (len(rough.weights) <= FEW_WORDS)
                chosen.append(np.flatnonzero(is_few == few))
            counts = [len(some) for some in chosen]
            alike = np.zeros((sum(counts), width, width), np.float32)
            mine, initial = np.zeros(alike.shape[:2], np.float32), np.zeros(alike.shape[:2], bool)
            row, question = np.empty(len(alike), np.int32), np.empty(len(alike), np.int32)
            end = 0
            for rough, some in zip(found, chosen, strict=True):
                start, end, words = end, end + len(some), len(rough.weights)
                if start == end:
                    continue
                alike[start:end, :words] = rough.alike[:, :width, some].transpose(2, 0, 1)
                mine[start:end, :words], initial[start:end, :words] = rough.weights, rough.initial
                row[start:end], question[start:end] = rough.rows[some], rough.question
            theirs = self.weights[row][:, :width], self._is_initial[self.words[row][:, :width]]
            aligned = align(alike, mine, theirs[0], initial, theirs[1])
            kept = np.flatnonzero(aligned.score >= least)
            parts.append((question[kept], row[kept], aligned.only(kept)))
        (question, row, aligned), (more, rows, others) = parts
        together = aligned.and_also(others)
        return Found(questions, np.append(question, more), np.append(row, rows), together.score, together)


@dataclass(frozen=True, slots=True)
class _Rough:
    """Rows that may answer a question, with how alike their words are: words x WORDS x rows."""

    question: int
    rows: Ints
    alike: Floats
    weights: Floats
    initial: list[bool]


def questions_of(subject: int, kind: Kind, names: Iterable[str]) -> list[Question]:
    """The questions that one subject's names are: each as written, and with words joined that are often joined."""
    found = []
    for number, name in enumerate(names):
        words = words_of(name)
        ways = (words, *joined_ways(words))
        found += [Question(subject, number, tuple(heaviest(way, kind)), kind) for way in ways]
    return found


def heaviest(words: list[str], kind: Kind) -> list[str]:
    """At most `WORDS` of them, those that count most, in their order."""
    if len(words) <= WORDS:
        return words
    order = sorted(range(len(words)), key=lambda n: -weight_of(word_of(words[n]), kind))[: limits()["words"]]
    return [words[n] for n in sorted(order)]
