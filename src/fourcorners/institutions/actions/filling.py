"""Fill in: sections field by field, the graph of owners, people."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from fourcorners.accounts.actions.links import check_email
from fourcorners.infra.db import WriteSession
from fourcorners.infra.mail import write_mail
from fourcorners.infra.sealing import seal_json
from fourcorners.institutions.actions.changing import opened, touch
from fourcorners.institutions.errors import FieldUnknown, TooManyOfThem
from fourcorners.institutions.letters import letter, some_institution
from fourcorners.institutions.models import Institution, Paper, Party, Section
from fourcorners.institutions.ownership.bods import graph_to_bods, read_graph
from fourcorners.institutions.queries import (
    PARTY,
    SECTION,
    get_institution,
    get_party,
    list_parties,
    read_party,
    read_section,
)
from fourcorners.institutions.reading import EDGE, NODE, fields_of_graph, graph_of
from fourcorners.institutions.rules import State
from fourcorners.institutions.sections import limit_of, parse_party, parse_section
from fourcorners.institutions.versioned import Versioned
from fourcorners.kit.ids import new_id
from fourcorners.people.actions import register_applicant
from fourcorners.people.grants import grant_access

__all__ = [
    "add_party",
    "change_party",
    "export_graph",
    "import_graph",
    "remove_party",
    "save_section",
    "send_party_link",
]

COUNTRY_LETTERS = 2
_LINKABLE = (State.DRAFT, State.UNDER_REVIEW, State.INFO_REQUESTED, State.APPROVED)
PERSON_LEVEL = 3
"""The level that an institution's people are verified to: with proof of address (INS5)."""


def save_section(
    db: WriteSession, institution_id: str, section: str, *, actor: str, changes: Mapping[str, Any], seen: int
) -> Versioned:
    """Save some fields of a section; None takes one away. `seen` is the version that the editor saw.

    What nobody else changed since is taken, so that several can write at once. Saving the same twice changes nothing.
    Raises SectionChanged with the newer values, FieldUnknown, TooManyOfThem, NotOpenForChanges.
    """
    institution = opened(db, institution_id)
    if len(changes) > limit_of("changes_max" if section != "ownership" else "graph_items_max"):
        raise TooManyOfThem("That is too much to save at once.", limit=limit_of("changes_max"))
    return _save(db, institution, section, parse_section(section, changes), seen, actor)


def import_graph(
    db: WriteSession, institution_id: str, *, actor: str, text: str, seen: int, subject: str = ""
) -> Versioned:
    """Take the graph of owners from a file: statements (BODS 0.4) or our own form. It replaces what was drawn.

    `subject` is the node that the institution is, where the file does not say it. Raises StatementsInvalid,
    GraphInvalid, TooManyOfThem, SectionChanged, NotOpenForChanges.
    """
    institution = opened(db, institution_id)
    graph, named = read_graph(text)
    if len(graph.nodes) + len(graph.edges) > limit_of("graph_items_max"):
        raise TooManyOfThem("The graph is larger than an application holds.", limit=limit_of("graph_items_max"))
    fields = fields_of_graph(graph, subject or named, text)
    held = read_section(db, institution.id, "ownership")
    changes = {**dict.fromkeys(held.values), **fields}
    return _save(db, institution, "ownership", parse_section("ownership", changes), seen, actor)


def export_graph(db: WriteSession, institution_id: str, *, actor: str, publisher: str) -> str:
    """The graph of owners as statements (BODS 0.4). What was imported is written as it was. Raises GraphInvalid."""
    institution = get_institution(db, institution_id)
    standing = graph_of(db, institution.id)
    if standing.graph is None:
        if standing.problem is not None:
            raise standing.problem
        raise FieldUnknown("There is no graph of owners yet.", problems={"graph": "missing"})
    touch(db, institution, actor, "ownership.exported", {"nodes": len(standing.graph.nodes)})
    return graph_to_bods(standing.graph, standing.subject, day=db.now.date(), publisher=publisher)


def add_party(
    db: WriteSession, institution_id: str, *, actor: str, values: Mapping[str, Any], key: str | None = None
) -> Party:
    """Name a person or entity. `key`, an id that the form made up (`pty_...`), makes a double click name them once.

    Raises FieldUnknown, TooManyOfThem, NotOpenForChanges.
    """
    institution = opened(db, institution_id)
    return write_party(db, institution, actor=actor, values=values, key=key)


def write_party(
    db: WriteSession, institution: Institution, *, actor: str, values: Mapping[str, Any], key: str | None = None
) -> Party:
    """The same in any state, for a change of the authorised user."""
    known = db.get(Party, key) if key else None
    if known is not None:
        if known.institution_id != institution.id:
            raise FieldUnknown("This id belongs to somebody else.", problems={"key": "invalid"})
        return known
    if len(list_parties(db, institution.id)) >= limit_of("people_max"):
        raise TooManyOfThem("That is as many people as an application holds.", limit=limit_of("people_max"))
    party = Party(
        id=key or new_id("pty"),
        institution_id=institution.id,
        version=0,
        created_at=db.now,
        updated_at=db.now,
    )
    held = Versioned().saved(parse_party(values), 0)
    keep_party(db, party, Versioned(held.values, 1, held.changed))
    db.add(party)
    touch(db, institution, actor, "party.added", {"party": party.id, "roles": held.values.get("roles", [])})
    return party


