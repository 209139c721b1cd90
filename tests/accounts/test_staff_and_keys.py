"""Staff and API keys: who may manage them, what is kept of a key, and that somebody is always left in charge."""

import pytest

from fourcorners.accounts import Role, Scope, find_session, get_account, get_key
from fourcorners.accounts.actions import (
    add_staff,
    change_role,
    disable_account,
    enable_account,
    follow_link,
    invite_again,
    make_key,
    note_key_use,
    revoke_key,
)
from fourcorners.accounts.errors import AccountDisabled, EmailTaken, KeyInvalid, LastAdministrator, NotAllowed, TooMany
from fourcorners.accounts.models import ApiKey
from fourcorners.accounts.queries import list_keys, list_staff
from fourcorners.infra.audit import AuditEvent
from fourcorners.infra.errors import NotFound
from signing_tools import HASHED, PROOF, add_customer, add_member, last_token, wording


def test_an_administrator_adds_staff_who_come_in_by_a_mailed_link(database):
    administrator, _ = add_member(database)
    with database.write() as db:
        account, token = add_staff(
            db, "rae@example.org", "Rae", Role.REVIEWER, actor=administrator, locale="fr", wording=wording
        )
    assert token == ""
    with database.write() as db:
        opened = follow_link(db, last_token(database), HASHED, PROOF)
        assert opened.account == account.id
        assert [(person.name, a.role) for a, person in list_staff(db)] == [
            ("Ada", "administrator"),
            ("Rae", "reviewer"),
        ]
        with pytest.raises(EmailTaken):
            add_staff(db, "RAE@example.org", "Rae", Role.REVIEWER, actor=administrator, wording=None)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_manages_staff(database, role):
    member, _ = add_member(database, "rae@example.org", role)
    other, _ = add_member(database)
    for act in (
        lambda db: add_staff(db, "x@example.org", "X", Role.REVIEWER, actor=member, wording=None),
        lambda db: change_role(db, other, Role.REVIEWER, actor=member),
        lambda db: disable_account(db, other, actor=member),
        lambda db: enable_account(db, other, actor=member),
        lambda db: invite_again(db, other, actor=member),
    ):
        with pytest.raises(NotAllowed), database.write() as db:
            act(db)


def test_somebody_is_always_left_who_manages_staff(database):
    first, _ = add_member(database)
    with database.write() as db:
        with pytest.raises(NotAllowed):
            disable_account(db, first, actor=first)
        for act in (
            lambda: disable_account(db, first, actor="system"),
            lambda: change_role(db, first, Role.REVIEWER, actor="system"),
        ):
            with pytest.raises(LastAdministrator):
                act()
    second, _ = add_member(database, "bea@example.org")
    with database.write() as db:
        disable_account(db, first, actor=second)
        with pytest.raises(LastAdministrator):
            change_role(db, second, Role.REVIEWER, actor="system")
        with pytest.raises(NotAllowed):
            add_staff(db, "x@example.org", "X", Role.REVIEWER, actor=first, wording=None)
        with pytest.raises(AccountDisabled):
            invite_again(db, first, actor=second)
        enable_account(db, first, actor=second)
        token = invite_again(db, first, actor=second)
    with database.write() as db:
        assert find_session(db, follow_link(db, token, HASHED, PROOF).token)


def test_a_customer_is_no_staff(database):
    administrator, _ = add_member(database)
    customer, _ = add_customer(database)
    with database.write() as db:
        with pytest.raises(NotFound):
            change_role(db, customer, Role.ADMINISTRATOR, actor=administrator)
        with pytest.raises(NotFound):
            invite_again(db, customer, actor=administrator)
        assert get_account(db, customer).role is None


@pytest.mark.parametrize(("sandbox", "beginning"), [(False, "fck_live_"), (True, "fck_test_")])
def test_a_key_is_shown_once_and_kept_as_a_hash(database, sandbox, beginning):
    developer, _ = add_member(database, role=Role.DEVELOPER)
    with database.write() as db:
        key, text = make_key(
            db, " Web  shop ", [Scope.FILES_WRITE, Scope.APPLICANTS_READ], actor=developer, sandbox=sandbox
        )
    assert text.startswith(beginning)
    assert len(text) == len(beginning) + 43
    with database.read() as db:
        found = get_key(db, text)
        assert (found.id, found.name, found.scopes) == (key.id, "Web shop", ["applicants:read", "files:write"])
        assert found.shown == text[:13]
        assert text[13:] not in str([vars(row) for row in (*db.query(ApiKey), *db.query(AuditEvent))])


def test_a_revoked_or_invented_key_opens_nothing(database, clock):
    developer, _ = add_member(database, role=Role.DEVELOPER)
    with database.write() as db:
        key, text = make_key(db, "Shop", [Scope.APPLICANTS_READ], actor=developer, sandbox=False)
    clock.move(minutes=5)
    with database.write() as db:
        note_key_use(db, key.id, actor=key.id)
        assert list_keys(db)[0].used_at == db.now
        revoke_key(db, key.id, actor=developer)
        revoke_key(db, key.id, actor=developer)
    with database.read() as db:
        for presented in (text, "", "fck_live_", text.replace("live", "test"), "x" * 10_000, "fck_live_" + "é" * 40):
            with pytest.raises(KeyInvalid):
                get_key(db, presented)
    with database.write() as db, pytest.raises(NotFound):
        revoke_key(db, "key_0", actor=developer)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.SENIOR_REVIEWER, Role.COMPLIANCE_OFFICER])
def test_keys_are_made_by_those_who_run_things_only(database, role):
    member, _ = add_member(database, role=role)
    with pytest.raises(NotAllowed), database.write() as db:
        make_key(db, "Shop", [], actor=member, sandbox=True)


def test_there_are_only_so_many_keys(sqlite_floor):
    database = sqlite_floor.database
    developer, _ = add_member(database, role=Role.DEVELOPER)
    with database.write() as db:
        for n in range(50):
            key, _ = make_key(db, f"Shop {n}", [], actor=developer, sandbox=True)
            db.flush()
        with pytest.raises(TooMany):
            make_key(db, "One more", [], actor=developer, sandbox=True)
        revoke_key(db, key.id, actor=developer)
        db.flush()
        assert make_key(db, "Now it fits", [], actor=developer, sandbox=True)
