"""The owners that a chart shows, told so that a person can follow: every chain, its product, the sum, the papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from fourcorners.institutions.ownership import Edge, Graph, Ownership, find_owners, share_text
from fourcorners.institutions.ownership.chart import draw_chart
from fourcorners.institutions.ownership.owners import Basis, Ground
from fourcorners.institutions.ownership.proof import Chain
from fourcorners.institutions.reading import Standing
from fourcorners.kit.errors import Refusal

__all__ = ["Shown", "show_owners"]

CHAINS_SHOWN_MAX = 50
DRAWN_MAX = 400
"""A chart with more boxes is not drawn: nobody could read it on a page."""


@dataclass(frozen=True, slots=True)
class StepTold:
    """One link of a chain: who holds how much of what, and the papers behind it."""

    holder: str
    share: str
    held: str
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainTold:
    """A chain; `rounds` are the circles on the way, each with what it multiplies by."""

    steps: tuple[StepTold, ...]
    rounds: tuple[tuple[str, str], ...]
    amount: str


@dataclass(frozen=True, slots=True)
class ControlTold:
    """Something that falls under control: with which share of the votes, or "" for other means."""

    name: str
    votes: str
    means: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroundTold:
    """One reason why somebody is an owner."""

    basis: str
    share: str
    chains: tuple[ChainTold, ...]
    rest: str
    control: tuple[ControlTold, ...]
    roles: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Role or office, of what, papers."""


@dataclass(frozen=True, slots=True)
class OwnerTold:
    """A beneficial owner with all grounds."""

    node: str
    name: str
    grounds: tuple[GroundTold, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The drawing, the owners and what to look at; or, in `problem`, why there are none yet."""

    drawing: str = ""
    owners: tuple[OwnerTold, ...] = ()
    notes: tuple[str, ...] = ()
    threshold: str = ""
    problem: Refusal | None = None


def show_owners(
    standing: Standing, *, day: date, papers: Mapping[str, str], risk: str = "standard", locale: str = "en"
) -> Shown:
    """What follows from the chart on that day, from the threshold of that risk on (`ownership.find_owners`).

    `papers` names the papers that holdings refer to by id; the words in the drawing are those of the `locale`.
    """
    graph, subject = standing.graph, standing.subject
    if graph is None or not subject or subject not in graph.nodes:
        return Shown(problem=standing.problem)
    try:
        found = find_owners(graph, subject, day=day, risk=risk)
    except Refusal as refusal:
        return Shown(drawing=_drawn(graph, subject, locale), problem=refusal)
    drawing = _drawn(graph, subject, locale, *(owner.node for owner in found.owners))
    telling = _Telling(graph, papers)
    return Shown(drawing, telling.owners(found), found.notes, share_text(found.threshold))


def _drawn(graph: Graph, subject: str, locale: str, *owners: str) -> str:
    return draw_chart(graph, subject, owners=owners, locale=locale) if len(graph.nodes) <= DRAWN_MAX else ""


class _Telling:
    def __init__(self, graph: Graph, papers: Mapping[str, str]) -> None:
        self.graph, self.papers = graph, papers

    def owners(self, found: Ownership) -> tuple[OwnerTold, ...]:
        return tuple(
            OwnerTold(owner.node, self._name(owner.node), tuple(map(self._ground, owner.grounds)))
            for owner in found.owners
        )

    def _ground(self, ground: Ground) -> GroundTold:
        proof = ground.proof
        chains = proof.chains[:CHAINS_SHOWN_MAX] if proof is not None else ()
        left = sum((c.amount for c in proof.chains[CHAINS_SHOWN_MAX:]), proof.rest) if proof else Fraction(0)
        edges = ground.edges if ground.basis in (Basis.ROLE, Basis.SENIOR_MANAGER) else ()
        return GroundTold(
            basis=ground.basis.value,
            share="" if ground.share is None else share_text(ground.share),
            chains=tuple(map(self._chain, chains)),
            rest=share_text(left) if left else "",
            control=tuple(
                ControlTold(
                    self._name(step.controlled),
                    "" if step.other_means else share_text(step.votes),
                    tuple(edge.means for edge in step.edges if edge.means),
                    self._of(step.edges),
                )
                for step in ground.control
            ),
            roles=tuple((edge.kind.value, self._name(edge.owned), self._of((edge,))) for edge in edges),
        )

    def _chain(self, chain: Chain) -> ChainTold:
        return ChainTold(
            tuple(
                StepTold(self._name(s.holder), share_text(s.share), self._name(s.held), self._of(s.edges))
                for s in chain.steps
            ),
            tuple((self._name(r.node), share_text(r.factor)) for r in chain.rounds),
            share_text(chain.amount),
        )

    def _of(self, edges: tuple[Edge, ...]) -> tuple[str, ...]:
        named = dict.fromkeys(paper for edge in edges for paper in edge.documents)
        return tuple(self.papers.get(paper, paper) for paper in named)

    def _name(self, node: str) -> str:
        return self.graph.nodes[node].name or node
