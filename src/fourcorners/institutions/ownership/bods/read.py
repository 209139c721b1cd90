"""From statements to a graph of owners."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from fourcorners.institutions.ownership.model import Edge, EdgeKind, Graph, Node, NodeKind
from fourcorners.institutions.ownership.reading import graph_from_json
from fourcorners.kit.errors import Refusal

from .validate import problems

__all__ = ["KINDS", "StatementsInvalid", "edges_of", "graph_from_bods", "latest", "node_of", "read_graph"]

KINDS = {
    "shareholding": EdgeKind.SHARES,
    "votingRights": EdgeKind.VOTES,
    "settlor": EdgeKind.SETTLOR,
    "trustee": EdgeKind.TRUSTEE,
    "protector": EdgeKind.PROTECTOR,
    "beneficiaryOfLegalArrangement": EdgeKind.BENEFICIARY,
    "seniorManagingOfficial": EdgeKind.SENIOR_MANAGER,
    "appointmentOfBoard": EdgeKind.CONTROL,
    "otherInfluenceOrControl": EdgeKind.CONTROL,
    "controlViaCompanyRulesOrArticles": EdgeKind.CONTROL,
    "controlByLegalFramework": EdgeKind.CONTROL,
}
"""The interests that make an edge; others (a seat on the board, a right to income) are kept and do not count."""

CHARACTERS_MAX = 50_000_000


class StatementsInvalid(Refusal):
    """A file of ownership statements breaks the standard; the message names the first places."""

    code: ClassVar[str] = "ownership_statements_invalid"
    retryable: ClassVar[bool] = True


def graph_from_bods(text: str) -> Graph:
    """The graph that the statements draw, the last one of each record counting. Raises StatementsInvalid, GraphInvalid.

    An interest stated as a range counts with its lower bound, and says so in `means`. An indirect interest whose
    components are stated too is their sum: it makes no edge. All statements are kept for `graph_to_bods`.
    """
    if len(text) > CHARACTERS_MAX:
        raise StatementsInvalid("The file is larger than any that is read.")
    try:
        statements = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as wrong:
        raise StatementsInvalid(f"This is no JSON: {wrong}.") from wrong
    found = problems(statements)
    if found:
        raise StatementsInvalid(" ".join(found[:5]), problems=found)
    records = latest(statements)
    nodes = [node_of(s) for s in records.values() if s["recordType"] != "relationship"]
    arrangements = {node.id for node in nodes if node.kind is NodeKind.ARRANGEMENT}
    known = {node.id for node in nodes}
    edges = [
        edge
        for statement in records.values()
        if statement["recordType"] == "relationship"
        for edge in edges_of(statement, arrangements)
        if edge.owner in known and edge.owned in known
    ]
    graph = Graph.of(nodes, edges)
    return Graph(graph.nodes, graph.edges, {"bods": statements})


def read_graph(text: str) -> tuple[Graph, str]:
    """A graph and its subject from either form: a list is statements, an object our own.

    Raises StatementsInvalid, GraphInvalid.
    """
    if not text.lstrip("\ufeff \t\r\n").startswith("["):
        return graph_from_json(text)
    graph = graph_from_bods(text)
    statements: Any = graph.kept["bods"]
    return graph, statements[-1]["declarationSubject"] if statements else ""


def latest(statements: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The last statement of each record that is not closed: by date, of one day the later in the file."""
    found: dict[str, dict[str, Any]] = {}
    for statement in sorted(statements, key=lambda s: str(s["statementDate"])[:10]):
        found[statement["recordId"]] = statement
    return {record: s for record, s in found.items() if s.get("recordStatus") != "closed"}


def node_of(statement: Mapping[str, Any]) -> Node:
    """The node of a statement about a person or an entity."""
    details = statement["recordDetails"]
    if statement["recordType"] == "person":
        names = details.get("names", [])
        name = next((n["fullName"] for n in names if n.get("type") == "legal"), names[0]["fullName"] if names else "")
        nationalities = details.get("nationalities", [])
        country = nationalities[0].get("code", "") if nationalities else ""
        return Node(statement["recordId"], NodeKind.PERSON, name, country)
    kind, subtype = details["entityType"]["type"], details["entityType"].get("subtype", "")
    node_kind = NodeKind.ENTITY
    if kind in ("state", "stateBody"):
        node_kind = NodeKind.STATE
    elif kind == "arrangement" or subtype == "trust":
        node_kind = NodeKind.ARRANGEMENT
    country = details.get("jurisdiction", {}).get("code", "")[:2]
    listed = details.get("publicListing", {}).get("hasPublicListing", False)
    return Node(statement["recordId"], node_kind, details.get("name", ""), country, listed=listed)


def edges_of(statement: Mapping[str, Any], arrangements: set[str]) -> list[Edge]:
    """The edges of a statement about a relationship: one an interest, named after the record and its place in it."""
    details = statement["recordDetails"]
    owner, owned = details["interestedParty"], details["subject"]
    if not isinstance(owner, str) or not isinstance(owned, str):
        return []
    edges = []
    for place, interest in enumerate(details.get("interests", [])):
        kind = KINDS.get(interest.get("type", ""))
        is_sum = interest.get("directOrIndirect") == "indirect" and details.get("componentRecords")
        if kind is None or is_sum:
            continue
        countable = kind in (EdgeKind.SHARES, EdgeKind.VOTES)
        share, means = _share(interest.get("share", {})) if countable else (None, "")
        if countable and (share is None or owned in arrangements):
            continue
        if kind not in (EdgeKind.SHARES, EdgeKind.VOTES, EdgeKind.CONTROL, EdgeKind.SENIOR_MANAGER) and (
            owned not in arrangements
        ):
            kind = EdgeKind.CONTROL
        edges.append(
            Edge(
                id=f"{statement['recordId']}#{place}",
                owner=owner,
                owned=owned,
                kind=kind,
                share=share,
                documents=(f"statement {statement['statementId']}",),
                means=means if countable else interest["type"] if kind is EdgeKind.CONTROL else "",
                start=_day(interest.get("startDate")),
                end=_day(interest.get("endDate")),
            )
        )
    return edges


def _share(told: Mapping[str, Any]) -> tuple[Fraction | None, str]:
    if "exact" in told:
        return Fraction(told["exact"]) / 100, ""
    least = told.get("minimum", told.get("exclusiveMinimum"))
    most = told.get("maximum", told.get("exclusiveMaximum"))
    if least is None:
        return None, ""
    return Fraction(least) / 100, f"stated as {least} to {most if most is not None else 100} %"


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
