"""The same for institutions: close, hold, erase, hand out. People who verified themselves by a link stay applicants."""

import io
import json
import zipfile
from collections.abc import Mapping

from sqlalchemy import delete, select, update

from fourcorners.clearance.models import Decision
from fourcorners.clearance.queries import list_decisions, list_messages, read_text
from fourcorners.evidence.models import Upload
from fourcorners.evidence.queries import list_uploads, read_name, read_upload
from fourcorners.infra.audit import audit
from fourcorners.infra.blobs import Blobs
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.handover import hand_over
from fourcorners.infra.mail import Mail, list_mails, read_mail
from fourcorners.infra.sealing import destroy_key
from fourcorners.infra.webhooks import tell
from fourcorners.institutions.models import Editor, EditorGrant, Institution
from fourcorners.institutions.queries import (
    find_signature,
    get_institution,
    list_assessments,
    list_attestations,
    list_changes,
    list_editors,
    list_papers,
    list_parties,
    list_submissions,
    read_about,
    read_assessment,
    read_attestation,
    read_contact,
    read_content,
    read_editor,
    read_party,
    read_section,
    read_signature,
)
from fourcorners.institutions.sections import FILLED
from fourcorners.people.queries import get_applicant
from fourcorners.privacy.actions import REMOVE, close
from fourcorners.privacy.export import ENDINGS, history_of
from fourcorners.privacy.rules import check_may_erase
from fourcorners.screening.actions import forget

__all__ = ["close_institution", "erase_institution", "export_institution", "hold_institution"]

MAILS_MAX = 1000


def close_institution(db: WriteSession, institution_id: str, *, actor: str) -> None:
    """The relation ends, also with those who verified themselves for it and have no account: spans of retention begin.

    A second time changes nothing.
    """
    institution = get_institution(db, institution_id, lock=True)
    if institution.closed_at is not None:
        return
    institution.closed_at = db.now
    audit(db, actor=actor, action="institution.closed", subject=institution_id, owner=institution_id)
    for party in list_parties(db, institution_id):
        if party.applicant_id is not None and get_applicant(db, party.applicant_id).account_id is None:
            close(db, party.applicant_id, actor=actor)
    tell(db, "institution.closed", about=institution_id, sandbox=institution.sandbox)


def hold_institution(db: WriteSession, institution_id: str, *, actor: str, on: bool, why: str) -> None:
    """Set or lift a legal hold, which stops every erasure. `why` is kept sealed."""
    institution = get_institution(db, institution_id, lock=True)
    if institution.legal_hold != on:
        institution.legal_hold = on
        action = "legal_hold.set" if on else "legal_hold.lifted"
        audit(db, actor=actor, action=action, subject=institution_id, owner=institution_id, private={"why": why})


def erase_institution(db: WriteSession, institution_id: str, *, actor: str, why: str = "request") -> None:
    """Destroy the institution's key: nothing of its application opens any more. Raises MustBeKept.

    Rows without names stay, and the audit chain stays whole. A second time changes nothing.
    """
    institution = get_institution(db, institution_id, lock=True)
    if institution.erased_at is not None:
        return
    check_may_erase(
        legal_hold=institution.legal_hold,
        verified_ever=_was_approved(db, institution_id),
        closed_at=institution.closed_at,
        now=db.now,
    )
    details = {"why": why}
    audit(db, actor=actor, action="institution.erased", subject=institution_id, owner=institution_id, details=details)
    gone = []
    for upload in db.scalars(select(Upload).where(Upload.owner_id == institution_id, Upload.removed_at.is_(None))):
        upload.removed_at = db.now
        gone.append(upload.id)
    if gone:
        hand_over(db, REMOVE, {"uploads": gone})
    editors = list(db.scalars(select(Editor).where(Editor.institution_id == institution_id)))
    for editor in editors:
        editor.email_key, editor.removed_at = editor.id, editor.removed_at or db.now
    ends = update(EditorGrant).where(EditorGrant.editor_id.in_([e.id for e in editors]), EditorGrant.ended_at.is_(None))
    db.execute(ends.values(ended_at=db.now))
    db.execute(delete(Mail).where(Mail.owner == institution_id))
    forget(db, institution_id)
    destroy_key(db, institution_id)
    institution.reference, institution.account_id, institution.erased_at = None, None, db.now
    institution.closed_at = institution.closed_at or db.now
    db.flush()
    tell(db, "institution.erased", about=institution_id, sandbox=institution.sandbox, why=why)


