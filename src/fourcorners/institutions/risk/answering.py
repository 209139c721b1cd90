"""The scorecard's answers, from an application as it stands and what screening found."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from fourcorners.formats.names import fold
from fourcorners.institutions.application import Application
from fourcorners.institutions.ownership import Graph, NodeKind
from fourcorners.kit.data import load_toml

from .scorecard import Risk, score

__all__ = ["answers_for", "assess_risk"]

MANY_ENTITIES, MANY_COUNTRIES, MANY_LEVELS = 10, 4, 4
VOLUMES = ((100_000, "under_100000"), (1_000_000, "under_1000000"), (10_000_000, "under_10000000"))
NUMBER = re.compile(r"\d{1,3}(?:[ ,.'\u00a0\u202f]\d{3})+(?!\d)|\d+")
FACTS = ("industry", "purpose", "products")


def assess_risk(
    application: Application, *, today: date, screening: str = "not_screened", exposed: Collection[str] = ()
) -> Risk:
    """The card of an application. `screening` is no_hits, not_screened, open or true_match; `exposed` names people who
    are politically exposed."""
    return score(answers_for(application, today=today, screening=screening, exposed=exposed))


def answers_for(
    application: Application, *, today: date, screening: str = "not_screened", exposed: Collection[str] = ()
) -> dict[str, tuple[str, str]]:
    """Each factor's answer and what it was said of."""
    graph = None if application.graph is None else application.graph.on(today)
    answers = {
        "registered_country": _countries(_own_countries(application)),
        "people_countries": _countries(_peoples_countries(application, graph)),
        "kind": ("unknown", "") if application.kind is None else (application.kind.value, application.kind.value),
        "industry": _industry(application.facts),
        "volume": _volume(application.answers.get("monthly_volume", "")),
        "screening": (screening, ""),
        "exposed": ("exposed", ", ".join(sorted(exposed))) if exposed else _state_bodies(graph),
    }
    return answers | _owners(application, graph)


def _own_countries(application: Application) -> list[str]:
    given = [application.facts.get("country", ""), *(a.get("country", "") for a in application.addresses.values())]
    return sorted({code.upper() for code in given if code})


def _peoples_countries(application: Application, graph: Graph | None) -> list[str]:
    given = [code for party in application.parties for code in (party.nationality, party.residence)]
    given += [] if graph is None else [node.country for node in graph.nodes.values()]
    return sorted({code.upper() for code in given if code})


def _countries(codes: list[str]) -> tuple[str, str]:
    if not codes:
        return "unknown", ""
    for name in ("call_for_action", "increased_monitoring"):
        if listed := [code for code in codes if code in _card()["lists"][name]["countries"]]:
            return name, ", ".join(listed)
    return "other", ", ".join(codes)


def _industry(facts: Mapping[str, str]) -> tuple[str, str]:
    said = " ".join(facts.get(name, "") for name in FACTS)
    if not said.strip():
        return "unknown", ""
    text = f" {fold(said).lower()} "
    for name in ("high", "raised"):
        if found := [word.strip() for word in _pattern(name).findall(text)]:
            return name, ", ".join(dict.fromkeys(found))
    return "ordinary", facts.get("industry", "")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in _card()["words"][name]["words"])
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


def _volume(said: str) -> tuple[str, str]:
    """The largest number that was said; words for millions are no number, and count as unknown."""
    numbers = [int(re.sub(r"\D", "", number)) for number in NUMBER.findall(said)]
    if not numbers or re.search(r"\d\s*[a-zA-Z]*(?:mi?o|mill|thousand|tsd|k\b|m\b|bn)", said, re.IGNORECASE):
        return "unknown", said[:60]
    return next((name for limit, name in VOLUMES if max(numbers) < limit), "more"), said[:60]


def _state_bodies(graph: Graph | None) -> tuple[str, str]:
    names = [] if graph is None else [n.name for n in graph.nodes.values() if n.kind is NodeKind.STATE]
    return ("state_body", ", ".join(sorted(names))) if names else ("no", "")


def _owners(application: Application, graph: Graph | None) -> dict[str, tuple[str, str]]:
    said = application.answers.get("bearer_shares", "").lower()
    as_said = (said if said in ("yes", "no") else "unknown", "as declared" if said else "")
    if graph is None or application.subject not in graph.nodes:
        return {"bearer_shares": as_said}
    bearer = [edge.id for edge in graph.edges.values() if edge.bearer]
    nominees = [graph.nodes[edge.owner].name for edge in graph.edges.values() if edge.held_for]
    trusts = [node.name for node in graph.nodes.values() if node.kind is NodeKind.ARRANGEMENT]
    levels, circular = _levels(graph, application.subject)
    entities = sum(node.kind is NodeKind.ENTITY for node in graph.nodes.values())
    countries = {node.country for node in graph.nodes.values() if node.country}
    many = entities >= MANY_ENTITIES or len(countries) >= MANY_COUNTRIES
    told = f"{_count(entities, 'entity', 'entities')} in {_count(len(countries), 'country', 'countries')}"
    return {
        "bearer_shares": ("yes", _count(len(bearer), "holding", "holdings")) if bearer else as_said,
        "nominees": _some(nominees),
        "arrangements": _some(trusts),
        "depth": (str(min(levels, MANY_LEVELS)), _count(levels, "level", "levels")),
        "complexity": ("circular" if circular else "many" if many else "plain", told),
    }


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _some(names: Iterable[str]) -> tuple[str, str]:
    listed = sorted(set(names))
    return ("yes", ", ".join(listed)) if listed else ("no", "")


def _levels(graph: Graph, subject: str) -> tuple[int, bool]:
    """How many steps the furthest holder is away, by the shortest chain; whether anybody holds themselves."""
    holders: dict[str, set[str]] = {}
    for edge in graph.edges.values():
        holders.setdefault(edge.owned, set()).add(edge.holder)
    seen, here, levels = {subject}, {subject}, 0
    while here := {holder for node in here for holder in holders.get(node, ())} - seen:
        seen |= here
        levels += 1
    return levels, _has_circle(holders)


def _has_circle(holders: Mapping[str, Collection[str]]) -> bool:
    """Takes away, again and again, whoever is held by nobody that is left; a circle is what stays."""
    left = {node: set(above) & set(holders) for node, above in holders.items()}
    held_by_none = [node for node, above in left.items() if not above]
    below: dict[str, list[str]] = {}
    for node, above in left.items():
        for holder in above:
            below.setdefault(holder, []).append(node)
    gone = 0
    while held_by_none:
        node = held_by_none.pop()
        gone += 1
        for held in below.get(node, ()):
            left[held].discard(node)
            if not left[held]:
                held_by_none.append(held)
    return gone < len(left)


def _card() -> dict[str, Any]:
    return load_toml("fourcorners.institutions.risk", "scorecard.toml")
