"""Members of staff: who comes, what they may do, who goes."""

from sqlalchemy import func, select

from fourcorners.accounts.actions.links import JOIN, RESET, Wording, check_email, make_account, make_link, send
from fourcorners.accounts.actions.sessions import end_other_sessions
from fourcorners.accounts.errors import AccountDisabled, EmailTaken, LastAdministrator
from fourcorners.accounts.models import Account
from fourcorners.accounts.queries import actor_of, find_by_email, get_account
from fourcorners.accounts.rules import Kind, Permission, Role, check_can, check_can_manage
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.errors import NotFound

__all__ = ["add_staff", "change_role", "disable_account", "enable_account", "invite_again"]


def add_staff(
    db: WriteSession, email: str, name: str, role: Role, *, actor: str, locale: str = "en", wording: Wording | None
) -> tuple[Account, str]:
    """A new member of staff, and a token for their first link, mailed too if there is a `wording`.

    Raises NotAllowed, EmailInvalid, EmailTaken.
    """
    check_can(actor_of(db, actor), Permission.MANAGE_STAFF)
    if find_by_email(db, check_email(email)) is not None:
        raise EmailTaken("There is an account with this address already.")
    account = make_account(db, email, name, Kind.STAFF, role, locale, actor=actor)
    if wording is not None:
        send(db, account, JOIN, wording, actor=actor)
        return account, ""
    return account, make_link(db, account, JOIN, actor=actor)


def invite_again(db: WriteSession, account_id: str, *, actor: str) -> str:
    """The token of a new link for somebody whose mail did not arrive, handed over in person. Raises NotAllowed."""
    check_can_manage(actor_of(db, actor), account_id)
    account = _staff(db, account_id)
    if account.disabled_at is not None:
        raise AccountDisabled("Switch the account on first.")
    return make_link(db, account, RESET if account.verified_at else JOIN, actor=actor)


def change_role(db: WriteSession, account_id: str, role: Role, *, actor: str) -> None:
    """Another role, from the next sign-in on: every session ends. Raises NotAllowed, NotFound, LastAdministrator."""
    check_can_manage(actor_of(db, actor), account_id)
    account = _staff(db, account_id)
    if account.role == role:
        return
    _check_one_left(db, account)
    details = {"was": account.role, "is": role}
    account.role = role
    audit(db, actor=actor, action="account.role_changed", subject=account.id, owner=account.id, details=details)
    end_other_sessions(db, account.id, actor=actor, but=None, why="role_changed")


def disable_account(db: WriteSession, account_id: str, *, actor: str) -> None:
    """Nobody signs in to it, and whoever is signed in is out. Raises NotAllowed, NotFound, LastAdministrator."""
    check_can_manage(actor_of(db, actor), account_id)
    account = get_account(db, account_id)
    if account.disabled_at is not None:
        return
    _check_one_left(db, account)
    end_other_sessions(db, account.id, actor=actor, but=None, why="disabled")
    account.disabled_at = db.now
    audit(db, actor=actor, action="account.disabled", subject=account.id, owner=account.id)


def enable_account(db: WriteSession, account_id: str, *, actor: str) -> None:
    """Let it be used again. Raises NotAllowed, NotFound."""
    check_can_manage(actor_of(db, actor), account_id)
    account = get_account(db, account_id)
    if account.disabled_at is not None:
        account.disabled_at = None
        audit(db, actor=actor, action="account.enabled", subject=account.id, owner=account.id)


def _staff(db: WriteSession, account_id: str) -> Account:
    account = get_account(db, account_id)
    if account.kind != Kind.STAFF:
        raise NotFound("There is no such member of staff.")
    return account


def _check_one_left(db: WriteSession, leaving: Account) -> None:
    if leaving.role != Role.ADMINISTRATOR:
        return
    left = db.scalar(
        select(func.count())
        .select_from(Account)
        .where(Account.role == Role.ADMINISTRATOR, Account.disabled_at.is_(None), Account.id != leaving.id)
    )
    if not left:
        raise LastAdministrator("Make somebody else an administrator first.")
