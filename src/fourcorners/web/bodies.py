"""Bodies are counted while they come in: what is too large or too slow is refused before it is all here."""

import asyncio
import time
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fourcorners.kit.errors import Refusal
from fourcorners.web.errors import BodyMalformed, BodyTooLarge, BodyTooSlow
from fourcorners.web.limits import BodyLimits, body_limits

__all__ = ["BoundedBody", "WhileReading"]


class WhileReading(HTTPException):
    """Carries a refusal out of the framework's reader, which turns any other exception into one that says nothing."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(status_code=400)
        self.refusal = refusal


class BoundedBody:
    """Hold every request to the size and the time that limits.toml gives its path."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic) -> None:
        self.app, self.clock = app, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a `receive` that counts."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limits = body_limits(scope["path"])
        announced = Headers(scope=scope).get("content-length")
        if announced is not None and not (announced.isascii() and announced.isdigit()):
            raise BodyMalformed("Content-Length is not a number.")
        if announced is not None and int(announced) > limits.bytes_max:
            raise _too_large(limits)
        await self.app(scope, _Counted(receive, limits, self.clock), send)


class _Counted:
    """`receive`, with a limit on bytes, on silence and on the whole."""

    def __init__(self, receive: Receive, limits: BodyLimits, clock: Callable[[], float]) -> None:
        self.receive, self.limits, self.clock = receive, limits, clock
        self.taken, self.since, self.done = 0, clock(), False

    async def __call__(self) -> Message:
        if self.done:  # from here on only a disconnect is waited for, as long as the answer takes
            return await self.receive()
        left = min(self.limits.idle_s_max, self.limits.total_s_max - (self.clock() - self.since))
        try:
            message = await asyncio.wait_for(self.receive(), max(0.0, left))
        except TimeoutError:
            raise WhileReading(BodyTooSlow("The upload stopped before it was complete.")) from None
        self.taken += len(message.get("body", b""))
        self.done = not message.get("more_body", False)
        if self.taken > self.limits.bytes_max:
            raise WhileReading(_too_large(self.limits))
        return message


def _too_large(limits: BodyLimits) -> BodyTooLarge:
    return BodyTooLarge(
        f"This is larger than the {limits.bytes_max / 1e6:.0f} MB that can be sent here.", limit_bytes=limits.bytes_max
    )
