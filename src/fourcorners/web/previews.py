"""Looking at frames of a camera's preview: a few threads of their own, so that pages and sockets stay quick."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, ParamSpec, TypeVar

from starlette.websockets import WebSocket, WebSocketDisconnect

from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal

__all__ = ["FrameRefused", "SocketOver", "answer", "look", "next_frame", "preview_rules"]

P = ParamSpec("P")
R = TypeVar("R")


class SocketOver(Exception):
    """The other side went away, or stayed silent for too long."""


class FrameRefused(Refusal):
    """What came over the socket is no frame, or a larger one than is taken."""

    code = "frame_refused"


def preview_rules() -> dict[str, Any]:
    """live.toml of evidence, which explains the fields."""
    return load_toml("fourcorners.evidence", "live.toml")


async def look(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Do it in one of the threads that are kept for previews."""
    return await asyncio.get_running_loop().run_in_executor(_threads(), lambda: work(*args, **kwargs))


async def next_frame(socket: WebSocket) -> bytes:
    """The next binary message. Raises SocketOver, FrameRefused. One frame is read only when the last was answered."""
    rules = preview_rules()
    try:
        message = await asyncio.wait_for(socket.receive(), rules["silence_s_max"])
    except TimeoutError as error:
        raise SocketOver from error
    except WebSocketDisconnect as error:
        raise SocketOver from error
    if message["type"] == "websocket.disconnect":
        raise SocketOver
    data = message.get("bytes")
    if not data or len(data) > rules["frame_bytes_max"]:
        raise FrameRefused("This is no frame of a camera.")
    return bytes(data)


async def answer(socket: WebSocket, told: Mapping[str, object]) -> None:
    """Say it. Raises SocketOver when nobody is there any more."""
    try:
        await socket.send_json(told)
    except (WebSocketDisconnect, RuntimeError) as error:  # the latter: it was closed on our side meanwhile
        raise SocketOver from error


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(preview_rules()["preview_threads"], thread_name_prefix="preview")
