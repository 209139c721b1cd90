"""Short names and the names that they stand for, from a hand-kept public table of English ones (Apache-2.0)."""

from functools import cache

from nicknames import name_triplets

__all__ = ["full_names"]


def full_names(latin: str) -> frozenset[str]:
    """The names that a short name stands for, and itself where it has short ones; capitals A-Z."""
    return _table().get(latin, frozenset())


@cache
def _table() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for triplet in name_triplets():
        full, short = triplet.name1.upper(), triplet.name2.upper()
        found.setdefault(short, set()).add(full)
        found.setdefault(full, set()).add(full)
    return {name: frozenset(full) for name, full in found.items()}
