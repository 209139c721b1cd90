"""On which line of a TOML text a key stands, so that what is wrong with it can be said there."""

import re
from collections.abc import Iterator

__all__ = ["line_of", "lines_of"]

Path = tuple[str | int, ...]

HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(#.*)?$")
KEY = re.compile(r"^\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\")(?:\s*\.\s*(?:[A-Za-z0-9_-]+|\"[^\"]*\"))*)\s*=")
PART = re.compile(r"[A-Za-z0-9_-]+|\"[^\"]*\"")


def lines_of(text: str) -> dict[Path, int]:
    """The line, from 1, of each table and key, such as `("rules", 0, "effects")`. Keys inside braces are not told."""
    return dict(reversed(list(_walk(text))))


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of `path`, or of what holds it; 1 where nothing does."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _walk(text: str) -> Iterator[tuple[Path, int]]:
    here: Path = ()
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            names = _parts(header[2])
            here = _open(names, counts, array=header[1] == "[[")
            yield from ((here[:depth], number) for depth in range(1, len(here) + 1))
        elif key := KEY.match(line):
            names = _parts(key[1])
            yield from ((here + names[:depth], number) for depth in range(1, len(names) + 1))


def _open(names: Path, counts: dict[Path, int], *, array: bool) -> Path:
    """The place of a header: an array of tables stands for its last table, or a new one."""
    here: Path = ()
    for depth, name in enumerate(names, 1):
        here = (*here, name)
        if array and depth == len(names):
            counts[here] = counts.get(here, -1) + 1
        if here in counts:
            here = (*here, counts[here])
    return here


def _parts(dotted: str) -> Path:
    return tuple(part.strip('"') for part in PART.findall(dotted))
