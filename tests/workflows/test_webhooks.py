"""Webhooks on their way: signed, tried again, given up, switched off; to a real receiver."""

import json
from ipaddress import ip_address

import pytest

from cases import new_case, settled_case
from engines import open_test_floor
from fourcorners.accounts import Role
from fourcorners.accounts.actions import add_endpoint, change_endpoint, remove_endpoint, renew_secret, send_again
from fourcorners.accounts.errors import NotAllowed
from fourcorners.client.webhooks import verify_webhook
from fourcorners.infra.errors import NotFound
from fourcorners.infra.handover import list_waiting
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.infra.settings import Settings
from fourcorners.infra.webhooks.errors import AddressForbidden, EndpointUrlInvalid, EventUnknown, WebhookFailed
from fourcorners.infra.webhooks.models import Delivery, DeliveryTry, Endpoint, Event
from fourcorners.infra.webhooks.network import check_url, is_public, post
from fourcorners.kit.standard_webhooks import WebhookRefused, signature_headers
from fourcorners.people.queries import get_verification
from fourcorners.privacy import erase
from fourcorners.workflows import perform
from fourcorners.workflows.handlers import GAVE_UP
from fourcorners.workflows.retries import retries_of
from receiver import receiving
from signing_tools import add_customer, add_member

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
OPEN = {"webhooks_plain_http": True, "webhooks_private_addresses": True}


@pytest.fixture(params=["sqlite", "postgresql"])
def floor(request, tmp_path, clock):
    opened = open_test_floor(request.param, tmp_path, clock, **OPEN)
    yield opened
    opened.close()


@pytest.fixture
def receiver():
    with receiving() as opened:
        yield opened


@pytest.fixture
def developer(floor):
    return add_member(floor.database, role=Role.DEVELOPER)[0]


def add(floor, receiver, actor, **more):
    with floor.database.write() as db:
        endpoint, secret = add_endpoint(db, floor.settings, actor=actor, url=receiver.url, sandbox=False, **more)
        return endpoint.id, secret


def waiting(floor):
    with floor.database.read() as db:
        return [w for w in list_waiting(db) if w.kind == "webhook.deliver"]


def rows(floor, table):
    with floor.database.read() as db:
        return db.query(table).order_by(table.id).all()


def test_an_event_is_told_once_signed_and_verified_by_our_own_client(floor, receiver, developer, clock):
    _, secret = add(floor, receiver, developer)
    case = new_case(floor)
    (work,) = waiting(floor)
    perform(floor, work.kind, work.payload)
    perform(floor, work.kind, work.payload)
    ((headers, body),) = receiver.got
    event = verify_webhook(secret, headers, body, clock=clock)
    assert (event.type, event.data["verification"], event.sandbox) == ("applicant.created", case, False)
    (tried,) = rows(floor, DeliveryTry)
    assert (tried.status, tried.error) == (200, None)
    assert rows(floor, Delivery)[0].done_at is not None
    assert b"anna" not in body.lower()


def test_what_is_forged_changed_or_played_again_later_is_refused(floor, receiver, developer, clock):
    _, secret = add(floor, receiver, developer)
    new_case(floor)
    perform(floor, waiting(floor)[0].kind, waiting(floor)[0].payload)
    ((headers, body),) = receiver.got
    other = "whsec_" + "QUFB" * 12
    forged = {**headers, **signature_headers([other], headers["webhook-id"], int(headers["webhook-timestamp"]), body)}
    named = {**headers, "webhook-id": "evt_another"}
    for wrong, sent, why in [
        (forged, body, "signature"),
        (headers, body.replace(b"false", b"true "), "signature"),
        (named, body, "signature"),
        ({"webhook-id": "x"}, body, "headers"),
        ({**headers, "webhook-timestamp": "12²"}, body, "time"),
    ]:
        with pytest.raises(WebhookRefused) as refused:
            verify_webhook(secret, wrong, sent, clock=clock)
        assert refused.value.fields["why"] == why
    lists = json.dumps([1]).encode()
    signed = signature_headers([secret], "evt_1", int(clock().timestamp()), lists)
    with pytest.raises(WebhookRefused, match="no event"):
        verify_webhook(secret, signed, lists, clock=clock)
    clock.move(seconds=301)
    with pytest.raises(WebhookRefused, match="too old"):
        verify_webhook(secret, headers, body, clock=clock)


