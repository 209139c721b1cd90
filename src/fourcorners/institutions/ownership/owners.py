"""The beneficial owners of an institution, with grounds and proof (Regulation (EU) 2024/1624, articles 51-58, 63)."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from fourcorners.kit.data import load_toml

from .control import Controls, ControlStep
from .errors import GraphTooLarge
from .holdings import Measure, Shortfall, check_whole, direct, shortfalls, threshold
from .model import ROLES, Edge, EdgeKind, Graph, NodeKind
from .proof import Proof, Prover
from .shares import Shares
from .solve import Holdings, relevant, solved, totals

__all__ = ["Basis", "Ground", "Owner", "Ownership", "find_owners"]


class Basis(StrEnum):
    """On what somebody counts as a beneficial owner."""

    CAPITAL = "capital"
    """Shares of at least the threshold, all chains multiplied and added (article 52)."""
    VOTES = "votes"
    """The same of votes."""
    CONTROL = "control"
    """A majority of votes at every level, or other means (article 53)."""
    CONTROLLED_HOLDERS = "controlled_holders"
    """Control over those who together hold the threshold directly (article 54(a))."""
    SHARE_OF_CONTROLLER = "share_of_controller"
    """The threshold in an entity that controls the institution (article 54(b))."""
    ROLE = "role"
    """A role in an arrangement that is the institution, holds the threshold in it or controls it (articles 55, 57)."""
    SENIOR_MANAGER = "senior_manager"
    """No owner was found: whoever manages is recorded in their place (article 63(4))."""


MEASURES: tuple[tuple[Measure, Basis], ...] = (("capital", Basis.CAPITAL), ("votes", Basis.VOTES))


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason to count somebody. Exactly what the basis needs is set: a proof, steps of control, or an edge."""

    basis: Basis
    share: Fraction | None = None
    proof: Proof | None = None
    control: tuple[ControlStep, ...] = ()
    edges: tuple[Edge, ...] = ()
    through: str = ""
    """The entity or arrangement by way of which, where there is one."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A person and all grounds on which they are a beneficial owner."""

    node: str
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class Ownership:
    """What a graph says of who owns the subject.

    `shares` holds everybody's share by measure, direct and indirect. `ends` are those with whom chains of capital end:
    people, states, arrangements, and entities of which no holder is known; their shares add up to the whole less what
    is `unaccounted`.
    """

    subject: str
    day: date
    risk: str
    threshold: Fraction
    owners: tuple[Owner, ...]
    shares: dict[Measure, Shares]
    ends: tuple[str, ...]
    unaccounted: Fraction
    state_share: Fraction
    circles: tuple[tuple[str, ...], ...]
    shortfalls: tuple[Shortfall, ...]
    bearer: tuple[Edge, ...]
    nominees: tuple[Edge, ...]
    notes: tuple[str, ...] = field(default=())
    """Codes of what a reviewer should look at, in order: the keys of `notes.toml`."""


def find_owners(graph: Graph, subject: str, *, day: date, risk: str = "standard") -> Ownership:
    """Everybody who is a beneficial owner of the subject on that day, with proof.

    Raises SubjectUnknown, SharesExceedWhole, GraphTooLarge.
    """
    limits = load_toml("fourcorners.institutions.ownership", "thresholds.toml")["proof"]
    if len(graph.nodes) > limits["nodes_max"] or len(graph.edges) > limits["edges_max"]:
        raise GraphTooLarge(
            f"More than {limits['nodes_max']} nodes or {limits['edges_max']} edges are not worked with."
        )
    graph.node(subject)
    search = _Search(graph.on(day), subject, threshold(risk))
    grounds = search.grounds(frozenset({subject}))
    notes = search.notes()
    if not grounds:
        managers = search.senior_managers()
        notes.append("no_owner_found" if managers else "senior_manager_missing")
        grounds = {m.owner: [Ground(Basis.SENIOR_MANAGER, edges=(m,))] for m in managers}
    capital = search.shares["capital"]
    ends = tuple(node for node in capital if node not in search.in_capital)
    return Ownership(
        subject=subject,
        day=day,
        risk=risk,
        threshold=search.threshold,
        owners=tuple(Owner(node, tuple(found)) for node, found in sorted(grounds.items(), key=_weight)),
        shares=search.shares,
        ends=ends,
        unaccounted=1 - capital.total(ends),
        state_share=search.state_share(),
        circles=tuple(map(tuple, search.controls.circles)),
        shortfalls=tuple(search.shortfalls),
        bearer=search.edges_that(bearer=True),
        nominees=search.edges_that(bearer=False),
        notes=tuple(dict.fromkeys(notes)),
    )


