"""The face at the door: its socket, and the way for whom it is not."""

from secrets import SystemRandom

from fastapi import APIRouter, Request, Response
from starlette.websockets import WebSocket

from fourcorners.devices.actions import begin_face, end_face, go_without_camera
from fourcorners.devices.errors import FactorNotAsked, RequestOver, TooOften
from fourcorners.devices.queries import find_request_of
from fourcorners.evidence.errors import LiveCheckOver
from fourcorners.evidence.faces import embedding_of
from fourcorners.evidence.live_checks import earlier_signatures
from fourcorners.guidance import LiveSession
from fourcorners.infra.errors import NotFound
from fourcorners.web.accounts.entering import PENDING
from fourcorners.web.devices.knocking import at_door, floor_of, half_session, mail_words, offers_of, said
from fourcorners.web.devices.pending import page_of
from fourcorners.web.errors import PageMissing
from fourcorners.web.forms import Form, page_router
from fourcorners.web.live_check import judged, portrait_file, run_challenge
from fourcorners.web.pages import go
from fourcorners.web.who import seen_by

__all__ = ["router"]

router = APIRouter()
pages = page_router(PENDING)


@router.websocket(f"{PENDING}/face")
async def socket_of_face(socket: WebSocket) -> None:
    """One attempt at one challenge, by whoever waits at the door."""
    await run_challenge(socket, _begin, _end)


@pages.post("/without-camera")
def without_camera(request: Request, form: Form) -> Response:
    """They cannot, or do not want to: other things are asked for instead."""
    door = at_door(request)
    if door is None:
        return go("/sign-in")
    try:
        with floor_of(request).database.write() as db:
            go_without_camera(
                db,
                door.request,
                door.session,
                seen_by(request),
                offers_of(request, camera=False),
                actor=door.account,
                wording=mail_words(request),
            )
    except (FactorNotAsked, RequestOver):
        return go(PENDING)
    except TooOften as refusal:
        return page_of(request, wrong=said(request, refusal))
    return go(PENDING)


def _begin(socket: WebSocket) -> tuple[str, LiveSession]:
    with floor_of(socket).database.write() as db:
        half = half_session(db, socket)
        asked = None if half is None else find_request_of(db, half[0].id)
        if half is None or asked is None:
            raise PageMissing("There is no sign-in that waits for this.")
        try:
            check, challenge = begin_face(db, asked.id, half[0].id, actor=half[1].id, draw=SystemRandom())
        except (FactorNotAsked, RequestOver) as refusal:
            raise PageMissing("There is nothing to be shown here now.") from refusal
        return check, LiveSession(challenge, earlier_signatures(db))


def _end(socket: WebSocket, check_id: str, session: LiveSession, /, *, complete: bool) -> dict[str, object]:
    result = judged(session, complete=complete)
    face = None if session.selfie is None or not result.passed else embedding_of(portrait_file(session.selfie))
    with floor_of(socket).database.write() as db:
        half = half_session(db, socket)
        asked = None if half is None else find_request_of(db, half[0].id)
        if half is None or asked is None:
            return {"code": result.code.value, "passed": False, "next": "/sign-in"}
        try:
            faced = end_face(db, check_id, asked.id, half[0].id, result, face, seen_by(socket), actor=half[1].id)
        except (LiveCheckOver, NotFound):
            return {"code": result.code.value, "passed": False, "next": PENDING}
    locked = faced.standing.locked_until
    return {
        "code": faced.code.value,
        "passed": faced.code.value == "passed",
        "remaining": faced.standing.remaining,
        "locked_until": None if locked is None else locked.isoformat(),
        "offers_review": faced.standing.offers_review,
        "next": PENDING,
    }


router.include_router(pages)
