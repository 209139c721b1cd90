"""Reads of what is kept of institutions: `get_` raises, `find_` returns None, `list_` is never None."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.sealing import fingerprint, open_json
from fourcorners.institutions.errors import PartyUnknown
from fourcorners.institutions.models import (
    Assessment,
    Attestation,
    Editor,
    Institution,
    InstitutionSubmission,
    ItemRuling,
    Paper,
    Party,
    Section,
    Signature,
    UserChange,
)
from fourcorners.institutions.rules import State
from fourcorners.institutions.versioned import Versioned
from fourcorners.people.queries import get_verification_of
from fourcorners.people.rules import State as PersonState

__all__ = [
    "ABOUT",
    "CONTACT",
    "CONTENT",
    "EDITOR",
    "FOUND",
    "PARTY",
    "RULING",
    "SECTION",
    "SIGNATURE",
    "TICK",
    "editor_key",
    "find_assessment",
    "find_change",
    "find_editor",
    "find_institution",
    "find_party_of",
    "find_signature",
    "find_submission",
    "get_institution",
    "get_paper",
    "get_party",
    "list_assessments",
    "list_attestations",
    "list_changes",
    "list_editors",
    "list_institutions",
    "list_institutions_of",
    "list_papers",
    "list_parties",
    "list_rulings",
    "list_submissions",
    "person_state",
    "read_about",
    "read_assessment",
    "read_attestation",
    "read_contact",
    "read_content",
    "read_editor",
    "read_party",
    "read_section",
    "read_signature",
    "state_of",
]

ABOUT = "paper"
CONTACT = "contact"
CONTENT = "application"
EDITOR = "editor"
FOUND = "assessment"
PARTY = "party"
RULING = "ruling"
SECTION = "section"
SIGNATURE = "signature"
TICK = "attestation"


def get_institution(db: ReadSession, institution_id: str, *, lock: bool = False) -> Institution:
    """`lock` keeps other writers away until the transaction ends. Raises NotFound."""
    found = db.get(Institution, institution_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise NotFound("There is no such institution.")
    return found


def find_institution(
    db: ReadSession, *, reference: str | None = None, account_id: str | None = None
) -> Institution | None:
    """The institution with this reference, or of this account."""
    query = select(Institution)
    if reference is not None:
        query = query.where(Institution.reference == reference)
    if account_id is not None:
        query = query.where(Institution.account_id == account_id)
    return db.scalars(query).one_or_none()


def list_institutions(db: ReadSession, ids: Collection[str]) -> list[Institution]:
    """Those of these ids that there are."""
    return list(db.scalars(select(Institution).where(Institution.id.in_(ids)).order_by(Institution.id)))


def list_institutions_of(db: ReadSession, account_id: str) -> list[Institution]:
    """Those that an account began or was invited to fill in, the newest first."""
    query = (
        select(Institution)
        .join(Editor, Editor.institution_id == Institution.id)
        .where(Editor.account_id == account_id, Editor.removed_at.is_(None), Institution.erased_at.is_(None))
    )
    return list(db.scalars(query.order_by(Institution.id.desc())))


def state_of(institution: Institution) -> State:
    """Its state as one of the enumeration."""
    return State(institution.state)


def read_contact(db: ReadSession, institution: Institution) -> str | None:
    """Where mail goes. Raises KeyDestroyed after erasure."""
    if institution.contact is None:
        return None
    address: str | None = open_json(db, institution.id, institution.contact, CONTACT).get("email")
    return address


def read_section(db: ReadSession, institution_id: str, name: str) -> Versioned:
    """The fields of a section; empty before anything was saved. Raises KeyDestroyed."""
    row = db.get(Section, (institution_id, name))
    if row is None:
        return Versioned()
    return Versioned.from_plain(open_json(db, institution_id, row.sealed, f"{SECTION} {name}"), row.version)


def list_parties(db: ReadSession, institution_id: str) -> list[Party]:
    """Everybody who is named now, the first one first."""
    query = select(Party).where(Party.institution_id == institution_id, Party.removed_at.is_(None))
    return list(db.scalars(query.order_by(Party.id)))


def get_party(db: ReadSession, institution_id: str, party_id: str) -> Party:
    """Raises PartyUnknown."""
    party = db.get(Party, party_id)
    if party is None or party.institution_id != institution_id or party.removed_at is not None:
        raise PartyUnknown("Nobody of that kind is named in this application.")
    return party


def find_party_of(db: ReadSession, applicant_id: str) -> Party | None:
    """The person of an institution who verifies themselves as this applicant."""
    query = select(Party).where(Party.applicant_id == applicant_id, Party.removed_at.is_(None))
    return db.scalars(query).one_or_none()


def read_party(db: ReadSession, party: Party) -> Versioned:
    """The fields of a person or entity (`sections.toml`). Raises KeyDestroyed."""
    return Versioned.from_plain(open_json(db, party.institution_id, party.sealed, f"{PARTY} {party.id}"), party.version)


def person_state(db: ReadSession, party: Party) -> PersonState | None:
    """Where the individual verification stands of somebody who was sent a link; None for others."""
    if party.applicant_id is None:
        return None
    return PersonState(get_verification_of(db, party.applicant_id).state)


def list_papers(db: ReadSession, institution_id: str, *, removed: bool = False) -> list[Paper]:
    """The papers as they stand, the first one first; with `removed` also those that were replaced or taken back."""
    query = select(Paper).where(Paper.institution_id == institution_id)
    query = query if removed else query.where(Paper.removed_at.is_(None))
    return list(db.scalars(query.order_by(Paper.id)))


def get_paper(db: ReadSession, institution_id: str, paper_id: str) -> Paper:
    """Raises NotFound."""
    paper = db.get(Paper, paper_id)
    if paper is None or paper.institution_id != institution_id:
        raise NotFound("There is no such paper.")
    return paper


def read_about(db: ReadSession, paper: Paper) -> Mapping[str, Any]:
    """What was said of a paper: `dated`, `expires` (ISO days), `signed`. Raises KeyDestroyed."""
    opened: Mapping[str, Any] = open_json(db, paper.institution_id, paper.about, f"{ABOUT} {paper.id}")
    return opened


def list_attestations(db: ReadSession, institution_id: str) -> list[Attestation]:
    """Those that are ticked now."""
    query = select(Attestation).where(Attestation.institution_id == institution_id, Attestation.withdrawn_at.is_(None))
    return list(db.scalars(query.order_by(Attestation.id)))


def read_attestation(db: ReadSession, tick: Attestation) -> Mapping[str, Any]:
    """`signer` and `address` of a tick. Raises KeyDestroyed."""
    opened: Mapping[str, Any] = open_json(db, tick.institution_id, tick.sealed, f"{TICK} {tick.id}")
    return opened


def find_signature(db: ReadSession, institution_id: str) -> Signature | None:
    """The latest signature, whether it still holds or not (`reading.is_signed` says)."""
    query = select(Signature).where(Signature.institution_id == institution_id)
    return db.scalars(query.order_by(Signature.id.desc()).limit(1)).one_or_none()


def read_signature(db: ReadSession, signature: Signature) -> Mapping[str, Any]:
    """`name`, `strokes`, `signer`, `address`, `signed` (a hash) of a signature. Raises KeyDestroyed."""
    owner = signature.institution_id
    opened: Mapping[str, Any] = open_json(db, owner, signature.sealed, f"{SIGNATURE} {signature.id}")
    return opened


def editor_key(db: ReadSession, email: str) -> str:
    """The fingerprint by which an editor's address is found."""
    return fingerprint(db, email.strip().casefold(), "editor")


