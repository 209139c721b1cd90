"""INS6: thresholds, votes beside capital, control, nominees, trusts, states, and who is recorded if nobody is found."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from fourcorners.institutions.ownership import (
    Basis,
    Edge,
    EdgeKind,
    Graph,
    GraphInvalid,
    Node,
    NodeKind,
    SharesExceedWhole,
    SubjectUnknown,
    find_owners,
    graph_from_json,
    graph_to_json,
    parse_share,
    share_text,
)
from fourcorners.institutions.ownership.chart import draw_chart
from fourcorners.institutions.ownership.report import as_json, as_lines

DAY = date(2026, 11, 1)
KINDS = {"p": NodeKind.PERSON, "t": NodeKind.ARRANGEMENT, "z": NodeKind.STATE}


def graph(*edges: tuple, **changed: object) -> Graph:
    """`("p1", "c0", 25)` shares in per cent, `("p1", "c0", "control")` another kind; p, t, z name the kind of node."""
    names = sorted({name for a, b, *_ in edges for name in (a, b)} | {"c0"})
    made = []
    for n, (owner, owned, what, *more) in enumerate(edges):
        kind = EdgeKind.SHARES if not isinstance(what, str) else EdgeKind(what.split()[0])
        share = Fraction(what) / 100 if not isinstance(what, str) else None
        share = Fraction(what.split()[1]) / 100 if isinstance(what, str) and " " in what else share
        made.append(Edge(f"e{n}", owner, owned, kind, share, ("paper.pdf",), **(more[0] if more else {})))
    return Graph.of([Node(n, KINDS.get(n[0], NodeKind.ENTITY), n.upper(), **changed) for n in names], made)


def grounds(found) -> dict[str, set[str]]:
    return {owner.node: {ground.basis.value for ground in owner.grounds} for owner in found.owners}


@pytest.mark.parametrize(("risk", "least"), [("standard", 25), ("raised", 15), ("high", 10)])
def test_the_threshold_itself_counts_and_a_hair_less_does_not(risk, least):
    less = Fraction(least) - Fraction(1, 10**30)
    found = find_owners(graph(("p1", "c0", least), ("p2", "c0", less)), "c0", day=DAY, risk=risk)
    assert set(grounds(found)) == {"p1"}


def test_chains_are_multiplied_and_added():
    """Two chains of 15 % and 10 % make an owner together whom neither makes alone."""
    shared = graph(("p1", "c1", 50), ("c1", "c0", 30), ("p1", "c2", 25), ("c2", "c0", 40))
    (owner,) = find_owners(shared, "c0", day=DAY).owners
    (ground,) = [g for g in owner.grounds if g.basis is Basis.CAPITAL]
    assert ground.share == Fraction(1, 4)
    assert [chain.amount for chain in ground.proof.chains] == [Fraction(15, 100), Fraction(10, 100)]
    assert all(step.documents == ("paper.pdf",) for chain in ground.proof.chains for step in chain.steps)


def test_votes_are_looked_at_beside_capital():
    found = find_owners(
        graph(("p1", "c0", 5), ("p1", "c0", "votes 30"), ("p2", "c0", 95), ("p2", "c0", "votes 70")), "c0", day=DAY
    )
    assert grounds(found)["p1"] == {"votes"}
    assert "votes_differ" in found.notes


def test_a_majority_at_every_level_is_control_though_the_product_is_small():
    """51 % of 51 % of 45 %: less than a quarter in the product, and yet control of the largest holder (article 54)."""
    found = find_owners(graph(("p1", "c2", 51), ("c2", "c1", 51), ("c1", "c0", 51)), "c0", day=DAY)
    assert "control" in grounds(found)["p1"]
    assert found.shares["capital"]["p1"] < found.threshold
    held = find_owners(graph(("p1", "c2", 51), ("c2", "c1", 51), ("c1", "c0", 45)), "c0", day=DAY)
    assert grounds(held) == {"p1": {"controlled_holders"}}


def test_control_can_be_joined_from_two_controlled_holders_and_by_other_means():
    joint = find_owners(graph(("p1", "c1", 60), ("p1", "c2", 60), ("c1", "c0", 30), ("c2", "c0", 30)), "c0", day=DAY)
    (control,) = [g for o in joint.owners for g in o.grounds if g.basis is Basis.CONTROL]
    assert [step.controlled for step in control.control][-1] == "c0"
    assert control.control[-1].votes == Fraction(60, 100)
    assert grounds(find_owners(graph(("p1", "c0", "control"), ("p2", "c0", 20)), "c0", day=DAY)) == {"p1": {"control"}}


def test_a_circle_of_control_is_told_and_controls_nobody():
    ring = graph(("c1", "c0", 60), ("c0", "c1", 60), ("p1", "c0", 10), ("p1", "c1", 10))
    found = find_owners(ring, "c0", day=DAY)
    assert found.circles == (("c0", "c1"),)
    assert "circular_control" in found.notes
    assert grounds(found)["p1"] == {"capital"}  # 10 % and 6 % of a series of 36 % a round
    assert found.shares["capital"]["p1"] == Fraction(16, 100) / (1 - Fraction(36, 100))


def test_a_closed_circle_belongs_to_nobody():
    found = find_owners(graph(("c1", "c0", 100), ("c0", "c1", 100)), "c0", day=DAY)
    assert found.owners == ()
    assert found.notes[-1] == "senior_manager_missing"
    assert found.unaccounted == 1


def test_a_nominee_holds_for_somebody_and_bearer_shares_are_told():
    found = find_owners(
        graph(("c9", "c0", 40, {"held_for": "p1"}), ("p1", "c0", 5), ("p2", "c0", 55, {"bearer": True})), "c0", day=DAY
    )
    assert found.shares["capital"]["p1"] == Fraction(45, 100)
    assert "c9" not in found.shares["capital"]
    assert {"nominees", "bearer_shares"} <= set(found.notes)


def test_everybody_in_a_trust_that_holds_enough_counts():
    trust = graph(
        ("t1", "c0", 30),
        ("p1", "t1", "settlor"),
        ("p2", "t1", "beneficiary"),
        ("c1", "t1", "trustee"),
        ("p3", "c1", 80),
        ("p4", "c1", 20),
    )
    found = find_owners(trust, "c0", day=DAY)
    assert grounds(found) == {"p1": {"role"}, "p2": {"role"}, "p3": {"role"}}
    assert find_owners(graph(("t1", "c0", 20), ("p1", "t1", "settlor")), "c0", day=DAY).owners == ()
    assert set(grounds(find_owners(trust, "t1", day=DAY))) == {"p1", "p2", "p3"}


def test_without_an_owner_the_senior_manager_is_recorded():
    edges = [(f"p{i}", "c0", 10) for i in range(10)]
    found = find_owners(graph(*edges, ("p11", "c0", "senior_manager")), "c0", day=DAY)
    assert grounds(found) == {"p11": {"senior_manager"}}
    assert "no_owner_found" in found.notes


def test_states_and_gaps_and_dates():
    found = find_owners(graph(("z1", "c1", 100), ("c1", "c0", 50), ("z2", "c0", 10)), "c0", day=DAY)
    assert found.state_share == Fraction(60, 100)
    assert [(gap.node, gap.missing) for gap in found.shortfalls] == [("c0", Fraction(40, 100))]
    assert find_owners(graph(("p1", "c0", Fraction("99.99"))), "c0", day=DAY).shortfalls == ()
    ended = graph(("p1", "c0", 50, {"end": DAY}), ("p2", "c0", 50, {"start": DAY}))
    assert set(grounds(find_owners(ended, "c0", day=DAY))) == {"p2"}


def test_what_cannot_be_is_refused():
    with pytest.raises(SharesExceedWhole):
        find_owners(graph(("p1", "c0", 60), ("p2", "c0", 41)), "c0", day=DAY)
    with pytest.raises(SubjectUnknown):
        find_owners(graph(("p1", "c0", 60)), "nobody", day=DAY)
    for wrong in ('{"nodes": [], "edges": [{}]}', "[]", "{", '{"nodes": [{"id": "a", "kind": "x"}], "edges": []}'):
        with pytest.raises(GraphInvalid):
            graph_from_json(wrong)
    for wrong in ("1e999999999", "x", "1/0", "nan", None, True, Decimal("1e999999")):
        with pytest.raises(GraphInvalid):
            parse_share(wrong)


@pytest.mark.parametrize(
    ("told", "share"),
    [("33 1/3 %", "1/3"), ("1/3", "1/3"), (25, "1/4"), ("12,5 %", "1/8"), (Decimal("33.34"), "1667/5000")],
)
def test_a_share_is_taken_exactly(told, share):
    assert parse_share(told) == Fraction(share)
    assert share_text(Fraction(share)).endswith(" %")


def test_a_file_is_written_again_without_loss():
    text = json.dumps({
        "subject": "c", "made_by": "somebody", "nodes": [{"id": "c", "kind": "entity", "name": "C", "no": {"n": 5}},
        {"id": "p", "kind": "person", "name": "P"}], "edges": [{"id": "e", "owner": "p", "owned": "c", "kind": "shares",
        "share": "1/3", "documents": ["a.pdf"], "seen": [1]}],
    })  # fmt: skip
    read, subject = graph_from_json(text)
    assert json.loads(graph_to_json(read, subject)) == json.loads(text)


def test_a_report_and_a_chart_name_everybody_and_run_nothing():
    owned = graph(("p1", "c1", 50), ("c1", "c0", 80), ("c0", "c1", 10), ("p2", "c0", 20))
    found = find_owners(owned, "c0", day=DAY)
    told = json.loads(json.dumps(as_json(owned, found)))
    assert all(g["adds_up"] for o in told["owners"] for g in o["grounds"] if "chains" in g)
    assert any("1/(1 - 8 %)" in line for line in as_lines(owned, found))
    hostile = Graph.of(
        [Node("c0", NodeKind.ENTITY, "<script>alert(1)</script>&"), *list(owned.nodes.values())[1:]],
        owned.edges.values(),
    )
    drawn = draw_chart(hostile, "c0", owners=["p1"])
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags == {"svg", "title", "desc", "defs", "marker", "path", "rect", "g", "text"}
    assert drawn == draw_chart(hostile, "c0", owners=["p1"])
    boxes = [e for e in root.iter() if e.tag.endswith("}g")]
    assert len(boxes) == 4
