"""The proof of a share: every chain with its product, every circle as the series that it is, and the sum.

Chains that go round circles are endless in number. Each of them is one chain without repetition and, at each of its
nodes, any number of rounds that come back to that node without touching the nodes before it. Rounds of weight l add up
to 1 + l + l^2 + ... = 1 / (1 - l). So the share is the sum, over the finitely many chains without repetition, of

    product of the shares along the chain  x  product over its nodes of 1 / (1 - l),

exactly (loop erasure; Lawler, *Intersections of Random Walks*, 1991). `Proof.adds_up` holds this sum against the share
that the equations gave.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import prod

from fourcorners.kit.data import load_toml
from fourcorners.kit.lazy import lazy

from .holdings import Measure, edges_between
from .model import Edge, Graph
from .shares import Shares
from .solve import Holdings, loop_weight, relevant
from .tangles import tangles

__all__ = ["Chain", "Proof", "Prover", "Round", "Step", "equations_hold"]

TOGETHER = 8
"""So many factors are multiplied at once."""


@dataclass(frozen=True, slots=True)
class Step:
    """One holding in a chain: who holds how much of what, and the edges, with their papers, that say so."""

    holder: str
    held: str
    share: Fraction
    edges: tuple[Edge, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The papers behind it."""
        return tuple(dict.fromkeys(paper for edge in self.edges for paper in edge.documents))


@dataclass(frozen=True, slots=True)
class Round:
    """What of a node comes back to it round circles, and what the endless series of rounds adds up to."""

    node: str
    weight: Fraction

    @property
    def factor(self) -> Fraction:
        """1 / (1 - weight)."""
        return 1 / (1 - self.weight)


@dataclass(frozen=True)
class Chain:
    """A chain of holdings without repetition, with the rounds along it."""

    steps: tuple[Step, ...]
    rounds: tuple[Round, ...]

    @lazy
    def product(self) -> Fraction:
        """The shares of its steps multiplied."""
        return Fraction(
            _multiplied([step.share.numerator for step in self.steps]),
            _multiplied([step.share.denominator for step in self.steps]),
        )

    @lazy
    def amount(self) -> Fraction:
        """What it adds to the share."""
        return prod((r.factor for r in self.rounds), start=self.product)


@dataclass(frozen=True, slots=True)
class Proof:
    """Why `holder` has `share` of `subject`. `rest` is what chains too many to write out come to; 0 if all are here."""

    holder: str
    subject: str
    measure: Measure
    share: Fraction
    chains: tuple[Chain, ...]
    rest: Fraction

    def adds_up(self) -> bool:
        """Do the chains and the rest come to the share, with a rest only where chains were left out?"""
        return sum((chain.amount for chain in self.chains), self.rest) == self.share and self.rest >= 0


