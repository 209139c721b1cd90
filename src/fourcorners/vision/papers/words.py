"""The small words of words.toml, as lists and as pieces of patterns."""

import re
from collections.abc import Mapping, Sequence

from fourcorners.kit.data import load_toml

__all__ = ["one_of", "signs_of", "words_of"]

PACKAGE = "fourcorners.vision.papers"


def words_of(group: str, *names: str) -> tuple[str, ...]:
    """The words of one or more lists of a table in words.toml."""
    lists: Mapping[str, Sequence[str]] = load_toml(PACKAGE, "words.toml")[group]
    return tuple(word for name in names for word in lists[name])


def one_of(group: str, *names: str) -> str:
    """A piece of a pattern that any of the words fits, the longer ones first; a space fits any white space."""
    words = sorted(words_of(group, *names), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) + ")"


def signs_of(group: str, name: str) -> str:
    """Single signs, as they stand between the brackets of a pattern."""
    return re.escape("".join(words_of(group, name)))
