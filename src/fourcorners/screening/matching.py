"""Subjects against lists: which entries may be the same person or entity, and why.

`screen` is pure: the same lists and subjects give the same answer. Without a list the answer is `not_screened`, never
a clean one.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import Any

import numpy as np

from fourcorners.kit.data import load_toml
from fourcorners.screening.circumstances import Point, adds_of, points_of
from fourcorners.screening.index import Found, NameIndex, questions_of
from fourcorners.screening.model import Entry, ListedName, Strength, Subject
from fourcorners.screening.similarity import relation
from fourcorners.screening.words import limits, word_of

__all__ = ["Hit", "LoadedList", "Outcome", "Screening", "WordPair", "screen", "threshold"]


class Outcome(StrEnum):
    """What a screening came to. `no_hits` means: not in these versions of these lists, by this threshold."""

    NOT_SCREENED = "not_screened"
    NO_HITS = "no_hits"
    HITS = "hits"


@dataclass(frozen=True, slots=True)
class WordPair:
    """One word of the subject's name and its partner in the listed one; one of them is "" where it has none.

    `how`: same, other_script, transliteration, spelling, unvowelled, vowels, nickname, initial, form, typing, omitted.
    """

    mine: str
    theirs: str
    alike: float
    how: str

    def to_dict(self) -> dict[str, object]:
        """As plain values."""
        return {"mine": self.mine, "theirs": self.theirs, "alike": self.alike, "how": self.how}


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that may be the subject. `score` is `name_score` and what `points` add, from 0 to 1."""

    list_name: str
    list_version: str
    entry: Entry
    name: str
    listed: ListedName
    words: tuple[WordPair, ...]
    points: tuple[Point, ...]
    name_score: float
    score: float
    threshold: float

    def to_dict(self) -> dict[str, object]:
        """Everything as plain values, to be kept and shown."""
        return {
            "list": self.list_name,
            "list_version": self.list_version,
            "entry": self.entry.to_dict(),
            "entry_sha256": self.entry.fingerprint(),
            "name": self.name,
            "listed": [self.listed.text, self.listed.strength.value],
            "words": [pair.to_dict() for pair in self.words],
            "points": [point.to_dict() for point in self.points],
            "name_score": self.name_score,
            "score": self.score,
            "threshold": self.threshold,
            "rules": rules_version(),
        }


@dataclass(frozen=True, slots=True)
class Screening:
    """What was found for one subject, the best hit first; `more` hits were left out. `lists`: name to version."""

    subject: str
    outcome: Outcome
    lists: Mapping[str, str]
    hits: tuple[Hit, ...] = ()
    more: int = 0


