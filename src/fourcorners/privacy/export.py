"""Everything that is kept about a person, for that person (GDPR article 15): one ZIP with JSON and the files."""

import io
import json
import zipfile
from collections.abc import Mapping

from sqlalchemy import select

from fourcorners.clearance.queries import list_decisions
from fourcorners.evidence.queries import list_live_checks, list_runs, list_uploads, read_name, read_upload, read_verdict
from fourcorners.infra.audit import AuditEvent, audit
from fourcorners.infra.blobs import Blobs
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.people.models import Consent, Grant
from fourcorners.people.queries import (
    get_applicant,
    get_verification_of,
    list_submissions,
    read_claims,
    read_email,
    read_household,
)
from fourcorners.verdict import words

__all__ = ["ENDINGS", "export", "history_of"]

ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
}


def export(db: WriteSession, blobs: Blobs, applicant_id: str, *, actor: str) -> bytes:
    """The ZIP; noted in the audit log. Raises NotFound, KeyDestroyed after erasure."""
    told = _about(db, applicant_id)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True))
        case = get_verification_of(db, applicant_id)
        for upload in list_uploads(db, case.id):
            if upload.removed_at is None:
                ending = ENDINGS.get(upload.media_type, "bin")
                archive.writestr(f"files/{upload.item}-{upload.id}.{ending}", read_upload(db, blobs, upload))
    audit(db, actor=actor, action="applicant.exported", subject=applicant_id, owner=applicant_id)
    return stream.getvalue()


def history_of(db: ReadSession, owner_id: str) -> list[dict[str, str]]:
    """What was done, the first event first; nothing of hits on lists, of which whoever is concerned is not told."""
    told = select(AuditEvent).where(AuditEvent.owner == owner_id, AuditEvent.action.not_like("hit.%"))
    return [{"at": e.at.isoformat(), "action": e.action} for e in db.scalars(told.order_by(AuditEvent.seq))]


def _about(db: ReadSession, applicant_id: str) -> Mapping[str, object]:
    person = get_applicant(db, applicant_id)
    case = get_verification_of(db, applicant_id)
    return {
        "applicant": {
            "id": person.id,
            "email": read_email(db, person),
            "locale": person.locale,
            "level": person.level,
            "since": person.created_at.isoformat(),
        },
        "verification": {
            "id": case.id,
            "state": case.state,
            "residence": case.residence,
            "nationality": case.nationality,
            "document": {"kind": case.document_kind, "country": case.document_country},
            "claims": dict(read_claims(db, case)),
            "household": dict(read_household(db, case)),
        },
        "consents": [
            {
                "kind": c.kind,
                "version": c.text_version,
                "locale": c.locale,
                "at": c.at.isoformat(),
                "withdrawn_at": c.withdrawn_at.isoformat() if c.withdrawn_at else None,
            }
            for c in db.scalars(select(Consent).where(Consent.applicant_id == applicant_id).order_by(Consent.at))
        ],
        "links": [
            {"kind": g.kind, "made_at": g.created_at.isoformat(), "good_until": g.expires_at.isoformat()}
            for g in db.scalars(select(Grant).where(Grant.applicant_id == applicant_id).order_by(Grant.created_at))
        ],
        "submissions": [{"number": s.number, "at": s.at.isoformat()} for s in list_submissions(db, case.id)],
        "files": [
            {
                "id": u.id,
                "item": u.item,
                "name": read_name(db, u),
                "sha256": u.sha256,
                "given_at": u.created_at.isoformat(),
                "removed_at": u.removed_at.isoformat() if u.removed_at else None,
            }
            for u in list_uploads(db, case.id)
        ],
        "checks": [json.loads(read_verdict(db, run)) for run in list_runs(db, case.id) if run.verdict is not None],
        "live_checks": [
            {"at": c.issued_at.isoformat(), "purpose": c.purpose, "steps": c.steps, "result": c.code}
            for c in list_live_checks(db, applicant_id)
        ],
        "decisions": [
            {
                "at": d.at.isoformat(),
                "by": "machine" if d.by == "system" else "person",
                "outcome": d.outcome,
                "reasons": [{"code": code, "words": words(code).title} for code in d.reasons],
            }
            for d in list_decisions(db, case.id)
        ],
        "mails": [
            {"at": m.created_at.isoformat(), "subject": letter.subject, "text": letter.text}
            for m in list_mails(db, applicant_id, at_most=1000)
            for letter in [read_mail(db, m.id)]
        ],
        "history": history_of(db, applicant_id),
    }
