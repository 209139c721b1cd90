"""The socket behind the camera's page: a small frame in, a hint out, one at a time."""

import asyncio
from typing import Any

import numpy as np
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket

from fourcorners.guidance import Look, look_at_document, look_at_face
from fourcorners.kit.errors import Refusal
from fourcorners.people import Item
from fourcorners.vision.clips import ClipRefused, frame_of
from fourcorners.web.applicant.whose import mine
from fourcorners.web.previews import SocketOver, answer, look, next_frame, preview_rules
from fourcorners.web.telling import hint_words

__all__ = ["router"]

router = APIRouter()
ITEMS = (Item.DOCUMENT_FRONT, Item.DOCUMENT_BACK, Item.SELFIE)
OPEN: set[WebSocket] = set()


@router.websocket("/verify/capture/{item}/socket")
async def preview(socket: WebSocket, item: str) -> None:
    """Frames (JPEG, about 640 px) are answered with the hint, its words, and the outline in shares of the frame.

    For whoever opened a link only. Closes after a time, on silence, and when too many are open: the page then says
    that the shutter works by hand.
    """
    rules = preview_rules()
    await run_in_threadpool(_check_owner, socket)
    if item not in ITEMS or len(OPEN) >= rules["previews_at_once"]:
        await socket.close(1013)
        return
    await socket.accept()
    OPEN.add(socket)
    try:
        await _answer(socket, Item(item), socket.query_params.get("lang", "en"))
    except SocketOver:
        return
    except Refusal:
        await socket.close(1008)
    finally:
        OPEN.discard(socket)


async def _answer(socket: WebSocket, item: Item, locale: str) -> None:
    rules, clock = preview_rules(), asyncio.get_running_loop().time
    began = last = clock()
    seen: Look | None = None
    while clock() - began < rules["preview_s_max"]:
        data = await next_frame(socket)
        wait = 1 / rules["preview_frames_per_s_max"] - (clock() - last)
        if wait > 0:
            await asyncio.sleep(wait)
        last = clock()
        try:
            seen, told = await look(_see, data, item, seen)
        except ClipRefused:
            told = {"hint": None, "shape": None, "ready": False}
        await answer(socket, {**told, "words": hint_words(told["hint"], locale)})
    await socket.close(1000)


def _see(data: bytes, item: Item, before: Look | None) -> tuple[Look, dict[str, Any]]:
    frame = frame_of(data, 0.0).pixels
    seen = (look_at_face if item is Item.SELFIE else look_at_document)(frame, before)
    height, width = frame.shape[:2]
    shape = None if seen.shape is None else np.round(seen.shape / (width, height), 4).tolist()
    return seen, {"hint": seen.hint, "shape": shape, "ready": seen.ready}


def _check_owner(socket: WebSocket) -> None:
    with mine(socket):
        return
