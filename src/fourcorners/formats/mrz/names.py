"""The name field: how names are cut and joined, and how they are read back (ICAO Doc 9303-3, 4.6, and -4 to -7)."""

import re

from .errors import MrzFieldError
from .layouts import FILLER
from .transliteration import transliterate

__all__ = ["name_words", "read_name", "write_name", "write_name_part"]

_BETWEEN_WORDS = re.compile(r"[\s\-\u2010-\u2015\u00a0<]+")


def read_name(text: str) -> tuple[str, str, bool]:
    """Family name, given names, and whether the field is so full that the name may have been cut short.

    The first `<<` parts family from given names; a field without it holds one name, which counts as the family name.
    """
    family, _, given = text.rstrip(FILLER).partition("<<")
    return _spaced(family), _spaced(given), not text.endswith(FILLER)


def _spaced(text: str) -> str:
    return " ".join(word for word in text.split(FILLER) if word)


def name_words(name: str, state: str = "") -> list[str]:
    """The words of a name in A-Z. Spaces and hyphens part words; apostrophes and full stops vanish (9303-3, 4.6)."""
    written = (transliterate(word, state) for word in _BETWEEN_WORDS.split(name))
    return [word for word in written if word]


def write_name(family_name: str, given_names: str, length: int, state: str = "") -> str:
    """A name field of `length` characters; a name too long is cut so that a letter stands last (9303-4, 4.2.3).

    The given names are cut first, down to initials; only then the family name. Raises MrzFieldError without a name.
    """
    family, given = name_words(family_name, state), name_words(given_names, state)
    if not family:  # 9303-3, 4.6: whoever has one name only has it as the primary identifier
        family, given = given, []
    if not family:
        raise MrzFieldError("A machine-readable zone needs a name.", field="family_name")
    whole = FILLER.join(family) + ("<<" + FILLER.join(given) if given else "")
    if len(whole) <= length:
        return whole.ljust(length, FILLER)
    if not given:
        return _cut(family, length)
    start = FILLER.join(family) + "<<"
    room = length - len(start)
    if room > 0 and (not (cut := _cut(given, room)).endswith(FILLER) or len(start) == len("A<<")):
        return start + cut
    if room > 0:  # single letters only: one more of them fits if the family name gives way
        return _cut(family, length - room - 3) + "<<" + _cut(given, room + 1)
    initials = FILLER.join(word[0] for word in given)[: max(1, length // 8)].rstrip(FILLER)
    return _cut(family, length - 2 - len(initials)) + "<<" + initials


def write_name_part(name: str, length: int, separator: str, state: str = "") -> str:
    """One kind of name in a field of its own, as the French card has it; too long, it is cut. May be empty."""
    words = name_words(name, state)
    whole = separator.join(words)
    return whole.ljust(length, FILLER) if len(whole) <= length else _cut(words, length, separator)


def _cut(words: list[str], length: int, separator: str = FILLER) -> str:
    """The first `length` characters of the words, a letter last: a filler there would say that nothing is missing."""
    text = separator.join(words)[:length]
    if not text.endswith(FILLER):
        return text
    # The cut falls between two words: shorten the last words that can spare a letter, and let the next initial in.
    kept = text.rstrip(FILLER).split(separator)
    initial = words[len(kept)][0]
    spare = len(separator.join([*kept, initial])) - length
    for i in reversed(range(len(kept))):
        shortened = kept[i][: max(1, len(kept[i]) - spare)]
        spare -= len(kept[i]) - len(shortened)
        kept[i] = shortened
    return separator.join([*kept, initial]) if spare == 0 else text
