"""What was found of an institution's owners, as JSON and as lines for people."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from fourcorners.kit.data import load_toml

from .model import Edge, Graph
from .owners import Basis, Ground, Ownership
from .proof import Chain
from .reading import share_text

__all__ = ["as_json", "as_lines"]

SHARE_BITS_MAX = 4_000
"""A share whose exact fraction is longer is told rounded: nobody reads thousands of digits."""


def as_json(graph: Graph, found: Ownership) -> dict[str, Any]:
    """Everything, ready for JSON; shares as exact fractions in text, with their percentage."""
    return {
        "subject": found.subject,
        "day": found.day.isoformat(),
        "risk": found.risk,
        "threshold": _share(found.threshold),
        "owners": [
            {"id": owner.node, "name": graph.nodes[owner.node].name, "grounds": [_ground(g) for g in owner.grounds]}
            for owner in found.owners
        ],
        "ends": {node: _share(found.shares["capital"][node]) for node in found.ends},
        "unaccounted": _share(found.unaccounted),
        "state_share": _share(found.state_share),
        "circular_control": [list(circle) for circle in found.circles],
        "shortfalls": [{"id": gap.node, "missing": _share(gap.missing)} for gap in found.shortfalls],
        "bearer_shares": [edge.id for edge in found.bearer],
        "nominees": [edge.id for edge in found.nominees],
        "notes": {code: _notes()[code] for code in found.notes},
    }


def as_lines(graph: Graph, found: Ownership) -> Iterator[str]:
    """The owners with their proofs, then what a reviewer should look at."""

    def name(node: str) -> str:
        return graph.nodes[node].name or node

    least = share_text(found.threshold)
    yield f"{name(found.subject)}, on {found.day}: beneficial owners from {least} ({found.risk} risk)"
    for owner in found.owners:
        yield f"{name(owner.node)}"
        for ground in owner.grounds:
            yield f"  {_notes()['basis'][ground.basis.value]}" + (f": {_short(ground.share)}" if ground.share else "")
            for chain in ground.proof.chains if ground.proof else ():
                yield f"    {_chain(graph, chain)}"
            if ground.proof and ground.proof.rest:
                yield f"    and further chains, together {_short(ground.proof.rest)}"
            for step in ground.control:
                held = "by other means" if step.other_means else f"with {_short(step.votes)} of the votes"
                yield f"    controls {name(step.controlled)} {held}{_papers(step.edges)}"
            for edge in ground.edges if ground.basis in (Basis.ROLE, Basis.SENIOR_MANAGER) else ():
                yield f"    {edge.kind.value.replace('_', ' ')} of {name(edge.owned)}{_papers((edge,))}"
    if not found.owners:
        yield "No beneficial owner was found, and no senior manager is named."
    for code in found.notes:
        yield f"! {_notes()[code]}"


def _chain(graph: Graph, chain: Chain) -> str:
    steps = " > ".join(
        f"{graph.nodes[s.holder].name or s.holder} {_short(s.share)}{_papers(s.edges)}" for s in chain.steps
    )
    last = graph.nodes[chain.steps[-1].held]
    rounds = "".join(
        f" x 1/(1 - {_short(r.weight)}) for the circles back to {graph.nodes[r.node].name or r.node}"
        for r in chain.rounds
    )
    return f"{steps} > {last.name or last.id}: {_short(chain.product)}{rounds} = {_short(chain.amount)}"


def _papers(edges: tuple[Edge, ...]) -> str:
    papers = dict.fromkeys(paper for edge in edges for paper in edge.documents)
    return f" [{', '.join(papers)}]" if papers else " [no paper]"


def _short(share: Fraction) -> str:
    return share_text(share)


def _share(share: Fraction) -> dict[str, object]:
    is_short = share.denominator.bit_length() <= SHARE_BITS_MAX
    return {"exact": str(share) if is_short else None, "percent": float(share * 100)}


def _ground(ground: Ground) -> dict[str, Any]:
    told: dict[str, Any] = {"basis": ground.basis.value}
    if ground.share is not None:
        told["share"] = _share(ground.share)
    if ground.through:
        told["through"] = ground.through
    if ground.proof is not None:
        told["chains"] = [_chain_json(chain) for chain in ground.proof.chains]
        told["further_chains"] = _share(ground.proof.rest)
        told["adds_up"] = ground.proof.adds_up()
    if ground.control:
        told["control"] = [
            {"controls": step.controlled, "votes": _share(step.votes), "other_means": step.other_means,
             "edges": [edge.id for edge in step.edges]}
            for step in ground.control
        ]  # fmt: skip
    if ground.edges:
        told["edges"] = [edge.id for edge in ground.edges]
    return told


def _chain_json(chain: Chain) -> dict[str, Any]:
    return {
        "steps": [
            {"holder": s.holder, "held": s.held, "share": _share(s.share), "edges": [e.id for e in s.edges],
             "documents": list(s.documents)}
            for s in chain.steps
        ],
        "product": _share(chain.product),
        "rounds": [{"node": r.node, "weight": _share(r.weight), "factor": _share(r.factor)} for r in chain.rounds],
        "amount": _share(chain.amount),
    }  # fmt: skip


def _notes() -> dict[str, Any]:
    return load_toml("fourcorners.institutions.ownership", "notes.toml")
