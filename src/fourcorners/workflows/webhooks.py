"""Send webhooks, and write to whoever looks after an endpoint when it had to be switched off."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from fourcorners.accounts.models import Account
from fourcorners.accounts.queries import person_of
from fourcorners.accounts.rules import ALLOWED, Permission
from fourcorners.infra.db import WriteSession
from fourcorners.infra.floor import Floor
from fourcorners.infra.mail import write_mail
from fourcorners.infra.webhooks.deliver import give_up, send
from fourcorners.infra.webhooks.models import Endpoint

__all__ = ["deliver_webhook", "leave_webhook"]

SUBJECT = "Fourcorners: a webhook was switched off"
TEXT = """{why}

Nothing is sent there any more:
  {url}

When it works again, switch it on and send what it missed once more:
  {console}
"""
WHY = {
    "failing": "An endpoint has not taken a single message for three days.",
    "gone": "An endpoint answered 410: it does not want messages any more.",
}


def deliver_webhook(floor: Floor, payload: Mapping[str, Any]) -> None:
    """One try. Raises WebhookFailed, so that it is tried again later."""
    sent = send(floor.database, floor.settings, payload["delivery"])
    if sent.disabled is not None:
        with floor.database.write() as db:
            _write(db, sent.disabled, floor.settings.public_url.rstrip("/"))
    if sent.failure is not None:
        raise sent.failure


def leave_webhook(floor: Floor, payload: Mapping[str, Any], _code: str) -> None:
    """All tries failed: the log says so, and it can be sent again by hand."""
    with floor.database.write() as db:
        give_up(db, payload["delivery"])


def _write(db: WriteSession, endpoint_id: str, origin: str) -> None:
    endpoint = db.get(Endpoint, endpoint_id)
    if endpoint is None:
        return
    why = WHY[endpoint.disabled_why or "failing"]
    text = TEXT.format(why=why, url=endpoint.url, console=f"{origin}/console/webhooks/{endpoint.id}")
    roles = [role.value for role in ALLOWED[Permission.MANAGE_WEBHOOKS]]
    may = select(Account).where(Account.role.in_(roles), Account.disabled_at.is_(None)).order_by(Account.id)
    for account in db.scalars(may):
        write_mail(
            db, owner=account.id, kind="webhook.disabled", to=person_of(db, account).email, subject=SUBJECT, text=text
        )
