"""Placing: by the operator's provider over HTTP where one is set, else by the Null twin, which only shows it."""

from dataclasses import asdict, dataclass
from typing import Protocol

from fourcorners.infra.db import Database
from fourcorners.infra.phone.models import PhoneMessage
from fourcorners.infra.sealing import open_json
from fourcorners.infra.settings import Settings
from fourcorners.infra.webhooks.network import post
from fourcorners.kit.canonical import canonical_json
from fourcorners.kit.errors import Refusal

__all__ = ["SEALED", "HttpLine", "Line", "NullLine", "PhoneFailed", "Saying", "deliver", "open_line"]

SEALED = "phone message"


class PhoneFailed(Refusal):
    """The provider did not take the call or text; it is tried again while somebody may wait for it."""

    code = "phone_failed"
    retryable = True


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said. `id` is the message's own, so that a call that is ordered twice can be told as one.

    `kind` is `call` or `text`, `to` a number such as `+4930123456`. `answer_url` is where the provider tells which of
    `keys` was pressed; empty where nothing is asked.
    """

    id: str
    kind: str
    to: str
    text: str
    locale: str
    answer_url: str = ""
    keys: tuple[str, ...] = ()


class Line(Protocol):
    """Whoever places calls and sends texts. `shows_only` is true for the Null twin."""

    shows_only: bool

    def place(self, saying: Saying) -> None:
        """Place it. Raises PhoneFailed."""


class NullLine:
    """Calls nobody: what would be said stays in its table, where the demonstration's page shows it."""

    shows_only = True

    def place(self, saying: Saying) -> None:
        """Nothing is placed."""


class HttpLine:
    """A provider that takes JSON: one POST for each call or text, with a bearer token."""

    shows_only = False

    def __init__(self, settings: Settings) -> None:
        self.url, self.token = settings.phone_url, settings.phone_token.get_secret_value()
        # the operator named this address: it may be a gateway in their own network
        self.settings = settings.model_copy(
            update={"webhooks_plain_http": True, "webhooks_private_addresses": True},
        )

    def place(self, saying: Saying) -> None:
        """POST what is to be said. Raises PhoneFailed unless the answer is 2xx."""
        headers = {
            "content-type": "application/json",
            "authorization": f"Bearer {self.token}",
            "idempotency-key": saying.id,
            "user-agent": "Fourcorners",
        }
        try:
            status = post(
                self.url, canonical_json({**asdict(saying), "keys": list(saying.keys)}), headers, self.settings
            )
        except Refusal as refusal:
            why = str(refusal.fields.get("why", refusal.code))
            raise PhoneFailed("The telephone provider could not be reached.", why=why) from refusal
        if not 200 <= status < 300:
            raise PhoneFailed("The telephone provider did not take it.", status=status)


def open_line(settings: Settings) -> Line:
    """The provider if an address is set, else the Null twin."""
    return HttpLine(settings) if settings.phone_url else NullLine()


def deliver(database: Database, line: Line, message_id: str) -> None:
    """Place one call or text, unless it was, or its time is over. No transaction is open while the provider answers.

    Raises PhoneFailed (try again soon), KeyDestroyed.
    """
    with database.read() as db:
        message = db.get(PhoneMessage, message_id)
        if message is None or message.sent_at is not None or db.now >= message.expires_at:
            return
        said = open_json(db, message.owner, message.sealed, SEALED)
        saying = Saying(message.id, message.kind, **{**said, "keys": tuple(said["keys"])})
    line.place(saying)
    with database.write() as db:
        placed = db.get(PhoneMessage, message_id, with_for_update=True)
        if placed is not None and placed.sent_at is None:
            placed.sent_at, placed.shown_only = db.now, line.shows_only
