"""What names of people look like in a line."""

import unicodedata

from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.labels import table

__all__ = ["looks_like_person", "untitled"]

WORDS = (2, 5)


def looks_like_person(text: str) -> bool:
    """Two to five words of letters, two of them with a capital; scripts without capitals need none."""
    words = text.replace(".", " ").split()
    capital = [w for w in words if w[0].isupper() or not any(c.isupper() or c.islower() for c in w)]
    return WORDS[0] <= len(words) <= WORDS[1] and len(capital) >= WORDS[0] and all(map(_is_word, words))


def untitled(text: str) -> str:
    """Without a form of address at its start."""
    first, _, rest = text.partition(" ")
    return rest if folded(first).strip() in table("salutations")["words"] else text


def _is_word(word: str) -> bool:
    letters = word.replace("-", "").replace("'", "").replace("’", "")
    return bool(letters) and all(c.isalpha() or unicodedata.category(c) in ("Mn", "Mc") for c in letters)
