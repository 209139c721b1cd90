"""The telephone at the door: bound by a code, called with two keys, sent codes; counted, and never the only thing."""

import pytest

from device_tools import ABROAD, bind_number, come, first_device, half_open, mails, phone_said, script, wording
from fourcorners.devices import held_until
from fourcorners.devices.actions import (
    Offers,
    answer_link,
    begin_number,
    confirm_number,
    drop_number,
    place_call,
    press_key,
    send_text,
    type_text,
)
from fourcorners.devices.actions.keeping import clear_trust
from fourcorners.devices.errors import FactorNotAsked, LinkOver, NumberUnusable, RequestOver, TooOften
from fourcorners.devices.numbers import hidden, read_number
from fourcorners.devices.queries import find_number, get_request, number_of
from fourcorners.infra.audit import AuditEvent, verify_chain
from fourcorners.infra.errors import NotFound
from signing_keys import BrowserKey

NUMBER = "+493030903001"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("+49 30 30903001", NUMBER), ("+49 (0)30 / 309 030 01", NUMBER), ("+1 415 555 2671", "+14155552671")],
)
def test_numbers_are_read_as_people_write_them(typed, number):
    assert read_number(typed) == number


@pytest.mark.parametrize("typed", ["", "030 30903001", "+49", "+49 900 1234567", "call me", "+999 1234567", "+49" * 40])
def test_what_cannot_be_called_from_anywhere_at_an_ordinary_price_is_not_taken(typed):
    with pytest.raises(NumberUnusable):
        read_number(typed)


def test_its_owner_knows_it_and_nobody_else_learns_it():
    assert hidden(NUMBER) == "+49 ••• 001"


def test_a_number_counts_once_its_code_was_typed_and_a_change_holds_withdrawals(database, clock):
    account, _, opened = first_device(database)
    with database.write() as db:
        begin_number(db, opened.session, NUMBER, way="call", actor=account, script=script)
    assert phone_said(database).kind == "call"
    with database.write() as db:
        assert not confirm_number(db, opened.session, "00000000", actor=account, wording=wording)
        assert find_number(db, account) is None
        assert held_until(db, account) is None
    code = phone_said(database).text.split("|")[1]
    with database.write() as db:
        assert confirm_number(db, opened.session, code, actor=account, wording=wording)
        assert number_of(db, find_number(db, account)) == NUMBER
        assert held_until(db, account) is not None
    assert mails(database)[-1].subject.startswith("phone")
    with database.write() as db:
        begin_number(db, opened.session, "+1 415 555 2671", way="text", actor=account, script=script)
        assert number_of(db, find_number(db, account)) == NUMBER  # the old one until the new one is proved
    clock.move(minutes=5)
    with database.write() as db:
        code = phone_said(database).text.split("|")[1]
        assert confirm_number(db, opened.session, code, actor=account, wording=wording)
        assert number_of(db, find_number(db, account)) == "+14155552671"
        drop_number(db, opened.session, actor=account, wording=wording)
        assert find_number(db, account) is None
    with pytest.raises(NotFound), database.write() as db:
        drop_number(db, opened.session, actor=account, wording=wording)
    with database.read() as db:
        said = str([event.details for event in db.query(AuditEvent)])
        assert NUMBER not in said
        assert verify_chain(db).broken_at is None


def test_a_code_for_a_number_runs_out_and_codes_are_not_sent_for_ever(database, clock):
    account, _, opened = first_device(database)
    for _ in range(5):
        with database.write() as db:
            begin_number(db, opened.session, NUMBER, way="text", actor=account, script=script)
    with pytest.raises(TooOften), database.write() as db:
        begin_number(db, opened.session, "+1 415 555 2671", way="text", actor=account, script=script)
    other, _, theirs = first_device(database, "eve@example.org")
    with pytest.raises(TooOften), database.write() as db:  # nor to that number, whoever asks
        begin_number(db, theirs.session, NUMBER, way="text", actor=other, script=script)
    for _ in range(6):
        with database.write() as db:
            assert not confirm_number(db, opened.session, "1", actor=account, wording=wording)
    with pytest.raises(TooOften), database.write() as db:
        confirm_number(db, opened.session, "1", actor=account, wording=wording)
    clock.move(minutes=10)
    with pytest.raises(NotFound), database.write() as db:
        confirm_number(db, opened.session, phone_said(database).text.split("|")[1], actor=account, wording=wording)


def knocking(database, *, mailed=True):
    """Somebody with a number and no trusted device knocks: account, key, half session, request."""
    account, _, opened = first_device(database)
    bind_number(database, account, opened, NUMBER)
    forget(database, account)
    key, half = BrowserKey(), half_open(database)
    request = come(database, key, half, ABROAD).request
    if mailed:
        with database.write() as db:
            answer_link(db, mails(database)[-1].text, allowed=True, wording=wording)
    return account, key, half, request


