"""The client's part for hits on lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fourcorners.client.connection import Connection
from fourcorners.client.shapes import Told

__all__ = ["Hit", "HitCalls"]


@dataclass(frozen=True, slots=True)
class Hit(Told):
    """An entry of a list that may be somebody. `why` and `note` are there for keys that may see names."""

    id: str
    state: str
    case: str
    applicant: str | None
    institution: str | None
    subject: str
    list: str
    list_version: int
    score: float
    found_at: str
    decided_at: str | None
    decided_by: str | None
    why: Mapping[str, Any] | None
    note: str | None


class HitCalls(Connection):
    """What `Client` can ask about hits. Everything raises ApiRefused and ApiUnreachable."""

    def hits(self, *, state: str | None = None, case: str | None = None) -> Iterator[Hit]:
        """All hits, the newest first, or those in a state (`open`, ...) or of a case; pages are fetched as needed."""
        cursor: str | None = None
        while True:
            page = self.ask("GET", "/v1/hits", params={"state": state, "case": case, "cursor": cursor}).json()
            yield from map(Hit.of, page["data"])
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def hit(self, hit: str) -> Hit:
        """One hit by id."""
        return Hit.of(self.ask("GET", f"/v1/hits/{hit}").json())

    def decide_hit(self, hit: str, outcome: str, *, note: str) -> Hit:
        """`not_same` or `true_match`, and why. What was decided once only a senior decides otherwise."""
        said = {"outcome": outcome, "note": note}
        return Hit.of(self.ask("POST", f"/v1/hits/{hit}/decisions", json=said).json())
