"""Keep what the machine finds in a submission: once, whoever comes first."""

from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.sealing import seal
from fourcorners.institutions.assessing import Found
from fourcorners.institutions.models import Assessment, InstitutionSubmission
from fourcorners.institutions.queries import FOUND, get_institution
from fourcorners.kit.canonical import canonical_json, sha256_hex
from fourcorners.kit.ids import new_id

__all__ = ["begin_assessment", "finish_assessment"]


def begin_assessment(db: WriteSession, submission_id: str) -> Assessment:
    """The assessment of a submission; one that has begun already keeps its day."""
    known = db.query(Assessment).where(Assessment.submission_id == submission_id).one_or_none()
    if known is not None:
        return known
    submission = db.get_one(InstitutionSubmission, submission_id)
    made = Assessment(
        id=new_id("asm"),
        institution_id=submission.institution_id,
        submission_id=submission_id,
        today=db.now.date(),
        started_at=db.now,
        reasons=[],
        versions={},
    )
    db.add(made)
    db.flush()
    owner, details = made.institution_id, {"submission": submission_id}
    audit(db, actor="system", action="assessment.begun", subject=made.id, owner=owner, details=details)
    return made


def finish_assessment(db: WriteSession, assessment_id: str, found: Found) -> Assessment:
    """Keep it, sealed; does nothing when it has finished already."""
    made = db.get_one(Assessment, assessment_id, with_for_update=True)
    if made.finished_at is not None:
        return made
    plain = canonical_json(found.plain)
    made.found = seal(db, made.institution_id, plain, f"{FOUND} {made.id}")
    made.finished_at, made.found_sha256, made.risk = db.now, sha256_hex(plain), found.risk
    made.reasons, made.versions = list(found.reasons), dict(found.versions)
    get_institution(db, made.institution_id, lock=True).risk = found.risk
    db.flush()
    details = {"risk": found.risk, "reasons": made.reasons, "found_sha256": made.found_sha256}
    owner = made.institution_id
    audit(db, actor="system", action="assessment.finished", subject=made.id, owner=owner, details=details)
    return made
