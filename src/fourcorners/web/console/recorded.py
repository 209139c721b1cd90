"""What stays on record of a case, in plain values for its page: decisions, notes, messages, history."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from fourcorners.clearance.models import Decision, Exemption, Message, Note
from fourcorners.clearance.queries import read_text
from fourcorners.infra import AuditEvent, ReadSession
from fourcorners.infra.errors import KeyDestroyed
from fourcorners.web.console.desk import MACHINE

__all__ = ["event_told", "events_of", "told_decision", "written"]

HISTORY_MAX = 200


def told_decision(db: ReadSession, decision: Decision, names: Mapping[str, str], *, personal: bool) -> dict[str, Any]:
    """A decision; its note only for who may see what is personal."""
    return {
        "number": decision.number,
        "by": names.get(decision.by, decision.by),
        "machine": decision.by == MACHINE,
        "outcome": decision.outcome,
        "standing": decision.standing,
        "reasons": decision.reasons,
        "items": decision.items,
        "policy": decision.policy,
        "at": decision.at,
        "note": _text(db, decision) if personal and decision.note is not None else "",
    }


def written(db: ReadSession, kept: Note | Message | Exemption, names: Mapping[str, str]) -> dict[str, Any]:
    """Who wrote what and when; an empty text after erasure."""
    return {"by": names.get(kept.by, kept.by), "at": kept.at, "text": _text(db, kept)}


def events_of(db: ReadSession, owner: str) -> list[AuditEvent]:
    """The latest events about somebody, the newest first."""
    query = select(AuditEvent).where(AuditEvent.owner == owner).order_by(AuditEvent.seq.desc()).limit(HISTORY_MAX)
    return list(db.scalars(query))


def event_told(event: AuditEvent, names: Mapping[str, str]) -> dict[str, Any]:
    """One event, with its short details."""
    simple = {k: v for k, v in event.details.items() if isinstance(v, str | int | bool) and len(str(v)) <= 40}
    said = ", ".join(f"{key} {value}" for key, value in simple.items() if value != "")
    return {"at": event.at, "by": names.get(event.actor, event.actor), "action": event.action, "details": said}


def _text(db: ReadSession, kept: Note | Message | Decision | Exemption) -> str:
    try:
        return read_text(db, kept)
    except KeyDestroyed:
        return ""
