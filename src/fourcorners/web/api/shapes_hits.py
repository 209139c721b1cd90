"""What goes in and comes out of /v1/hits."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from fourcorners.screening.rules import State
from fourcorners.web.api.shapes import Given

__all__ = ["HitPage", "HitShape", "NewHitDecision"]


class NewHitDecision(Given):
    """Whether the entry is the one who was screened, and why."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"outcome": "not_same", "note": "Born in another country; the passport was compared."},
                {"outcome": "true_match", "note": "Name, day and place of birth are those of the entry."},
            ]
        },
    )
    outcome: Literal["not_same", "true_match"]
    note: Annotated[str, Field(min_length=1, max_length=4000, pattern=r"^[^\x00]*$")] = Field(
        description="What was compared, for whoever asks later; never shown to the applicant."
    )


class HitShape(BaseModel):
    """An entry of a list that may be somebody. `gone` was never decided and is no longer found."""

    id: str
    state: State
    case: str = Field(description="The verification or institution in which it is decided.")
    applicant: str | None = Field(description="Whose verification it is.")
    institution: str | None = Field(description="Whose application it is.")
    subject: str = Field(description="Who was screened: the case itself, or a person or owner of an institution.")
    list: str
    list_version: int
    score: float = Field(description="From 0 to 1; from the threshold on a person decides.")
    found_at: datetime
    decided_at: datetime | None
    decided_by: Literal["person", "api"] | None
    why: dict[str, Any] | None = Field(
        description="The names, word by word, what else speaks for and against, and the entry; only a key with "
        "`exports:read` is shown it."
    )
    note: str | None = Field(description="Why it was decided so; only a key with `exports:read` is shown it.")


class HitPage(BaseModel):
    """A page of hits, the newest first."""

    data: list[HitShape]
    next_cursor: str | None
