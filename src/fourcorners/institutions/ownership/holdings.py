"""From edges to shares: how much each holder has directly, in capital or in votes, and whether it adds up."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from fourcorners.kit.data import load_toml

from .errors import SharesExceedWhole
from .model import Edge, EdgeKind, Graph, NodeKind
from .solve import Holdings

__all__ = ["Measure", "Shortfall", "check_whole", "direct", "edges_between", "shortfalls", "threshold", "tolerance"]

Measure = Literal["capital", "votes"]


def direct(graph: Graph, measure: Measure) -> Holdings:
    """What each holder holds directly: holder -> held -> share, without shares of 0.

    Votes follow shares where nothing else is said of a pair; where votes are stated, they alone count.
    """
    found: dict[str, dict[str, Fraction]] = {}
    for (holder, held), edges in _pairs(graph, measure).items():
        shares = [edge.share for edge in edges if edge.share]
        share = shares[0] if len(shares) == 1 else sum(shares, Fraction(0))
        if share:
            found.setdefault(holder, {})[held] = share
    return found


def edges_between(graph: Graph, holder: str, held: str, measure: Measure) -> tuple[Edge, ...]:
    """The edges that a direct share adds up from, with their papers."""
    edges = [edge for edge in graph.holding.get(holder, ()) if edge.owned == held]
    return _counted(edges, measure)


def _pairs(graph: Graph, measure: Measure) -> Mapping[tuple[str, str], tuple[Edge, ...]]:
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for edge in graph.edges.values():
        if edge.share is not None:
            pairs.setdefault((edge.holder, edge.owned), []).append(edge)
    return {pair: _counted(edges, measure) for pair, edges in pairs.items()}


def _counted(edges: list[Edge], measure: Measure) -> tuple[Edge, ...]:
    if len(edges) == 1:  # as nearly always
        kind = edges[0].kind
        is_counted = kind is EdgeKind.SHARES or (kind is EdgeKind.VOTES and measure == "votes")
        return (edges[0],) if is_counted else ()
    shares = tuple(edge for edge in edges if edge.kind is EdgeKind.SHARES)
    votes = tuple(edge for edge in edges if edge.kind is EdgeKind.VOTES)
    return votes or shares if measure == "votes" else shares


@dataclass(frozen=True, slots=True)
class Shortfall:
    """An entity whose direct holders do not add up to the whole, and that does not say why."""

    node: str
    stated: Fraction
    missing: Fraction


def shortfalls(graph: Graph, totals: Mapping[str, Fraction], nodes: set[str], subject: str) -> list[Shortfall]:
    """Entities with holders, and the subject, whose shares fall short of the whole by more than the tolerance."""
    found = []
    least = 1 - tolerance()
    for key in sorted(nodes):
        node = graph.nodes[key]
        if node.kind is not NodeKind.ENTITY or node.widely_held or (key not in totals and key != subject):
            continue
        stated = totals.get(key, Fraction(0))
        if stated < least:
            found.append(Shortfall(key, stated, 1 - stated))
    return found


def check_whole(totals: Mapping[str, Fraction], nodes: set[str]) -> None:
    """Raises SharesExceedWhole where more than the whole of one of these nodes is held, beyond the tolerance."""
    most = 1 + tolerance()
    for node in sorted(nodes):
        if totals.get(node, 0) > most:
            raise SharesExceedWhole(
                f"The holders of {node} have {float(totals[node]):.2%} of it together.", nodes=[node]
            )


def tolerance() -> Fraction:
    """By how much direct shares may miss the whole, because papers round."""
    return Fraction(str(_table()["tolerance"]))


def threshold(risk: str) -> Fraction:
    """The share from which a person is a beneficial owner, by risk: "standard", "raised" or "high"."""
    return Fraction(str(_table()["threshold"][risk]))


def _table() -> dict[str, Any]:
    return load_toml("fourcorners.institutions.ownership", "thresholds.toml")