class Prover:
    """Writes proofs of shares in one subject; `weights` are the `relevant` holdings, `shares` what is solved."""

    def __init__(self, graph: Graph, subject: str, measure: Measure, weights: Holdings, shares: Shares) -> None:
        self.graph, self.subject, self.measure, self.shares = graph, subject, measure, shares
        self.weights = weights
        self._part: dict[str, frozenset[str]] = {}
        for part in tangles(self.weights, sorted(self.weights)):
            if len(part) > 1 or part[0] in self.weights.get(part[0], {}):
                self._part.update(dict.fromkeys(part, frozenset(part)))
        self._weights_of_rounds: dict[tuple[str, frozenset[str]], Fraction] = {}

    def proof(self, holder: str) -> Proof:
        """The proof for one holder, its greatest chains first."""
        limits = load_toml("fourcorners.institutions.ownership", "thresholds.toml")["proof"]
        share = self.shares.get(holder, Fraction(0))
        chains: list[Chain] = []
        is_all = True
        for chain in self._chains(holder, limits["steps_max"]):
            if chain is None or len(chains) == limits["paths_max"]:
                is_all = False
                break
            chains.append(chain)
        if len(chains) > 1:
            chains.sort(key=lambda chain: -chain.amount)
        rest = Fraction(0) if is_all else share - sum((chain.amount for chain in chains), Fraction(0))
        return Proof(holder, self.subject, self.measure, share, tuple(chains), rest)

    def _chains(self, holder: str, steps_max: int) -> Iterator[Chain | None]:
        """Chains without repetition, the greatest holding first at every step; None once the steps are used up."""
        path = [holder]
        on_path = {holder}
        open_ends = [iter(self._onward(holder))]
        for _ in range(steps_max):
            if not open_ends:
                return
            held = next(open_ends[-1], None)
            if held is None:
                open_ends.pop()
                on_path.discard(path.pop())
            elif held == self.subject:
                yield self._chain([*path, held])
            elif held not in on_path:
                path.append(held)
                on_path.add(held)
                open_ends.append(iter(self._onward(held)))
        if open_ends:
            yield None

    def _onward(self, holder: str) -> list[str]:
        held = self.weights.get(holder, {})
        if len(held) < 2:
            return list(held)
        return sorted(held, key=lambda node: (-self._worth(held[node], node), node))

    def _worth(self, share: Fraction, node: str) -> float:
        return float(share) * (1.0 if node == self.subject else self.shares.roughly(node))

    def _chain(self, path: list[str]) -> Chain:
        steps = tuple(
            Step(a, b, self.weights[a][b], edges_between(self.graph, a, b, self.measure)) for a, b in pairwise(path)
        )
        return Chain(steps, tuple(self._rounds(path)))

    def _rounds(self, path: list[str]) -> Iterator[Round]:
        passed: dict[frozenset[str], set[str]] = {}
        straight: set[frozenset[str]] = set()  # tangles that are none any more without the nodes passed
        for node in path:
            part = self._part.get(node)
            if part is None or part in straight:
                continue
            avoided = passed.setdefault(part, set())
            key = node, frozenset(avoided)
            if key not in self._weights_of_rounds:
                self._weights_of_rounds[key] = loop_weight(self._inside(part), node, avoided)
            weight = self._weights_of_rounds[key]
            avoided.add(node)
            if weight:
                yield Round(node, weight)
            if self._is_straight(part, avoided):
                straight.add(part)

    def _inside(self, part: frozenset[str]) -> Holdings:
        return {
            holder: {held: share for held, share in self.weights[holder].items() if held in part} for holder in part
        }

    def _is_straight(self, part: frozenset[str], avoided: set[str]) -> bool:
        left = {
            holder: {h: 1 for h in self.weights[holder] if h in part and h not in avoided} for holder in part - avoided
        }
        return all(len(p) == 1 and p[0] not in left[p[0]] for p in tangles(left, left))


def _multiplied(numbers: list[int]) -> int:
    """The product, put together from parts of like length: one factor after the other takes n squared steps."""
    while len(numbers) > TOGETHER:
        numbers = [prod(numbers[start : start + TOGETHER]) for start in range(0, len(numbers), TOGETHER)]
    return prod(numbers)


def equations_hold(holdings: Holdings, subject: str, shares: Shares) -> bool:
    """The short proof of all shares at once: each is what the direct holdings come to, line by line.

    r(i) = w(i, t) + sum over j of w(i, j) r(j)

    The equations have one smallest solution, so whoever checks them line by line has checked every share; no chain need
    be written out. Shares of the subject in itself are left out of `shares`: they follow from those of what it holds.
    """
    weights = relevant(holdings, subject)

    def held_through(holder: str) -> Fraction:
        return sum(
            (w * (shares.get(j, 0) if j != subject else 0) for j, w in weights.get(holder, {}).items()), Fraction(0)
        )

    own = weights.get(subject, {}).get(subject, Fraction(0))
    back = (held_through(subject) + own) / (1 - own)
    return all(
        share == held_through(holder) + weights[holder].get(subject, 0) * (1 + back) for holder, share in shares.items()
    )
