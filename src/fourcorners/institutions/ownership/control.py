"""Who controls an entity: more than half of its votes, held alone or through those already controlled, or other means.

Control is found by the smallest fixed point: it starts from nobody controlling anything, so that a circle of companies
that control each other is not thereby controlled by anybody. Such circles are reported (`circles`).
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from fourcorners.kit.data import load_toml
from fourcorners.kit.lazy import lazy

from .holdings import edges_between
from .model import Edge, EdgeKind, Graph
from .solve import Holdings
from .tangles import reaching, tangles

__all__ = ["ControlStep", "Controls", "majority"]

NOTHING = Fraction(0)


@cache
def majority() -> Fraction:
    """Control is more than this share of the votes."""
    return Fraction(load_toml("fourcorners.institutions.ownership", "thresholds.toml")["control"]["majority"])


@dataclass(frozen=True, slots=True)
class ControlStep:
    """One entity that falls under control, and the edges from those who hold it: `votes` of it, or other means."""

    controlled: str
    votes: Fraction
    edges: tuple[Edge, ...]
    other_means: bool


class Controls:
    """Control over everything above one subject."""

    def __init__(self, graph: Graph, subject: str, votes: Holdings) -> None:
        self.graph, self.subject, self.votes = graph, subject, votes
        means: dict[str, set[str]] = {}
        for edge in graph.edges.values():
            if edge.kind is EdgeKind.CONTROL:
                means.setdefault(edge.holder, set()).add(edge.owned)
        self.means: Mapping[str, set[str]] = means
        self.held_by: dict[str, set[str]] = {}
        for holder in {*self.votes, *means}:
            for held in (*self.votes.get(holder, ()), *means.get(holder, ())):
                self.held_by.setdefault(held, set()).add(holder)
        self.above = reaching(self.held_by, subject)
        self._steps: dict[tuple[str, ...], ControlStep] = {}
        self.controllers = self._controllers()

    def of_subject(self) -> list[str]:
        """The last ones up the chains (people, states, arrangements, entities whose holders are not known)."""
        return sorted(self.controllers[self.subject])

    def interest_of_group(self, controller: str) -> Fraction:
        """The votes in the subject that the controller and those under their control hold directly, together."""
        return sum(
            (self.votes.get(holder, {}).get(self.subject, Fraction(0)) for holder in self.held_by.get(self.subject, ())
             if controller in self._last(holder)),
            Fraction(0),
        )  # fmt: skip

    def group_holders(self) -> set[str]:
        """Everybody who controls a direct holder of the subject, or is one."""
        return {last for holder in self.held_by.get(self.subject, ()) for last in self._last(holder)}

    def chain_of_controllers(self) -> list[str]:
        """Entities that control the subject by a direct majority or other means at every level, nearest first.

        Left out are those whose only holder is such an entity too (everybody has at least as much of that one), and
        those that the subject controls in turn: a circle gives nobody control. The nearest `levels_max` of the rest
        are told.
        """
        found: dict[str, None] = {}
        pending = [self.subject]
        while pending:
            held = pending.pop(0)
            for holder in sorted(self.held_by.get(held, ())):
                if holder in self.held_by and holder not in found and self._direct(holder, held):
                    found[holder] = None
                    pending.append(holder)
        circle = {node for nodes in self.circles if self.subject in nodes for node in nodes}
        told = [
            n for n in found if n not in circle and not (len(self.held_by[n]) == 1 and self.held_by[n] <= found.keys())
        ]
        levels_max: int = load_toml("fourcorners.institutions.ownership", "thresholds.toml")["control"]["levels_max"]
        return told[:levels_max]

    @lazy
    def circles(self) -> list[list[str]]:
        """Groups that control each other round a circle, with nobody outside needed."""
        edges = {
            holder: {held: 1 for held in self._held(holder) if self._direct(holder, held)}
            for holder in sorted(self.above)
        }
        parts = tangles(edges, sorted(self.above))
        return [sorted(part) for part in parts if len(part) > 1 or part[0] in edges.get(part[0], {})]

    def proof(self, controller: str, controlled: str = "") -> list[ControlStep]:
        """How control spreads from the controller down to `controlled`, one entity a step; [] if it does not.

        Where nothing is named that is the subject; what is named stands above it.
        """
        aim = controlled or self.subject
        above = self.above if aim == self.subject else reaching(self.held_by, aim)
        group, steps = {controller}, {}
        pending = [controller]
        held: dict[str, Fraction] = {}
        while pending:
            holder = pending.pop()
            for target, share in self.votes.get(holder, {}).items():
                held[target] = held[target] + share if target in held else share
            for target in sorted({*self.votes.get(holder, ()), *self.means.get(holder, ())}):
                by_means = target in self.means.get(holder, ())
                if target in group or target not in above or not (by_means or held.get(target, 0) > majority()):
                    continue
                steps[target] = self._step(target, holder, group, by_means=by_means)
                group.add(target)
                pending.append(target)
        return self._needed(steps, controller, aim)

    def _step(self, target: str, holder: str, group: AbstractSet[str], *, by_means: bool) -> ControlStep:
        if by_means:
            edges = tuple(e for e in self.graph.holding[holder] if e.owned == target and e.kind is EdgeKind.CONTROL)
            return ControlStep(target, Fraction(0), edges, other_means=True)
        holders = [h for h in sorted(self.held_by[target]) if h in group and target in self.votes.get(h, {})]
        key = target, *holders
        if key not in self._steps:
            edges = tuple(edge for h in holders for edge in edges_between(self.graph, h, target, "votes"))
            votes = sum((self.votes[h][target] for h in holders), Fraction(0))
            self._steps[key] = ControlStep(target, votes, edges, other_means=False)
        return self._steps[key]

    def _needed(self, steps: Mapping[str, ControlStep], controller: str, aim: str) -> list[ControlStep]:
        needed, pending = set(), [aim]
        while pending:
            target = pending.pop()
            if target in needed or target not in steps:
                continue
            needed.add(target)
            pending += [edge.holder for edge in steps[target].edges if edge.holder != controller]
        return [step for target, step in steps.items() if target in needed]

    def _controllers(self) -> dict[str, frozenset[str]]:
        self.controllers = {node: frozenset() for node in self.above}
        down = {
            holder: dict.fromkeys(
                held for held in (*self.votes.get(holder, ()), *self.means.get(holder, ())) if held in self.above
            )
            for holder in self.above
        }
        for part in reversed(tangles(down, sorted(self.above))):  # holders first
            pending, members = list(part), set(part)
            while pending:
                node = pending.pop()
                found = self._controllers_of(node)
                if found != self.controllers[node]:
                    self.controllers[node] = found
                    pending += [held for held in down[node] if held in members]
        return self.controllers

    def _controllers_of(self, node: str) -> frozenset[str]:
        tally: dict[str, Fraction] = {}
        found = set()
        for holder in self.held_by.get(node, ()):
            by_means = node in self.means.get(holder, ())
            share = self.votes.get(holder, {}).get(node, NOTHING)
            for last in self._last(holder):
                tally[last] = tally[last] + share if last in tally else share
                if by_means:
                    found.add(last)
        return frozenset(found | {last for last, votes in tally.items() if votes > majority()})

    def _last(self, holder: str) -> frozenset[str]:
        return self.controllers[holder] if holder in self.held_by else frozenset({holder})

    def _held(self, holder: str) -> list[str]:
        return [*self.votes.get(holder, ()), *self.means.get(holder, ())]

    def _direct(self, holder: str, held: str) -> bool:
        return held in self.means.get(holder, ()) or self.votes.get(holder, {}).get(held, 0) > majority()
