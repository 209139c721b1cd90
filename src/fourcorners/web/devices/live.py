"""Sockets: the new device hears when it is decided, the trusted ones hear who asks. Each looks once a second."""

import asyncio
from contextlib import suppress
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect

from fourcorners.accounts import find_session
from fourcorners.devices.queries import find_binding, lately_trusted, list_knocking, list_tickets
from fourcorners.web.devices.knocking import floor_of, half_session
from fourcorners.web.devices.pending import told

__all__ = ["router"]

router = APIRouter()
LOOK_EVERY_S = 1.0
PATIENCE_S = 15 * 60.0
"""Then the page opens another one, so that a forgotten socket does not look for ever."""


@router.websocket("/sign-in/pending/socket")
async def of_new_device(socket: WebSocket) -> None:
    """What the waiting page shows, whenever it changes."""
    await _tell(socket, _waiting)


@router.websocket("/devices/socket")
async def of_trusted_device(socket: WebSocket) -> None:
    """Who asks to come in, and who came in lately."""
    await _tell(socket, _asking)


async def _tell(socket: WebSocket, look: Any) -> None:  # noqa: ANN401 - a function of the socket
    last = await run_in_threadpool(look, socket)
    if last is None:
        await socket.close(1008)
        return
    await socket.accept()
    clock = asyncio.get_running_loop().time
    until = clock() + PATIENCE_S
    with suppress(WebSocketDisconnect, RuntimeError):
        await socket.send_json(last)
        while clock() < until:
            with suppress(TimeoutError):
                message = await asyncio.wait_for(socket.receive(), LOOK_EVERY_S)
                if message["type"] == "websocket.disconnect":
                    return
            now = await run_in_threadpool(look, socket)
            if now is None:
                await socket.send_json({"status": "over"})
                break
            if now != last:
                await socket.send_json(now)
                last = now
        await socket.close(1000)


def _waiting(socket: WebSocket) -> dict[str, object] | None:
    with floor_of(socket).database.read() as db:
        half = half_session(db, socket)
        return None if half is None else told(db, half[0].id)


def _asking(socket: WebSocket) -> dict[str, object] | None:
    with floor_of(socket).database.read() as db:
        token = socket.cookies.get(socket.app.state.site.cookie("session"), "")
        found = find_session(db, token)
        bound = None if found is None or found[0].pending else find_binding(db, found[0].id)
        if found is None or bound is None:
            return None
        account, here = found[1].id, bound[1]
        lately = [device.id for device in lately_trusted(db, account, here)]
        asking = [r.id for r in list_knocking(db, account) if r.method == "device"]
        return {"asking": asking + [ticket.id for ticket, _ in list_tickets(db, account)], "let_in": lately}
