"""Drawn examples of right and wrong photos, made when they are first asked for and kept on disk.

No picture is part of the package: the specimen generator draws the same one from the same seed.
"""

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from fourcorners.help.errors import ArticleMissing
from fourcorners.kit.data import load_toml

__all__ = ["WIDTH", "draw_picture", "is_right", "picture_file", "picture_names"]

WIDTH = 720
HEIGHT = 540
SELFIE_SIZE = (480, 600)
PAPER_SIZE = (540, 720)
PERSON = 3


@cache
def picture_names() -> frozenset[str]:
    """The names of all examples."""
    return frozenset(_table()["pictures"])


def is_right(name: str) -> bool:
    """Does the example show how a photo should be? Raises ArticleMissing."""
    return bool(_entry(name)["right"])


def picture_file(name: str, folder: Path) -> Path:
    """The JPEG of an example in `folder`, drawn if it is not there yet. Raises ArticleMissing.

    It is written under another name first: a reader never gets half a picture, nor do two that ask at once.
    """
    entry = _entry(name)
    target = folder / f"{name}-{_table()['version']}.jpg"
    if not target.is_file():
        drawn = draw_picture(entry)
        folder.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(suffix=".jpg", dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(drawn)
        Path(draft).replace(target)
    return target


def draw_picture(entry: dict[str, Any]) -> bytes:
    """The JPEG of an entry of pictures.toml."""
    from fourcorners import specimens  # drawing loads much that a search does not need
    from fourcorners.specimens.papers import draw_paper, photograph_paper

    seed, severity = entry["seed"], entry["severity"]
    if entry["draw"] == "selfie":
        return specimens.selfie(PERSON, entry["kind"], severity, seed=seed, size=SELFIE_SIZE).encoded
    if entry["draw"] == "paper":
        return photograph_paper(draw_paper(entry["kind"], seed=seed), seed=seed, severity=severity, size=PAPER_SIZE)[0]
    document = specimens.draw(entry["kind"], seed=seed, portrait=PERSON)
    taken = specimens.capture(
        document, entry["capture"], severity, seed=seed, size=(WIDTH, HEIGHT), side=entry.get("side", "front")
    )
    return taken.encoded


def _entry(name: str) -> dict[str, Any]:
    entry: dict[str, Any] | None = _table()["pictures"].get(name)
    if entry is None:
        raise ArticleMissing("There is no such picture.")
    return entry


def _table() -> dict[str, Any]:
    return load_toml("fourcorners.help", "pictures.toml")
