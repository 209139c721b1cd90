"""Shares equal those of an oracle that solves the whole system by elimination over fractions; proofs add up."""

import os
import random
from fractions import Fraction

from fourcorners.institutions.ownership.holdings import direct
from fourcorners.institutions.ownership.model import Edge, EdgeKind, Graph, Node, NodeKind
from fourcorners.institutions.ownership.proof import Prover, equations_hold
from fourcorners.institutions.ownership.solve import indirect_shares, loop_weight, relevant
from fourcorners.kit.data import load_toml

LONG = os.environ.get("FOURCORNERS_LONG") == "1"
PATHS_MAX = load_toml("fourcorners.institutions.ownership", "thresholds.toml")["proof"]["paths_max"]
GRAPHS = 100_000 if LONG else 2_000


def random_graph(rng: random.Random) -> Graph:
    """Up to nine entities and five people; every entity is held by others and, unless closed, by people."""
    entities = [f"c{i}" for i in range(rng.randint(1, 9))]
    people = [f"p{i}" for i in range(rng.randint(1, 5))]
    edges = []
    for entity in entities:
        holders = rng.sample([*entities, *people], rng.randint(0, min(5, len(entities) + len(people))))
        denominator = rng.choice([100, 3, 7, 10_000, 12, 997])
        left = denominator
        for n, holder in enumerate(holders):
            share = left if n == len(holders) - 1 and rng.random() < 0.6 else rng.randint(0, left)
            left -= share
            kind = EdgeKind.SHARES
            edges.append(Edge(f"{holder}-{entity}", holder, entity, kind, Fraction(share, denominator)))
    nodes = [*(Node(e, NodeKind.ENTITY, e) for e in entities), *(Node(p, NodeKind.PERSON, p) for p in people)]
    return Graph.of(nodes, edges)


def oracle(graph: Graph, subject: str) -> dict[str, Fraction]:
    """(1 - W) R = W for people only, solved column by column: an independent way, without tangles or scales.

    Circles that hold the whole of themselves would make the matrix singular; they are left out, as the nodes to which
    no chain of at most n holdings leads from a node that is not wholly held.
    """
    nodes = sorted(graph.nodes)
    held = {n: {} for n in nodes}
    for edge in graph.edges.values():
        if edge.share:
            held[edge.owner][edge.owned] = held[edge.owner].get(edge.owned, 0) + edge.share
    rooted = {n for n in nodes if sum(h.get(n, Fraction(0)) for h in held.values()) < 1}
    for _ in nodes:
        rooted |= {t for n in rooted for t in held[n]}
    kept = [n for n in nodes if n in rooted]
    if subject not in rooted:
        return {}
    matrix = [[Fraction(i == j) - held[a].get(b, 0) for j, b in enumerate(kept)] for i, a in enumerate(kept)]
    right = [held[a].get(subject, Fraction(0)) for a in kept]
    for k in range(len(kept)):
        pivot = next(i for i in range(k, len(kept)) if matrix[i][k])
        matrix[k], matrix[pivot], right[k], right[pivot] = matrix[pivot], matrix[k], right[pivot], right[k]
        for i in range(len(kept)):
            if i != k and matrix[i][k]:
                factor = matrix[i][k] / matrix[k][k]
                matrix[i] = [x - factor * y for x, y in zip(matrix[i], matrix[k], strict=True)]
                right[i] -= factor * right[k]
    solved = {n: right[i] / matrix[i][i] for i, n in enumerate(kept)}
    return {n: share for n, share in solved.items() if share and n != subject}


def test_shares_equal_the_oracle_and_every_proof_adds_up():
    circles = 0
    for seed in range(GRAPHS):
        rng = random.Random(seed)  # noqa: S311
        graph = random_graph(rng)
        holdings = direct(graph, "capital")
        found = indirect_shares(holdings, "c0")
        assert dict(found) == oracle(graph, "c0"), seed
        assert equations_hold(holdings, "c0", found)
        prover = Prover(graph, "c0", "capital", relevant(holdings, "c0"), found)
        for person in (n for n in found if n.startswith("p")):
            proof = prover.proof(person)
            assert proof.adds_up(), (seed, person)
            assert proof.rest == 0 or len(proof.chains) == PATHS_MAX  # one graph in some 30,000 has more chains
            circles += any(chain.rounds for chain in proof.chains)
    assert circles > GRAPHS / 10  # the graphs have circles, so the series were put to the test


def test_what_people_hold_of_a_whole_comes_to_the_whole():
    whole = 0
    for seed in range(GRAPHS // 10):
        graph = random_graph(random.Random(seed))  # noqa: S311
        holdings = direct(graph, "capital")
        found = indirect_shares(holdings, "c0")
        roots = {n for n in found if not any(n in h for h in holdings.values())}
        total = sum((found[n] for n in roots), Fraction(0))
        assert total <= 1
        whole += total == 1
    assert whole


def test_a_cross_holding_is_the_series_it_is():
    half = Fraction(1, 2)
    nodes = [
        Node("t", NodeKind.ENTITY, "T"),
        Node("a", NodeKind.ENTITY, "A"),
        Node("p", NodeKind.PERSON, "P"),
        Node("q", NodeKind.PERSON, "Q"),
    ]
    pairs = [("a", "t"), ("t", "a"), ("p", "a"), ("q", "t")]
    graph = Graph.of(nodes, [Edge(f"{a}{b}", a, b, EdgeKind.SHARES, half) for a, b in pairs])
    holdings = direct(graph, "capital")
    found = indirect_shares(holdings, "t")
    assert (found["p"], found["q"]) == (Fraction(1, 3), Fraction(2, 3))
    proof = Prover(graph, "t", "capital", relevant(holdings, "t"), found).proof("p")
    (chain,) = proof.chains
    assert [(s.holder, s.held) for s in chain.steps] == [("p", "a"), ("a", "t")]
    assert chain.product == Fraction(1, 4)
    assert [(r.node, r.weight, r.factor) for r in chain.rounds] == [("a", Fraction(1, 4), Fraction(4, 3))]
    assert loop_weight(holdings, "t", ()) == Fraction(1, 4)


def test_an_edge_more_never_lowers_a_share_and_never_loses_a_chain():
    grown = 0
    for seed in range(GRAPHS // 4):
        rng = random.Random(seed)  # noqa: S311
        graph = random_graph(rng)
        before = indirect_shares(direct(graph, "capital"), "c0")
        totals = {n: sum(h.get(n, Fraction(0)) for h in direct(graph, "capital").values()) for n in graph.nodes}
        open_ones = [n for n in graph.nodes if n.startswith("c") and totals[n] < 1]
        if not open_ones or not before:
            continue
        owned = rng.choice(open_ones)
        more = Edge(
            "more", rng.choice(sorted(graph.nodes)), owned, EdgeKind.SHARES, (1 - totals[owned]) * Fraction(1, 3)
        )
        larger = graph.having(more)
        after = indirect_shares(direct(larger, "capital"), "c0")
        old, new = (
            Prover(g, "c0", "capital", relevant(direct(g, "capital"), "c0"), s)
            for g, s in ((graph, before), (larger, after))
        )
        for holder, share in before.items():
            assert after[holder] >= share
            ways = [
                {tuple((s.holder, s.held) for s in c.steps): c.amount for c in p.proof(holder).chains}
                for p in (old, new)
            ]
            assert all(ways[1][way] >= amount for way, amount in ways[0].items())
        grown += dict(after) != dict(before)
    assert grown > GRAPHS / 40
