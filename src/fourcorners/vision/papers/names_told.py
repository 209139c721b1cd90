"""How a name looks in a sentence: words with capitals, with small words between them."""

from fourcorners.vision.papers.words import one_of

__all__ = ["CAPITAL", "NAME", "PARTICLE"]

CAPITAL = r"[^\W\d_a-zß-ÿ][\w.'’-]*"
"""A piece of a pattern: a word with a capital."""

PARTICLE = one_of("names", "particles")
"""The same: a small word inside a name."""

NAME = rf"{CAPITAL}(?:\s(?:{PARTICLE}\s){{0,2}}{CAPITAL}){{1,4}}"
"""The same: two to five words with capitals, up to two small words before each but the first."""
