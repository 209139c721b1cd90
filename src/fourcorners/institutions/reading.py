"""An application put together from what is kept: for the rules, for whoever signs it, for the progress bar."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from fourcorners.evidence.queries import get_upload
from fourcorners.infra.db import ReadSession
from fourcorners.institutions import application as plain
from fourcorners.institutions.adviser import Answers, Proposal, propose
from fourcorners.institutions.kinds import Kind
from fourcorners.institutions.missing import Item, SectionState, missing, section_states
from fourcorners.institutions.models import Institution, Party
from fourcorners.institutions.ownership import Graph, graph_from_json, graph_to_json
from fourcorners.institutions.ownership.reading import parse_share
from fourcorners.institutions.queries import (
    find_signature,
    list_attestations,
    list_papers,
    list_parties,
    list_rulings,
    person_state,
    read_about,
    read_party,
    read_section,
    read_signature,
)
from fourcorners.institutions.sections import FILLED, identity_papers, questions
from fourcorners.institutions.versioned import Versioned
from fourcorners.kit.canonical import canonical_json, sha256_hex
from fourcorners.kit.errors import Refusal
from fourcorners.people.rules import State as PersonState

__all__ = [
    "EDGE",
    "NODE",
    "STATEMENTS",
    "SUBJECT",
    "Progress",
    "Standing",
    "advice_of",
    "application_of",
    "content_of",
    "fields_of_graph",
    "graph_from_fields",
    "graph_of",
    "is_signed",
    "item_marks",
    "progress_of",
    "rulings_in_force",
]

NODE, EDGE, SUBJECT, STATEMENTS = "node:", "edge:", "subject", "statements"
"""Fields of the section `ownership`: one for each node and edge, the subject, a BODS file as it was imported."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A graph of owners as it stands: None, with the reason in `problem`, while it hangs together badly."""

    graph: Graph | None
    subject: str
    problem: Refusal | None = None


@dataclass(frozen=True)
class Progress:
    """Each section's state (INS2), and everything that is missing or wrong."""

    states: Mapping[str, SectionState]
    items: tuple[Item, ...]

    @property
    def is_complete(self) -> bool:
        """Can it be submitted?"""
        return not self.items


def graph_of(db: ReadSession, institution_id: str) -> Standing:
    """The graph that the section `ownership` draws, with what an imported file said beside it."""
    return graph_from_fields(read_section(db, institution_id, "ownership").values)


def graph_from_fields(values: Mapping[str, Any]) -> Standing:
    """The same from the section's fields."""
    nodes = [value for name, value in values.items() if name.startswith(NODE)]
    edges = [value for name, value in values.items() if name.startswith(EDGE)]
    subject = str(values.get(SUBJECT, ""))
    if not nodes:
        return Standing(None, subject)
    try:
        graph, _ = graph_from_json(json.dumps({"nodes": nodes, "edges": edges}))
    except Refusal as refusal:
        return Standing(None, subject, refusal)
    if STATEMENTS in values:
        statements = json.loads(values[STATEMENTS], parse_float=Decimal)
        graph = Graph(graph.nodes, graph.edges, {"bods": statements})
    return Standing(graph, subject)


def fields_of_graph(graph: Graph, subject: str, text: str) -> dict[str, Any]:
    """The fields that draw this graph. `text` is what it was read from: statements are kept word for word."""
    is_stated = "bods" in graph.kept
    own = Graph(graph.nodes, graph.edges) if is_stated else graph
    told = json.loads(graph_to_json(own))
    fields: dict[str, Any] = {f"{NODE}{node['id']}": node for node in told["nodes"]}
    fields |= {f"{EDGE}{edge['id']}": edge for edge in told["edges"]}
    fields |= {SUBJECT: subject}
    if is_stated:
        fields[STATEMENTS] = text
    return fields


def application_of(db: ReadSession, institution: Institution) -> plain.Application:
    """Everything that was entered so far, as the rules look at it. Raises KeyDestroyed."""
    sections = {name: read_section(db, institution.id, name).values for name in FILLED}
    standing = graph_of(db, institution.id)
    kind = sections["type"].get("kind", "")
    held = _papers_by_party(db, institution.id)
    answers = {name: str(value) for name, value in sections["additional_info"].items() if ":" not in name}
    return plain.Application(
        kind=Kind(kind) if kind in set(Kind) else None,
        variant=sections["type"].get("variant", ""),
        facts=sections["basic_info"],
        addresses=_addresses(sections["addresses"]),
        parties=tuple(
            _party(db, party, held.get(party.id, set()), standing) for party in list_parties(db, institution.id)
        ),
        papers=tuple(
            _paper(paper.paper, read_about(db, paper))
            for paper in list_papers(db, institution.id)
            if paper.party_id is None
        ),
        graph=standing.graph,
        graph_problem=standing.problem,
        subject=standing.subject,
        answers=answers,
        questionnaires=tuple(name for name in questions() if _is_filled_in(name, sections["additional_info"])),
        attestations=tuple(tick.key for tick in list_attestations(db, institution.id)),
        is_signed=is_signed(db, institution),
    )