def test_while_a_secret_is_replaced_both_are_good_and_then_only_the_new_one(floor, receiver, developer, clock):
    endpoint, old = add(floor, receiver, developer)
    with floor.database.write() as db:
        _, new = renew_secret(db, endpoint, actor=developer, sandbox=None)
    new_case(floor)
    perform(floor, waiting(floor)[0].kind, waiting(floor)[0].payload)
    for secret in (old, new):
        assert verify_webhook(secret, *receiver.got[0], clock=clock).type == "applicant.created"
    clock.move(hours=24)
    with floor.database.write() as db:
        send_again(db, rows(floor, Delivery)[0].id, actor=developer, sandbox=False)
    perform(floor, waiting(floor)[1].kind, waiting(floor)[1].payload)
    assert (
        verify_webhook(new, *receiver.got[1], clock=clock).id
        == verify_webhook([old, new], *receiver.got[1], clock=clock).id
    )
    with pytest.raises(WebhookRefused):
        verify_webhook(old, *receiver.got[1], clock=clock)
    assert receiver.got[0][1] == receiver.got[1][1]


def test_it_is_tried_for_three_days_then_switched_off_and_its_owners_are_written_to(floor, receiver, developer, clock):
    add(floor, receiver, developer)
    receiver.status = 500
    new_case(floor)
    (work,) = waiting(floor)
    retries, tried, waited = retries_of("webhook.deliver"), 1, 0.0
    while tried < retries.tries:
        with pytest.raises(WebhookFailed, match="did not take"):
            perform(floor, work.kind, work.payload)
        wait = retries.wait_s(tried)
        assert wait is not None
        tried, waited = tried + 1, waited + wait
        clock.move(seconds=wait)
    perform(floor, work.kind, work.payload)
    assert 72 <= waited / 3600 <= 80
    assert tried == retries.tries == len(receiver.got) == len(rows(floor, DeliveryTry))
    (endpoint,) = rows(floor, Endpoint)
    assert (endpoint.disabled_why, endpoint.disabled_at) == ("failing", clock())
    with floor.database.read() as db:
        letter = read_mail(db, next(m.id for m in list_mails(db) if m.kind == "webhook.disabled"))
    assert (letter.to, receiver.url in letter.text) == ("ada@example.org", True)
    new_case(floor, reference="after")
    assert len(waiting(floor)) == 1
    with floor.database.write() as db:
        change_endpoint(db, floor.settings, endpoint.id, actor=developer, sandbox=None, working=True)
        send_again(db, rows(floor, Delivery)[0].id, actor=developer, sandbox=None)
    receiver.status = 204
    perform(floor, waiting(floor)[1].kind, waiting(floor)[1].payload)
    assert rows(floor, Endpoint)[0].failing_since is None


def test_one_that_does_not_want_them_any_more_is_switched_off_at_once(floor, receiver, developer):
    add(floor, receiver, developer)
    receiver.status = 410
    new_case(floor)
    perform(floor, waiting(floor)[0].kind, waiting(floor)[0].payload)
    assert rows(floor, Endpoint)[0].disabled_why == "gone"


def test_nothing_follows_it_elsewhere(floor, receiver, developer):
    add(floor, receiver, developer)
    receiver.status, receiver.headers = 302, {"location": receiver.url}
    new_case(floor)
    with pytest.raises(WebhookFailed):
        perform(floor, waiting(floor)[0].kind, waiting(floor)[0].payload)
    assert len(receiver.got) == 1


def test_all_tries_failed_is_said_in_the_log(floor, receiver, developer, clock):
    add(floor, receiver, developer)
    new_case(floor)
    (work,) = waiting(floor)
    GAVE_UP[work.kind](floor, work.payload, "webhook_failed")
    assert rows(floor, Delivery)[0].given_up_at == clock()


def test_each_endpoint_is_told_of_its_own_world_and_of_what_it_asked_for(floor, receiver, developer):
    add(floor, receiver, developer, events=["verification.verified", "applicant.erased"])
    add(floor, receiver, developer)
    with floor.database.write() as db:
        add_endpoint(db, floor.settings, actor=developer, url=receiver.url, sandbox=True)
    with pytest.raises(EventUnknown), floor.database.write() as db:
        add_endpoint(db, floor.settings, actor=developer, url=receiver.url, sandbox=True, events=["no"])
    settled_case(floor, "approve")
    told = [(d.endpoint_id, e.kind) for d in rows(floor, Delivery) for e in rows(floor, Event) if e.id == d.event_id]
    first, second, test_world = (e.id for e in rows(floor, Endpoint))
    assert [kind for endpoint, kind in told if endpoint == first] == ["verification.verified"]
    everything = ["applicant.created", "verification.submitted", "verification.verified"]
    assert sorted(kind for endpoint, kind in told if endpoint == second) == everything
    assert not [kind for endpoint, kind in told if endpoint == test_world]