def export_institution(db: WriteSession, blobs: Blobs, institution_id: str, *, actor: str) -> bytes:
    """Everything that is kept about it and its people: a ZIP with JSON and the files. Noted in the audit log.

    Raises NotFound, KeyDestroyed after erasure.
    """
    told = _about(db, get_institution(db, institution_id))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True))
        for upload in list_uploads(db, institution_id):
            if upload.removed_at is None:
                ending = ENDINGS.get(upload.media_type, "bin")
                archive.writestr(f"files/{upload.item}-{upload.id}.{ending}", read_upload(db, blobs, upload))
    audit(db, actor=actor, action="institution.exported", subject=institution_id, owner=institution_id)
    return stream.getvalue()


def _about(db: ReadSession, institution: Institution) -> Mapping[str, object]:
    signature, own = find_signature(db, institution.id), institution.id
    return {
        "institution": {
            "id": own,
            "reference": institution.reference,
            "email": read_contact(db, institution),
            "state": institution.state,
            "risk": institution.risk,
            "since": institution.created_at.isoformat(),
        },
        "sections": {name: dict(read_section(db, own, name).values) for name in (*FILLED, "ownership")},
        "people": {
            party.id: {**read_party(db, party).values, "applicant": party.applicant_id}
            for party in list_parties(db, own)
        },
        "papers": [
            {"id": p.id, "paper": p.paper, "party": p.party_id, "upload": p.upload_id, **read_about(db, p)}
            for p in list_papers(db, own, removed=True)
        ],
        "files": [
            {"id": u.id, "item": u.item, "name": read_name(db, u), "sha256": u.sha256, "at": u.created_at.isoformat()}
            for u in list_uploads(db, own)
        ],
        "attestations": [
            {"key": t.key, "version": t.text_version, "at": t.at.isoformat(), **read_attestation(db, t)}
            for t in list_attestations(db, own)
        ],
        "signature": None if signature is None else {**read_signature(db, signature), "at": signature.at.isoformat()},
        "editors": [{"role": editor.role, **read_editor(db, editor)} for editor in list_editors(db, own)],
        "submissions": [
            {"number": s.number, "at": s.at.isoformat(), "content": read_content(db, s)}
            for s in list_submissions(db, own)
        ],
        "assessments": [read_assessment(db, a) for a in list_assessments(db, own) if a.finished_at is not None],
        "decisions": [
            {"at": d.at.isoformat(), "outcome": d.outcome, "reasons": d.reasons, "items": d.items}
            for d in list_decisions(db, own)
        ],
        "user_changes": [
            {"at": c.created_at.isoformat(), "state": c.state, "new": c.new_party, "reasons": c.reasons}
            for c in list_changes(db, own)
        ],
        "messages": [
            {"at": m.at.isoformat(), "direction": m.direction, "text": read_text(db, m)} for m in list_messages(db, own)
        ],
        "mails": [
            {"at": m.created_at.isoformat(), "subject": letter.subject, "text": letter.text}
            for m in list_mails(db, own, at_most=MAILS_MAX)
            for letter in [read_mail(db, m.id)]
        ],
        "history": history_of(db, own),
    }


def _was_approved(db: ReadSession, institution_id: str) -> bool:
    """Was it ever approved? Then the duty to keep records holds."""
    query = select(Decision.id).where(Decision.case_id == institution_id, Decision.outcome == "approve")
    approved = select(Institution.id).where(Institution.id == institution_id, Institution.state == "approved")
    effective = query.where(Decision.standing == "effective").limit(1)
    return db.scalar(effective) is not None or db.scalar(approved) is not None
