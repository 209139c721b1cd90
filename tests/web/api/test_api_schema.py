"""The API held to its own description: made-up requests, good and bad, get answers as documented."""

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    missing_required_header,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from starlette.middleware import Middleware

from api_site import Api
from engines import TestClock, open_test_floor
from fourcorners.accounts import Scope
from fourcorners.infra.webhooks import kinds
from fourcorners.web import Site, create_app
from fourcorners.web.api import shapes_institutions as institutions
from fourcorners.web.api.shapes import ApplicantChange, NewApplicant, NewReverification, Submission
from fourcorners.web.api.shapes_hits import NewHitDecision
from fourcorners.web.api.shapes_more import EndpointChange, NewDecision, NewEndpoint
from fourcorners.web.guards import Buckets, Paced

HELP = "^/v1/help/"  # open to everybody, and tested with the help centre
EXAMPLES = 150 if os.environ.get("FOURCORNERS_LONG") else 4
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    missing_required_header,
    unsupported_method,
]


def unhurried():
    """A clock by which a minute passes between two requests."""
    moment = 0.0

    def read():
        nonlocal moment
        moment += 60.0
        return moment

    return read


@pytest.fixture(scope="module")
def api(tmp_path_factory):
    floor = open_test_floor("sqlite", tmp_path_factory.mktemp("api"), TestClock())
    site = Site(floor.settings.public_url, bytes(range(32)), frozenset({"localhost", "testserver"}))
    app = create_app(floor, site=site)
    app.user_middleware = [Middleware(Paced, unhurried()) if m.cls is Paced else m for m in app.user_middleware]
    app.state.key_buckets = Buckets(1000, unhurried())
    yield Api(floor, app=app)
    floor.close()


@pytest.fixture(scope="module")
def description(api):
    return api.get("/v1/openapi.json", headers={"authorization": ""}).json()


def test_every_operation_is_described_to_the_end(description):
    assert description["openapi"].startswith("3.1")
    tags = {tag["name"] for tag in description["tags"]}
    for path, methods in description["paths"].items():
        assert path.startswith("/v1/")
        if path.startswith("/v1/help/"):
            continue
        for method, said in methods.items():
            assert said["summary"], path
            assert said["description"], path
            assert said.get("security"), path
            assert set(said["tags"]) <= tags
            assert {"401", "403", "422", "429"} <= set(said["responses"]), path
            if method == "post":
                names = {p["name"] for p in said["parameters"]}
                assert "idempotency-key" in names, path
    assert set(description["webhooks"]) == set(kinds())
    scopes = {
        s
        for m in description["paths"].values()
        for o in m.values()
        for e in o.get("security", [])
        for s in e["HTTPBearer"]
    }
    assert scopes == {scope.value for scope in Scope}


BODIES = [
    NewApplicant,
    ApplicantChange,
    NewReverification,
    Submission,
    NewDecision,
    NewEndpoint,
    EndpointChange,
    NewHitDecision,
    institutions.NewInstitution,
    institutions.FieldsChange,
    institutions.NewParty,
    institutions.OwnershipGiven,
    institutions.Signing,
    institutions.ItemRuling,
    institutions.NewInstitutionDecision,
    institutions.Question,
    institutions.AnswerGiven,
    institutions.NewUser,
]


@pytest.mark.parametrize("body", BODIES)
def test_every_body_has_examples_that_are_taken(body, description):
    shown = description["components"]["schemas"][body.__name__]["examples"]
    assert shown
    assert all(body.model_validate(example).model_dump(exclude_unset=True, mode="json") == example for example in shown)


def known_ids(api):
    """Things that are there, so that not every made-up request ends at 404."""
    applicant = api.new(persona="manual_review")["id"]
    hooks = api.get("/v1/webhooks").json()["data"]
    if not hooks:
        hooks = [api.post("/v1/webhooks", json={"url": "https://example.org/hook"}).json()]
    api.submit(applicant)
    deliveries = api.get(f"/v1/webhooks/{hooks[0]['id']}/deliveries").json()["data"]
    event = api.get("/v1/events").json()["data"][0]["id"]
    delivery = deliveries[0]["id"] if deliveries else "dlv_none"
    firm = api.post("/v1/institutions", json={"email": "office@example.org"}).json()["id"]
    party = api.post(f"/v1/institutions/{firm}/parties", json={"values": {"name": "Ann Lee"}}).json()["id"]
    own = {"institution": firm, "party": party, "section": "basic_info", "paper": "articles", "item": f"party:{party}"}
    return own | {"applicant": applicant, "endpoint": hooks[0]["id"], "event": event, "delivery": delivery}


def asking(operation, mode, headers, known, tried):
    """A property test of one operation."""

    @given(case=operation.as_strategy(generation_mode=mode), real=st.booleans())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case, real):
        if real and mode is GenerationMode.POSITIVE:
            case.path_parameters.update({k: v for k, v in known.items() if k in case.path_parameters})
        answer = case.call_and_validate(headers=headers, checks=CHECKS)
        tried.append((operation.label, answer.status_code))

    return ask


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_made_up_requests_get_documented_answers(api, mode):
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", api.app).exclude(path_regex=HELP)
    headers = {"authorization": f"Bearer {api.key}"}
    tried, wrong = [], []
    for result in schema.get_all_operations():
        operation = result.ok()
        try:
            asking(operation, mode, headers, known_ids(api), tried)()
        except BaseExceptionGroup as failures:
            wrong.append(f"{operation.label}: {failures.exceptions}")
    assert not wrong, "\n\n".join(wrong)
    assert len({label for label, _ in tried}) == len(list(schema.get_all_operations()))
    went_well = {label for label, status in tried if status < 300}
    assert (len(went_well) > 30) is (mode is GenerationMode.POSITIVE), sorted(went_well)
