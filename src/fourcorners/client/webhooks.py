"""Take a webhook in: believe it only if it was signed with our secret a moment ago."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fourcorners.kit.clock import Clock, system_clock
from fourcorners.kit.standard_webhooks import WebhookRefused, check_signature

__all__ = ["WebhookEvent", "verify_webhook"]


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """What happened. `id` is the same when the message comes again: keep it, and do nothing the second time."""

    id: str
    type: str
    timestamp: str
    sandbox: bool
    data: Mapping[str, Any]


def verify_webhook(
    secret: str | Sequence[str], headers: Mapping[str, str], body: bytes, *, clock: Clock = system_clock
) -> WebhookEvent:
    """The event in a message. `secret` is one or several `whsec_...`; `body` the bytes as they came in.

    Raises WebhookRefused for a message that was forged, changed, or is more than five minutes old.
    """
    secrets = [secret] if isinstance(secret, str) else secret
    message_id = check_signature(secrets, headers, body, clock().timestamp())
    try:
        told = json.loads(body)
        event = WebhookEvent(told["id"], told["type"], told["timestamp"], told["sandbox"], told["data"])
    except (ValueError, KeyError, TypeError) as error:
        raise WebhookRefused("The message is signed, but it tells of no event.", why="body") from error
    if event.id != message_id:
        raise WebhookRefused("The message is not the one that its header names.", why="id")
    return event
