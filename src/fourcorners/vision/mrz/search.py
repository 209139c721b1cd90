"""Choices in order of how likely they are."""

import heapq
from collections.abc import Iterator, Sequence
from typing import TypeVar

__all__ = ["best_first"]

T = TypeVar("T")


def best_first(options: Sequence[Sequence[tuple[float, T]]], within: float) -> Iterator[tuple[float, tuple[T, ...]]]:
    """One value from each list, all combinations by falling total score, down to `within` below the best.

    Each list holds (score, value), highest score first. A vector of ranks has as successors those that raise its last
    raised rank or a later one: so every combination comes exactly once.
    """
    if any(not each for each in options):
        return
    top = sum(each[0][0] for each in options)
    choices = [i for i, each in enumerate(options) if len(each) > 1 and each[0][0] - each[1][0] <= within]
    heap: list[tuple[float, tuple[int, ...], int]] = [(0.0, (0,) * len(choices), 0)]
    while heap:
        loss, ranks, last = heapq.heappop(heap)
        picked = [each[0][1] for each in options]
        for at, rank in zip(choices, ranks, strict=True):
            picked[at] = options[at][rank][1]
        yield top - loss, tuple(picked)
        for i in range(last, len(choices)):
            each, rank = options[choices[i]], ranks[i] + 1
            if rank < len(each):
                further = loss + each[rank - 1][0] - each[rank][0]
                if further <= within:
                    heapq.heappush(heap, (further, (*ranks[:i], rank, *ranks[i + 1 :]), i))
