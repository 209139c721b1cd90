"""The shares of everybody in one subject, each put into lowest terms only when somebody asks for it."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from .amounts import Amount, Scale

__all__ = ["Shares"]


class Shares(Mapping[str, Fraction]):
    """Holder -> share of the subject, exact. Comparing and adding cost no common divisor; reading one share does."""

    def __init__(self, amounts: Mapping[str, Amount], scale: Scale) -> None:
        self._amounts = {node: amount for node, amount in amounts.items() if amount.number}
        self._scale = scale
        self._told: dict[str, Fraction] = {}

    def __getitem__(self, node: str) -> Fraction:
        if node not in self._told:
            self._told[node] = self._scale.told(self._amounts[node])
        return self._told[node]

    def __iter__(self) -> Iterator[str]:
        return iter(self._amounts)

    def __len__(self) -> int:
        return len(self._amounts)

    def at_least(self, least: Fraction) -> list[str]:
        """Everybody with that share or more, by name."""
        return sorted(node for node, amount in self._amounts.items() if self._scale.is_at_least(amount, least))

    def total(self, nodes: Iterable[str]) -> Fraction:
        """What these have together."""
        held = [node for node in nodes if node in self._amounts]
        if len(held) == 1:
            return self[held[0]]  # told once: lowest terms of a long chain take a while
        total = Amount(0)
        for node in held:
            total = self._scale.plus(total, self._amounts[node])
        return self._scale.told(total)

    def roughly(self, node: str) -> float:
        """For ordering only."""
        return self._scale.roughly(self._amounts[node]) if node in self._amounts else 0.0
