"""How long data are kept, and whether they may be erased: pure rules."""

from datetime import datetime, timedelta

from fourcorners.kit.data import load_toml
from fourcorners.privacy.errors import MustBeKept

__all__ = ["CLASSES", "check_may_erase", "span"]


def span(name: str) -> timedelta:
    """How long data of this class are kept."""
    entry = load_toml("fourcorners.privacy", "retention.toml")["classes"][name]
    return timedelta(days=entry.get("days", 0), hours=entry.get("hours", 0))


CLASSES: tuple[str, ...] = tuple(load_toml("fourcorners.privacy", "retention.toml")["classes"])
"""Every class of data that has a span."""


def check_may_erase(*, legal_hold: bool, verified_ever: bool, closed_at: datetime | None, now: datetime) -> None:
    """Raises MustBeKept under a legal hold, and while the duty to keep records runs for somebody who was verified."""
    if legal_hold:
        raise MustBeKept("A legal hold stops the erasure.", why="legal_hold")
    if not verified_ever:
        return
    if closed_at is None:
        raise MustBeKept("The relation with this person goes on: close it first.", why="open")
    if (until := closed_at + span("documents")) > now:
        raise MustBeKept("The duty to keep records still runs.", why="records", until=until.date().isoformat())