def change_party(
    db: WriteSession, institution_id: str, party_id: str, *, actor: str, changes: Mapping[str, Any], seen: int
) -> Versioned:
    """Change some fields of somebody, as `save_section` does. Raises SectionChanged, FieldUnknown, PartyUnknown."""
    institution = opened(db, institution_id)
    party = get_party(db, institution.id, party_id)
    held = read_party(db, party)
    new = held.saved(parse_party(changes), seen)
    if new is not held:
        keep_party(db, party, new)
        touch(db, institution, actor, "party.changed", {"party": party.id, "fields": sorted(changes)})
    return new


def remove_party(db: WriteSession, institution_id: str, party_id: str, *, actor: str) -> None:
    """Take somebody out, with their files; what was handed in stays on record. A second time changes nothing."""
    institution = opened(db, institution_id)
    party = db.get(Party, party_id)
    if party is not None and party.institution_id == institution.id and party.removed_at is not None:
        return
    party = get_party(db, institution.id, party_id)
    party.removed_at = db.now
    papers = update(Paper).where(Paper.party_id == party.id, Paper.removed_at.is_(None))
    db.execute(papers.values(removed_at=db.now))
    touch(db, institution, actor, "party.removed", {"party": party.id})


def send_party_link(db: WriteSession, institution_id: str, party_id: str, *, actor: str, origin: str) -> Party:
    """Send somebody a link to their own verification, whose result is followed. Sent twice in a minute, written once.

    They get an applicant of their own: what they hand in is theirs, sealed under their key, and the institution sees
    only whether they are verified. Raises FieldUnknown without an address, EmailInvalid, PartyUnknown.
    """
    institution = opened(db, institution_id, *_LINKABLE)
    party = get_party(db, institution.id, party_id)
    values = read_party(db, party).values
    if values.get("is_entity") or values.get("is_class"):
        raise FieldUnknown("Only a person verifies themselves.", problems={"is_entity": "invalid"})
    if not values.get("email"):
        raise FieldUnknown("Please enter an e-mail address first.", problems={"email": "missing"})
    address = check_email(values["email"])
    if party.invited_at is not None and db.now - party.invited_at < timedelta(minutes=1):
        return party
    if party.applicant_id is None:
        verification = register_applicant(
            db,
            actor=actor,
            email=address,
            locale=institution.locale,
            level_wanted=PERSON_LEVEL,
            sandbox=institution.sandbox,
        )
        party.applicant_id = verification.applicant_id
    party.invited_at = db.now
    link = f"{origin}/verify/open/{grant_access(db, party.applicant_id, 'link', actor=actor)}"
    name = read_section(db, institution.id, "basic_info").values.get("legal_name", "")
    told = {"link": link, "name": name or some_institution(institution.locale)}
    subject, text = letter(institution.locale, "party_link", **told)
    write_mail(db, owner=party.applicant_id, kind="institution.party_link", to=address, subject=subject, text=text)
    touch(db, institution, actor, "party.linked", {"party": party.id, "applicant": party.applicant_id})
    return party


def _save(
    db: WriteSession, institution: Institution, section: str, changes: Mapping[str, Any], seen: int, actor: str
) -> Versioned:
    held = read_section(db, institution.id, section)
    new = held.saved(changes, seen)
    most = limit_of("graph_items_max")
    if sum(name.startswith((NODE, EDGE)) for name in new.values) > most:
        raise TooManyOfThem("The graph is larger than an application holds.", limit=most)
    if new is held:
        return held
    sealed = seal_json(db, institution.id, new.to_plain(), f"{SECTION} {section}")
    row = db.get(Section, (institution.id, section))
    if row is None:
        row = Section(institution_id=institution.id, name=section)
        db.add(row)
    row.version, row.sealed, row.updated_by, row.updated_at = new.version, sealed, actor, db.now
    if section == "type":
        institution.kind = new.values.get("kind")
    if section == "basic_info":
        country = str(new.values.get("country", "")).upper()
        is_code = len(country) == COUNTRY_LETTERS and country.isascii() and country.isalpha()
        institution.country = country if is_code else None
    told = sorted(name for name in changes if section != "ownership")
    details = {"section": section, "version": new.version, "fields": told or len(changes)}
    touch(db, institution, actor, "section.saved", details)
    return new


def keep_party(db: WriteSession, party: Party, held: Versioned) -> None:
    """Seal the fields of somebody anew."""
    party.version, party.updated_at = held.version, db.now
    party.sealed = seal_json(db, party.institution_id, held.to_plain(), f"{PARTY} {party.id}")
    db.flush()