def content_of(db: ReadSession, institution: Institution) -> dict[str, Any]:
    """Everything that is signed and submitted, as plain values: the same content gives the same canonical JSON."""
    return {
        "sections": {name: dict(read_section(db, institution.id, name).values) for name in (*FILLED, "ownership")},
        "parties": {party.id: dict(read_party(db, party).values) for party in list_parties(db, institution.id)},
        "papers": {
            paper.id: {
                "paper": paper.paper,
                "party": paper.party_id,
                "sha256": get_upload(db, paper.upload_id).sha256,
                **read_about(db, paper),
            }
            for paper in list_papers(db, institution.id)
        },
        "attestations": {tick.key: tick.text_sha256 for tick in list_attestations(db, institution.id)},
    }


def is_signed(db: ReadSession, institution: Institution) -> bool:
    """Is there a signature under exactly what the application says now?"""
    signature = find_signature(db, institution.id)
    if signature is None:
        return False
    signed: str = read_signature(db, signature)["signed"]
    return signed == sha256_hex(canonical_json(content_of(db, institution)))


def progress_of(db: ReadSession, institution: Institution, *, today: date) -> Progress:
    """Where each section stands, with what is missing, and what reviewers refused and nobody has changed since."""
    application = application_of(db, institution)
    items = missing(application, today=today)
    refused = tuple(_refused(db, institution))
    states = section_states(application, today=today, items=items)
    states |= {item.section: SectionState.ERROR for item in refused}
    return Progress(states, (*items, *refused))


def advice_of(db: ReadSession, institution_id: str) -> Proposal:
    """What the adviser proposes from the answers in the section `type` (INS1)."""
    values = read_section(db, institution_id, "type").values
    given: dict[str, Any] = {
        name: {"yes": True, "no": False}.get(str(values[name]).lower())
        for name in Answers.__slots__
        if name in values and name != "state_share"
    }
    if values.get("state_share"):
        try:
            given["state_share"] = parse_share(values["state_share"])
        except Refusal:
            given["state_share"] = None
    return propose(Answers(**given))


def item_marks(db: ReadSession, institution_id: str) -> dict[str, str]:
    """Every item that a reviewer rules on, with the mark of what it is now: versions and ids, nothing that names."""
    marks = {}
    for name in (*FILLED, "ownership"):
        version = read_section(db, institution_id, name).version
        if version:
            marks[f"section:{name}"] = str(version)
    papers = list_papers(db, institution_id)
    for party in list_parties(db, institution_id):
        own = [paper.upload_id for paper in papers if paper.party_id == party.id]
        marks[f"party:{party.id}"] = " ".join([str(party.version), party.applicant_id or "", *own])
    for paper in papers:
        if paper.party_id is None:
            marks[f"paper:{paper.id}"] = paper.upload_id
    return {item: sha256_hex(mark.encode()) for item, mark in marks.items()}


def rulings_in_force(db: ReadSession, institution_id: str) -> dict[str, bool]:
    """What was ruled, accepted or not, of items that nobody has changed since."""
    marks = item_marks(db, institution_id)
    return {
        ruling.item: ruling.accepted
        for ruling in list_rulings(db, institution_id)
        if marks.get(ruling.item) == ruling.of
    }


def _refused(db: ReadSession, institution: Institution) -> list[Item]:
    if institution.state != "draft":
        return []
    papers = {paper.id: paper.paper for paper in list_papers(db, institution.id)}
    found = []
    for item, accepted in rulings_in_force(db, institution.id).items():
        group, _, name = item.partition(":")
        if accepted:
            continue
        section = {"party": "key_people", "paper": "documents"}.get(group, name)
        says = "The reviewer did not accept this. Please change it; the message in the feedback says why."
        found.append(Item(section, papers.get(name, name), says, is_error=True, code="refused"))
    return found


def _papers_by_party(db: ReadSession, institution_id: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for paper in list_papers(db, institution_id):
        if paper.party_id is not None:
            found.setdefault(paper.party_id, set()).add(paper.paper)
    return found


def _party(db: ReadSession, party: Party, papers: set[str], standing: Standing) -> plain.Party:
    held: Versioned = read_party(db, party)
    values = held.values
    names = identity_papers()
    node = str(values.get("node", ""))
    return plain.Party(
        id=party.id,
        name=str(values.get("name", "")),
        roles=tuple(values.get("roles", ())),
        is_entity=bool(values.get("is_entity")),
        is_class=bool(values.get("is_class")),
        birth_date=day(values.get("birth_date")),
        nationality=str(values.get("nationality", "")),
        residence=str(values.get("residence", "")),
        is_verified=person_state(db, party) is PersonState.VERIFIED,
        has_identity=names.page in papers or set(names.sides) <= papers,
        identity_expires=day(values.get("identity_expires")),
        has_proof_of_address=names.proof_of_address in papers,
        has_owners=standing.graph is not None and node in standing.graph.held,
        node=node,
    )


def _paper(key: str, about: Mapping[str, Any]) -> plain.Paper:
    return plain.Paper(key, day(about.get("dated")), day(about.get("expires")), bool(about.get("signed")))


def _addresses(values: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        which, _, part = name.partition(".")
        found.setdefault(which, {})[part] = str(value)
    return found


def _is_filled_in(questionnaire: str, values: Mapping[str, Any]) -> bool:
    return all(str(values.get(f"{questionnaire}:{key}", "")).strip() for key in questions()[questionnaire])


def day(value: object) -> date | None:
    """A day that was typed in; None for nothing, or for what is no day."""
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
