"""A clock that leaps must not erase anything: sweeps that cannot be undone wait for their next turn after a leap.

A machine that was off for some days looks the same, and waits as well: one turn later is early enough.
"""

from datetime import timedelta

from fourcorners.infra.audit import audit
from fourcorners.infra.db import Database
from fourcorners.infra.logs import log
from fourcorners.workflows.models import SweepAsked
from fourcorners.workflows.retries import rules

__all__ = ["is_steady"]

SYSTEM = "system"


def is_steady(database: Database, name: str) -> bool:
    """Did the clock go on as it should since this sweep was last asked for? Notes that it was asked for now."""
    hours = rules()["steady_h"].get(name)
    if hours is None:
        return True
    with database.write() as db:
        asked = db.get(SweepAsked, name)
        if asked is None:
            db.add(SweepAsked(name=name, at=db.now))
            return True
        before, asked.at = asked.at, db.now
        if db.now - before <= timedelta(hours=hours):
            return True
        details = {"sweep": name, "asked_before_at": before.isoformat()}
        audit(db, actor=SYSTEM, action="sweep.waits", subject=SYSTEM, details=details)
    log.warning("sweep.waits", kind=name)
    return False
