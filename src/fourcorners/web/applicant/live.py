"""The live check: its page, its socket, and the way to a person for whom it is not."""

from secrets import SystemRandom

from fastapi import APIRouter
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from fourcorners.checks.live import ResultCode, new_challenge
from fourcorners.evidence.actions import store_upload
from fourcorners.evidence.live_checks import (
    earlier_signatures,
    end_live_check,
    issue_live_check,
    standing_of,
    watched_by_person,
)
from fourcorners.evidence.queries import list_live_checks
from fourcorners.guidance import LiveSession
from fourcorners.infra.db import WriteSession
from fourcorners.people import Item, Step
from fourcorners.people.actions import ask_person, give_item
from fourcorners.people.consents import BIOMETRIC, has_agreed
from fourcorners.people.rules import OPEN_FOR_ITEMS
from fourcorners.vision.picture import Pixels
from fourcorners.web.applicant.whose import (
    CLOSED,
    Mine,
    floor_of,
    locale_here,
    mine,
    mine_to_write,
    next_path,
    onward,
    page,
)
from fourcorners.web.errors import PageMissing
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.live_check import ended_words, help_of, judged, portrait_file, run_challenge
from fourcorners.web.pages import go

__all__ = ["router"]

pages = page_router("/verify")
router = APIRouter()


@pages.get("/live")
def live(request: Request) -> Response:
    """What will be asked, how often it can still be tried, and the way without motion."""
    with mine(request) as (db, own):
        if not has_agreed(db, own.applicant.id, BIOMETRIC) and own.state not in CLOSED:
            return go("/verify/start")
        stands = standing_of(db, own.applicant.id, _purpose(own))
        return page(
            request,
            db,
            own,
            "live",
            step=Step.SELFIE,
            remaining=stands.remaining,
            locked_until=stands.locked_until,
            offers_review=stands.offers_review,
            ended=_how_it_ended(request),
            help_path=help_of(request.query_params.get("code", "")),
        )


@pages.post("/live/person")
def to_person(request: Request, form: Form) -> Response:
    """A person looks instead: without motion for whoever says so (FR6), else once it failed twice (FR5)."""
    with mine_to_write(request) as (db, own):
        actor, purpose = own.applicant.id, _purpose(own)
        if text_of(form, "why") == "motion":
            check = watched_by_person(
                db, actor=actor, owner_id=actor, case_id=own.id, purpose=purpose, session=own.session, portrait=None
            )
            ask_person(db, own.id, actor=actor, challenge="person", live_check=check.id)
        elif standing_of(db, actor, purpose).offers_review:
            tried = [c for c in list_live_checks(db, actor, purpose) if c.ended_at is not None and c.code != "passed"]
            ask_person(db, own.id, actor=actor, challenge=own.verification.challenge_policy, live_check=tried[-1].id)
        else:
            raise PageMissing("This is offered after the live check failed twice.")
        return onward(db, own)


@router.websocket("/verify/live/socket")
async def socket_of_live_check(socket: WebSocket) -> None:
    """One attempt at one challenge."""
    await run_challenge(socket, _begin, _end)


def _how_it_ended(request: Request) -> str:
    """The words for the code with which the last attempt ended, when the page comes back from it."""
    return ended_words(request.query_params.get("code", ""), locale_here(request))


def _purpose(own: Mine) -> str:
    return "kyc" if own.verification.round == 1 else "reverify"


def _begin(socket: HTTPConnection) -> tuple[str, LiveSession]:
    with mine_to_write(socket) as (db, own):
        if own.state not in OPEN_FOR_ITEMS or not has_agreed(db, own.applicant.id, BIOMETRIC):
            raise PageMissing("There is nothing to be done here now.")
        policy = own.verification.challenge_policy
        policy = policy if policy not in ("none", "person") else "standard"
        challenge = new_challenge(SystemRandom(), policy)
        check = issue_live_check(
            db,
            actor=own.applicant.id,
            owner_id=own.applicant.id,
            case_id=own.id,
            purpose=_purpose(own),
            session=own.session,
            challenge=challenge,
            policy=policy,
        )
        return check.id, LiveSession(challenge, earlier_signatures(db))


def _end(socket: WebSocket, check_id: str, session: LiveSession, /, *, complete: bool) -> dict[str, object]:
    """Judge it and keep it."""
    result = judged(session, complete=complete)
    with mine_to_write(socket) as (db, own):
        portrait = None if session.selfie is None else _keep_portrait(socket, db, own, session.selfie)
        check = end_live_check(db, check_id, actor=own.applicant.id, result=result, portrait=portrait)
        if check.code == ResultCode.PASSED.value:
            give_item(db, own.id, actor=own.applicant.id, item=Item.LIVE, upload_id=check.id)
        stands = standing_of(db, own.applicant.id, check.purpose)
        return {
            "code": check.code,
            "passed": check.code == ResultCode.PASSED.value,
            "remaining": stands.remaining,
            "locked_until": None if stands.locked_until is None else stands.locked_until.isoformat(),
            "offers_review": stands.offers_review,
            "next": next_path(db, own),
        }


def _keep_portrait(socket: HTTPConnection, db: WriteSession, own: Mine, pixels: Pixels) -> str:
    return store_upload(
        db,
        floor_of(socket).blobs,
        actor=own.applicant.id,
        owner_id=own.applicant.id,
        case_id=own.id,
        item="live_portrait",
        data=portrait_file(pixels),
        media_type="image/jpeg",
        source="camera",
    ).id


router.include_router(pages)
