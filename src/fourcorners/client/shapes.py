"""What the API tells, as values. A field that a later version adds is left out, so that it breaks nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

__all__ = [
    "Applicant",
    "Decision",
    "Endpoint",
    "Event",
    "File",
    "Item",
    "Limits",
    "Link",
    "Reason",
    "Submission",
    "Verification",
]


class Told:
    """Base of all: made of the JSON that came."""

    __slots__ = ()

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The value. Raises KeyError when something that must be there is missing."""
        return cls(**{field.name: told[field.name] for field in fields(cls)})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Applicant(Told):
    """Somebody who is to be verified. `personal` holds `email` and `details`, for keys that may see them."""

    id: str
    verification: str
    reference: str | None
    locale: str
    level: int
    level_wanted: int
    state: str
    residence: str | None
    nationality: str | None
    document_kind: str | None
    document_country: str | None
    sandbox: bool
    persona: str | None
    created_at: str
    closed_at: str | None
    erased_at: str | None
    personal: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Reason(Told):
    """A reason in the applicant's words."""

    code: str
    title: str
    todo: str
    retryable: bool
    help: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is handed in."""

    name: str
    state: str
    asked: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Limits(Told):
    """What a level opens: amounts a day in minor units of `currency`; `next_level` has higher ones."""

    level: int
    may: tuple[str, ...]
    currency: str
    deposit_daily_minor: int
    withdraw_daily_minor: int
    next_level: int | None


@dataclass(frozen=True, slots=True)
class Verification:
    """Where it stands. `steps` maps each step to its state; `reasons` say why it was decided so."""

    id: str
    applicant: str
    state: str
    steps: Mapping[str, str]
    items: tuple[Item, ...]
    reasons: tuple[Reason, ...]
    due_at: str | None
    expires_on: str | None

    @property
    def redo(self) -> tuple[Item, ...]:
        """What is to be handed in again."""
        return tuple(item for item in self.items if item.state == "redo")

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The value."""
        return cls(
            id=told["id"],
            applicant=told["applicant"],
            state=told["state"],
            steps={step["step"]: step["state"] for step in told["progress"]},
            items=tuple(Item(i["name"], i["state"], i["asked"], _reasons(i["reasons"])) for i in told["items"]),
            reasons=_reasons(told["reasons"]),
            due_at=told["due_at"],
            expires_on=told["expires_on"],
        )


@dataclass(frozen=True, slots=True)
class File(Told):
    """What was kept of a file."""

    id: str
    item: str
    media_type: str
    size_bytes: int
    sha256: str
    pages_given: int


@dataclass(frozen=True, slots=True)
class Submission(Told):
    """It is on its way; `due_at` says by when it is decided."""

    submission: str
    state: str
    due_at: str | None


@dataclass(frozen=True, slots=True)
class Link(Told):
    """The address to send the applicant to."""

    url: str
    expires_at: str


@dataclass(frozen=True, slots=True)
class Decision(Told):
    """One decision; `by` is `machine`, `person` or `api`."""

    id: str
    number: int
    outcome: str
    standing: str
    by: str
    reasons: list[str]
    items: Mapping[str, list[str]]
    policy: str
    at: str


@dataclass(frozen=True, slots=True)
class Event(Told):
    """Something that happened."""

    id: str
    type: str
    timestamp: str
    sandbox: bool
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Endpoint(Told):
    """An endpoint of webhooks with its secret, which is told once."""

    id: str
    url: str
    events: list[str]
    working: bool
    secret: str


def _reasons(told: list[Mapping[str, Any]]) -> tuple[Reason, ...]:
    return tuple(Reason.of(each) for each in told)
