"""Ask the service: a key on every request, and another try where it may help, without doing anything twice."""

import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Self

import httpx

from fourcorners.client.errors import ApiRefused, ApiUnreachable

__all__ = ["Connection"]

TRY_AGAIN = (408, 429, 502, 503, 504)
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 30.0


class Connection:
    """A pool of connections to one service. `wait` is told how many seconds to sleep between tries."""

    def __init__(
        self,
        origin: str,
        key: str,
        *,
        timeout_s: float = 30.0,
        tries: int = 5,
        transport: httpx.BaseTransport | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.tries, self.wait = tries, wait
        self.http = httpx.Client(
            base_url=origin.rstrip("/"),
            headers={"authorization": f"Bearer {key}", "accept": "application/json"},
            timeout=timeout_s,
            transport=transport,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        """Use it as a block; connections are given back at its end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give the connections back."""
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self.http.close()

    def ask(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> httpx.Response:
        """The answer. A POST carries the same idempotency key at every try, one of its own if none is given.

        Raises ApiRefused, ApiUnreachable.
        """
        sent = dict(headers or {})
        if method == "POST":
            sent["idempotency-key"] = idempotency_key or str(uuid.uuid4())
        given = {name: value for name, value in (params or {}).items() if value is not None}
        trouble: Exception | None = None
        for tried in range(self.tries):
            answer = None
            try:
                answer = self.http.request(method, path, json=json, content=content, headers=sent, params=given)
            except httpx.TransportError as error:
                trouble = error
            if answer is not None and answer.is_success:
                return answer
            if answer is not None and (answer.status_code not in TRY_AGAIN or tried + 1 == self.tries):
                raise ApiRefused(answer.status_code, _problem(answer))
            if tried + 1 < self.tries:
                self.wait(_wait_s(answer, tried))
        raise ApiUnreachable(f"{method} {path}: no answer in {self.tries} tries.") from trouble


def _wait_s(answer: httpx.Response | None, tried: int) -> float:
    """What the service asks for, else twice as long each time."""
    said = "" if answer is None else answer.headers.get("retry-after", "")
    wait = float(said) if said.isascii() and said.isdigit() else FIRST_WAIT_S * 2.0**tried
    return min(wait, LONGEST_WAIT_S)


def _problem(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        return {"detail": answer.reason_phrase}
    return told if isinstance(told, dict) else {"detail": answer.reason_phrase}
