"""The score of two names: their words paired, the best pair first, then what was paired against what was not.

    score = agreed / (matched + omitted)

`agreed` sums weight times likeness over the pairs, `matched` their weights. What is left over on both sides speaks
against (twice the smaller of the two remainders); what only one side has more costs a part of its weight
(`screening.toml`), for names are often given in part. All at once for many pairs of names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.data import load_toml

__all__ = ["WORDS", "Aligned", "align"]

WORDS = 8
"""Words of a name that are looked at, as in `screening.toml`."""
FULL_WORD = 0.5
"""A word of such a weight, or more, is evidence by itself; particles, forms and initials are not."""
Ints = NDArray[np.int8]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Aligned:
    """For each pair of names the score; for each word of the first its partner in the second (-1: none), how alike."""

    score: Floats
    partner: Ints
    alike: Floats

    def only(self, kept: NDArray[np.intp]) -> "Aligned":
        """Some of them."""
        return replace(self, score=self.score[kept], partner=self.partner[kept], alike=self.alike[kept])

    def and_also(self, more: "Aligned") -> "Aligned":
        """These, then others."""
        return Aligned(
            np.concatenate([self.score, more.score]),
            np.concatenate([self.partner, more.partner]),
            np.concatenate([self.alike, more.alike]),
        )


def align(alike: Floats, first: Floats, second: Floats, first_initial: Flags, second_initial: Flags) -> Aligned:
    """Score pairs of names. `alike` is pairs x words x words, the weights pairs x words, 0 where there is no word."""
    count, width = alike.shape[:2]
    partner = np.full((count, WORDS), -1, np.int8)
    likeness = np.zeros((count, WORDS), np.float32)
    agreed, matched, full = (np.zeros(count, np.float32) for _ in range(3))
    left_first, left_second = first.sum(axis=1), second.sum(axis=1)
    rest = alike * np.sqrt(first[:, :, None] * second[:, None, :])  # the weightiest pairs first
    every = np.arange(count)
    for _ in range(width):
        best = rest.reshape(count, width * width).argmax(axis=1)
        mine, theirs = np.divmod(best, width)
        some = np.flatnonzero(rest[every, mine, theirs] > 0)
        if not some.size:
            break
        mine, theirs = mine[some], theirs[some]
        value = alike[some, mine, theirs]
        weights = first[some, mine], second[some, theirs]
        short = first_initial[some, mine] | second_initial[some, theirs]
        weight = np.where(short, np.minimum(*weights), (weights[0] + weights[1]) / 2)
        agreed[some] += weight * value
        matched[some] += weight
        full[some] += weight >= FULL_WORD
        left_first[some] -= weights[0]
        left_second[some] -= weights[1]
        partner[some, mine], likeness[some, mine] = theirs, value
        rest[some, mine, :] = 0
        rest[some, :, theirs] = 0
    lesser = np.maximum(np.minimum(left_first, left_second), 0)
    more = np.abs(left_first - left_second)
    cost = np.where(full >= 2, _costs()["one_side"], _costs()["lone"])
    score = agreed / np.maximum(matched + 2 * lesser + cost * more, 1e-6)
    return Aligned(score.astype(np.float32), partner, likeness)


@cache
def _costs() -> Mapping[str, Any]:
    costs: Mapping[str, Any] = load_toml("fourcorners.screening", "screening.toml")["omitted"]
    return costs
