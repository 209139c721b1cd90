"""What an application lacks, item by item, and where each of its sections stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fourcorners.formats.names import fold
from fourcorners.institutions.ownership import Ownership, find_owners
from fourcorners.kit.errors import Refusal

from .application import FACTS, Application, Paper, Party
from .errors import ApplicationIncomplete
from .fields import field_problem
from .kinds import Kind, Needs, limit, needs, text_of
from .rules import kind_problems

__all__ = ["SECTIONS", "Item", "SectionState", "check_complete", "missing", "section_states"]

SECTIONS = (
    "type",
    "basic_info",
    "addresses",
    "key_people",
    "ownership",
    "documents",
    "additional_info",
    "attestations",
    "review_and_sign",
)
"""The sections of the progress bar, in its order."""

STREETS = ("lines", "city", "country")


class SectionState(StrEnum):
    """How far a section is."""

    EMPTY = "empty"
    PARTIAL = "partial"
    COMPLETE = "complete"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is missing or wrong. `says` names it in a sentence; `is_error` if something entered is wrong.

    `code` tells several faults of one item apart: `state_share`, `listed`, `expired`, `unsigned`, `undated`, `refused`.
    `why` is the refusal that a sentence about the chart was taken from.
    """

    section: str
    item: str
    says: str
    is_error: bool = False
    code: str = ""
    why: Refusal | None = field(default=None, compare=False)


def missing(application: Application, *, today: date) -> list[Item]:
    """Everything that stands between the application and its submission, in the order of the sections."""
    if application.kind is None:
        return [Item("type", "kind", "Choose the kind of institution."), *_basic(application, today)]
    wanted = needs(application.kind, variant=application.variant, country=application.facts.get("country", ""))
    found = _owners(application, today)
    return [
        *_type(application, found),
        *_basic(application, today),
        *_addresses(application),
        *_people(application, wanted, today),
        *_ownership(application, wanted, found),
        *_papers(application, wanted, today),
        *_additional(application, wanted),
        *(
            Item("attestations", key, f"Please confirm: {text_of('attestations', key)}")
            for key in wanted.attestations
            if key not in application.attestations
        ),
        *([] if application.is_signed else [Item("review_and_sign", "signature", "Please sign the application.")]),
    ]


def check_complete(application: Application, *, today: date) -> None:
    """Raises ApplicationIncomplete, naming every missing item."""
    items = missing(application, today=today)
    if items:
        raise ApplicationIncomplete(" ".join(item.says for item in items), items=[item.item for item in items])


def section_states(
    application: Application, *, today: date, items: Sequence[Item] | None = None
) -> dict[str, SectionState]:
    """The state of each section (INS2). `items` is what `missing` said, if at hand."""
    items = missing(application, today=today) if items is None else items
    states = {}
    for section in SECTIONS:
        own = [item for item in items if item.section == section]
        if any(item.is_error for item in own):
            states[section] = SectionState.ERROR
        elif not own and application.kind is not None:
            states[section] = SectionState.COMPLETE
        else:
            states[section] = SectionState.PARTIAL if _has_anything(application, section) else SectionState.EMPTY
    return states


def _has_anything(application: Application, section: str) -> bool:
    held = {
        "type": application.kind,
        "basic_info": any(application.facts.values()),
        "addresses": application.addresses,
        "key_people": application.parties,
        "ownership": application.graph,
        "documents": application.papers,
        "additional_info": application.answers or application.questionnaires,
        "attestations": application.attestations,
        "review_and_sign": application.is_signed,
    }
    return bool(held[section])


def _owners(application: Application, today: date) -> Ownership | Refusal | None:
    """Who owns it, or why that cannot be worked out; None without a graph."""
    if application.graph is None or not application.subject:
        return None
    try:
        return find_owners(application.graph, application.subject, day=today)
    except Refusal as refusal:
        return refusal


def _type(application: Application, found: Ownership | Refusal | None) -> Iterator[Item]:
    if application.kind is None or application.graph is None or not isinstance(found, Ownership):
        return  # the section on ownership says so
    listed = bool(application.answers.get("exchange")) and application.kind.is_private
    node = application.graph.nodes.get(application.subject)
    share = found.state_share
    by_share = kind_problems(application.kind, state_share=share, listed=False)
    for sentence in kind_problems(application.kind, state_share=share, listed=listed or bool(node and node.listed)):
        yield Item("type", "kind", sentence, is_error=True, code="state_share" if sentence in by_share else "listed")


def _basic(application: Application, today: date) -> Iterator[Item]:
    country = application.facts.get("country", "")
    optional = {"registration_number"} if application.kind is Kind.TRUST else set()
    for fact in FACTS:
        value = application.facts.get(fact, "")
        if not value.strip():
            if fact not in optional:
                yield Item("basic_info", fact, f"The {fact.replace('_', ' ')} is missing.")
            continue
        rule = {"incorporation_date": "past_date"}.get(fact, fact)
        if rule in ("past_date", "registration_number"):
            problem = field_problem(rule, value, country=country, today=today)
            if problem:
                yield Item("basic_info", fact, problem, is_error=True)
    for fact in ("tax_number", "lei"):
        value = application.facts.get(fact, "")
        problem = field_problem(fact, value, country=country) if value.strip() else ""
        if problem:
            yield Item("basic_info", fact, problem, is_error=True)


