"""BODS 0.4: our rules give the schema's answer; published examples are read and written again without loss."""

import copy
import json
import random
from datetime import date
from fractions import Fraction
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from fourcorners.institutions.ownership import Edge, EdgeKind, Graph, Node, NodeKind, find_owners
from fourcorners.institutions.ownership.bods import StatementsInvalid, graph_from_bods, graph_to_bods, problems

DAY = date(2026, 11, 1)
SCHEMA = files("libcovebods") / "data" / "schema-0-4-0"
EXAMPLES = {p.name: p for f in ("core", "edge-cases") for p in (files("bods_fixtures") / "data" / f).iterdir()}
EXAMPLES = {name: path.read_text(encoding="utf-8") for name, path in EXAMPLES.items() if name.endswith(".json")}


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    names = ("statement", "components", "entity-record", "person-record", "relationship-record")
    parts = [json.loads((SCHEMA / f"{name}.json").read_text(encoding="utf-8")) for name in names]
    registry = Registry().with_resources([(part["$id"], Resource.from_contents(part)) for part in parts])
    return Draft202012Validator(parts[0], registry=registry)


def own() -> Graph:
    nodes = [
        Node("c", NodeKind.ENTITY, "Acme", "CH", listed=True),
        Node("p", NodeKind.PERSON, "Ann Lee", "GB"),
        Node("u", NodeKind.PERSON, ""),
        Node("t", NodeKind.ARRANGEMENT, "Trust"),
        Node("z", NodeKind.STATE, "Bern"),
    ]
    edges = [
        Edge("1", "p", "c", EdgeKind.SHARES, Fraction(1, 4), start=date(2020, 1, 1)),
        Edge("2", "t", "c", EdgeKind.VOTES, Fraction(3, 8), end=date(2030, 1, 1)),
        Edge("3", "p", "t", EdgeKind.SETTLOR),
        Edge("4", "u", "c", EdgeKind.CONTROL, means="a veto"),
        Edge("5", "z", "c", EdgeKind.SHARES, Fraction(1, 3)),
        Edge("6", "p", "c", EdgeKind.SENIOR_MANAGER),
    ]
    return Graph.of(nodes, edges)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_published_example_is_read_and_written_without_loss(name, schema):
    text = EXAMPLES[name]
    told = json.loads(text)
    assert bool(problems(told)) is not schema.is_valid(told)
    if problems(told):
        with pytest.raises(StatementsInvalid):
            graph_from_bods(text)
        told = _lengthened(told)
    graph = graph_from_bods(json.dumps(told))
    assert json.loads(graph_to_bods(graph, told[0]["declarationSubject"], day=DAY, publisher="us")) == told
    assert len(graph.nodes) == sum(s["recordType"] != "relationship" for s in told)


def _lengthened(told):
    """The examples' own fault, mended: their statements' names are shorter or longer than the standard allows."""
    for number, statement in enumerate(told):
        statement["statementId"] = f"{number:032d}"
        statement["publicationDetails"]["publisher"].pop("uri", None)
    return told


def test_the_owner_of_an_example_is_found():
    graph = graph_from_bods(json.dumps(_lengthened(json.loads(EXAMPLES["01-direct-ownership.json"]))))
    (owner,) = find_owners(graph, "rec-acme-holdings-ltd", day=DAY).owners
    assert graph.nodes[owner.node].name == "Jane Smith"
    assert owner.grounds[0].share == Fraction(3, 4)


def test_what_we_write_is_valid_and_reads_as_the_same_graph(schema):
    written = graph_to_bods(own(), "c", day=DAY, publisher="us")
    assert problems(json.loads(written)) == []
    assert schema.is_valid(json.loads(written))
    again = graph_from_bods(written)
    assert again.nodes == own().nodes
    assert {(e.holder, e.owned, e.kind, e.start, e.end) for e in again.edges.values()} == {
        (e.holder, e.owned, e.kind, e.start, e.end) for e in own().edges.values()
    }
    assert graph_to_bods(again, "c", day=DAY, publisher="us") == written


def test_a_change_is_stated_anew_and_nothing_before_it_is_lost():
    first = json.loads(graph_to_bods(own(), "c", day=DAY, publisher="us"))
    first[0]["something_of_theirs"] = {"kept": [1, 2]}
    read = graph_from_bods(json.dumps(first))
    more = read.having(Edge("new", "u", "c", EdgeKind.VOTES, Fraction(1, 10)))
    after = json.loads(graph_to_bods(more, "c", day=date(2026, 12, 1), publisher="us"))
    assert after[: len(first)] == first
    digits = json.dumps(first).replace('"kept": [1, 2]', '"kept": 0.12345678901234567890')
    assert "0.12345678901234567890" in graph_to_bods(graph_from_bods(digits), "c", day=DAY, publisher="us")
    assert [s["recordId"] for s in after[len(first) :]] == ["new"]


def test_our_rules_give_the_schemas_answer(schema):
    """Statements with one to three fields dropped or replaced, held against the published schema (without formats)."""
    rng = random.Random(4)  # noqa: S311
    sound = json.loads(graph_to_bods(own(), "c", day=DAY, publisher="us"))
    for example in EXAMPLES.values():
        sound += _lengthened(json.loads(example))
    values = [None, True, 5, -1, 100.5, "", "x", "legal", "trust", "state", [], {}, ["x"], [{}], {"reason": "unknown"}]
    broken = 0
    for _ in range(3_000):
        statement = copy.deepcopy(rng.choice(sound))
        for _ in range(rng.randint(1, 3)):
            holder, key = rng.choice(_places(statement))
            if rng.random() < 0.4:
                del holder[key]
            else:
                holder[key] = copy.deepcopy(rng.choice(values))
        expected = schema.is_valid([statement])
        found = [p for p in problems([statement]) if not p.rstrip(".").rpartition(" is no ")[2].startswith(FORMATS)]
        assert (not found) is expected or not expected, (statement, found)
        if not expected:
            assert problems([statement]), (json.dumps(statement), [e.message for e in schema.iter_errors([statement])])
            broken += 1
    assert broken > 1_000


FORMATS = ("day: '", "moment: '", "birthday: '", "address: '")


def _places(told):
    found = []
    for key, value in told.items() if isinstance(told, dict) else enumerate(told):
        if isinstance(told, dict):
            found.append((told, key))
        if isinstance(value, dict | list):
            found += _places(value)
    return found
