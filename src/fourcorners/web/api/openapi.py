"""The description of the API, OpenAPI 3.1: what the routes say, with the webhooks and the problems."""

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from fourcorners.infra.webhooks import kinds
from fourcorners.web.api.refusals import Problem
from fourcorners.web.api.shapes_more import EventShape
from fourcorners.web.site import Site

__all__ = ["TAGS", "describe", "described"]

ABOUT = """Verify people: create an applicant, hand in what you have or send them the hosted page, submit, and be told.

**Keys.** Send `Authorization: Bearer fck_...`. A key of the sandbox (`fck_test_`) makes applicants of the sandbox only,
and knows of no other; a live key the other way round. Each operation names the scope that it needs.

**Again.** Every POST takes an `Idempotency-Key`: for a day, the same key and body give the first answer again.

**Refusals** are problem JSON (RFC 9457) with a stable `code`; nothing was done.

**Limits** are counted by key; every answer says what is left (`RateLimit`), a 429 when to come back (`Retry-After`).
"""
TAGS = {
    "Applicants": "People who are to be verified.",
    "Files": "Pictures and papers.",
    "Verification": "Where it stands, what was found, how it was decided.",
    "Institutions": "Companies, funds, trusts and the like: their application, what was found, how it was decided.",
    "Hits on lists": "Entries of lists that may be people or institutions of yours, and what was decided on them.",
    "Exports and erasure": "What is owed to a person, and to others about them.",
    "Webhooks": "Who is told of what happens, and how that went.",
    "Events": "What happened, to be fetched.",
    "Tables": "What to build a page of your own on.",
    "Keys": "The key that asks.",
}
REFERENCE = "#/components/schemas/{model}"


def describe(app: FastAPI) -> None:
    """Let `/v1/openapi.json` say all that."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _schema(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def described() -> dict[str, Any]:
    """The description alone, without an open floor: for the page of docs/reference."""
    from fourcorners.web.api import AREA

    app = FastAPI()
    app.state.site = Site("http://127.0.0.1:8000", bytes(32))
    if AREA.router is not None:
        app.include_router(AREA.router)
    return _schema(app)


def _schema(app: FastAPI) -> dict[str, Any]:
    site: Site = app.state.site
    schema = get_openapi(
        title="Fourcorners",
        version=version("fourcorners"),
        summary="Identity verification on your own machine, explained.",
        description=ABOUT,
        openapi_version="3.1.0",
        routes=app.routes,
        tags=[{"name": name, "description": about} for name, about in TAGS.items()],
        servers=[{"url": site.origin}],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    parts = schema.setdefault("components", {}).setdefault("schemas", {})
    for model in (Problem, EventShape):
        said = model.model_json_schema(ref_template=REFERENCE)
        parts[model.__name__] = said
    schema["webhooks"] = {kind: {"post": _webhook(kind, about)} for kind, about in kinds().items()}
    return schema


def _webhook(kind: str, about: str) -> dict[str, Any]:
    headers = {
        "webhook-id": "The id of the event; the same when the message comes again.",
        "webhook-timestamp": "Seconds since 1970, when it was sent.",
        "webhook-signature": "`v1,` and the base64 of HMAC-SHA-256 over `id.timestamp.body`; there may be several.",
    }
    return {
        "operationId": f"told_{kind.replace('.', '_')}",
        "summary": about,
        "tags": ["Webhooks"],
        "parameters": [
            {"name": name, "in": "header", "required": True, "description": said, "schema": {"type": "string"}}
            for name, said in headers.items()
        ],
        "requestBody": {
            "content": {"application/json": {"schema": {"$ref": REFERENCE.format(model="EventShape")}}},
            "required": True,
        },
        "responses": {
            "2XX": {"description": "Taken. Anything else, and silence of 15 seconds, is tried again for three days."},
            "410": {"description": "Not wanted any more: the endpoint is switched off."},
        },
    }