def _weight(entry: tuple[str, list[Ground]]) -> tuple[Fraction, str]:
    node, grounds = entry
    return -max((ground.share for ground in grounds if ground.share is not None), default=Fraction(0)), node


class _Search:
    """One subject of one graph, with what is worked out once."""

    def __init__(self, graph: Graph, subject: str, least: Fraction) -> None:
        self.graph, self.subject, self.threshold = graph, subject, least
        capital = votes = direct(graph, "capital")
        if any(edge.kind is EdgeKind.VOTES for edge in graph.edges.values()):
            stated = direct(graph, "votes")
            votes = capital if stated == capital else stated
        self.holdings: dict[Measure, Holdings] = {"capital": capital, "votes": votes}
        self.weights: dict[Measure, Holdings] = {}
        self.shares: dict[Measure, Shares] = {}
        in_capital = totals(capital)
        for measure, holdings in self.holdings.items():
            if measure == "votes" and votes is capital:
                self.weights[measure], self.shares[measure] = self.weights["capital"], self.shares["capital"]
                continue
            together = in_capital if holdings is capital else totals(holdings)
            weights = self.weights[measure] = relevant(holdings, subject, together)
            check_whole(together, {subject, *(target for held in weights.values() for target in held)})
            self.shares[measure] = solved(weights, subject)
        self.controls = Controls(graph, subject, votes)
        self.in_capital = in_capital
        self.above = {subject, *self.shares["capital"], *self.shares["votes"], *self.controls.above}
        self.shortfalls = shortfalls(graph, in_capital, self.above, subject)
        self._provers: dict[Measure, Prover] = {}

    def grounds(self, seen: frozenset[str]) -> dict[str, list[Ground]]:
        """All grounds by person; `seen` are the institutions and arrangements on the way here."""
        found: dict[str, list[Ground]] = {}
        for node, ground in [*self._interests(), *self._controlling(), *self._mixed()]:
            kind = self.graph.nodes[node].kind
            if kind is NodeKind.PERSON:
                found.setdefault(node, []).append(ground)
            elif kind is NodeKind.ARRANGEMENT and node not in seen:
                self._roles(node, ground, seen | {node}, found)
        if self.graph.nodes[self.subject].kind is NodeKind.ARRANGEMENT:
            self._roles(self.subject, Ground(Basis.ROLE), seen, found)
        return found

    def _interests(self) -> list[tuple[str, Ground]]:
        found = []
        for measure, basis in MEASURES[: 1 if self.holdings["votes"] is self.holdings["capital"] else 2]:
            for node in self.shares[measure].at_least(self.threshold):
                if self.graph.nodes[node].kind in (NodeKind.PERSON, NodeKind.ARRANGEMENT):
                    proof = self._prover(measure).proof(node)
                    found.append((node, Ground(basis, proof.share, proof)))
        return found

    def _controlling(self) -> list[tuple[str, Ground]]:
        return [
            (node, Ground(Basis.CONTROL, control=tuple(self.controls.proof(node))))
            for node in self.controls.of_subject()
        ]

    def _mixed(self) -> list[tuple[str, Ground]]:
        """Where ownership and control stand at different levels (article 54)."""
        found = []
        for node in sorted(self.controls.group_holders()):
            share = self.controls.interest_of_group(node)
            alone = self.holdings["votes"].get(node, {}).get(self.subject, Fraction(0))
            if share >= self.threshold and share != alone:
                found.append((node, Ground(Basis.CONTROLLED_HOLDERS, share, control=self._held_by_group(node, share))))
        for controller in self.controls.chain_of_controllers():
            weights = relevant(self.holdings["capital"], controller, self.in_capital)
            shares = solved(weights, controller)
            for node in shares.at_least(self.threshold):
                if self.graph.nodes[node].kind in (NodeKind.PERSON, NodeKind.ARRANGEMENT):
                    prover = Prover(self.graph, controller, "capital", weights, shares)
                    steps = tuple(self.controls.proof(controller))
                    ground = Ground(
                        Basis.SHARE_OF_CONTROLLER, shares[node], prover.proof(node), steps, through=controller
                    )
                    found.append((node, ground))
        return found

    def _held_by_group(self, controller: str, share: Fraction) -> tuple[ControlStep, ...]:
        """Control over each holder in the group, then what the group holds of the subject."""
        steps: dict[str, ControlStep] = {}
        edges: list[Edge] = []
        for holder in sorted(self.controls.held_by[self.subject]):
            votes = self.holdings["votes"].get(holder, {})
            under = holder == controller or (
                holder in self.controls.held_by and controller in self.controls.controllers[holder]
            )
            if not under or self.subject not in votes:
                continue
            if holder != controller:
                steps |= {step.controlled: step for step in self.controls.proof(controller, holder)}
            edges += [e for e in self.graph.holding[holder] if e.owned == self.subject and e.share]
        return (*steps.values(), ControlStep(self.subject, share, tuple(edges), other_means=False))

    def _roles(self, arrangement: str, way: Ground, seen: frozenset[str], found: dict[str, list[Ground]]) -> None:
        """Everybody in a role counts; of an entity in a role, its own beneficial owners (article 57(2))."""
        for edge in self.graph.held.get(arrangement, ()):
            if edge.kind not in ROLES and edge.kind is not EdgeKind.CONTROL:
                continue
            ground = Ground(Basis.ROLE, way.share, way.proof, way.control, (edge,), arrangement)
            kind = self.graph.nodes[edge.holder].kind
            if kind is NodeKind.PERSON:
                found.setdefault(edge.holder, []).append(ground)
            elif edge.holder not in seen and kind is not NodeKind.STATE:
                further = _Search(self.graph, edge.holder, self.threshold).grounds(seen | {edge.holder})
                for person, grounds in further.items():
                    through = tuple(dict.fromkeys(e for g in grounds for e in g.edges))
                    entry = Ground(
                        Basis.ROLE, way.share, grounds[0].proof, grounds[0].control, (edge, *through), arrangement
                    )
                    found.setdefault(person, []).append(entry)

    def _prover(self, measure: Measure) -> Prover:
        if measure not in self._provers:
            self._provers[measure] = Prover(
                self.graph, self.subject, measure, self.weights[measure], self.shares[measure]
            )
        return self._provers[measure]

    def notes(self) -> list[str]:
        """What a reviewer should look at, besides missing owners."""
        seen = {
            "circular_control": bool(self.controls.circles),
            "shares_fall_short": bool(self.shortfalls),
            "bearer_shares": bool(self.edges_that(bearer=True)),
            "nominees": bool(self.edges_that(bearer=False)),
            "votes_differ": self.holdings["votes"] != self.holdings["capital"],
            "ends_with_entity": any(
                self.graph.nodes[n].kind is NodeKind.ENTITY and n not in self.in_capital
                for n in self.shares["capital"].at_least(self.threshold)
            ),
            "paper_missing": any(not e.documents for e in self.graph.edges.values() if e.owned in self.above),
        }
        return [code for code, holds in seen.items() if holds]

    def senior_managers(self) -> list[Edge]:
        """Those who manage the subject."""
        return [e for e in self.graph.held.get(self.subject, ()) if e.kind is EdgeKind.SENIOR_MANAGER]

    def state_share(self) -> Fraction:
        """What states and their bodies hold together, in capital or in votes, whichever is more."""
        return max(
            shares.total(n for n in shares if self.graph.nodes[n].kind is NodeKind.STATE)
            for shares in self.shares.values()
        )

    def edges_that(self, *, bearer: bool) -> tuple[Edge, ...]:
        """Edges above the subject that are bearer shares, or else held by a nominee."""
        edges = (e for e in self.graph.edges.values() if e.owned in self.above)
        return tuple(e for e in edges if (e.bearer if bearer else bool(e.held_for)))