def _addresses(application: Application) -> Iterator[Item]:
    if "registered" not in application.addresses:
        yield Item("addresses", "registered", "The registered address is missing.")
    for name, address in application.addresses.items():
        for part in STREETS:
            if not address.get(part, "").strip():
                yield Item("addresses", f"{name}.{part}", f"The {name} address lacks its {part}.")
        postcode = address.get("postcode", "")
        problem = field_problem("postcode", postcode, country=address.get("country", "")) if postcode.strip() else ""
        if problem:
            yield Item("addresses", f"{name}.postcode", problem, is_error=True)


def _people(application: Application, wanted: Needs, today: date) -> Iterator[Item]:
    held = {role for party in application.parties for role in party.roles}
    for role in wanted.people:
        if role not in held and not (role == "owner" and application.graph is not None):
            yield Item("key_people", role, f"Nobody is named as {role.replace('_', ' ')}. {text_of('roles', role)}.")
    for party in application.parties:
        yield from _party(party, today)


def _party(party: Party, today: date) -> Iterator[Item]:
    def item(what: str, says: str, *, is_error: bool = False) -> Item:
        return Item("key_people", f"{party.id}.{what}", says, is_error)

    name = party.name.strip()
    if not name:
        yield item("name", "Somebody's name is missing.")
    if party.is_class:
        return
    if party.is_entity:
        if {"trustee", "partner"} & set(party.roles) and not party.has_owners:
            yield item("owners", f"{name} is an entity: its own owners are missing.")
        return
    if not party.is_verified:
        yield from _by_papers(party, today)


def _by_papers(party: Party, today: date) -> Iterator[Item]:
    """What somebody needs who did not go through the individual flow."""
    name = party.name.strip()

    def item(what: str, says: str, *, is_error: bool = False) -> Item:
        return Item("key_people", f"{party.id}.{what}", says, is_error)

    for value, what in (
        (party.birth_date, "birth date"),
        (party.nationality, "nationality"),
        (party.residence, "residence"),
    ):
        if not value:
            yield item(what.replace(" ", "_"), f"The {what} of {name} is missing.")
    if party.birth_date and party.birth_date > today:
        yield item("birth_date", f"The birth date of {name} has not come yet.", is_error=True)
    if not party.has_identity:
        yield item("identity", f"The identity document of {name} is missing.")
    if party.identity_expires and party.identity_expires < today:
        yield item("identity", f"The identity document of {name} has expired.", is_error=True)
    if not party.has_proof_of_address:
        yield item("proof_of_address", f"The proof of address of {name} is missing.")


def _of_graph(why: Refusal) -> Item:
    return Item("ownership", "graph", why.message, is_error=True, why=why)


def _ownership(application: Application, wanted: Needs, found: Ownership | Refusal | None) -> Iterator[Item]:
    if not wanted.graph:
        return
    if application.graph_problem is not None:
        yield _of_graph(application.graph_problem)
        return
    if application.graph is None or found is None:
        yield Item("ownership", "graph", "The graph of owners is missing.")
        return
    if isinstance(found, Refusal):
        yield _of_graph(found)
        return
    for gap in found.shortfalls:
        name = application.graph.nodes[gap.node].name
        says = f"The holders of {name} come to {float(gap.stated):.2%}: name the rest, or say why it is widely held."
        yield Item("ownership", f"{gap.node}.holders", says)
    if "senior_manager_missing" in found.notes:
        yield Item("ownership", "senior_manager", "No owner was found: name the senior manager in their place.")
    named = {party.node for party in application.parties} | {fold(party.name) for party in application.parties}
    for owner in found.owners:
        name = application.graph.nodes[owner.node].name
        if owner.node not in named and fold(name) not in named:
            says = f"{name} is a beneficial owner: add them to the key people, with the role of owner."
            yield Item("key_people", f"owner.{owner.node}", says)


def _papers(application: Application, wanted: Needs, today: date) -> Iterator[Item]:
    papers = [*wanted.papers]
    if "business" in application.addresses and application.addresses["business"] != application.addresses.get(
        "registered"
    ):
        papers.append("business_address")
    for key in papers:
        held = [paper for paper in application.papers if paper.paper == key]
        if not held:
            yield Item("documents", key, f"This paper is missing: {text_of('papers', key)}.")
        for paper in held:
            yield from _aged(paper, today)


def _aged(paper: Paper, today: date) -> Iterator[Item]:
    words = text_of("papers", paper.paper)
    if paper.expires and paper.expires < today:
        yield Item("documents", paper.paper, f"This paper has expired: {words}.", is_error=True, code="expired")
    if paper.paper != "ownership":
        return
    if not paper.signed:
        yield Item("documents", paper.paper, f"It is not signed: {words}.", is_error=True, code="unsigned")
    months = limit("dated_within_months")
    if paper.dated is None or paper.dated < _months_before(today, months) or paper.dated > today:
        says = f"It is not dated within {months} months: {words}."
        yield Item("documents", paper.paper, says, is_error=True, code="undated")


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _additional(application: Application, wanted: Needs) -> Iterator[Item]:
    asked = ["regulated", *wanted.answers]
    for key in asked:
        if not application.answers.get(key, "").strip():
            yield Item("additional_info", key, f"This question is not answered: {key.replace('_', ' ')}.")
    questionnaires = set(wanted.questionnaires)
    if application.answers.get("regulated") == "yes":
        questionnaires.add("aml_programme")
    for key in sorted(questionnaires - set(application.questionnaires)):
        yield Item("additional_info", key, f"This questionnaire is not filled in: {key.replace('_', ' ')}.")
