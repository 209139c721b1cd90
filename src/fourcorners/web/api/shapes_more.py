"""What goes in and comes out of /v1: decisions and verdicts, tables, webhooks, events, the key itself."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from fourcorners.clearance import Outcome, Standing
from fourcorners.people import Item
from fourcorners.web.api.shapes import Given

__all__ = [
    "Countries",
    "DecisionPage",
    "DecisionShape",
    "Deliveries",
    "DeliveryShape",
    "DocumentTable",
    "EndpointChange",
    "EndpointMade",
    "EndpointShape",
    "Endpoints",
    "EventPage",
    "EventShape",
    "KeyShape",
    "NewDecision",
    "NewEndpoint",
    "Personas",
    "Reasons",
    "Replay",
    "VerdictShape",
]

ReasonCode = Annotated[str, Field(max_length=64, pattern=r"^[a-z_0-9]+$", examples=["blurred"])]
EventKind = Annotated[str, Field(max_length=48, pattern=r"^[a-z_.]+$", examples=["verification.verified"])]
Label = Annotated[str, Field(max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$")]
Address = Annotated[str, Field(max_length=500, examples=["https://example.org/webhooks"])]


class NewDecision(Given):
    """A decision on a case that waits for a person."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"outcome": "approve"},
                {"outcome": "resubmit", "items": {"selfie": ["sunglasses"]}},
                {"outcome": "reject", "reasons": ["underage"], "note": "Born in 2015."},
            ]
        },
    )
    outcome: Literal["approve", "resubmit", "reject"]
    items: dict[Item, Annotated[list[ReasonCode], Field(max_length=20)]] = Field(
        default_factory=dict, description="To resubmit: each item that is done again, with its reasons."
    )
    reasons: Annotated[list[ReasonCode], Field(max_length=20)] = Field(default_factory=list)
    note: Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")] = Field(
        default="", description="For your own reviewers; never shown to the applicant."
    )


class DecisionShape(BaseModel):
    """One decision. Several stand side by side when a person decides after the machine."""

    id: str
    number: int
    outcome: Outcome
    standing: Standing
    by: Literal["machine", "person", "api"]
    reasons: list[str]
    items: dict[str, list[str]]
    policy: str = Field(description="The version of the policy that was in force.")
    at: datetime


class DecisionPage(BaseModel):
    """All decisions on a case, the first one first."""

    data: list[DecisionShape]


class FindingShape(BaseModel):
    """What one check found, without anything that was read."""

    check: str
    version: int
    subject: str
    outcome: Literal["pass", "fail", "unsure", "not_assessed"]
    reason: str | None


class VerdictShape(BaseModel):
    """The verdict on the latest submission."""

    run: str
    submission: str
    finished_at: datetime
    decision: str
    reasons: list[str]
    findings: list[FindingShape]
    sha256: str = Field(description="Of the canonical JSON of the whole verdict.")
    versions: dict[str, Any]
    whole: dict[str, Any] | None = Field(description="The verdict itself; only a key with `exports:read` is shown it.")


class Replay(BaseModel):
    """The decision of the machine, made again from what is kept, under the policy that was in force."""

    run: str
    policy: str
    decision: str = Field(description="What was decided then.")
    decision_again: str = Field(description="What the same findings lead to now.")
    same_decision: bool
    same_bytes: bool = Field(description="Are the bytes of the verdict those that were kept?")


class ReasonEntry(BaseModel):
    """A reason of the catalogue."""

    code: str
    group: str
    retryable: bool
    title: str
    todo: str
    help: str


class Reasons(BaseModel):
    """The catalogue."""

    version: str
    data: list[ReasonEntry]


class Country(BaseModel):
    """A country that can be chosen. `served` is false where the flow stops."""

    code: str
    name: str
    served: bool


class Countries(BaseModel):
    """All countries, by name."""

    data: list[Country]


class DocumentTable(BaseModel):
    """Which documents are taken from a country, and which of them have a back."""

    country: str
    kinds: list[str]
    two_sided: list[str]


class PersonaShape(BaseModel):
    """An applicant of the sandbox who always ends the same way."""

    name: str
    about: str
    told: list[list[str]] = Field(
        description="The reasons of each submission; the last list counts for all later ones."
    )


class Personas(BaseModel):
    """All personas."""

    data: list[PersonaShape]


class NewEndpoint(Given):
    """Where to send webhooks."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"url": "https://example.org/webhooks", "events": ["verification.verified"], "label": "Shop"}]
        },
    )
    url: Address
    events: Annotated[list[EventKind], Field(max_length=40)] = Field(
        default_factory=list, description="Of what to tell; empty: of everything."
    )
    label: Label = ""


class EndpointChange(Given):
    """What changes. `working` switches it on again, or off."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"working": True}]})
    url: Address | None = None
    events: Annotated[list[EventKind], Field(max_length=40)] | None = None
    label: Label | None = None
    working: bool | None = None


class EndpointShape(BaseModel):
    """An endpoint, without its secret."""

    id: str
    url: str
    label: str
    events: list[str]
    sandbox: bool
    working: bool
    disabled_why: Literal["failing", "gone", "by_hand"] | None
    failing_since: datetime | None
    old_secret_until: datetime | None = Field(description="Until then messages are signed with the old secret too.")
    created_at: datetime


class EndpointMade(EndpointShape):
    """An endpoint with its secret, which is told this once."""

    secret: str = Field(examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])


class Endpoints(BaseModel):
    """All endpoints of this world."""

    data: list[EndpointShape]


class TryShape(BaseModel):
    """One try: a status that came back, or what went wrong before there was one."""

    at: datetime
    status: int | None
    error: str | None
    took_ms: int


class DeliveryShape(BaseModel):
    """An event on its way to an endpoint."""

    id: str
    event: str
    type: str
    created_at: datetime
    done_at: datetime | None
    given_up_at: datetime | None
    tries: list[TryShape]


class Deliveries(BaseModel):
    """A page of the log, the newest first."""

    data: list[DeliveryShape]
    next_cursor: str | None


class EventShape(BaseModel):
    """Something that happened, in ids and codes."""

    id: str
    type: str
    timestamp: datetime
    sandbox: bool
    data: dict[str, Any]


class EventPage(BaseModel):
    """A page of events, the newest first."""

    data: list[EventShape]
    next_cursor: str | None


class KeyShape(BaseModel):
    """The key that asks."""

    id: str
    name: str
    shown: str = Field(description="How the key begins.")
    sandbox: bool
    scopes: list[str]
    created_at: datetime
    used_at: datetime | None
