"""Ten thousand nodes in under a second, whatever their shape."""

import random
import time
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from fourcorners.institutions.ownership import Edge, EdgeKind, Graph, Node, NodeKind, find_owners

DAY = date(2026, 11, 1)
NODES = 10_000


def graph_of(holdings: dict[tuple[str, str], Fraction]) -> Graph:
    names = sorted({name for pair in holdings for name in pair})
    nodes = [Node(n, NodeKind.PERSON if n.startswith("p") else NodeKind.ENTITY, n) for n in names]
    edges = [Edge(f"{a}>{b}", a, b, EdgeKind.SHARES, s, (f"{b}.pdf",)) for (a, b), s in holdings.items()]
    return Graph.of(nodes, edges)


def chain() -> Graph:
    """One company above the other, 99.99 % each, and a person at the top."""
    names = [*(f"c{i}" for i in range(NODES - 1)), "p0"]
    return graph_of({(b, a): Fraction(9_999, 10_000) for a, b in pairwise(names)})


def ring() -> Graph:
    """Companies in one circle, each held to 60 % by the next and to 40 % by one person."""
    size = NODES // 2
    held = {(f"c{(i + 1) % size}", f"c{i}"): Fraction(3, 5) for i in range(size)}
    return graph_of(held | {(f"p{i}", f"c{i}"): Fraction(2, 5) for i in range(size)})


def layers() -> Graph:
    """Forty layers of companies, three holders each from the layers above; people at the top; some hold downwards."""
    rng = random.Random(5)  # noqa: S311
    held: dict[tuple[str, str], Fraction] = {}
    for i in range(NODES - 500):
        above = [f"c{rng.randint(i + 1, min(i + 500, NODES - 501))}" if i < NODES - 1000 else f"p{rng.randint(0, 499)}"]
        for holder in {*above, *(f"c{i + rng.randint(1, 240)}" for _ in range(2) if i < NODES - 1000)}:
            held[holder, f"c{i}"] = Fraction(rng.randint(10, 32), 100)
        if i % 50 == 0 and i:
            held[f"c{i - rng.randint(1, 5)}", f"c{i}"] = Fraction(1, 50)
    return graph_of(held)


def tangle() -> Graph:
    """Sixty companies that all hold each other, within ten thousand that hold them."""
    rng = random.Random(6)  # noqa: S311
    core = [f"c{i}" for i in range(60)]
    held = {(a, b): Fraction(rng.randint(1, 150), 10_000) for a in core for b in core if rng.random() < 0.7}
    held |= {(f"p{i}", core[i % 60]): Fraction(rng.randint(1, 10), 10_000) for i in range(NODES - 60)}
    return graph_of(held)


@pytest.mark.parametrize("shape", [chain, ring, layers, tangle])
def test_ten_thousand_nodes_take_a_second(shape):
    graph = shape()
    assert len(graph.nodes) > NODES * 0.95
    seconds = []
    for _ in range(3):
        start = time.process_time()
        found = find_owners(graph, "c0", day=DAY, risk="high")
        seconds.append(time.process_time() - start)
    assert found.shares["capital"].total(found.ends) + found.unaccounted == 1
    for owner in found.owners:
        assert all(ground.proof is None or ground.proof.adds_up() for ground in owner.grounds)
    assert min(seconds) < 3  # the bar is 1 s on a quiet core; a machine that others use is given room
