"""Who owns whom: people, entities and arrangements, and what one holds of another, with the paper that says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from fourcorners.kit.lazy import lazy

from .errors import GraphInvalid, SubjectUnknown

__all__ = ["ROLES", "Edge", "EdgeKind", "Graph", "Node", "NodeKind"]


class NodeKind(StrEnum):
    """What somebody or something in the graph is."""

    PERSON = "person"
    ENTITY = "entity"
    ARRANGEMENT = "arrangement"
    """A trust or the like: it has people in roles, not holders of shares."""
    STATE = "state"
    """A state or one of its bodies: a chain of owners ends here."""


class EdgeKind(StrEnum):
    """How somebody holds or steers something."""

    SHARES = "shares"
    VOTES = "votes"
    CONTROL = "control"
    """By other means than a majority: a right to appoint the board, a veto, an agreement; `means` says which."""
    SETTLOR = "settlor"
    TRUSTEE = "trustee"
    PROTECTOR = "protector"
    BENEFICIARY = "beneficiary"
    SENIOR_MANAGER = "senior_manager"


ROLES = (EdgeKind.SETTLOR, EdgeKind.TRUSTEE, EdgeKind.PROTECTOR, EdgeKind.BENEFICIARY)
"""The roles in an arrangement (Regulation (EU) 2024/1624, article 57)."""


@dataclass(frozen=True, slots=True)
class Node:
    """One person, entity, arrangement or state body. `country` is an ISO 3166-1 alpha-2 code or ""."""

    id: str
    kind: NodeKind
    name: str
    country: str = ""
    listed: bool = False
    widely_held: str = ""
    """Why its holders do not add up to the whole ("listed in Paris, 40 % in free float"), or ""."""


@dataclass(frozen=True, slots=True)
class Edge:
    """What `owner` holds of `owned`. `share` is a fraction of the whole for shares and votes, None for the rest."""

    id: str
    owner: str
    owned: str
    kind: EdgeKind
    share: Fraction | None = None
    documents: tuple[str, ...] = ()
    """The papers that say so, as the caller names them."""
    means: str = ""
    held_for: str = ""
    """The node for whom a nominee holds: what is held counts as theirs."""
    bearer: bool = False
    """Bearer shares: they belong to whoever has the paper in hand."""
    start: date | None = None
    end: date | None = None
    """The first day on which it no longer holds."""

    @property
    def holder(self) -> str:
        """Whose it is: the one for whom it is held, else the owner."""
        return self.held_for or self.owner

    def in_force(self, day: date) -> bool:
        """Does it hold on that day? What has no dates always does."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


Thing = TypeVar("Thing", Node, Edge)


@dataclass(frozen=True)
class Graph:
    """Nodes and edges by id. Everything in it points to nodes that exist, and shares lie between 0 and 1."""

    nodes: Mapping[str, Node]
    edges: Mapping[str, Edge]
    kept: Mapping[str, object] = field(default_factory=dict, compare=False)
    """What a file said beside this, kept so that writing it again loses nothing."""

    def __post_init__(self) -> None:
        for edge in self.edges.values():
            for end in (edge.owner, edge.owned, edge.held_for):
                if end and end not in self.nodes:
                    raise GraphInvalid(
                        f"Edge {edge.id} points to {end!r}, which is not there.", fault="end_missing", edge=edge.id
                    )
            _check(edge, self.nodes)

    @classmethod
    def of(cls, nodes: Iterable[Node], edges: Iterable[Edge]) -> "Graph":
        """From lists; two things with one id are refused."""
        return cls(_by_id(nodes), _by_id(edges))

    def node(self, node_id: str) -> Node:
        """The node, or a refusal."""
        if node_id not in self.nodes:
            raise SubjectUnknown(f"There is no {node_id!r} in the graph.", node=node_id)
        return self.nodes[node_id]

    def on(self, day: date) -> "Graph":
        """The same graph with only what holds on that day; itself, where that is all."""
        edges = {key: edge for key, edge in self.edges.items() if edge.in_force(day)}
        return self if len(edges) == len(self.edges) else replace(self, edges=edges)

    def having(self, *edges: Edge) -> "Graph":
        """The same graph with more edges."""
        return replace(self, edges=_by_id([*self.edges.values(), *edges]))

    @lazy
    def held(self) -> Mapping[str, tuple[Edge, ...]]:
        """The edges into each node that has any: who holds it."""
        found: dict[str, list[Edge]] = {}
        for edge in self.edges.values():
            found.setdefault(edge.owned, []).append(edge)
        return {key: tuple(edges) for key, edges in found.items()}

    @lazy
    def holding(self) -> Mapping[str, tuple[Edge, ...]]:
        """The edges out of each holder that has any: what they hold, a nominee's counted as theirs for whom it is."""
        found: dict[str, list[Edge]] = {}
        for edge in self.edges.values():
            found.setdefault(edge.holder, []).append(edge)
        return {key: tuple(edges) for key, edges in found.items()}


def _check(edge: Edge, nodes: Mapping[str, Node]) -> None:
    countable = edge.kind in (EdgeKind.SHARES, EdgeKind.VOTES)
    owned = nodes[edge.owned]
    if countable and (edge.share is None or not 0 <= edge.share <= 1):
        fault, why = "share_missing", "it needs a share between 0 and 100 %"
    elif not countable and edge.share is not None:
        fault, why = "share_not_counted", f"{edge.kind.value} has no share"
    elif owned.kind in (NodeKind.PERSON, NodeKind.STATE):
        fault, why = "nobody_owns", f"nobody owns a {owned.kind.value}"
    elif edge.kind in ROLES and owned.kind is not NodeKind.ARRANGEMENT:
        fault, why = "role_elsewhere", f"only an arrangement has a {edge.kind.value}"
    elif countable and owned.kind is NodeKind.ARRANGEMENT:
        fault, why = "arrangement_held", "an arrangement has people in roles, not holders"
    else:
        return
    ends = {"owner": nodes[edge.owner].name or edge.owner, "owned": owned.name or edge.owned}
    said = f"Edge {edge.id}, of {ends['owner']} in {ends['owned']}: {why}."
    raise GraphInvalid(said, fault=fault, edge=edge.id, **ends)


def _by_id(things: Iterable[Thing]) -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    for thing in things:
        if thing.id in found:
            raise GraphInvalid(f"Two things have the id {thing.id!r}.", id=thing.id)
        found[thing.id] = thing
    return found
