"""Rows that were measured before a long run was stopped, so that it goes on where it ended.

A file of JSON Lines: first what was asked and a digest of the package's own files, then one line for each picture. Rows
of another code, other weights or other limits are not taken up: the figures of one report come from one state.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from fourcorners.evaluation.topic import Item, Row
from fourcorners.kit.errors import Refusal

__all__ = ["KeptRefused", "KeptRows", "package_digest"]

JUDGING = ("checks", "evaluation", "formats", "kit", "specimens", "vision")
"""The parts of the package that a drawn picture and what is said of it depend on."""
SUFFIXES = (".py", ".toml", ".onnx")


class KeptRefused(Refusal):
    """The file holds rows of another run."""

    code = "kept_rows_refused"


class KeptRows:
    """What is known of `items` already, and a file to add to. Raises KeptRefused."""

    def __init__(self, file: Path, items: Sequence[Item]) -> None:
        """`file` is made if it is not there."""
        self._file = file
        asked = json.dumps([dict(item) for item in items], sort_keys=True)
        head = {"asked": hashlib.sha256(asked.encode()).hexdigest(), "package": package_digest()}
        lines = _lines(file)
        if not lines:
            self._append(head)
        elif lines[0] != head:
            raise KeptRefused(f"{file} keeps rows of another run: of other pictures, or judged by other code.")
        self.rows: dict[int, Row] = {line["number"]: line["row"] for line in lines[1:]}

    def add(self, number: int, row: Row) -> None:
        """Keep the row of the item of this number."""
        self.rows[number] = row
        self._append({"number": number, "row": row})

    def _append(self, line: Mapping[str, Any]) -> None:
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def package_digest() -> str:
    """SHA-256 over the files of the package that a judgement depends on."""
    digest = hashlib.sha256()
    for part in JUDGING:
        for name, file in sorted(_files_under(files("fourcorners") / part, part)):
            digest.update(name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files_under(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        path = f"{name}/{entry.name}"
        if entry.is_dir():
            yield from _files_under(entry, path)
        elif entry.name.endswith(SUFFIXES):
            yield path, entry


def _lines(file: Path) -> list[dict[str, Any]]:
    """The whole lines of the file; a last one that was being written when the run was stopped is cut off."""
    if not file.exists():
        return []
    text = file.read_text(encoding="utf-8")
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        file.write_text(whole, encoding="utf-8")
    try:
        return [json.loads(line) for line in whole.splitlines()]
    except ValueError:
        raise KeptRefused(f"{file} is no file of kept rows.") from None