def forget(database, account):
    """No device is trusted: there is none to ask."""
    with database.write() as db:
        clear_trust(db, account, why="test", actor=account)


def status(database, request):
    with database.read() as db:
        row = get_request(db, request.id)
        return row.status, row.shown


def press(database, key, token=None):
    with database.write() as db:
        press_key(db, token or phone_said(database).text.split("|")[2], key, wording=wording)


def call(database, account, request):
    with database.write() as db:
        place_call(db, request.id, actor=account, script=script)


def test_key_one_confirms_and_nothing_but_the_two_keys_does_anything(database, clock):
    """DEV5: hang-up or no key is still pending; the call alone lets nobody in."""
    account, key, half, request = knocking(database, mailed=False)
    assert request.needed == ["email", "phone"]
    call(database, account, request)
    assert phone_said(database).keys == ("1", "2")
    for nothing in ("", "3", "11", "#"):
        press(database, nothing)
    assert status(database, request) == ("pending", [])
    with pytest.raises(LinkOver):
        press(database, "1", "guessed")
    press(database, "1")
    press(database, "1")
    assert status(database, request) == ("pending", ["phone"])
    assert come(database, key, half, ABROAD).opened is None
    with pytest.raises(FactorNotAsked):
        call(database, account, request)
    press(database, "2")  # answered once: a key that comes late changes nothing
    assert status(database, request) == ("pending", ["phone"])
    with database.write() as db:
        answer_link(
            db, [m for m in mails(database) if m.subject.startswith("asked")][-1].text, allowed=True, wording=wording
        )
    assert come(database, key, half, ABROAD).opened is not None


def test_key_two_ends_the_sign_in_and_alerts(database):
    """DEV5, DEV9."""
    account, key, half, request = knocking(database)
    call(database, account, request)
    press(database, "2")
    assert status(database, request) == ("denied", ["email"])
    assert mails(database)[-1].subject.startswith("denied")
    with pytest.raises(NotFound):
        come(database, key, half, ABROAD)


def test_the_sixth_call_within_an_hour_is_refused_and_an_old_call_confirms_nothing(database, clock):
    """DEV5."""
    account, _, _, request = knocking(database)
    for _ in range(5):
        call(database, account, request)
    with pytest.raises(TooOften) as refused:
        call(database, account, request)
    assert refused.value.fields["again_at"] == (clock.now.replace(hour=clock.now.hour + 1)).isoformat()
    clock.move(minutes=5)
    press(database, "1")
    assert status(database, request) == ("pending", ["email"])
    clock.move(minutes=5)
    with pytest.raises(RequestOver):
        call(database, account, request)


def test_the_latest_code_is_good_once_and_wrong_ones_are_counted(database, clock):
    account, key, half, request = knocking(database)
    codes = []
    for _ in range(2):
        with database.write() as db:
            send_text(db, request.id, actor=account, script=script)
        codes.append(phone_said(database).text.split("|")[1])
    with database.write() as db:
        assert type_text(db, request.id, codes[0], actor=account).wrong == 1  # void since the second was sent
    with database.write() as db:
        assert type_text(db, request.id, f"{codes[1][:4]} {codes[1][4:]}", actor=account).status == "approved"
    assert come(database, key, half, ABROAD).opened is not None
    with pytest.raises(RequestOver), database.write() as db:
        type_text(db, request.id, codes[1], actor=account)


def test_five_wrong_codes_lock_the_request_and_six_in_half_an_hour_the_account(database, clock):
    account, _, _, request = knocking(database)
    for _ in range(5):
        with database.write() as db:
            knock = type_text(db, request.id, "123", actor=account)
    assert knock.status == "locked"
    _, second = BrowserKey(), half_open(database)
    again = come(database, BrowserKey(), second, ABROAD).request
    with database.write() as db:
        send_text(db, again.id, actor=account, script=script)
        assert type_text(db, again.id, "123", actor=account).wrong == 1
    with pytest.raises(TooOften), database.write() as db:
        type_text(db, again.id, phone_said(database).text.split("|")[1], actor=account)


def test_where_nobody_can_be_called_the_number_is_not_asked_for(database):
    account, _, opened = first_device(database)
    bind_number(database, account, opened, NUMBER)
    forget(database, account)
    request = come(database, BrowserKey(), half_open(database), ABROAD, offers=Offers(telephone=False)).request
    assert request.needed == ["email"]
    with pytest.raises(FactorNotAsked), database.write() as db:
        type_text(db, request.id, "1", actor=account)
