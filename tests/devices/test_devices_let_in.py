"""Devices on a database: let in by a trusted one, by mail and authenticator; kept out, replayed, removed, reset."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

from device_tools import ABROAD, come, first_device, half_open, mails, signed, wording
from fourcorners.accounts import find_session, get_account
from fourcorners.accounts.actions import follow_link, forgot_password, sign_up
from fourcorners.accounts.actions.sessions import open_session
from fourcorners.accounts.errors import NotFresh
from fourcorners.devices import ask_device, held_until
from fourcorners.devices.actions import (
    allow,
    answer_link,
    begin_authenticator,
    check_signed,
    confirm_authenticator,
    deny,
    drop_authenticator,
    note_told,
    remove_device,
    remove_other_devices,
    rename_device,
    renew_binding,
    type_code,
)
from fourcorners.devices.errors import (
    DeviceHere,
    DeviceUnknown,
    FactorNotAsked,
    LinkOver,
    ProofRefused,
    ProofSpent,
    RequestOver,
    TooOften,
)
from fourcorners.devices.models import Device
from fourcorners.devices.one_time import code_shown
from fourcorners.devices.queries import (
    binding_is_due,
    find_binding,
    get_request,
    lately_trusted,
    list_devices,
    list_knocking,
    secret_of,
    seen_of,
)
from fourcorners.infra.audit import AuditEvent, verify_chain
from fourcorners.infra.errors import NotFound
from signing_keys import BrowserKey
from signing_tools import HASHED, PROOF, add_customer, last_token
from signing_tools import wording as account_wording


def device_here(db, opened):
    return find_binding(db, opened.session)[1]


def code_on(database, request):
    with database.read() as db:
        row = get_request(db, request.id)
        return code_shown(secret_of(db, row), row.opened_at, db.now)


def answer(database, account, opened, request, typed):
    with database.write() as db:
        return allow(db, request.id, typed, device_here(db, opened), actor=account)


def whole(database, opened):
    with database.read() as db:
        found = find_session(db, opened.token)
        return found is not None and found[0].pending is None


def knocking(database, key=None, seen=ABROAD):
    key, half = key or BrowserKey(), half_open(database)
    return key, half, come(database, key, half, seen).request


def test_a_known_device_comes_in_at_once_and_another_one_knocks(database):
    """DEV1, DEV3."""
    account, key, first = first_device(database)
    assert whole(database, first)
    assert come(database, key, half_open(database)).opened is not None
    _, half, request = knocking(database)
    assert (request.method, request.needed, request.status) == ("device", ["device"], "pending")
    assert not whole(database, half)
    with database.read() as db:
        assert [r.id for r in list_knocking(db, account)] == [request.id]
        assert seen_of(db, request)["address"] == ABROAD.address
        assert verify_chain(db).broken_at is None


def test_the_trusted_device_lets_another_in_with_the_code_that_it_shows(database, clock):
    """DEV4, DEV9."""
    account, _, first = first_device(database)
    key, half, request = knocking(database)
    shown = code_on(database, request)
    wrong = f"{(int(shown) + 1) % 10**6:06}"
    assert answer(database, account, first, request, wrong).wrong == 1
    assert come(database, key, half, ABROAD).opened is None
    knock = answer(database, account, first, request, shown)
    assert knock.status == "approved"
    opened = come(database, key, half, ABROAD).opened
    assert whole(database, opened)
    assert opened.token != half.token
    assert [mail.subject for mail in mails(database)][-1] == f"let_in {ABROAD.agent}"
    with database.read() as db:
        assert len(list_devices(db, account)) == 2
        actions = [event.action for event in db.query(AuditEvent).order_by(AuditEvent.seq)]
    assert actions.count("device_request.code_wrong") == 1
    assert actions[-2:] == ["device.trusted", "session.completed"]


def test_every_other_device_is_told_until_its_owner_has_seen_it(database, clock):
    """DEV9: also of one that a passkey let in, and days later; and the mailbox."""
    account, _, first = first_device(database)
    clock.move(minutes=1)
    key, half, request = knocking(database)
    answer(database, account, first, request, code_on(database, request))
    second = come(database, key, half, ABROAD).opened
    with database.write() as db:
        by_passkey = open_session(db, get_account(db, account), replace(PROOF, by="passkey"), ask_device, actor=account)
    clock.move(minutes=1)
    come(database, BrowserKey(), by_passkey)
    assert [mail.subject.split()[0] for mail in mails(database)].count("let_in") == 3
    clock.move(days=3)
    with database.write() as db:
        told = {opened: len(lately_trusted(db, account, device_here(db, opened))) for opened in (first, second)}
        assert told == {first: 2, second: 1}
        note_told(db, device_here(db, first), actor=account)
        assert lately_trusted(db, account, device_here(db, first)) == []
        assert len(lately_trusted(db, account, device_here(db, second))) == 1
        with pytest.raises(NotFound):
            note_told(db, device_here(db, first), actor="acc_other")


def test_five_wrong_codes_lock_and_a_stranger_s_device_answers_nothing(database):
    """DEV4."""
    account, _, first = first_device(database)
    key, half, request = knocking(database)
    shown = code_on(database, request)
    other, _, theirs = first_device(database, "eve@example.org")
    with pytest.raises(NotFound):
        answer(database, other, theirs, request, shown)
    with pytest.raises(DeviceUnknown), database.write() as db:
        allow(db, request.id, shown, None, actor=account)
    for _ in range(5):
        knock = answer(database, account, first, request, f"{(int(shown) + 1) % 10**6:06}")
    assert knock.status == "locked"
    with pytest.raises(RequestOver):
        answer(database, account, first, request, code_on(database, request))
    assert come(database, key, half).request.status == "locked"


def test_no_ends_the_sign_in_and_alerts(database):
    """DEV9."""
    account, _, _ = first_device(database)
    key, half, request = knocking(database)
    with database.write() as db:
        deny(db, request.id, actor=account, wording=wording)
    assert mails(database)[-1].subject == f"denied {ABROAD.agent}"
    with database.read() as db:
        assert find_session(db, half.token) is None
    with pytest.raises(NotFound):
        come(database, key, half)


def test_a_link_answers_once_within_ten_minutes(database, clock):
    """DEV6."""
    add_customer(database)
    key, half, request = knocking(database)
    assert (request.method, request.needed) == ("items", ["email"])
    token = mails(database)[-1].text
    clock.move(minutes=10)
    with pytest.raises(LinkOver), database.write() as db:
        answer_link(db, token, allowed=True, wording=wording)
    key, half, _ = knocking(database)
    token = mails(database)[-1].text
    with database.write() as db:
        answer_link(db, token, allowed=True, wording=wording)
    with pytest.raises(LinkOver), database.write() as db:
        answer_link(db, token, allowed=True, wording=wording)
    assert come(database, BrowserKey(), half).opened is None  # another browser with the same cookie knocks by itself
    assert whole(database, come(database, key, half).opened)


def bind_authenticator(database, account, opened, clock):
    with database.write() as db:
        secret = begin_authenticator(db, opened.session, actor=account)

    def now():
        return HOTP(secret, 8, SHA1()).generate(int(clock.now.timestamp()) // 30).decode()  # noqa: S303

    with database.write() as db:
        assert confirm_authenticator(db, opened.session, "00000000", actor=account, wording=wording) is None
    with database.write() as db:
        codes = confirm_authenticator(db, opened.session, now(), actor=account, wording=wording)
    return now, codes


def test_after_a_reset_all_items_are_asked_for_and_withdrawals_are_held(database, clock):
    """DEV3, DEV11."""
    account, key, first = first_device(database)
    code, recovery = bind_authenticator(database, account, first, clock)
    clock.move(hours=30)
    with database.write() as db:
        forgot_password(db, "cleo@example.org", actor="visitor", wording=account_wording)
    with database.write() as db:
        half = follow_link(
            db, last_token(database), HASHED, PROOF.__class__("link", "Firefox", "192.0.2.7"), ask_device
        )
    with database.read() as db:
        assert list_devices(db, account) == []
        assert (held_until(db, account) - db.now).total_seconds() == 24 * 3600
    request = come(database, key, half).request
    assert (request.needed, request.shown) == (["authenticator", "email"], ["email"])
    typed = code()
    with database.write() as db:
        assert type_code(db, request.id, typed, actor=account).status == "approved"
    assert whole(database, come(database, key, half).opened)
    clock.move(hours=24)
    with database.read() as db:
        assert held_until(db, account) is None
    assert re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", recovery[0])


def test_codes_of_the_authenticator_are_good_once_and_recovery_codes_stand_in(database, clock):
    account, _, first = first_device(database)
    code, recovery = bind_authenticator(database, account, first, clock)
    with database.write() as db:
        assert not drop_authenticator(db, first.session, code(), actor=account, wording=wording)  # spent by binding it
    with database.write() as db:
        assert drop_authenticator(db, first.session, recovery[3].lower(), actor=account, wording=wording)
    _, _, request = knocking(database)
    with pytest.raises(FactorNotAsked), database.write() as db:
        type_code(db, request.id, recovery[4], actor=account)


def test_thirty_wrong_codes_a_day_are_enough_for_an_account(database, clock):
    account, _, first = first_device(database)
    code, _ = bind_authenticator(database, account, first, clock)
    clock.move(minutes=1)
    for _ in range(29):  # one was wrong while it was bound
        with database.write() as db:
            assert not drop_authenticator(db, first.session, "11111111", actor=account, wording=wording)
    with pytest.raises(TooOften), database.write() as db:
        drop_authenticator(db, first.session, code(), actor=account, wording=wording)


def test_a_signature_is_good_once_and_a_cookie_alone_is_good_for_nothing(database, clock):
    account, key, first = first_device(database)
    proof = signed(database, key, first.session, "/security/password")
    with database.write() as db:
        assert check_signed(db, first.session, proof, actor=account).account == account
    with pytest.raises(ProofSpent), database.write() as db:
        check_signed(db, first.session, proof, actor=account)
    thief = BrowserKey()
    with pytest.raises(ProofRefused), database.write() as db:
        check_signed(db, first.session, signed(database, thief, first.session, "/x"), actor=account)
    with database.read() as db:
        binding, _ = find_binding(db, first.session)
        home = binding.seen_from
        assert binding_is_due(db, binding, ABROAD)
    clock.move(minutes=5)
    with pytest.raises(ProofRefused), database.write() as db:
        proof = signed(database, thief, first.session, "/devices/prove")
        renew_binding(db, first.session, proof, ABROAD, actor=account)
    with database.write() as db:
        renew_binding(db, first.session, signed(database, key, first.session, "/devices/prove"), ABROAD, actor=account)
    with database.read() as db:
        binding, _ = find_binding(db, first.session)
        assert not binding_is_due(db, binding, ABROAD)
        assert binding.seen_from != home


def test_a_removed_device_is_out_at_once_and_the_one_in_use_is_not_removed(database, clock):
    """DEV10."""
    account, _, first = first_device(database)
    second, half, request = knocking(database)
    answer(database, account, first, request, code_on(database, request))
    other = come(database, second, half).opened
    with database.read() as db:
        mine, theirs = device_here(db, first).id, device_here(db, other).id
    with pytest.raises(DeviceHere), database.write() as db:
        remove_device(db, first.session, mine, actor=account, wording=wording)
    with database.write() as db:
        rename_device(db, theirs, "  Work   laptop ", actor=account)
        assert seen_of(db, db.get(Device, theirs))["name"] == "Work laptop"
        remove_device(db, first.session, theirs, actor=account, wording=wording)
    assert (whole(database, first), whole(database, other)) == (True, False)
    assert come(database, second, half_open(database)).request is not None
    clock.move(minutes=16)
    with pytest.raises(NotFresh), database.write() as db:
        remove_other_devices(db, first.session, actor=account, wording=wording)


def test_one_pending_request_a_device_and_ten_a_day(database, clock):
    """DEV2."""
    account, _, _ = first_device(database)
    key, _, request = knocking(database)
    _, _, again = knocking(database, key)
    with database.read() as db:
        assert get_request(db, request.id).status == "cancelled"
        assert [r.id for r in list_knocking(db, account)] == [again.id]
    for _ in range(7):
        clock.move(minutes=1)
        knocking(database)
    with pytest.raises(TooOften):
        knocking(database)


def test_trust_lapses_after_thirty_days_unused(database, clock):
    """DEV11."""
    _, key, _ = first_device(database)
    clock.move(days=29)
    assert come(database, key, half_open(database)).opened is not None
    clock.move(days=30)
    assert come(database, key, half_open(database)).opened is None


def test_of_two_that_answer_at_once_one_is_heard(database):
    account, _, first = first_device(database)
    _, _, request = knocking(database)
    shown = code_on(database, request)

    def try_once(_):
        try:
            return answer(database, account, first, request, shown).status.value
        except RequestOver:
            return "over"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(try_once, range(4))) == ["approved", "over", "over", "over"]


def test_who_follows_the_first_link_has_shown_the_mailbox_and_brings_the_first_device(database):
    with database.write() as db:
        sign_up(db, "rae@example.org", "Rae", actor="visitor", locale="en", wording=account_wording)
    with database.write() as db:
        half = follow_link(db, last_token(database), HASHED, replace(PROOF, by="link"), ask_device)
    assert half.pending == "device_mailed"
    assert whole(database, come(database, BrowserKey(), half).opened)
    with database.read() as db:
        assert held_until(db, half.account) is None
        assert len(list_devices(db, half.account)) == 1


def test_a_device_of_many_accounts_is_asked_again(database):
    """Household machines are not: three accounts are borne."""
    key = BrowserKey()
    for n in range(4):
        first_device(database, f"p{n}@example.org")
        half = half_open(database, f"p{n}@example.org")
        arrived = come(database, key, half)
        with database.read() as db:
            signs = [sign["code"] for sign in seen_of(db, arrived.request)["risk"]["signs"]]
        assert signs == (["many_accounts"] if n == 3 else [])
