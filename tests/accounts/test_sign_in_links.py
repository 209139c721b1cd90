"""Links in mails: one use, for a while, and nobody learns from an answer who has an account (ASVS 5.0 V6.4)."""

import pytest

from fourcorners.accounts import find_session, get_account, person_of
from fourcorners.accounts.actions import disable_account, follow_link, forgot_password, sign_up
from fourcorners.accounts.errors import AccountDisabled, EmailInvalid, LinkSpent
from fourcorners.accounts.models import Account, Link
from fourcorners.accounts.queries import find_by_email
from fourcorners.infra.mail import list_mails, read_mail
from signing_tools import HASHED, PROOF, add_customer, add_member, last_token, try_password, wording


def mails(database):
    with database.read() as db:
        return [read_mail(db, mail.id) for mail in list_mails(db)]


def join(database, email="cleo@example.org"):
    with database.write() as db:
        assert sign_up(db, email, "Cleo", actor="visitor", locale="de", wording=wording) is None


def test_signing_up_proves_the_address_and_sets_the_password_at_once(database):
    join(database)
    with database.read() as db:
        account = find_by_email(db, "cleo@example.org")
        assert (account.kind, account.verified_at, account.password_hash) == ("customer", None, None)
        assert person_of(db, account).email == "cleo@example.org"
        assert b"cleo" not in account.sealed
    assert try_password(database, "cleo@example.org", "a password that nobody has") is None
    with database.write() as db:
        opened = follow_link(db, last_token(database), HASHED, PROOF)
    with database.read() as db:
        assert find_session(db, opened.token)[1].verified_at == db.now


def test_signing_up_again_tells_only_the_owner_of_the_address(database):
    add_customer(database)
    join(database, "CLEO@example.org")
    assert mails(database)[0].subject == "known de"
    assert "token: \n" in mails(database)[0].text + "\n"
    with database.read() as db:
        assert db.query(Account).count() == 1


def test_a_forgotten_password_is_answered_alike_for_everybody(database):
    add_customer(database)
    before = len(mails(database))
    with database.write() as db:
        assert forgot_password(db, "nobody@example.org", actor="visitor", wording=wording) is None
    assert len(mails(database)) == before
    with database.write() as db:
        assert forgot_password(db, "cleo@example.org", actor="visitor", wording=wording) is None
    assert (mails(database)[0].subject, mails(database)[0].to) == ("reset de", "cleo@example.org")


def test_a_link_is_used_once_and_setting_a_password_spends_the_others_and_ends_all_sessions(database):
    account, first = add_customer(database)
    tokens = []
    for _ in range(2):
        with database.write() as db:
            forgot_password(db, "cleo@example.org", actor="visitor", wording=wording)
        tokens.append(last_token(database))
    with database.write() as db:
        follow_link(db, tokens[1], HASHED, PROOF)
    for token in tokens:
        with pytest.raises(LinkSpent), database.write() as db:
            follow_link(db, token, HASHED, PROOF)
    with database.read() as db:
        assert find_session(db, first.token) is None
        assert get_account(db, account).password_hash == HASHED
        assert tokens[0] not in str([vars(link) for link in db.query(Link)])


@pytest.mark.parametrize(("what", "minutes"), [("join", 72 * 60), ("reset", 30)])
def test_a_link_runs_out(database, clock, what, minutes):
    if what == "join":
        join(database)
    else:
        add_customer(database)
        with database.write() as db:
            forgot_password(db, "cleo@example.org", actor="visitor", wording=wording)
    token = last_token(database)
    clock.move(minutes=minutes)
    with pytest.raises(LinkSpent), database.write() as db:
        follow_link(db, token, HASHED, PROOF)


@pytest.mark.parametrize("token", ["", "x" * 43, "../../etc"])
def test_an_invented_link_is_none(database, token):
    with pytest.raises(LinkSpent), database.write() as db:
        follow_link(db, token, HASHED, PROOF)


def test_a_link_opens_no_account_that_was_switched_off(database):
    account, _ = add_customer(database)
    administrator, _ = add_member(database)
    with database.write() as db:
        forgot_password(db, "cleo@example.org", actor="visitor", wording=wording)
    token = last_token(database)
    with database.write() as db:
        disable_account(db, account, actor=administrator)
    with pytest.raises(AccountDisabled), database.write() as db:
        follow_link(db, token, HASHED, PROOF)


def test_nobody_is_flooded_with_mails(database, clock):
    for _ in range(6):
        join(database)
    assert len(mails(database)) == 3
    clock.move(hours=1, seconds=1)
    join(database)
    assert len(mails(database)) == 4


@pytest.mark.parametrize(
    "email", ["", "cleo", "cleo@", "@example.org", "cleo@example", "a b@example.org", "a@b.c", "a@x.org\nBcc: b@x.org"]
)
def test_what_is_no_address_gets_no_mail(database, email):
    with pytest.raises(EmailInvalid):
        join(database, email)
    assert mails(database) == []
