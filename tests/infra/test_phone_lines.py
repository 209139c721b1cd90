"""Calls and texts: kept by the Null twin, ordered from a provider by HTTP, and never placed late."""

import json
from datetime import timedelta

import pytest

from fourcorners.infra import Settings
from fourcorners.infra.phone import (
    HttpLine,
    NullLine,
    PhoneFailed,
    deliver,
    list_phone_messages,
    open_line,
    read_phone_message,
    write_phone_message,
)
from receiver import receiving


def written(database, **more):
    with database.write() as db:
        return write_phone_message(
            db,
            owner="acc_1",
            kind="call",
            to="+4930123456",
            text="Press  1\nor 2.",
            locale="en",
            good_for=timedelta(minutes=5),
            **more,
        ).id


def placed(database, message):
    with database.read() as db:
        (kept,) = [m for m in list_phone_messages(db, "acc_1") if m.id == message]
        return kept.sent_at is not None, kept.shown_only


def test_without_a_provider_what_would_be_said_is_kept_to_be_looked_at(database):
    message = written(database, answer_url="https://here/v1/telephone/x", keys=("1", "2"))
    assert isinstance(open_line(Settings()), NullLine)
    deliver(database, NullLine(), message)
    assert placed(database, message) == (True, True)
    with database.read() as db:
        said = read_phone_message(db, message)
    assert (said.to, said.text, said.keys) == ("+4930123456", "Press 1 or 2.", ("1", "2"))


def test_a_call_that_nobody_waits_for_any_more_is_not_placed(database, clock):
    message = written(database)
    clock.move(minutes=5)
    deliver(database, NullLine(), message)
    assert placed(database, message) == (False, False)


@pytest.mark.enable_socket
def test_a_provider_gets_one_post_with_its_token_and_one_that_fails_is_tried_again(sqlite_floor):
    database = sqlite_floor.database
    message = written(database, answer_url="https://here/v1/telephone/x", keys=("1", "2"))
    with receiving() as provider:
        line = open_line(Settings(phone_url=provider.url, phone_token="secret"))  # noqa: S106
        assert isinstance(line, HttpLine)
        provider.status = 503
        with pytest.raises(PhoneFailed):
            deliver(database, line, message)
        assert placed(database, message) == (False, False)
        provider.status = 202
        deliver(database, line, message)
        deliver(database, line, message)
        assert len(provider.got) == 2
        headers, body = provider.got[-1]
    assert placed(database, message) == (True, False)
    assert headers["authorization"] == "Bearer secret"
    assert headers["idempotency-key"] == message
    assert json.loads(body) == {
        "answer_url": "https://here/v1/telephone/x",
        "id": message,
        "keys": ["1", "2"],
        "kind": "call",
        "locale": "en",
        "text": "Press 1 or 2.",
        "to": "+4930123456",
    }
    with pytest.raises(PhoneFailed):
        open_line(Settings(phone_url=provider.url)).place(read(database, message))


def read(database, message):
    with database.read() as db:
        return read_phone_message(db, message)
