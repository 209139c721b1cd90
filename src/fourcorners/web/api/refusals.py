"""What an operation may refuse, for its documentation: each status with its codes, in the form of problem JSON."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from fourcorners.web.problems import PROBLEM_JSON, status_of

__all__ = ["EVERYWHERE", "Problem", "refuses"]

EVERYWHERE = ("key_invalid", "scope_missing", "request_invalid", "too_many_requests", "busy", "store_unavailable")
BODY = ("body_malformed", "body_too_slow", "body_too_large")
POST = ("idempotency_conflict", "key_destroyed")
MEANINGS = {
    400: "What was sent could not be read.",
    401: "No API key, or none that is good.",
    403: "The key lacks the scope.",
    404: "There is nothing of that id in this world.",
    408: "The body did not come in time.",
    409: "It does not fit what is there.",
    410: "The data of this person were erased.",
    413: "More was sent than is taken here.",
    415: "The body is of another type than is taken here.",
    422: "It was understood, but cannot be done.",
    429: "Too often.",
    503: "Not just now; nothing was changed.",
}


class Problem(BaseModel):
    """Why something was refused (RFC 9457). Further fields say more about some codes."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["urn:fourcorners:problem:not_found"])
    title: str = Field(examples=["Not found"])
    status: int = Field(examples=[404])
    detail: str = Field(description="A sentence for a person.", examples=["There is no such applicant."])
    code: str = Field(description="Stable; see the list of errors.", examples=["not_found"])
    retryable: bool = Field(description="May the same be tried again later, or by the same person?")


def refuses(*codes: str, body: bool = False, post: bool = False) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that refuses these, beside what every route refuses."""
    told = (*EVERYWHERE, *(BODY if body or post else ()), *(POST if post else ()), *codes)
    by_status: dict[int, list[str]] = {}
    for code in dict.fromkeys(told):
        by_status.setdefault(status_of(code), []).append(code)
    return {status: _response(status, listed) for status, listed in sorted(by_status.items())}


def _response(status: int, codes: list[str]) -> dict[str, Any]:
    example = {
        "type": f"urn:fourcorners:problem:{codes[0]}",
        "title": codes[0].replace("_", " ").capitalize(),
        "status": status,
        "detail": MEANINGS[status],
        "code": codes[0],
        "retryable": status in (408, 429, 503),
    }
    schema = {"$ref": "#/components/schemas/Problem"}
    said = f"{MEANINGS[status]} Codes: {', '.join(f'`{code}`' for code in codes)}."
    return {"description": said, "content": {PROBLEM_JSON: {"schema": schema, "example": example}}}
