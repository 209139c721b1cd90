"""A live check over a socket, whoever asks for it: frames in, prompts out; the verdict is the server's alone."""

import asyncio
import struct
from collections.abc import Mapping
from contextlib import suppress
from typing import Protocol

import cv2
import numpy as np
from anyio import CancelScope
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket

from fourcorners.checks.live import LiveResult, ResultCode
from fourcorners.checks.live.results import group_of
from fourcorners.evidence.errors import TooManyChallenges
from fourcorners.guidance import LiveSession, Phase, Prompt
from fourcorners.infra import Floor
from fourcorners.vision.clips import ClipRefused
from fourcorners.vision.picture import Pixels
from fourcorners.web.pages import Pages
from fourcorners.web.previews import FrameRefused, SocketOver, answer, look, next_frame
from fourcorners.web.telling import hint_words, text_words

__all__ = ["LOCKED", "MOMENT", "Begin", "End", "ended_words", "help_of", "judged", "portrait_file", "run_challenge"]

JPEG_QUALITY = 95
MOMENT = struct.Struct("<d")
"""Before each frame: when it was taken, in seconds after any fixed moment."""

LOCKED = 4001


class Begin(Protocol):
    """Issue a challenge to whoever opened the socket: its id, and what attends. Raises TooManyChallenges."""

    def __call__(self, socket: WebSocket, /) -> tuple[str, LiveSession]:
        """In a thread of its own."""


class End(Protocol):
    """Judge and keep what came of it: `code` and whatever else the page is told. `complete`: nobody broke off."""

    def __call__(
        self, socket: WebSocket, check_id: str, session: LiveSession, /, *, complete: bool
    ) -> Mapping[str, object]:
        """In a thread of its own."""


def help_of(code: str) -> str:
    """The help article for how a live check ended, by its group (FR2); empty for what is no such code."""
    known = code in set(ResultCode)
    return f"/help/facial-recognition-{group_of(ResultCode(code))}" if known else ""


def ended_words(code: str, locale: str) -> str:
    """What is said of the code with which an attempt ended; empty for what is no such code."""
    return text_words("live", code, locale) if code in set(ResultCode) else ""


def judged(session: LiveSession, *, complete: bool) -> LiveResult:
    """The verdict. Who broke off before the end is not judged on what they showed: the network is to blame."""
    result = session.judge()
    if complete:
        return result
    return LiveResult(ResultCode.NETWORK_TIMEOUT, ("stream_late",), result.steps, result.signs, result.signature)


def portrait_file(pixels: Pixels) -> bytes:
    """The frame in which the face looked ahead, as a JPEG file."""
    flag = cv2.IMWRITE_JPEG_QUALITY
    _, encoded = cv2.imencode(".jpg", cv2.cvtColor(np.asarray(pixels), cv2.COLOR_RGB2BGR), [flag, JPEG_QUALITY])
    return bytes(encoded.tobytes())


async def run_challenge(socket: WebSocket, begin: Begin, end: End) -> None:
    """One attempt at one challenge, from the opening of the socket to the verdict."""
    locale = socket.query_params.get("lang", "en")
    try:
        check_id, session = await run_in_threadpool(begin, socket)
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
            await run_in_threadpool(end, socket, check_id, session, complete=False)
        raise
    with CancelScope(shield=True):
        told = await run_in_threadpool(end, socket, check_id, session, complete=here)
    if here:
        with suppress(SocketOver):  # they left before hearing it; it is kept all the same
            code = str(told["code"])
            said = {"help": help_of(code), "words": text_words("live", code, locale)}
            left = _remaining_words(socket, told.get("remaining"), locale)
            await answer(socket, {"type": "result", **told, **said, "remaining_words": left})
            await socket.close(1000)


async def _attend(socket: WebSocket, session: LiveSession, locale: str) -> None:
    floor: Floor = socket.app.state.floor
    loop, clock = asyncio.get_running_loop().time, floor.clock
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


def _remaining_words(socket: WebSocket, remaining: object, locale: str) -> str:
    pages: Pages = socket.app.state.pages
    offered = pages.words.locales("applicant")
    words = pages.words.of(locale if locale in offered else offered[0])
    return "" if remaining is None else words("applicant.live.remaining", count=remaining)


def _told(prompt: Prompt, locale: str) -> dict[str, object]:
    step = text_words("steps", prompt.step, locale) if prompt.step else ""
    return {**prompt.to_dict(), "step_words": step, "hint_words": hint_words(prompt.hint, locale)}
