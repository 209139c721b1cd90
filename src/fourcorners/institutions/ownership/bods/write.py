"""From a graph of owners to statements."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fourcorners.institutions.ownership.model import Edge, EdgeKind, Graph, Node, NodeKind

from .read import KINDS, edges_of, latest, node_of

__all__ = ["graph_to_bods"]

PLACES = 10
"""Decimals of a percentage that is no decimal number: JSON has no fractions; the exact one stands in `details`."""

_NUMBER = re.compile(r'"\\u0000([-+.0-9Ee]+)\\u0000"')
_TYPES = {NodeKind.ENTITY: "registeredEntity", NodeKind.ARRANGEMENT: "arrangement", NodeKind.STATE: "stateBody"}
_INTERESTS = {kind: interest for interest, kind in reversed(KINDS.items())}


def graph_to_bods(graph: Graph, subject: str, *, day: date, publisher: str) -> str:
    """Statements as JSON. Those that the graph was read from and that still hold are written as they were, every field.

    What is new or changed in the graph is stated anew, as of `day`; what left it is closed.
    """
    kept: Any = graph.kept.get("bods", [])
    records = latest(kept)
    arrangements = {n.id for n in graph.nodes.values() if n.kind is NodeKind.ARRANGEMENT}
    about = {"subject": subject, "day": day.isoformat(), "publisher": publisher}
    told = [*kept, *_news(graph, records, arrangements, about)]
    return _NUMBER.sub(r"\1", json.dumps(told, ensure_ascii=False, indent=1, default=_number)) + "\n"


def _news(
    graph: Graph, records: Mapping[str, dict[str, Any]], arrangements: set[str], about: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    stated: set[str] = set()
    for record, statement in records.items():
        if statement["recordType"] != "relationship":
            if record not in graph.nodes:
                yield _statement(record, statement["recordType"], statement["recordDetails"], about, "closed")
            elif node_of(statement) == graph.nodes[record]:
                stated.add(record)
            continue
        before = edges_of(statement, arrangements)
        if all(graph.edges.get(edge.id) == edge for edge in before) or not before:
            stated |= {edge.id for edge in before}
        elif any(edge.owner in graph.nodes and edge.owned in graph.nodes for edge in before):
            yield _statement(record, "relationship", statement["recordDetails"], about, "closed")
    for node in graph.nodes.values():
        if node.id not in stated:
            old = records.get(node.id, {}).get("recordDetails", {})
            record_type = "person" if node.kind is NodeKind.PERSON else "entity"
            yield _statement(node.id, record_type, old | _details(node), about, "updated" if old else "new")
    for edge in graph.edges.values():
        if edge.id not in stated:
            yield _statement(edge.id, "relationship", _relationship(edge), about, "new")


def _statement(
    record: str, record_type: str, details: Mapping[str, Any], about: Mapping[str, str], status: str
) -> dict[str, Any]:
    body = json.dumps([record, record_type, details, dict(about), status], sort_keys=True, default=_number)
    return {
        "statementId": hashlib.sha256(body.encode()).hexdigest(),
        "declarationSubject": about["subject"],
        "statementDate": about["day"],
        "publicationDetails": {
            "publicationDate": about["day"],
            "bodsVersion": "0.4",
            "publisher": {"name": about["publisher"]},
        },
        "recordId": record,
        "recordType": record_type,
        "recordStatus": status,
        "recordDetails": dict(details),
    }


def _details(node: Node) -> dict[str, Any]:
    country = {"name": node.country, "code": node.country} if node.country else None
    if node.kind is NodeKind.PERSON:
        known = {"personType": "knownPerson", "names": [{"type": "legal", "fullName": node.name}]}
        told: dict[str, Any] = {"isComponent": False, **(known if node.name else {"personType": "unknownPerson"})}
        return told | ({"nationalities": [country]} if country else {})
    told = {"isComponent": False, "entityType": {"type": _TYPES[node.kind]}, "name": node.name}
    told |= {"publicListing": {"hasPublicListing": True}} if node.listed else {}
    return told | ({"jurisdiction": country} if country else {})


def _relationship(edge: Edge) -> dict[str, Any]:
    interest: dict[str, Any] = {"type": _INTERESTS[edge.kind], "directOrIndirect": "direct"}
    if edge.kind is EdgeKind.CONTROL:
        interest["type"] = edge.means if KINDS.get(edge.means) is EdgeKind.CONTROL else "otherInfluenceOrControl"
    if edge.share is not None:
        percent = edge.share * 100
        rounded = Decimal(round(percent * 10**PLACES)).scaleb(-PLACES)
        whole = rounded.to_integral_value()
        interest["share"] = {"exact": int(whole) if whole == rounded else rounded.normalize()}
        if Fraction(rounded) != percent:
            interest["details"] = f"exactly {edge.share} of the whole"
    elif edge.means and edge.means != interest["type"]:
        interest["details"] = edge.means
    if edge.start:
        interest["startDate"] = edge.start.isoformat()
    if edge.end:
        interest["endDate"] = edge.end.isoformat()
    return {"isComponent": False, "subject": edge.owned, "interestedParty": edge.holder, "interests": [interest]}


def _number(value: object) -> str:
    """A decimal number as a marked text, of which `_NUMBER` leaves the digits: JSON's writer would round it."""
    if isinstance(value, Decimal):
        return f"\0{value}\0"
    raise TypeError(f"{value!r} cannot be written as JSON")