def list_editors(db: ReadSession, institution_id: str) -> list[Editor]:
    """Everybody who may fill it in, the one who began first."""
    query = select(Editor).where(Editor.institution_id == institution_id, Editor.removed_at.is_(None))
    return list(db.scalars(query.order_by(Editor.id)))


def find_editor(db: ReadSession, institution_id: str, account_id: str) -> Editor | None:
    """The account as an editor of this institution, if it is one."""
    query = select(Editor).where(
        Editor.institution_id == institution_id, Editor.account_id == account_id, Editor.removed_at.is_(None)
    )
    return db.scalars(query.limit(1)).one_or_none()


def read_editor(db: ReadSession, editor: Editor) -> Mapping[str, str]:
    """`email` and `name`. Raises KeyDestroyed."""
    opened: Mapping[str, str] = open_json(db, editor.institution_id, editor.sealed, f"{EDITOR} {editor.id}")
    return opened


def list_submissions(db: ReadSession, institution_id: str) -> list[InstitutionSubmission]:
    """All submissions, the first one first."""
    query = select(InstitutionSubmission).where(InstitutionSubmission.institution_id == institution_id)
    return list(db.scalars(query.order_by(InstitutionSubmission.number)))


def find_submission(db: ReadSession, institution_id: str) -> InstitutionSubmission | None:
    """The latest submission."""
    found = list_submissions(db, institution_id)
    return found[-1] if found else None


def read_content(db: ReadSession, submission: InstitutionSubmission) -> Mapping[str, Any]:
    """Everything that the application said when it was submitted. Raises KeyDestroyed."""
    owner = submission.institution_id
    opened: Mapping[str, Any] = open_json(db, owner, submission.content, f"{CONTENT} {submission.id}")
    return opened


def list_assessments(db: ReadSession, institution_id: str) -> list[Assessment]:
    """All assessments, the first one first."""
    query = select(Assessment).where(Assessment.institution_id == institution_id)
    return list(db.scalars(query.order_by(Assessment.started_at, Assessment.id)))


def find_assessment(db: ReadSession, institution_id: str) -> Assessment | None:
    """The latest one that has finished."""
    done = [assessment for assessment in list_assessments(db, institution_id) if assessment.finished_at is not None]
    return done[-1] if done else None


def read_assessment(db: ReadSession, assessment: Assessment) -> Mapping[str, Any]:
    """What was found (`assessing.Found`). Raises NotFound while it has not finished, KeyDestroyed."""
    if assessment.found is None:
        raise NotFound("This assessment has not finished.")
    owner = assessment.institution_id
    opened: Mapping[str, Any] = open_json(db, owner, assessment.found, f"{FOUND} {assessment.id}")
    return opened


def list_rulings(db: ReadSession, institution_id: str) -> list[ItemRuling]:
    """What reviewers said of items, one for each: the latest."""
    query = select(ItemRuling).where(ItemRuling.institution_id == institution_id, ItemRuling.replaced_at.is_(None))
    return list(db.scalars(query.order_by(ItemRuling.id)))


def list_changes(db: ReadSession, institution_id: str) -> list[UserChange]:
    """All changes of the authorised user, the first one first."""
    query = select(UserChange).where(UserChange.institution_id == institution_id)
    return list(db.scalars(query.order_by(UserChange.id)))


def find_change(db: ReadSession, institution_id: str) -> UserChange | None:
    """The change that is open, a draft or under review."""
    open_ones = [change for change in list_changes(db, institution_id) if change.state in ("draft", "under_review")]
    return open_ones[-1] if open_ones else None