@dataclass
class LoadedList:
    """A version of a list, ready to be asked. Entries are kept as JSON lines and opened when they are hit."""

    name: str
    version: str
    index: NameIndex = field(default_factory=NameIndex)
    lines: list[bytes] = field(default_factory=list)
    births: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, name: str, version: str, entries: Iterable[Entry]) -> "LoadedList":
        """Read all entries and build the index."""
        made = cls(name, version)
        for entry in entries:
            number = len(made.lines)
            for place, listed in enumerate(entry.names[: limits()["names"]]):
                made.index.add(number, place, listed.text, entry.kind, weak=listed.strength is Strength.WEAK_ALIAS)
            made.lines.append(json.dumps(entry.to_dict(), ensure_ascii=False).encode())
            made.births.append(";".join(entry.birth_dates))
            made.countries.append(";".join(entry.countries))
        made.index.close()
        return made

    def entry(self, number: int) -> Entry:
        """An entry by number."""
        return Entry.from_dict(json.loads(self.lines[number]))

    def hits(self, subjects: Sequence[Subject], least: float) -> dict[int, list["_Scored"]]:
        """For each subject by number the entries that score `least` or more, the best first."""
        questions = [
            question
            for number, subject in enumerate(subjects)
            for question in questions_of(number, subject.kind, subject.names[: limits()["names"]])
        ]
        best: dict[tuple[int, int], _Scored] = {}
        weak, weak_cost = self.index.weak, float(_omitted()["weak_alias"])
        for found in self.index.find(questions, least - _most_added()):
            for place, (question, row, score) in enumerate(
                zip(found.question.tolist(), found.row.tolist(), found.score.tolist(), strict=True)
            ):
                number, entry = found.questions[question].subject, int(self.index.entry[row])
                total = score + adds_of(subjects[number], self.births[entry], self.countries[entry])
                total = min(1.0, max(0.0, total - (weak_cost if weak[row] else 0.0)))
                known = best.get((number, entry))
                if total >= least and (known is None or (total, score) > (known.total, known.score)):
                    best[number, entry] = _Scored(number, entry, total, score, found, place)
        ordered = sorted(best.values(), key=lambda s: (s.subject, -s.total, s.entry))
        return {number: list(group) for number, group in groupby(ordered, key=lambda s: s.subject)}

    def explain(self, subject: Subject, scored: "_Scored", least: float) -> Hit:
        """A hit with its reasons."""
        question = scored.found.questions[int(scored.found.question[scored.place])]
        row = int(scored.found.row[scored.place])
        entry = self.entry(scored.entry)
        return Hit(
            self.name,
            self.version,
            entry,
            subject.names[question.name],
            entry.names[int(self.index.name[row])],
            self._pairs(question.words, row, scored.found, scored.place),
            self._points(subject, entry, bool(self.index.weak[row])),
            round(scored.score, 4),
            round(scored.total, 4),
            least,
        )

    def _points(self, subject: Subject, entry: Entry, weak: bool) -> tuple[Point, ...]:
        points = points_of(subject, entry.birth_dates, entry.countries)
        return (*points, Point("alias", "weak_alias", -float(_omitted()["weak_alias"]))) if weak else points

    def _pairs(self, mine: Sequence[str], row: int, found: Found, place: int) -> tuple[WordPair, ...]:
        vocabulary = self.index.vocabulary.words
        theirs = [vocabulary[n] for n in self.index.words[row].tolist() if n < len(vocabulary)]
        pairs, used = [], set()
        for number, text in enumerate(mine):
            partner = int(found.aligned.partner[place, number])
            if partner < 0:
                pairs.append(WordPair(text, "", 0.0, "omitted"))
                continue
            used.add(partner)
            alike = float(found.aligned.alike[place, number])
            how = relation(word_of(text), theirs[partner], alike)
            pairs.append(WordPair(text, theirs[partner].text, round(alike, 4), how))
        left = [WordPair("", word.text, 0.0, "omitted") for n, word in enumerate(theirs) if n not in used]
        return (*pairs, *left)


@dataclass(frozen=True, slots=True)
class _Scored:
    """A subject and an entry, scored; where in `found` the words are that agreed."""

    subject: int
    entry: int
    total: float
    score: float
    found: Found
    place: int


def screen(lists: Sequence[LoadedList], subjects: Sequence[Subject], least: float | None = None) -> list[Screening]:
    """Screen every subject against every list. `least` is the threshold, that of `screening.toml` if left out."""
    versions = {one.name: one.version for one in lists}
    if not lists:
        return [Screening(subject.id, Outcome.NOT_SCREENED, versions) for subject in subjects]
    limit = threshold() if least is None else least
    found = [one.hits(subjects, limit) for one in lists]
    screened = []
    for number, subject in enumerate(subjects):
        mine = [(one, scored) for one, hits in zip(lists, found, strict=True) for scored in hits.get(number, ())]
        mine.sort(key=lambda pair: -pair[1].total)
        shown = tuple(one.explain(subject, scored, limit) for one, scored in mine[: limits()["hits"]])
        outcome = Outcome.HITS if mine else Outcome.NO_HITS
        screened.append(Screening(subject.id, outcome, versions, shown, len(mine) - len(shown)))
    return screened


def threshold() -> float:
    """From this score on a person decides."""
    return float(_table()["threshold"]["hit"])


def rules_version() -> str:
    """The version of the rules by which names are compared."""
    return str(_table()["version"])


@cache
def _most_added() -> float:
    table = _table()
    return sum(max(float(v) for v in table[what].values()) for what in ("birth_date", "country")) + float(
        np.float32(1e-6)
    )


def _omitted() -> Mapping[str, Any]:
    costs: Mapping[str, Any] = _table()["omitted"]
    return costs


def _table() -> Mapping[str, Any]:
    return load_toml("fourcorners.screening", "screening.toml")
