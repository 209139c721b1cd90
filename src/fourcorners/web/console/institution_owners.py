"""Who owns an institution, for its case: chart, owners with proofs, and what the graph gives reason to look at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fourcorners.institutions.ownership import Graph
from fourcorners.institutions.reading import Standing
from fourcorners.web.institutions.proving import Shown, show_owners

__all__ = ["Look", "OwnersShown", "owners_shown"]

STRICTEST = "high"
"""The threshold where the risk was not assessed: as the assessment itself takes it."""


@dataclass(frozen=True, slots=True)
class Look:
    """Something to look at: its code, what it is, and the names that it is about."""

    code: str
    says: str
    about: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class OwnersShown:
    """`recorded` is False where nothing was assessed yet; `risk` is the one whose threshold holds."""

    shown: Shown
    risk: str
    recorded: bool
    agrees: bool
    looks: Sequence[Look]
    not_named: Sequence[str]
    state_share: float
    unaccounted: float


def owners_shown(
    standing: Standing, found: Mapping[str, Any], *, day: date, papers: Mapping[str, str], personal: bool
) -> OwnersShown | None:
    """What the assessment `found`, drawn and proved from the graph that it was found in; None without a graph.

    The same graph on the same day with the same threshold gives the same owners: `agrees` says whether it did. For who
    need not see names, only the codes of what to look at are left.
    """
    told = found.get("ownership") or {}
    if standing.graph is None and not standing.problem and not found.get("problem"):
        return None
    risk = str(told.get("risk", STRICTEST))
    at = date.fromisoformat(told["day"]) if "day" in told else day
    shown = show_owners(standing, day=at, papers=papers, risk=risk)
    agrees = not told or {owner.node for owner in shown.owners} == {owner["id"] for owner in told["owners"]}
    looks = list(_looks(told, standing.graph)) if standing.graph is not None else []
    named = [_name(standing.graph, node) for node in found.get("owners_not_named", ())]
    if not personal:
        shown = Shown(notes=shown.notes, threshold=shown.threshold)
        looks, named = [Look(look.code, look.says) for look in looks], [""] * len(named)
    return OwnersShown(
        shown=shown,
        risk=risk,
        recorded=bool(told),
        agrees=agrees,
        looks=looks,
        not_named=named,
        state_share=float((told.get("state_share") or {}).get("percent", 0)),
        unaccounted=float((told.get("unaccounted") or {}).get("percent", 0)),
    )


def _looks(told: Mapping[str, Any], graph: Graph) -> Iterator[Look]:
    about = {
        "circular_control": [
            " → ".join(_name(graph, n) for n in circle) for circle in told.get("circular_control", ())
        ],
        "shares_fall_short": [
            f"{_name(graph, gap['id'])}: {gap['missing']['percent']:.4g} %" for gap in told.get("shortfalls", ())
        ],
        "bearer_shares": [_edge(graph, edge) for edge in told.get("bearer_shares", ())],
        "nominees": [_edge(graph, edge) for edge in told.get("nominees", ())],
        "paper_missing": [_edge(graph, edge.id) for edge in graph.edges.values() if not edge.documents],
    }
    for code, says in told.get("notes", {}).items():
        yield Look(code, says, about.get(code, ()))


def _name(graph: Graph | None, node: str) -> str:
    return node if graph is None or node not in graph.nodes else graph.nodes[node].name or node


def _edge(graph: Graph, edge_id: str) -> str:
    edge = graph.edges.get(edge_id)
    if edge is None:
        return edge_id
    held_for = f" ({_name(graph, edge.held_for)})" if edge.held_for else ""
    return f"{_name(graph, edge.owner)}{held_for} → {_name(graph, edge.owned)}"
