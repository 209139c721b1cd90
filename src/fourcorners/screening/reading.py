"""Files of operators, as entries: FollowTheMoney JSON lines and CSV. A bad row is told with its line, never guessed at.

What can be kept is kept: an entry with a birth date that is none stays without it, for an entry that is left out is
a person who is not found.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from fourcorners.kit.data import load_toml
from fourcorners.screening.errors import ListFormUnknown, ListUnreadable
from fourcorners.screening.model import Entry, Kind, ListedName, Strength
from fourcorners.screening.words import words_of

__all__ = ["BadRow", "Form", "Reading", "columns", "form_of", "read_entries"]

DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
COUNTRY = re.compile(r"[A-Z]{2,6}")
BETWEEN_VALUES = ";"
NAMES = {"name": Strength.NAME, "alias": Strength.ALIAS, "weak_alias": Strength.WEAK_ALIAS}


class Form(StrEnum):
    """The form of a file."""

    FOLLOW_THE_MONEY = "ftm"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is no entry, or has a value that is dropped (`is_kept`): its line, from 1, and why."""

    line: int
    why: str
    is_kept: bool = False


@dataclass
class Reading:
    """What came of reading a file: entries, rows left out because of their kind, bad rows; the first ones by line."""

    entries: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    bad: int = 0
    dropped_values: int = 0
    told: list[BadRow] = field(default_factory=list)

    def note(self, row: BadRow) -> None:
        """Count it, and keep it if not too many are kept."""
        if row.is_kept:
            self.dropped_values += 1
        else:
            self.bad += 1
        if len(self.told) < _rules()["told_max"]:
            self.told.append(row)


def form_of(path: Path) -> Form:
    """By the file's ending. Raises ListFormUnknown."""
    endings = {".csv": Form.CSV, ".json": Form.FOLLOW_THE_MONEY, ".jsonl": Form.FOLLOW_THE_MONEY}
    endings |= {".ndjson": Form.FOLLOW_THE_MONEY, ".ijson": Form.FOLLOW_THE_MONEY}
    if path.suffix.lower() not in endings:
        raise ListFormUnknown("A list is a .csv file, or FollowTheMoney JSON lines (.json, .jsonl, .ndjson).")
    return endings[path.suffix.lower()]


def columns() -> Mapping[str, str]:
    """The columns of a CSV file, and what each holds."""
    found: Mapping[str, str] = _rules()["csv"]
    return found


def read_entries(lines: Iterable[str], form: Form, reading: Reading) -> Iterator[Entry]:
    """The entries, in the order of the file; `reading` tells of the rest when all are read. Raises ListUnreadable."""
    known: set[str] = set()
    rows = _csv_rows(lines) if form is Form.CSV else _json_rows(lines)
    make = _from_csv if form is Form.CSV else _from_ftm
    for line, row in rows:
        entry = row if isinstance(row, str) else make(row, _Noting(reading, line))
        if entry is None:
            continue
        if isinstance(entry, str) or entry.id in known:
            reading.note(BadRow(line, entry if isinstance(entry, str) else "its id was used before in this file"))
            continue
        known.add(entry.id)
        reading.entries += 1
        if reading.entries > _rules()["entries_max"]:
            raise ListUnreadable(f"A list has at most {_rules()['entries_max']:,} entries.")
        yield entry


@dataclass(frozen=True, slots=True)
class _Noting:
    """Where a row stands, for what is to be told of it."""

    reading: Reading
    line: int

    def dropped(self, why: str) -> None:
        self.reading.note(BadRow(self.line, why, is_kept=True))

    def valid(self, values: Iterable[str], what: str, test: Callable[[str], object]) -> tuple[str, ...]:
        """The values in order, each once, without those that fail the test, which are told."""
        kept = []
        for value in dict.fromkeys(values):
            if test(value):
                kept.append(value)
            else:
                self.dropped(f"{what} {value[:40]!r} is none, and left out")
        return tuple(kept)