@pytest.mark.parametrize(
    ("decision", "kind", "key"),
    [
        ("resubmit", "verification.action_required", "items"),
        ("reject", "verification.rejected", "level"),
        ("review", "verification.under_manual_review", "verification"),
    ],
)
def test_every_outcome_has_its_event(floor, decision, kind, key):
    case, _ = settled_case(floor, decision)
    event = rows(floor, Event)[-1]
    assert (event.kind, key in event.data, event.data["verification"]) == (kind, True, case)


def test_an_erasure_is_told_and_a_change_that_fails_tells_nothing(floor, receiver, developer):
    add(floor, receiver, developer)
    case = new_case(floor)
    with floor.database.write() as db:
        erase(db, get_verification(db, case).applicant_id, actor="system")
    assert [e.kind for e in rows(floor, Event)] == ["applicant.created", "applicant.erased"]
    with pytest.raises(ZeroDivisionError), floor.database.write() as db:
        erase(db, get_verification(db, case).applicant_id, actor="system")
        raise ZeroDivisionError
    assert len(rows(floor, Event)) == 2


def test_only_those_who_may_look_after_endpoints_do(floor, receiver, developer):
    endpoint, _ = add(floor, receiver, developer)
    customer, _ = add_customer(floor.database)
    with pytest.raises(NotAllowed), floor.database.write() as db:
        add_endpoint(db, floor.settings, actor=customer, url=receiver.url, sandbox=False)
    with pytest.raises(NotAllowed), floor.database.write() as db:
        remove_endpoint(db, endpoint, actor=customer, sandbox=None)
    with pytest.raises(NotFound), floor.database.write() as db:
        remove_endpoint(db, endpoint, actor=developer, sandbox=True)
    with floor.database.write() as db:
        remove_endpoint(db, endpoint, actor=developer, sandbox=False)
    new_case(floor)
    assert waiting(floor) == []


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://example.org/", "scheme"),
        ("ftp://example.org/", "scheme"),
        ("https://user:pass@example.org/", "form"),
        ("https:///path", "form"),
        ("https://example.org/#x", "form"),
        ("https://example.org:99999/", "form"),
        ("https://exämple.org/", "letters"),
        ("https://example.org/\r\nx", "letters"),
        ("https://example.org/" + "a" * 500, "letters"),
        ("https://127.0.0.1/", "private"),
        ("https://[::ffff:10.0.0.1]/", "private"),
        ("https://169.254.169.254/latest", "private"),
    ],
)
def test_addresses_that_nobody_outside_may_name_are_refused(url, why):
    with pytest.raises(EndpointUrlInvalid) as refused:
        check_url(url, Settings(_env_file=None))
    assert refused.value.fields["why"] == why


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - asked, not bound
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("2001::1", False),
        ("::ffff:127.0.0.1", False),
    ],
)
def test_private_networks_are_known_in_every_writing(address, public):
    assert is_public(ip_address(address)) is public


def test_a_name_that_leads_to_this_machine_is_looked_at_when_connecting():
    only_http = Settings(_env_file=None, webhooks_plain_http=True)
    with pytest.raises(AddressForbidden):
        post("http://localhost:9/", b"{}", {}, only_http)


def test_what_cannot_be_reached_or_takes_too_long_says_so(monkeypatch, receiver):
    from fourcorners.infra.webhooks import network

    settings = Settings(_env_file=None, **OPEN)
    port = receiver.url.split(":")[2].split("/")[0]
    with pytest.raises(WebhookFailed) as refused:
        post("http://127.0.0.1:1/", b"{}", {}, settings)
    assert refused.value.fields["why"] == "not_connected"
    hurried = {**network.rules(), "answer_s_max": 0.2}
    monkeypatch.setattr(network, "rules", lambda: hurried)
    receiver.wait_s = 1.0
    with pytest.raises(WebhookFailed) as slow:
        post(f"http://127.0.0.1:{port}/", b"{}", {}, settings)
    assert slow.value.fields["why"] == "too_slow"
    with pytest.raises(WebhookFailed) as plain:
        post(f"https://127.0.0.1:{port}/", b"{}", {}, settings)
    assert plain.value.fields["why"] in ("tls", "too_slow")
