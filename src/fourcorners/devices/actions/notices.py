"""Mails about devices: to the owner, whatever happens."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from fourcorners.accounts import get_account, person_of
from fourcorners.devices.models import Device, DeviceRequest, DeviceTicket
from fourcorners.devices.queries import seen_of
from fourcorners.infra.db import WriteSession
from fourcorners.infra.mail import write_mail

__all__ = ["Wording", "notify"]

Wording: TypeAlias = Callable[[str, str, str, dict[str, str]], tuple[str, str]]
"""Subject and text of a mail: given its kind (`asked`, `let_in`, `denied`, `removed`, `authenticator`, `phone`, `hand`,
`hand_approved`, `hand_refused_...`), the locale, a link's token, and `agent`, `address`, `place` of the device that it
is about, with the `moment` (ISO 8601) from which something holds."""


def notify(
    db: WriteSession,
    account: str,
    kind: str,
    wording: Wording,
    token: str = "",
    request: Device | DeviceRequest | DeviceTicket | None = None,
    *,
    moment: datetime | None = None,
) -> None:
    """Write the owner a mail."""
    kept = get_account(db, account)
    opened = {} if request is None else seen_of(db, request)
    seen = {name: str(opened.get(name, "")) for name in ("agent", "address", "place")}
    seen["moment"] = "" if moment is None else moment.isoformat()
    subject, text = wording(kind, kept.locale, token, seen)
    write_mail(db, owner=account, kind=f"device.{kind}", to=person_of(db, kept).email, subject=subject, text=text)