def _json_rows(lines: Iterable[str]) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if len(line) > _rules()["line_letters_max"]:
            yield number, "the line is too long"
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield number, "the line is no JSON"
            continue
        yield number, row if isinstance(row, dict) else "the line is no JSON object"


def _csv_rows(lines: Iterable[str]) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    reader = csv.DictReader(lines, restkey="", restval="")
    try:
        heads = [(head or "").strip().lstrip("\ufeff") for head in reader.fieldnames or ()]
    except csv.Error as error:
        raise ListUnreadable(f"The file is no CSV: {error}.") from error
    if missing := {"id", "name"} - set(heads):
        raise ListUnreadable(f"The first line must name the columns; there is no {' and no '.join(sorted(missing))}.")
    if unknown := sorted(set(heads) - set(columns())):
        raise ListUnreadable(f"There is no column {unknown[0]!r}: {', '.join(columns())}.")
    reader.fieldnames = heads
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, f"the line is no CSV: {error}"
            continue
        yield reader.line_num, "the row has more cells than columns" if "" in row else row


def _from_csv(row: Mapping[str, str], noting: _Noting) -> Entry | str | None:
    cells = {
        name: [v.strip() for v in str(row.get(name) or "").split(BETWEEN_VALUES) if v.strip()] for name in columns()
    }
    kind = (row.get("kind") or Kind.EITHER.value).strip().lower()
    if kind not in set(Kind):
        return f"there is no kind {kind[:20]!r}"
    url = (row.get("source_url") or "").strip()
    names = {"name": [(row.get("name") or "").strip()], "alias": cells["aliases"], "weak_alias": cells["weak_aliases"]}
    found = (cells["birth_dates"], cells["countries"], cells["topics"])
    return _entry((row.get("id") or "").strip(), Kind(kind), names, *found, url, noting)


def _from_ftm(row: Mapping[str, Any], noting: _Noting) -> Entry | str | None:
    schema = row.get("schema")
    if not isinstance(schema, str):
        return "there is no schema"
    if schema not in _rules()["schemata"]:
        noting.reading.left_out[schema[:40]] += 1
        return None
    properties = row.get("properties")
    if not isinstance(properties, dict):
        return "there are no properties"

    def values(what: str) -> list[str]:
        listed = [properties.get(name) for name in _rules()["properties"][what]]
        return [v.strip() for one in listed if isinstance(one, list) for v in one if isinstance(v, str) and v.strip()]

    names = {what: values(what) for what in NAMES}
    if not names["name"] and isinstance(row.get("caption"), str):
        names["name"] = [row["caption"]]
    identity = row.get("id")
    found = (values("birth_dates"), values("countries"), values("topics"))
    url = next(iter(values("source_url")), "")
    kind = Kind(_rules()["schemata"][schema])
    return _entry(identity if isinstance(identity, str) else "", kind, names, *found, url, noting)


def _entry(
    identity: str,
    kind: Kind,
    names: Mapping[str, Sequence[str]],
    birth_dates: Sequence[str],
    countries: Sequence[str],
    topics: Sequence[str],
    url: str,
    noting: _Noting,
) -> Entry | str:
    """The entry, or why there is none."""
    if not identity or len(identity) > 200:
        return "there is no id of 1 to 200 characters"
    listed: dict[str, Strength] = {}
    for what, strength in NAMES.items():
        for text in names[what]:
            listed.setdefault(text, strength)
    kept = [ListedName(text, strength) for text, strength in listed.items() if words_of(text)]
    if not kept:
        return "there is no name with letters"
    days = noting.valid((value[:10] for value in birth_dates), "birth date", DATE.fullmatch)
    states = noting.valid((value.upper() for value in countries), "country", COUNTRY.fullmatch)
    is_address = url.startswith(("https://", "http://"))
    if url and not is_address:
        noting.dropped("the source is no web address, and left out")
    return Entry(identity, kind, tuple(kept), days, states, tuple(topics), url if is_address else "")


@cache
def _rules() -> Mapping[str, Any]:
    return load_toml("fourcorners.screening", "lists.toml")
