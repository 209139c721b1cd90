"""What goes in and comes out of /v1/institutions."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from fourcorners.clearance import Outcome
from fourcorners.institutions import Badge, Kind, SectionState, State
from fourcorners.web.api.shapes import Email, Given, Line, Locale, Reference
from fourcorners.web.api.shapes_more import DecisionShape

__all__ = [
    "AnswerGiven",
    "AssessmentShape",
    "ChangePage",
    "ChangeShape",
    "FieldsChange",
    "FieldsShape",
    "Institution",
    "InstitutionDecisions",
    "InstitutionPage",
    "InstitutionSubmitted",
    "ItemRuled",
    "ItemRuling",
    "KindPage",
    "KindShape",
    "MessagePage",
    "MessageShape",
    "NewInstitution",
    "NewInstitutionDecision",
    "NewParty",
    "NewUser",
    "OwnershipGiven",
    "PaperAbout",
    "PaperPage",
    "PaperShape",
    "PartyPage",
    "PartyShape",
    "Question",
    "RulingPage",
    "Signed",
    "Signing",
]

Seen = Annotated[int, Field(ge=0, le=2**31 - 1, description="The version that you saw; 0 before anything was saved.")]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Code = Annotated[str, Field(max_length=64, pattern=r"^[a-z0-9_]+$")]


class NewInstitution(Given):
    """An institution that is to be verified."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reference": "firm-12", "email": "office@example.org"}]}
    )
    reference: Reference | None = None
    email: Email | None = None
    locale: Locale = "en"


class MissingShape(BaseModel):
    """Something that stands between the application and its submission."""

    section: str
    item: str
    says: str
    is_error: bool = Field(description="Something that was entered is wrong, rather than missing.")


class Institution(BaseModel):
    """An institution with its application."""

    id: str
    reference: str | None
    locale: str
    state: State
    badge: Badge
    kind: Kind | None
    country: str | None
    risk: str | None
    sandbox: bool
    renewing: bool = Field(description="Approved, and asked to look through what is known of it.")
    hold: bool
    progress: dict[str, SectionState] = Field(description="Each section; empty after erasure.")
    missing: list[MissingShape]
    user: str | None = Field(description="The person who is the authorised user, once approved.")
    created_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    due_at: datetime | None
    review_on: date | None
    closed_at: datetime | None
    erased_at: datetime | None


class InstitutionPage(BaseModel):
    """A page of institutions."""

    data: list[Institution]
    next_cursor: str | None


class FieldsChange(Given):
    """Fields to save; null takes one away. What nobody else changed since `seen` is taken, whoever wrote elsewhere."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"seen": 0, "changes": {"legal_name": "Muster AG", "country": "CH"}}]},
    )
    seen: Seen
    changes: dict[str, Any] = Field(max_length=20_000)


class FieldsShape(BaseModel):
    """The fields of a section, or of somebody, with the version of the whole."""

    version: int
    values: dict[str, Any]


class NewParty(Given):
    """A person or entity, entered once with all its roles."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"values": {"name": "Ann Lee", "roles": ["officer", "authorised_user"]}}]},
    )
    values: dict[str, Any] = Field(max_length=100)


class PartyShape(BaseModel):
    """Somebody who is named. `values` is null for keys without `exports:read`."""

    id: str
    version: int
    applicant: str | None = Field(description="The applicant whose result is followed, once a link was sent.")
    verified: bool
    values: dict[str, Any] | None


class PartyPage(BaseModel):
    """Everybody who is named now."""

    data: list[PartyShape]


