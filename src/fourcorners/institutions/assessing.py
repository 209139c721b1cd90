"""What the machine finds in an application: who owns it, with proofs; what its papers say; lists; risk.

Pure: plain values in, one plain value out, the same for the same application. It decides nothing: a person does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fourcorners.formats.names import fold
from fourcorners.institutions.application import Application
from fourcorners.institutions.ownership import Ownership, find_owners
from fourcorners.institutions.ownership.report import as_json, as_lines
from fourcorners.kit.errors import Refusal

__all__ = ["Found", "assess"]

TELLING = (
    "circular_control",
    "shares_fall_short",
    "bearer_shares",
    "nominees",
    "ends_with_entity",
    "paper_missing",
    "no_owner_found",
)
"""Notes on the owners for which a reviewer should look."""


@dataclass(frozen=True)
class Found:
    """`plain` is everything, ready for JSON; `risk` the level of the scorecard, None where there is none.

    Keys of `plain`: `ownership` (`ownership.report.as_json`, None without a graph), `ownership_lines`, `problem` (why a
    graph could not be worked out), `owners_not_named` (nodes), `papers`, `people` (by party), `screening`, `risk`,
    `reasons`, `versions`.
    """

    plain: Mapping[str, Any]
    reasons: tuple[str, ...]
    risk: str | None
    versions: Mapping[str, object]


def assess(
    application: Application,
    *,
    today: date,
    papers: Sequence[Mapping[str, Any]] = (),
    people: Mapping[str, Mapping[str, Any]] | None = None,
    screening: Mapping[str, Any] | None = None,
    risk: Mapping[str, Any] | None = None,
) -> Found:
    """Everything that is found. `papers`, `people`, `screening` and `risk` are what those found who looked.

    Owners are counted from the threshold that goes with the risk: that of the highest where it is not known.
    """
    level = None if risk is None else str(risk["level"])
    owners, problem = _owners(application, today, "high" if risk is None else str(risk["threshold"]))
    reasons = []
    told: dict[str, Any] = {"ownership": None, "ownership_lines": [], "owners_not_named": [], "problem": problem}
    if owners is not None and application.graph is not None:
        told["ownership"] = as_json(application.graph, owners)
        told["ownership_lines"] = list(as_lines(application.graph, owners))
        told["owners_not_named"] = _not_named(application, owners)
        reasons += ["owner_not_named"] if told["owners_not_named"] else []
        reasons += ["ownership_unclear"] if set(TELLING) & set(owners.notes) else []
    reasons += ["ownership_unclear"] if problem else []
    reasons += ["papers_disagree"] if any(paper.get("problems") for paper in papers) else []
    reasons += ["people_unclear"] if any(one.get("problems") for one in (people or {}).values()) else []
    if screening is None or not screening.get("lists"):
        reasons.append("screening_not_made")
    elif screening.get("hits"):
        reasons.append("screening_hit")
    reasons += ["risk_not_assessed"] if risk is None else ["risk_high"] if risk.get("four_eyes") else []
    reasons = list(dict.fromkeys(reasons))
    versions: dict[str, object] = {
        name: part["version"]
        for name, part in (("screening", screening), ("risk", risk))
        if part is not None and "version" in part
    }
    plain = {
        **told,
        "today": today.isoformat(),
        "kind": None if application.kind is None else application.kind.value,
        "papers": list(papers),
        "people": dict(people or {}),
        "screening": screening,
        "risk": risk,
        "reasons": reasons,
        "versions": versions,
    }
    return Found(plain, tuple(reasons), level, versions)


def _owners(application: Application, today: date, threshold: str) -> tuple[Ownership | None, str]:
    if application.graph is None or not application.subject:
        return None, "" if application.graph_problem is None else application.graph_problem.message
    try:
        return find_owners(application.graph, application.subject, day=today, risk=threshold), ""
    except Refusal as refusal:
        return None, refusal.message


def _not_named(application: Application, owners: Ownership) -> list[str]:
    assert application.graph is not None  # noqa: S101 - owners were found in it
    named = {party.node for party in application.parties} | {fold(party.name) for party in application.parties}
    return [
        owner.node
        for owner in owners.owners
        if owner.node not in named and fold(application.graph.nodes[owner.node].name) not in named
    ]
