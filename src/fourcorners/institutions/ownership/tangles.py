"""The order in which a graph of holders is worked through: tangles (holders that hold each other) as one piece."""

from collections.abc import Iterable, Mapping

__all__ = ["reaching", "tangles"]

Weights = Mapping[str, Mapping[str, object]]
"""What each holder holds: holder -> held -> share."""


def reaching(held_by: Mapping[str, Iterable[str]], subject: str) -> set[str]:
    """The subject and everybody from whom a chain of holdings leads to it; `held_by` names the holders of each."""
    found, pending = {subject}, [subject]
    while pending:
        for holder in held_by.get(pending.pop(), ()):
            if holder not in found:
                found.add(holder)
                pending.append(holder)
    return found


def tangles(weights: Weights, nodes: Iterable[str]) -> list[list[str]]:
    """The strongly connected parts, held ones before their holders (Tarjan 1972, without recursion).

    Nodes of one part hold each other through some chain; a part of one node that does not hold itself is no tangle.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    waiting: list[str] = []
    is_waiting: set[str] = set()
    parts: list[list[str]] = []
    for start in nodes:
        if start in index:
            continue
        index[start] = low[start] = len(index)
        waiting.append(start)
        is_waiting.add(start)
        path = [(start, iter(weights.get(start, ())))]
        while path:
            node, following = path[-1]
            descended = False
            for held in following:
                if held not in index:
                    index[held] = low[held] = len(index)
                    waiting.append(held)
                    is_waiting.add(held)
                    path.append((held, iter(weights.get(held, ()))))
                    descended = True
                    break
                if held in is_waiting:
                    low[node] = min(low[node], index[held])
            if descended:
                continue
            path.pop()
            if path:
                low[path[-1][0]] = min(low[path[-1][0]], low[node])
            if low[node] == index[node]:
                parts.append(_part(node, waiting, is_waiting))
    return parts


def _part(root: str, waiting: list[str], is_waiting: set[str]) -> list[str]:
    part = []
    while True:
        node = waiting.pop()
        is_waiting.discard(node)
        part.append(node)
        if node == root:
            return part
