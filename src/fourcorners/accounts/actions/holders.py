"""Whose a customer's account is: a person's or an institution's, for good (INS15)."""

from fourcorners.accounts.errors import AccountKindFixed
from fourcorners.accounts.models import Account
from fourcorners.accounts.rules import Kind
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.errors import NotFound

__all__ = ["INSTITUTION", "PERSON", "fix_holder"]

PERSON, INSTITUTION = "person", "institution"


def fix_holder(db: WriteSession, account_id: str, holder: str, *, actor: str) -> None:
    """From now on the account is `holder`'s. The same again changes nothing. Raises AccountKindFixed, NotFound."""
    account = db.get(Account, account_id, with_for_update=True)
    if account is None:
        raise NotFound("There is no such account.")
    if account.holder == holder:
        return
    if account.holder is not None or account.kind != Kind.CUSTOMER:
        raise AccountKindFixed(
            f"This account is not for a {holder}: an institution needs an account and an address of its own.",
            holder=account.holder or account.kind,
        )
    account.holder = holder
    db.flush()
    details = {"holder": holder}
    audit(db, actor=actor, action="account.holder_fixed", subject=account.id, owner=account.id, details=details)
