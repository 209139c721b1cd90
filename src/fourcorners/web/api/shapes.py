"""What goes in and comes out of /v1: applicants, their verification, files, decisions."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from fourcorners.people import Item, ItemState, State, Step
from fourcorners.people.rules import flow

__all__ = [
    "Applicant",
    "ApplicantChange",
    "ApplicantPage",
    "Closed",
    "ConsentWithdrawn",
    "Erased",
    "FileTaken",
    "Given",
    "HostedLink",
    "ItemShape",
    "LimitsShape",
    "NewApplicant",
    "NewReverification",
    "ReasonTold",
    "StepShape",
    "Submission",
    "Submitted",
    "Verification",
]

Code = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2.", examples=["SE"])]
Line = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Reference = Annotated[
    str,
    Field(
        min_length=1,
        max_length=128,
        pattern=r"^[^\x00-\x1f\x7f]+$",
        description="Your own name for the applicant, used once. In the sandbox, `persona:...` makes a persona.",
        examples=["customer-4711"],
    ),
]
Email = Annotated[str, Field(max_length=254, examples=["anna@example.org"])]
Locale = Annotated[Literal["en", "de", "fr", "ar"], Field(description="In which language the applicant reads.")]


class Given(BaseModel):
    """Base of what comes in: a field that nobody knows is refused."""

    model_config = ConfigDict(extra="forbid")


class Residence(Given):
    """Where the applicant lives, and whose citizen they are."""

    residence: Code
    nationality: Code


class Details(Given):
    """The personal data, as the document has them. `single_name` is for people of one name."""

    family_name: Line = Field(examples=["Eriksson"])
    given_names: Line = Field(default="", examples=["Anna Maria"])
    birth_date: Line = Field(examples=["1974-08-12"])
    document_number: Line = Field(examples=["L898902C3"])
    address: Line = Field(examples=["Storgatan 1, 111 22 Stockholm"])
    sex: Literal["F", "M", "X"] | None = None
    local_name: Line | None = None
    single_name: bool = False


class Document(Given):
    """Which document will be shown."""

    kind: Literal["passport", "identity_card", "driving_licence", "residence_permit"]
    country: Code


class Draft(Given):
    """What can be filled in before it is submitted; what is left out stays."""

    email: Email | None = None
    residence: Residence | None = None
    details: Details | None = None
    document: Document | None = None


class NewApplicant(Draft):
    """Somebody who is to be verified."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"reference": "customer-4711", "email": "anna@example.org", "level": 2}]},
    )
    reference: Reference | None = None
    locale: Locale = "en"
    level: Literal[1, 2, 3] = Field(default=2, description="Up to which level; 3 asks for a proof of address.")
    live_check: Literal["hosted", "none"] = Field(
        default="hosted",
        description="`hosted`: the applicant does it on the hosted page. `none`: you answer for the selfie yourself.",
    )
    persona: Annotated[str, Field(max_length=40, pattern=r"^[a-z_]+$")] | None = Field(
        default=None, description="Sandbox only: an applicant who always ends the same way."
    )


class ApplicantChange(Draft):
    """What changes."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "residence": {"residence": "SE", "nationality": "SE"},
                    "document": {"kind": "passport", "country": "SE"},
                }
            ]
        },
    )
    locale: Locale | None = None


class Personal(BaseModel):
    """The personal data; only a key with `exports:read` is shown them."""

    email: str | None
    details: dict[str, str]


class Applicant(BaseModel):
    """An applicant, without personal data unless the key may see them."""

    id: str = Field(examples=["app_01jdkz6b3mfhvs5tq9w8e0r2xy"])
    verification: str = Field(description="The id of their verification.")
    reference: str | None
    locale: str
    level: int = Field(description="What was reached: 0 none, 1 data, 2 verified, 3 verified with address.")
    level_wanted: int
    state: State
    residence: str | None
    nationality: str | None
    document_kind: str | None
    document_country: str | None
    sandbox: bool
    persona: str | None
    created_at: datetime
    closed_at: datetime | None
    erased_at: datetime | None
    personal: Personal | None


class ApplicantPage(BaseModel):
    """A page of applicants, the newest first."""

    data: list[Applicant]
    next_cursor: str | None


class HostedLink(BaseModel):
    """The address to send the applicant to. It is told this once."""

    url: str
    expires_at: datetime


class FileTaken(BaseModel):
    """What was kept of a file."""

    id: str
    item: Item
    media_type: str
    size_bytes: int
    sha256: str
    pages_given: int = Field(description="How many files stand for the item now; more than one for papers only.")


class Submission(Given):
    """Hand everything in."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"consent": True}]})
    consent: Literal[True] = Field(
        description="You state that the applicant agreed to the processing of their face and declared the data true."
    )


class Submitted(BaseModel):
    """It is on its way."""

    submission: str
    state: State
    due_at: datetime | None


class ReasonTold(BaseModel):
    """A reason in the applicant's words."""

    code: str
    title: str
    todo: str
    retryable: bool
    help: str = Field(description="The address of an article about it.")


class ItemShape(BaseModel):
    """One thing that is handed in."""

    name: Item
    state: ItemState
    asked: bool = Field(description="Is it needed before everything can be submitted?")
    reasons: list[ReasonTold]


class StepShape(BaseModel):
    """One step of the progress bar."""

    step: Step
    state: Literal["empty", "partial", "complete", "redo"]


class Verification(BaseModel):
    """Where a verification stands."""

    id: str = Field(examples=["ver_01jdkz6b3mfhvs5tq9w8e0r2xy"])
    applicant: str
    state: State
    round: int
    trigger: str
    level_wanted: int
    progress: list[StepShape]
    items: list[ItemShape]
    reasons: list[ReasonTold] = Field(description="Why it was decided so, in the applicant's words.")
    submitted_at: datetime | None
    decided_at: datetime | None
    due_at: datetime | None = Field(description="Until when somebody decides.")
    expires_on: date | None = Field(description="When the document runs out.")


class NewReverification(Given):
    """Why a verified applicant is verified anew."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"trigger": "residence_changed"}, {"trigger": "higher_level", "level": 3}]},
    )
    trigger: Annotated[str, Field(max_length=32, json_schema_extra={"enum": flow()["reverification"]["business"]})]
    level: Annotated[int, Field(ge=2, le=3)] | None = Field(
        default=None, description="What to reach this time; left out: the level of the last time."
    )


class LimitsShape(BaseModel):
    """What the applicant's level opens. Amounts are in minor units of `currency`; 0 is none."""

    level: int
    may: list[str] = Field(examples=[["view", "deposit", "trade", "withdraw"]])
    currency: str = Field(examples=["USD"])
    deposit_daily_minor: int
    withdraw_daily_minor: int
    next_level: int | None = Field(description="The level with higher limits, if there is one: ask for it.")


class Closed(BaseModel):
    """The relation has ended."""

    id: str
    closed_at: datetime


class ConsentWithdrawn(BaseModel):
    """No machine compares this face any more."""

    id: str
    withdrawn_at: datetime | None = Field(description="Since when; null where no consent was given.")


class Erased(BaseModel):
    """The data are destroyed; ids and decisions stay."""

    id: str
    erased_at: datetime


class Claims(BaseModel):
    """OpenID Identity Assurance."""

    verified_claims: dict[str, Any]
