"""The live check: its page, its socket, and the way to a person for whom it is not."""

import asyncio
import struct
from contextlib import suppress
from secrets import SystemRandom

import cv2
import numpy as np
from anyio import CancelScope
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from fourcorners.checks.live import LiveResult, ResultCode, new_challenge
from fourcorners.checks.live.results import group_of
from fourcorners.evidence.actions import store_upload
from fourcorners.evidence.errors import TooManyChallenges
from fourcorners.evidence.live_checks import (
    earlier_signatures,
    end_live_check,
    issue_live_check,
    standing_of,
    watched_by_person,
)
from fourcorners.evidence.queries import list_live_checks
from fourcorners.guidance import LiveSession, Phase, Prompt
from fourcorners.infra.db import WriteSession
from fourcorners.people import Item, State, Step
from fourcorners.people.actions import ask_person, give_item
from fourcorners.vision.clips import ClipRefused
from fourcorners.vision.picture import Pixels
from fourcorners.web.applicant.previews import FrameRefused, SocketOver, answer, look, next_frame
from fourcorners.web.applicant.telling import hint_words, text_words
from fourcorners.web.applicant.whose import Mine, floor_of, locale_here, mine, mine_to_write, next_path, onward, page
from fourcorners.web.errors import PageMissing
from fourcorners.web.forms import Form, page_router, text_of

__all__ = ["help_of", "router"]

pages = page_router("/verify")
router = APIRouter()
JPEG_QUALITY = 95
MOMENT = struct.Struct("<d")
"""Before each frame: when it was taken, in seconds after any fixed moment."""

LOCKED = 4001


def help_of(code: str) -> str:
    """The help article for how a live check ended, by its group (FR2); empty for what is no such code."""
    known = code in set(ResultCode)
    return f"/help/facial-recognition-{group_of(ResultCode(code))}" if known else ""


@pages.get("/live")
def live(request: Request) -> Response:
    """What will be asked, how often it can still be tried, and the way without motion."""
    with mine(request) as (db, own):
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
    """One attempt at one challenge. Frames in, prompts out; the verdict is the server's alone."""
    locale = socket.query_params.get("lang", "en")
    try:
        check_id, session = await run_in_threadpool(_begin, socket)
    except TooManyChallenges as refusal:
        await socket.accept()
        await socket.send_json({"type": "locked", "again_at": refusal.fields["again_at"]})
        await socket.close(LOCKED)
        return
    await socket.accept()
    await socket.send_json(
        {"type": "challenge", "steps": len(session.challenge.steps), "valid_s": session.challenge.valid_s}
    )
    here = True
    try:
        await _attend(socket, session, locale)
    except SocketOver:
        here = False
    except FrameRefused:
        await socket.close(1008)
        here = False
    except asyncio.CancelledError:  # dropped under us: how it ended is kept all the same
        with CancelScope(shield=True):
            await run_in_threadpool(_end, socket, check_id, session, complete=False)
        raise
    with CancelScope(shield=True):
        told = await run_in_threadpool(_end, socket, check_id, session, complete=here)
    if here:
        with suppress(SocketOver):  # they left before hearing it; it is kept all the same
            await answer(socket, {"type": "result", **told, "words": text_words("live", str(told["code"]), locale)})
            await socket.close(1000)


async def _attend(socket: WebSocket, session: LiveSession, locale: str) -> None:
    loop, clock = asyncio.get_running_loop().time, floor_of(socket).clock
    began, patience = loop(), 3 * session.challenge.valid_s
    while session.prompt.phase is not Phase.OVER and loop() - began < patience:
        data = await next_frame(socket)
        if len(data) <= MOMENT.size:
            raise FrameRefused("This is no frame of a camera.")
        (at_s,) = MOMENT.unpack(data[: MOMENT.size])
        try:
            prompt = await look(session.see, data[MOMENT.size :], at_s, clock().timestamp())
        except ClipRefused:
            prompt = session.prompt
        await answer(socket, {"type": "prompt", **_told(prompt, locale)})


def _told(prompt: Prompt, locale: str) -> dict[str, object]:
    step = text_words("steps", prompt.step, locale) if prompt.step else ""
    return {**prompt.to_dict(), "step_words": step, "hint_words": hint_words(prompt.hint, locale)}


def _how_it_ended(request: Request) -> str:
    """The words for the code with which the last attempt ended, when the page comes back from it."""
    code = request.query_params.get("code", "")
    return text_words("live", code, locale_here(request)) if code in set(ResultCode) else ""


def _purpose(own: Mine) -> str:
    return "kyc" if own.verification.round == 1 else "reverify"


def _begin(socket: HTTPConnection) -> tuple[str, LiveSession]:
    with mine_to_write(socket) as (db, own):
        if own.state not in (State.IN_PROGRESS, State.ACTION_REQUIRED):
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


def _end(socket: HTTPConnection, check_id: str, session: LiveSession, *, complete: bool) -> dict[str, object]:
    """Judge it and keep it. Who broke off before the end is not judged on what they showed: the network is to blame."""
    result = session.judge()
    if not complete:
        result = LiveResult(ResultCode.NETWORK_TIMEOUT, ("stream_late",), result.steps, result.signs, result.signature)
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
            "help": help_of(check.code or ""),
            "next": next_path(db, own),
        }


def _keep_portrait(socket: HTTPConnection, db: WriteSession, own: Mine, pixels: Pixels) -> str:
    flag = cv2.IMWRITE_JPEG_QUALITY
    _, encoded = cv2.imencode(".jpg", cv2.cvtColor(np.asarray(pixels), cv2.COLOR_RGB2BGR), [flag, JPEG_QUALITY])
    return store_upload(
        db,
        floor_of(socket).blobs,
        actor=own.applicant.id,
        owner_id=own.applicant.id,
        case_id=own.id,
        item="live_portrait",
        data=encoded.tobytes(),
        media_type="image/jpeg",
        source="camera",
    ).id


router.include_router(pages)
