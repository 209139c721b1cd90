"""Submit an application, or the answer to a question: from here on the machine assesses, then people decide."""

from fourcorners.infra.db import WriteSession
from fourcorners.infra.handover import hand_over
from fourcorners.infra.mail import write_mail
from fourcorners.infra.sealing import seal_json
from fourcorners.institutions.actions.changing import move, opened, tell_of, touch
from fourcorners.institutions.errors import ApplicationIncomplete
from fourcorners.institutions.kinds import sla_days
from fourcorners.institutions.letters import address_of, letter, name_of
from fourcorners.institutions.models import Institution, InstitutionSubmission
from fourcorners.institutions.queries import CONTENT, find_submission, list_submissions
from fourcorners.institutions.reading import content_of, progress_of
from fourcorners.institutions.rules import Action, State
from fourcorners.institutions.working_days import due_at
from fourcorners.kit.canonical import canonical_json, sha256_hex
from fourcorners.kit.ids import new_id

__all__ = ["ASSESS", "keep_submission", "submit"]

ASSESS = "institution.assess"
"""The kind of durable work that assesses a submission; its payload is `{"institution": id, "submission": id}`."""


def submit(db: WriteSession, institution_id: str, *, actor: str, origin: str) -> InstitutionSubmission:
    """Hand the application in: complete, or not at all (INS4). Submitted twice, it is the same submission.

    An approved institution does so when it has looked through its application again; it stays approved meanwhile.
    Raises ApplicationIncomplete naming each missing item, TransitionNotAllowed.
    """
    institution = opened(db, institution_id, *State)
    before = find_submission(db, institution.id)
    renewing = institution.state == State.APPROVED and institution.renewing
    if before is not None and (institution.state == State.UNDER_REVIEW or _is_renewed(institution)):
        return before
    if renewing or institution.state == State.DRAFT:
        progress = progress_of(db, institution, today=db.now.date())
        if not progress.is_complete:
            says = " ".join(item.says for item in progress.items)
            raise ApplicationIncomplete(says, items=[item.item for item in progress.items])
    if renewing:
        institution.renewing = False
    else:
        move(db, institution, Action.SUBMIT, actor)
    submission = keep_submission(db, institution, actor=actor)
    institution.submitted_at = db.now
    least, most = sla_days()
    institution.due_at = due_at(db.now)
    db.flush()
    to = address_of(db, institution)
    if to is not None:
        link = f"{origin}/institution"
        subject, text = letter(
            institution.locale, "submitted", name=name_of(db, institution), least=least, most=most, link=link
        )
        write_mail(db, owner=institution.id, kind="institution.submitted", to=to, subject=subject, text=text)
    tell_of(db, institution, "institution.submitted", submission=submission.id)
    return submission


def _is_renewed(institution: Institution) -> bool:
    """Has it handed in anew what it was asked to look through, and is that with the reviewers?"""
    return institution.state == State.APPROVED and not institution.renewing and institution.due_at is not None


def keep_submission(db: WriteSession, institution: Institution, *, actor: str) -> InstitutionSubmission:
    """Keep everything as it stands, sealed, and have it assessed."""
    content = content_of(db, institution)
    submission = InstitutionSubmission(
        id=new_id("sub"),
        institution_id=institution.id,
        number=len(list_submissions(db, institution.id)) + 1,
        round=institution.round,
        by=actor,
        content_sha256=sha256_hex(canonical_json(content)),
        at=db.now,
    )
    submission.content = seal_json(db, institution.id, content, f"{CONTENT} {submission.id}")
    db.add(submission)
    db.flush()
    hand_over(db, ASSESS, {"institution": institution.id, "submission": submission.id})
    touch(db, institution, actor, "institution.submitted", {"submission": submission.id})
    return submission
