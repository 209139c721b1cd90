"""Signing in: one answer for every mistake, throttled, rehashed; the seam for a further factor (ASVS 5.0 V6.3)."""

import time

import pytest
from argon2 import PasswordHasher

from fourcorners.accounts import complete_session, find_session, get_account
from fourcorners.accounts.actions import change_password, confirm_identity, disable_account
from fourcorners.accounts.errors import NotFresh, SignInThrottled
from fourcorners.accounts.passwords import hash_password, prove
from fourcorners.accounts.queries import find_candidate, list_sessions
from fourcorners.infra.audit import AuditEvent, verify_chain
from fourcorners.infra.errors import NotFound
from signing_tools import PASSWORD, add_customer, add_member, try_password


def test_the_right_password_opens_a_session_and_a_wrong_one_does_not(database):
    account, first = add_customer(database)
    opened = try_password(database, " CLEO@example.org ", PASSWORD)
    assert opened.account == account
    assert opened.token != first.token
    with database.read() as db:
        session, found = find_session(db, opened.token)
        assert (session.id, found.id, session.pending) == (opened.session, account, None)
        assert find_session(db, opened.token[:-1]) is None
        assert opened.token not in str(vars(session))
    assert try_password(database, "cleo@example.org", PASSWORD + "!") is None
    assert try_password(database, "nobody@example.org", PASSWORD) is None


def test_a_wrong_password_takes_as_long_as_an_address_that_nobody_has(database):
    add_customer(database)

    def seconds(email):
        begun = time.process_time()  # of this process alone: a busy machine makes no difference
        with database.read() as db:
            candidate = find_candidate(db, email, "192.0.2.7")
        prove(candidate.stored, "wrong")
        return time.process_time() - begun

    seconds("nobody@example.org")  # the decoy is hashed once
    known, unknown = (min(seconds(email) for _ in range(5)) for email in ("cleo@example.org", "nobody@example.org"))
    assert 0.5 < known / unknown < 2


@pytest.mark.parametrize("email", ["cleo@example.org", "nobody@example.org"])
def test_after_ten_failures_even_the_right_password_waits_whether_there_is_an_account_or_not(database, clock, email):
    add_customer(database)
    for n in range(10):
        assert try_password(database, email, "wrong", address=f"192.0.2.{n}") is None
    with pytest.raises(SignInThrottled):
        try_password(database, email, PASSWORD, address="198.51.100.1")
    clock.move(minutes=15)
    assert (try_password(database, email, PASSWORD) is None) is (email == "nobody@example.org")


def test_one_address_that_tries_many_accounts_is_stopped(database):
    for n in range(50):
        with database.write() as db:
            from fourcorners.accounts.actions.sign_in import _count_failure

            _count_failure(db, find_candidate(db, f"{n}@example.org", "192.0.2.9"), "nobody")
    with pytest.raises(SignInThrottled):
        try_password(database, "cleo@example.org", PASSWORD, address="192.0.2.9")
    assert try_password(database, "cleo@example.org", PASSWORD, address="192.0.2.10") is None


def test_failures_are_counted_although_nothing_is_signed_in(database):
    account, _ = add_customer(database)
    try_password(database, "cleo@example.org", "wrong")
    with database.read() as db:
        assert [e.subject for e in db.query(AuditEvent).filter_by(action="sign_in.failed")] == [account]
        assert verify_chain(db).broken_at is None


def test_an_old_hash_is_replaced(database):
    account, _ = add_customer(database)
    with database.write() as db:
        get_account(db, account).password_hash = PasswordHasher(1, 8192, 1).hash(PASSWORD)
    assert try_password(database, "cleo@example.org", PASSWORD)
    with database.read() as db:
        assert get_account(db, account).password_hash.startswith("$argon2id$v=19$m=19456")


def test_a_hash_that_changed_meanwhile_opens_nothing(database):
    account, _ = add_customer(database)
    from fourcorners.accounts.actions import sign_in
    from signing_tools import PROOF

    with database.read() as db:
        candidate = find_candidate(db, "cleo@example.org", "192.0.2.7")
    proof = prove(candidate.stored, PASSWORD)
    with database.write() as db:
        get_account(db, account).password_hash = hash_password("another password, newer")
    with database.write() as db:
        assert sign_in(db, candidate, proof, PROOF) is None


def test_somebody_switched_off_is_out_and_gets_the_same_answer_as_anybody(database):
    _, opened = add_customer(database)
    administrator, _ = add_member(database)
    with database.write() as db:
        disable_account(db, opened.account, actor=administrator)
    with database.read() as db:
        assert find_session(db, opened.token) is None
    assert try_password(database, "cleo@example.org", PASSWORD) is None


def test_a_session_that_misses_a_further_factor_is_half_until_it_is_completed(database):
    account, _ = add_customer(database)
    asked = []

    def further(db, found, proof):
        asked.append((found.id, proof.by))
        return "device"

    opened = try_password(database, "cleo@example.org", PASSWORD, further=further)
    assert (asked, opened.pending) == ([(account, "password")], "device")
    with database.write() as db:
        whole = complete_session(db, opened.session, actor=account)
    with database.write() as db:
        assert find_session(db, opened.token) is None  # rotated
        assert find_session(db, whole.token)[0].pending is None
        with pytest.raises(NotFound):
            complete_session(db, opened.session, actor=account)


def test_a_password_is_changed_only_shortly_after_it_was_proved_and_ends_the_other_sessions(database, clock):
    account, first = add_customer(database)
    second = try_password(database, "cleo@example.org", PASSWORD)
    clock.move(minutes=16)
    changed = hash_password("seven quiet boats at dawn")
    with database.write() as db, pytest.raises(NotFresh):
        change_password(db, second.session, changed, actor=account)
    with database.read() as db:
        candidate = find_candidate(db, "cleo@example.org", "192.0.2.7")
    for password, fits in (("wrong", False), (PASSWORD, True)):
        with database.write() as db:
            proof = prove(candidate.stored, password)
            assert confirm_identity(db, second.session, candidate, proof, actor=account) is fits
    with database.write() as db:
        rotated = change_password(db, second.session, changed, actor=account)
    with database.read() as db:
        assert find_session(db, first.token) is None
        assert find_session(db, second.token) is None
        assert [s.id for s in list_sessions(db, get_account(db, account))] == [second.session]
        assert find_session(db, rotated.token)
    assert try_password(database, "cleo@example.org", PASSWORD) is None


def test_nobody_confirms_with_the_password_of_another(database):
    account, opened = add_customer(database)
    add_customer(database, "eve@example.org")
    with database.read() as db:
        candidate = find_candidate(db, "eve@example.org", "192.0.2.7")
    with database.write() as db:
        proof = prove(candidate.stored, PASSWORD)
        assert not confirm_identity(db, opened.session, candidate, proof, actor=account)
