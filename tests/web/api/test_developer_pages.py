"""The pages of developers: endpoints with their log, and the description of the API."""

import html
import re

import pytest
from test_account_pages import Visitor

from cases import new_case
from engines import open_test_floor
from fourcorners.accounts import Role
from fourcorners.client import verify_webhook
from fourcorners.infra.handover import list_waiting
from fourcorners.infra.webhooks.errors import WebhookFailed
from fourcorners.web import create_app
from fourcorners.workflows import perform
from receiver import receiving
from signing_tools import PASSWORD, add_member

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def floor(tmp_path, clock):
    opened = open_test_floor("sqlite", tmp_path, clock, webhooks_plain_http=True, webhooks_private_addresses=True)
    yield opened
    opened.close()


def developer(floor, role=Role.DEVELOPER):
    add_member(floor.database, role=role)
    visitor = Visitor(
        create_app(floor),
        base_url=floor.settings.public_url,
        headers={"accept": "text/html", "accept-language": "en"},
    )
    visitor.fill("/sign-in", email="ada@example.org", password=PASSWORD)
    return visitor


def work(floor):
    with floor.database.read() as db:
        return next(w for w in reversed(list_waiting(db)) if w.kind == "webhook.deliver")


def test_an_endpoint_is_added_told_renewed_sent_again_switched_and_removed(floor, clock):
    with receiving() as receiver:
        visitor = developer(floor)
        page = visitor.fill("/console/webhooks", url=receiver.url, label="Shop <b>", world="live")
        secret = html.unescape(re.search(r"whsec_[^<]+", page.text)[0])
        path = re.search(r"/console/webhooks/whk_\w+", page.text)[0]
        assert ("Shop &lt;b&gt;" in page.text, secret in visitor.get(path).text) == (True, False)
        receiver.status = 500
        new_case(floor)
        told = work(floor)
        with pytest.raises(WebhookFailed):
            perform(floor, told.kind, told.payload)
        assert "Failing" in visitor.get(path).text
        receiver.status = 200
        newer = html.unescape(re.search(r"whsec_[^<]+", visitor.fill(f"{path}/secret", path).text)[0])
        again = re.search(r"/deliveries/dlv_\w+", visitor.get(path).text)[0]
        assert visitor.fill(path + again, path).text.count("applicant.created") == 4
        perform(floor, work(floor).kind, work(floor).payload)
        for good in (secret, newer):
            assert verify_webhook(good, *receiver.got[-1], clock=clock).type == "applicant.created"
        assert "Switch on" in visitor.fill(f"{path}/working", path, on="no").text
        assert "Switch off" in visitor.fill(f"{path}/working", path, on="yes").text
        assert "No endpoints yet" in visitor.fill(f"{path}/remove", path).text
        assert visitor.get(path).status_code == 404


@pytest.mark.parametrize(
    ("url", "said"), [("ftp://example.org", "begin with https"), ("http://a b/", "letters"), ("https://", "no address")]
)
def test_what_is_wrong_with_an_address_stands_beside_it(floor, url, said):
    page = developer(floor).fill("/console/webhooks", url=url, world="live")
    assert (page.status_code, said in page.text, "event_applicant.created" in page.text) == (422, True, True)


def test_the_description_lists_every_operation_and_fetches_nothing_from_elsewhere(floor):
    visitor = developer(floor)
    page = visitor.get("/console/api")
    shown = page.text.replace("<wbr>", "")
    described = visitor.get("/v1/openapi.json").json()["paths"]
    for path in described:
        assert (f"<code>{path}</code>" in shown) is not path.startswith("/v1/help/"), path
    assert '<script src="http' not in page.text
    assert "applicants:write" in page.text


@pytest.mark.parametrize("role", list(Role))
def test_only_developers_and_administrators_see_them(floor, role):
    visitor = developer(floor, role)
    allowed = role in (Role.ADMINISTRATOR, Role.DEVELOPER)
    for path in ("/console/webhooks", "/console/api"):
        assert visitor.get(path).status_code == (200 if allowed else 403)