class OwnershipGiven(Given):
    """A graph of owners as statements of the Beneficial Ownership Data Standard 0.4."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"seen": 0, "subject": "own", "statements": []}]}
    )
    seen: Seen
    subject: Annotated[str, Field(max_length=200)] = Field(default="", description="The record of the institution.")
    statements: list[dict[str, Any]] = Field(max_length=20_000)


class PaperAbout(BaseModel):
    """What was said of a paper."""

    dated: date | None = None
    expires: date | None = None
    signed: bool = False


class PaperShape(BaseModel):
    """A paper that was handed in, with the evidence behind it."""

    id: str
    paper: str
    party: str | None
    upload: str
    media_type: str
    size_bytes: int
    sha256: str
    about: PaperAbout
    created_at: datetime


class PaperPage(BaseModel):
    """The papers as they stand."""

    data: list[PaperShape]


class Signing(Given):
    """Tick every attestation and sign, for somebody who did both with you: you answer for it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"signer": "Ann Lee", "attestations": ["terms"]}]}
    )
    signer: Line = Field(min_length=2)
    attestations: list[Code] = Field(max_length=50, description="Those that are ticked; their texts: the kinds' table.")
    address: Annotated[str, Field(max_length=64)] = Field(default="", description="The network address of who signed.")


class Signed(BaseModel):
    """It is signed, as it stands now."""

    signature: str
    attestations: list[str]
    at: datetime


class InstitutionSubmitted(BaseModel):
    """It is on its way."""

    submission: str
    state: State
    due_at: datetime | None


class AssessmentShape(BaseModel):
    """What the machine found. `found` holds everything, with names, for keys with `exports:read`."""

    id: str
    submission: str
    finished_at: datetime | None
    risk: str | None
    reasons: list[str]
    sha256: str | None
    versions: dict[str, Any]
    found: dict[str, Any] | None


class ItemRuling(Given):
    """Accept an item, or refuse it with reasons."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"accepted": False, "reasons": ["details_wrong"]}]}
    )
    accepted: bool
    reasons: list[Code] = Field(default_factory=list, max_length=20)
    note: Annotated[str, Field(max_length=4000)] = ""


class ItemRuled(BaseModel):
    """Where one item stands; `accepted` is null while nobody ruled on it as it is now."""

    item: str
    accepted: bool | None
    reasons: list[str]
    at: datetime | None


class RulingPage(BaseModel):
    """Every item that is ruled on."""

    data: list[ItemRuled]


class NewInstitutionDecision(Given):
    """Approve, when every item is accepted; or refuse, with the items that are not, or reasons of the whole."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"outcome": "reject", "reasons": ["owners_unclear"]}]}
    )
    outcome: Literal[Outcome.APPROVE, Outcome.REJECT]
    reasons: list[Code] = Field(default_factory=list, max_length=20)
    note: Annotated[str, Field(max_length=4000)] = ""


class InstitutionDecisions(BaseModel):
    """All decisions, the first one first."""

    data: list[DecisionShape]


class Question(Given):
    """A question, sent by mail; the application waits for the answer."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": "Who holds the other half?"}]})
    text: Text


class AnswerGiven(Given):
    """The answer to a question; papers are handed in before."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": "My sister does."}]})
    text: Text


class MessageShape(BaseModel):
    """One message of the thread; `out` is a question. `text` is null for keys without `exports:read`."""

    id: str
    direction: Literal["out", "in"]
    text: str | None
    at: datetime


class MessagePage(BaseModel):
    """The thread, the first message first."""

    data: list[MessageShape]


class NewUser(Given):
    """The person who shall be the authorised user."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"values": {"name": "Bob Ray", "email": "bob@example.org"}}]},
    )
    values: dict[str, Any] = Field(max_length=100)


class ChangeShape(BaseModel):
    """A change of the authorised user."""

    id: str
    state: Literal["draft", "under_review", "approved", "rejected", "withdrawn"]
    old: str | None
    new: str
    missing: list[str]
    reasons: list[str]
    created_at: datetime
    submitted_at: datetime | None
    due_at: datetime | None
    decided_at: datetime | None


class ChangePage(BaseModel):
    """All changes, the first one first."""

    data: list[ChangeShape]


class KindShape(BaseModel):
    """A kind of institution, and what it needs."""

    kind: Kind
    name: str
    definition: str
    variants: list[str]
    people: list[str]
    people_if_any: list[str]
    papers: dict[str, str]
    questionnaires: list[str]
    answers: list[str]
    attestations: dict[str, str]
    graph: bool


class KindPage(BaseModel):
    """Every kind, in the order of the picker."""

    data: list[KindShape]
