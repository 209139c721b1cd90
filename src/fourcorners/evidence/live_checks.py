"""Live challenges as they are kept: issued, answered once, judged; how often somebody may try (FR1 to FR3, FR5)."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from fourcorners.checks.live import Challenge, LiveResult, ResultCode
from fourcorners.checks.live.attempts import Attempt, Standing, standing
from fourcorners.evidence.errors import LiveCheckOver, TooManyChallenges
from fourcorners.evidence.models import LiveCheck
from fourcorners.evidence.queries import list_live_checks
from fourcorners.infra.audit import audit
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.sealing import HOUSE, open_json, open_sealed, seal, seal_json
from fourcorners.kit.data import load_toml
from fourcorners.kit.ids import new_id

__all__ = [
    "SIGNATURES_MAX",
    "earlier_signatures",
    "end_live_check",
    "find_live_check",
    "issue_live_check",
    "read_report",
    "standing_of",
    "watched_by_person",
]

REPORT = "live report"
SIGNATURE = "live signature"
SIGNATURES_MAX = 200


def standing_of(db: ReadSession, owner_id: str, purpose: str) -> Standing:
    """How many fails are left before a lock, until when one holds, and whether a person may look instead."""
    codes = set(ResultCode)
    tried = [
        Attempt(c.purpose, c.ended_at, ResultCode(c.code))
        for c in list_live_checks(db, owner_id, purpose)
        if c.ended_at is not None and c.code in codes
    ]
    return standing(tried, purpose, db.now)


def issue_live_check(
    db: WriteSession,
    *,
    actor: str,
    owner_id: str,
    case_id: str,
    purpose: str,
    session: str,
    challenge: Challenge,
    policy: str,
) -> LiveCheck:
    """A challenge for one purpose in one session. Raises TooManyChallenges, also for who is locked out for a while."""
    stands = standing_of(db, owner_id, purpose)
    if not stands.may_try:
        raise TooManyChallenges("That was tried too often.", again_at=_iso(stands.locked_until))
    rules = _rules()
    since = db.now - timedelta(hours=24)
    recent = select(func.count()).where(LiveCheck.owner_id == owner_id, LiveCheck.issued_at > since)
    if (db.scalar(recent) or 0) >= rules["issued_max_in_24h"]:
        raise TooManyChallenges("That was begun too often.", again_at=_iso(db.now + timedelta(hours=24)))
    check = LiveCheck(
        id=new_id("liv"),
        owner_id=owner_id,
        case_id=case_id,
        purpose=purpose,
        session=session,
        policy=policy,
        steps=list(challenge.steps),
        nonce=challenge.nonce,
        issued_at=db.now,
        expires_at=db.now + timedelta(seconds=challenge.valid_s + rules["slack_s"]),
    )
    db.add(check)
    db.flush()
    audit(
        db,
        actor=actor,
        action="live.issued",
        subject=check.id,
        owner=owner_id,
        details={"purpose": purpose, "case": case_id},
    )
    return check


def end_live_check(
    db: WriteSession, check_id: str, *, actor: str, result: LiveResult, portrait: str | None = None
) -> LiveCheck:
    """Keep how it ended, once; `portrait` is the upload of the frame in which the face looked ahead.

    What came after its time ended in `network_timeout`. Raises LiveCheckOver for a second answer, NotFound.
    """
    check = db.get(LiveCheck, check_id, with_for_update=True)
    if check is None:
        raise NotFound("There is no such challenge.")
    if check.ended_at is not None:
        raise LiveCheckOver("This challenge was answered already.")
    late = db.now > check.expires_at
    check.ended_at, check.code = db.now, ResultCode.NETWORK_TIMEOUT.value if late else result.code.value
    check.report = seal_json(db, check.owner_id, json.loads(json.dumps(result.to_dict())), f"{REPORT} {check.id}")
    if result.signature:
        check.signature = seal(db, HOUSE, result.signature.encode(), f"{SIGNATURE} {check.id}")
    check.portrait_upload_id = portrait
    db.flush()
    details = {"code": check.code, "late": late, "portrait": portrait}
    audit(db, actor=actor, action="live.ended", subject=check.id, owner=check.owner_id, details=details)
    return check


def watched_by_person(
    db: WriteSession, *, actor: str, owner_id: str, case_id: str, purpose: str, session: str, portrait: str | None
) -> LiveCheck:
    """A record without a challenge: a person will look at the face before the camera, or call (FR6)."""
    marker = sha256(new_id("liv").encode()).hexdigest()[:32]
    check = LiveCheck(
        id=new_id("liv"),
        owner_id=owner_id,
        case_id=case_id,
        purpose=purpose,
        session=session,
        policy="person",
        steps=[],
        nonce=marker,
        issued_at=db.now,
        expires_at=db.now,
        ended_at=db.now,
        portrait_upload_id=portrait,
    )
    db.add(check)
    db.flush()
    audit(db, actor=actor, action="live.to_person", subject=check.id, owner=owner_id, details={"case": case_id})
    return check


def find_live_check(db: ReadSession, check_id: str) -> LiveCheck | None:
    """The record of one challenge."""
    return db.get(LiveCheck, check_id)


def read_report(db: ReadSession, check: LiveCheck) -> dict[str, Any]:
    """The judgement (`LiveResult.to_dict`); empty where there is none. Raises KeyDestroyed after erasure."""
    if check.report is None:
        return {}
    opened: dict[str, Any] = open_json(db, check.owner_id, check.report, f"{REPORT} {check.id}")
    return opened


def earlier_signatures(db: ReadSession) -> Sequence[str]:
    """Movements of the latest sessions of anybody: a recording of one of them must not pass again.

    They hold no picture and tell nobody's face; they are sealed with the house's key, not with a person's.
    """
    query = select(LiveCheck).where(LiveCheck.signature.is_not(None)).order_by(LiveCheck.issued_at.desc())
    found = db.scalars(query.limit(SIGNATURES_MAX))
    return [open_sealed(db, HOUSE, c.signature, f"{SIGNATURE} {c.id}").decode() for c in found if c.signature]


def _rules() -> dict[str, Any]:
    return load_toml("fourcorners.evidence", "live.toml")


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
