"""What a question means, told from its vector: is it ours, and which of the package's articles is it about?

`about.py` adds up words; a sentence of words it never saw says nothing to it. Here a small network of two layers reads
the vector of the whole sentence (`vectors.py`): what was learned in one language and one wording holds in others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from fourcorners.help.search.cards import help_cards
from fourcorners.help.search.vectors import Vector, vector_of
from fourcorners.vision.networks.weights import verified_path

__all__ = ["Meaning", "Reader", "shipped_reader", "understood"]

NAMED = 5
"""So many articles are named."""
SURE = 0.4
"""The network is surer than it is right: its log-odds are so much of what they are, where it did not learn."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """`ours` is the logarithm of the odds that a question is ours; `articles` the likely ones.

    Each with its share of 1; the rest is for the other articles and for none of them.
    """

    ours: float
    articles: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Reader:
    """Weights: `hidden` is 512 by H, `out` H by 1 + the number of `slugs`, each with a row more for what is added."""

    hidden: Vector
    out: Vector
    slugs: tuple[str, ...]

    def read(self, vectors: Vector) -> Vector:
        """The sums of the second layer for some vectors: the first column is `ours`, the others are of `slugs`."""
        # not `@`: for so little, threads of the library behind it would wait for each other
        inner = np.maximum(np.einsum("ni,ij->nj", vectors, self.hidden[:-1]) + self.hidden[-1], 0.0)
        sums: Vector = np.einsum("nj,jk->nk", inner, self.out[:-1]) + self.out[-1]
        return sums

    def meaning(self, vector: Vector) -> Meaning:
        """What a vector means."""
        ours, *scores = self.read(vector[None])[0].tolist()
        powers = np.exp(np.array(scores) - max(scores))
        shares = powers / powers.sum()
        shares /= 1 + np.exp(-SURE * ours)
        best = np.argsort(-shares)[:NAMED]
        return Meaning(ours, {self.slugs[n]: float(shares[n]) for n in best})


@lru_cache(maxsize=4096)
def understood(text: str) -> Meaning:
    """What a text means, in any of the twelve languages. Raises WeightsMissing, WeightsTampered."""
    return shipped_reader().meaning(vector_of(text))


@cache
def shipped_reader() -> Reader:
    """The network that comes with the package. Raises WeightsTampered."""
    with np.load(verified_path(help_cards()["help_meaning"]), allow_pickle=False) as stored:
        hidden, out = (stored[name].astype(np.float32) for name in ("hidden", "out"))
        return Reader(hidden, out, tuple(stored["slugs"].tolist()))
