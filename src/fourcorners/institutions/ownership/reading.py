"""A graph of owners as JSON, read and written without loss; a report of owners as JSON.

```json
{"subject": "acme",
 "nodes": [{"id": "ann", "kind": "person", "name": "Ann Lee"}, {"id": "acme", "kind": "entity", "name": "Acme"}],
 "edges": [{"id": "e1", "owner": "ann", "owned": "acme", "kind": "shares", "share": "100 %",
            "documents": ["register.pdf"]}]}
```

A share is text: a percentage ("33.34 %"), a fraction ("1/3"); or a number, in per cent. All are taken exactly.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .errors import GraphInvalid
from .model import Edge, EdgeKind, Graph, Node, NodeKind

__all__ = ["graph_from_json", "graph_to_json", "parse_share", "share_text"]

CHARACTERS_MAX = 50_000_000
SHARE_CHARACTERS_MAX = 200
"""Longer than any share that a paper states; a longer one is not looked at."""

_NODE = {"id", "kind", "name", "country", "listed", "widely_held"}
_EDGE = {"id", "owner", "owned", "kind", "share", "documents", "means", "held_for", "bearer", "start", "end"}


def graph_from_json(text: str) -> tuple[Graph, str]:
    """The graph and its subject ("" if none is named). Raises GraphInvalid."""
    if len(text) > CHARACTERS_MAX:
        raise GraphInvalid("The file is larger than any graph of owners.")
    try:
        told = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as wrong:
        raise GraphInvalid(f"This is no JSON: {wrong}.") from wrong
    if not isinstance(told, dict) or not isinstance(told.get("nodes"), list) or not isinstance(told.get("edges"), list):
        raise GraphInvalid("A graph of owners is an object with the lists `nodes` and `edges`.")
    nodes = [_read(_node, entry, f"nodes[{i}]") for i, entry in enumerate(told["nodes"])]
    edges = [_read(_edge, entry, f"edges[{i}]") for i, entry in enumerate(told["edges"])]
    kept = {
        "top": {key: value for key, value in told.items() if key not in ("subject", "nodes", "edges")},
        "nodes": {n.id: _unknown(e, _NODE) for n, e in zip(nodes, told["nodes"], strict=True) if _unknown(e, _NODE)},
        "edges": {n.id: _unknown(e, _EDGE) for n, e in zip(edges, told["edges"], strict=True) if _unknown(e, _EDGE)},
    }
    graph = Graph.of(nodes, edges)
    return Graph(graph.nodes, graph.edges, kept), str(told.get("subject", ""))


def graph_to_json(graph: Graph, subject: str = "") -> str:
    """The file again: what `graph_from_json` read, including what it did not know."""
    kept: Any = graph.kept if "top" in graph.kept else {"top": {}, "nodes": {}, "edges": {}}
    told = {
        **({"subject": subject} if subject else {}),
        "nodes": [_told_node(node) | kept["nodes"].get(node.id, {}) for node in graph.nodes.values()],
        "edges": [_told_edge(edge) | kept["edges"].get(edge.id, {}) for edge in graph.edges.values()],
        **kept["top"],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=_number) + "\n"


def parse_share(told: object) -> Fraction:
    """A share as a fraction of the whole. Raises GraphInvalid."""
    try:
        if isinstance(told, str) and len(told) <= SHARE_CHARACTERS_MAX:
            text = told.replace("\u00a0", " ").strip()
            if text.endswith("%"):
                return sum((_plain(part) for part in text[:-1].split()), Fraction(0)) / 100
            return _plain(text)
        if isinstance(told, int | Decimal) and not isinstance(told, bool):
            return _bounded(Decimal(told)) / 100
    except (ValueError, ArithmeticError) as wrong:
        raise GraphInvalid(f"{told!r} is no share.") from wrong
    raise GraphInvalid(f"{told!r} is no share: a text like '33.34 %' or '1/3', or a number in per cent.")


def share_text(share: Fraction, places: int = 4) -> str:
    """For people: exact if that is short ("25 %", "1/3 = 33.3333 %"), rounded to `places` otherwise."""
    percent = share * 100
    if percent.denominator == 1:
        return f"{percent.numerator} %"
    rounded = f"{float(percent):.{places}f}".rstrip("0").rstrip(".")
    if Fraction(rounded) == percent:
        return f"{rounded} %"
    return f"{share} = {rounded} %" if share.denominator < 10**6 else f"{rounded} %"


def _plain(text: str) -> Fraction:
    if any(c in text for c in "eE_"):  # "1e999999999" is a text of a few bytes and a number of a gigabyte
        raise ValueError(text)
    return Fraction(text.replace(",", "."))


def _bounded(number: Decimal) -> Fraction:
    if not number.is_finite() or abs(number.adjusted()) > SHARE_CHARACTERS_MAX:
        raise ValueError(str(number))
    return Fraction(number)


def _read(read: Callable[[Mapping[str, Any]], Any], entry: object, place: str) -> Any:  # noqa: ANN401 - node or edge
    if not isinstance(entry, dict):
        raise GraphInvalid(f"{place} is no object.", place=place)
    try:
        return read(entry)
    except KeyError as missing:
        raise GraphInvalid(f"{place} lacks {missing}.", place=place) from missing
    except (ValueError, TypeError) as wrong:
        raise GraphInvalid(f"{place}: {wrong}.", place=place) from wrong
    except GraphInvalid as wrong:
        raise GraphInvalid(f"{place}: {wrong.message}", place=place) from wrong


def _node(entry: Mapping[str, Any]) -> Node:
    return Node(
        id=_text(entry["id"]),
        kind=NodeKind(entry["kind"]),
        name=_text(entry.get("name", "")),
        country=_text(entry.get("country", "")).upper(),
        listed=bool(entry.get("listed", False)),
        widely_held=_text(entry.get("widely_held", "")),
    )


def _edge(entry: Mapping[str, Any]) -> Edge:
    documents = entry.get("documents", [])
    if not isinstance(documents, list):
        raise TypeError("`documents` is no list")
    return Edge(
        id=_text(entry["id"]),
        owner=_text(entry["owner"]),
        owned=_text(entry["owned"]),
        kind=EdgeKind(entry["kind"]),
        share=None if entry.get("share") is None else parse_share(entry["share"]),
        documents=tuple(map(_text, documents)),
        means=_text(entry.get("means", "")),
        held_for=_text(entry.get("held_for", "")),
        bearer=bool(entry.get("bearer", False)),
        start=_day(entry.get("start")),
        end=_day(entry.get("end")),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(_text(value))


def _unknown(entry: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in known}


def _told_node(node: Node) -> dict[str, Any]:
    told = {"id": node.id, "kind": node.kind.value, "name": node.name}
    rest = {"country": node.country, "listed": node.listed, "widely_held": node.widely_held}
    return told | {key: value for key, value in rest.items() if value}


def _told_edge(edge: Edge) -> dict[str, Any]:
    told: dict[str, Any] = {"id": edge.id, "owner": edge.owner, "owned": edge.owned, "kind": edge.kind.value}
    rest = {
        "share": None if edge.share is None else str(edge.share),
        "documents": list(edge.documents),
        "means": edge.means,
        "held_for": edge.held_for,
        "bearer": edge.bearer,
        "start": edge.start and edge.start.isoformat(),
        "end": edge.end and edge.end.isoformat(),
    }
    return told | {key: value for key, value in rest.items() if value}


def _number(value: object) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{value!r} cannot be written as JSON")
