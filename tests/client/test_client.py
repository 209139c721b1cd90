"""The client against a running service, and the pages that show how to use it, executed."""

import re
import threading
from pathlib import Path

import httpx
import pytest

from api_site import Api
from engines import open_test_floor
from fourcorners.client import ApiRefused, ApiUnreachable, Client
from fourcorners.kit.clock import system_clock
from fourcorners.kit.standard_webhooks import new_webhook_secret, signature_headers
from institution_cases import pdf
from serving import serving

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])
HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
WRONG_SECRET = "whsec_" + "QUFB" * 12


def blocks(page):
    """The Python of a page, as one program."""
    return "\n".join(re.findall(r"```python\n(.*?)```", (HOW_TO / page).read_text(encoding="utf-8"), re.DOTALL))


@pytest.fixture
def served(tmp_path, clock):
    """A service with a worker of its own; gives its origin and a key."""
    floor = open_test_floor("sqlite", tmp_path, clock)
    api = Api(floor)
    stop = threading.Event()

    def work():
        while not stop.wait(0.05):
            api.work("verification.run")

    worker = threading.Thread(target=work)
    with serving(floor) as origin:
        worker.start()
        yield origin, api.key
        stop.set()
        worker.join()
    floor.close()


def test_the_page_that_shows_how_to_use_the_api_does_what_it_says(served, capsys):
    origin, key = served
    program = blocks("use-the-api.md").replace("http://127.0.0.1:8000", origin).replace("fck_test_your_key", key)
    names = {}
    exec(compile(program, "use-the-api.md", "exec"), names)  # noqa: S102 - our own page
    client = names["client"]
    assert client.applicant(names["anna"].id).document_kind == "passport"
    assert {a.reference for a in client.applicants()} == {None, "customer-4711", "customer-4712"}
    told = [event.type for event in client.events(applicant=names["unsure"].id)]
    assert told[:2] == ["verification.reopened", "verification.verified"]
    assert client.export(names["anna"].id)[:2] == b"PK"
    client.end_links(names["anna"].id)
    client.erase(names["anna"].id)
    assert client.applicant(names["anna"].id).erased_at is not None
    hook = client.add_webhook("https://example.org/hook", events=["verification.verified"])
    client.remove_webhook(hook.id)
    client.close()
    assert "422" in capsys.readouterr().out


def test_the_page_that_shows_how_to_verify_an_institution_does_what_it_says(served, capsys):
    origin, key = served
    program = blocks("verify-an-institution.md").replace("http://127.0.0.1:8000", origin)
    names = {}
    exec(compile(program.replace("fck_test_your_key", key), "verify-an-institution.md", "exec"), names)  # noqa: S102 - our own page
    client, firm = names["client"], names["firm"].id
    said = capsys.readouterr().out
    assert "institution_section_changed {'country': 'CH'}" in said
    assert "documents articles This paper is missing" in said
    assert [i.id for i in client.institutions(reference="firm-12")] == [firm]
    before = client.institution(firm)
    with pytest.raises(ApiRefused) as refused:
        client.submit_institution(firm)
    assert refused.value.fields["items"] == [item["item"] for item in before.missing]
    assert client.import_owners(firm, names["statements"], seen=1, subject="own") == 2
    assert client.export_owners(firm) == names["statements"]
    client.sign_institution(firm, "Ann Lee", ["terms"])
    assert client.institution_items(firm)["section:ownership"] is None
    assert client.upload_paper(firm, "articles", pdf("articles")).startswith("pap_")
    client.close()


def test_the_page_that_shows_how_to_receive_webhooks_does_what_it_says(capsys):
    secret = new_webhook_secret()
    names = {}
    program = blocks("receive-webhooks.md").replace("whsec_your_secret", secret)
    exec(compile(program, "receive-webhooks.md", "exec"), names)  # noqa: S102 - our own page
    body = b'{"id":"evt_1","type":"t","timestamp":"","sandbox":true,"data":{"applicant":"app_1"}}'
    now = int(system_clock().timestamp())
    headers = signature_headers([secret], "evt_1", now, body)
    assert [names["take"](headers, body), names["take"](headers, body)] == [204, 204]
    assert capsys.readouterr().out == "t app_1\n"
    assert names["take"](signature_headers([WRONG_SECRET], "evt_1", now, body), body) == 400


def answering(*answers, seen):
    """A transport that gives these answers in turn: a status, a response, or an exception."""
    left = list(answers)

    def handle(request):
        seen.append(request)
        given = left.pop(0)
        if isinstance(given, Exception):
            raise given
        return httpx.Response(given) if isinstance(given, int) else given

    return httpx.MockTransport(handle)


def test_it_tries_again_under_the_same_key_and_waits_as_long_as_it_is_asked():
    seen, waits = [], []
    busy = httpx.Response(429, headers={"retry-after": "7"})
    taken = httpx.Response(201, json={"url": "u", "expires_at": "e"})
    transport = answering(httpx.ConnectError("gone"), 503, busy, taken, seen=seen)
    with Client("http://127.0.0.1", "k", transport=transport, wait=waits.append) as client:
        assert client.hosted_link("app_1").url == "u"
    assert waits == [0.5, 1.0, 7.0]
    assert len({request.headers["idempotency-key"] for request in seen}) == 1
    assert seen[0].headers["authorization"] == "Bearer k"


def test_it_says_what_was_refused_and_gives_up_in_the_end():
    seen = []
    problem = {"code": "wrong_state", "detail": "No.", "retryable": False, "state": "verified"}
    refused = httpx.Response(409, json=problem)
    broken = httpx.Response(500, text="<html>")
    lost = [httpx.ReadTimeout("slow")] * 3
    transport = answering(refused, broken, *lost, 503, 503, 503, seen=seen)
    client = Client("http://127.0.0.1", "k", transport=transport, tries=3, wait=lambda _: None)
    with pytest.raises(ApiRefused, match="No") as told:
        client.submit("app_1")
    assert (told.value.code, told.value.status, told.value.fields["state"]) == ("wrong_state", 409, "verified")
    with pytest.raises(ApiRefused) as told:
        client.submit("app_1")
    assert (told.value.code, told.value.status) == ("unknown", 500)
    with pytest.raises(ApiUnreachable):
        client.submit("app_1")
    with pytest.raises(ApiRefused) as told:
        client.applicant("app_1")
    assert (told.value.status, len(seen)) == (503, 8)
