"""The face at the door: a live challenge, compared with the verified face, from the network that knocked (DEV7)."""

from dataclasses import dataclass, replace
from random import Random

from fourcorners.checks.live import Challenge, LiveResult, ResultCode, new_challenge
from fourcorners.checks.live.attempts import Standing
from fourcorners.devices.actions.knocking import Offers, open_request, risk_of
from fourcorners.devices.actions.notices import Wording
from fourcorners.devices.actions.writing import lock_request, move, write_down
from fourcorners.devices.errors import FactorNotAsked, RequestOver
from fourcorners.devices.facing import Looked, belongs, outcome
from fourcorners.devices.models import Device, DeviceRequest
from fourcorners.devices.queries import Seen, knock_of, seen_of
from fourcorners.devices.rules import FACE_PURPOSE, Event, Factor, Happening, Knock, Method, Status, advance, seen_at
from fourcorners.devices.verified import find_verified, standing_at_door
from fourcorners.evidence.errors import LiveCheckOver
from fourcorners.evidence.faces import read_template, same_face_at_most
from fourcorners.evidence.live_checks import end_live_check, find_live_check, issue_live_check
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.vision.faces import Embedding, distance

__all__ = ["Faced", "begin_face", "end_face", "go_without_camera"]


@dataclass(frozen=True, slots=True)
class Faced:
    """How a check at the door ended, and how often it can still be tried."""

    code: ResultCode
    standing: Standing
    knock: Knock


def begin_face(db: WriteSession, request_id: str, session: str, *, actor: str, draw: Random) -> tuple[str, Challenge]:
    """A challenge for the request of this half session: its id, and the steps.

    Raises NotFound, RequestOver, FactorNotAsked, TooManyChallenges (also while the face is locked).
    """
    request = _mine(db, request_id, session, actor)
    knock = seen_at(knock_of(request), db.now)
    if knock.status is not Status.PENDING:
        raise RequestOver("This request is over. Sign in again on the new device.", status=knock.status.value)
    found = find_verified(db, actor)
    if found is None or Factor.FACE not in knock.missing:
        raise FactorNotAsked("That was not asked for.", asked=sorted(knock.missing))
    policy = "movements" if found.verification.challenge_policy == "movements" else "standard"
    challenge = new_challenge(draw, policy)
    check = issue_live_check(
        db,
        actor=actor,
        owner_id=found.applicant.id,
        case_id=request.id,
        purpose=FACE_PURPOSE,
        session=session,
        challenge=challenge,
        policy=policy,
    )
    return check.id, challenge


def end_face(
    db: WriteSession,
    check_id: str,
    request_id: str,
    session: str,
    result: LiveResult,
    face: Embedding | None,
    seen: Seen,
    *,
    actor: str,
) -> Faced:
    """Keep how it ended, once; a pass is shown for the request at once. `face`: of the frame that looked ahead.

    No picture is kept. Raises NotFound, LiveCheckOver for what was asked for something else, or answered.
    """
    request, check = _mine(db, request_id, session, actor), find_live_check(db, check_id)
    if check is None:
        raise NotFound("There is no such challenge.")
    looked = Looked(check.purpose, check.case_id, check.session, check.ended_at is not None)
    if not belongs(looked, request.id, session):
        raise LiveCheckOver("This challenge was asked for something else, or was answered already.")
    kept = read_template(db, check.owner_id)
    apart = None if kept is None or face is None else distance(kept, face)
    same_network = seen_of(db, request)["address"] == seen.address
    code = outcome(result.code, same_network=same_network, distance=apart, pass_at=same_face_at_most())
    ended = ResultCode(end_live_check(db, check.id, actor=actor, result=replace(result, code=code)).code or code)
    knock = seen_at(knock_of(request), db.now)
    details = {"factor": Factor.FACE.value, "code": ended.value, "check": check.id}
    if ended is ResultCode.PASSED and knock.status is Status.PENDING and Factor.FACE in knock.missing:
        knock = move(db, request, Event(Happening.SHOWN, Factor.FACE), actor=actor)
        what = "factor_shown"
    else:
        what = "face_refused"
    action = f"device_request.{what}"
    audit(db, actor=actor, action=action, subject=request.id, owner=request.account, details=details)
    return Faced(ended, standing_at_door(db, check.owner_id), knock)


def go_without_camera(
    db: WriteSession, request_id: str, session: str, seen: Seen, offers: Offers, *, actor: str, wording: Wording
) -> DeviceRequest:
    """Who cannot show their face is asked for other things (FR6): a new request, in place of this one.

    Raises NotFound, FactorNotAsked where no face was asked for, RequestOver, TooOften.
    """
    request = _mine(db, request_id, session, actor)
    if request.method != Method.FACE:
        raise FactorNotAsked("No face was asked for.", asked=list(request.needed))
    device = db.get(Device, request.device)
    if device is None:
        raise NotFound("There is no such device.")
    knock = knock_of(request)
    shown = knock.shown & {Factor.EMAIL}
    write_down(db, request, advance(knock, Event(Happening.CANCELLED), db.now), actor=actor)
    without = replace(offers, camera=False)
    risk = risk_of(db, device, seen)
    return open_request(db, session, device, seen, risk, without, shown=shown, actor=actor, wording=wording)


def _mine(db: WriteSession, request_id: str, session: str, actor: str) -> DeviceRequest:
    request = lock_request(db, request_id)
    if request.account != actor or request.session != session:
        raise NotFound("There is no such request.")
    return request
