"""An authenticator app: bound once one of its codes was typed, with recovery codes; a change holds withdrawals."""

from sqlalchemy import delete

from fourcorners.accounts.actions.sessions import check_fresh
from fourcorners.devices.actions.keeping import hold_withdrawals
from fourcorners.devices.actions.notices import Wording, notify
from fourcorners.devices.actions.showing import SECRET, check_code
from fourcorners.devices.models import Authenticator, RecoveryCode
from fourcorners.devices.one_time import hash_of_recovery, new_authenticator_secret, new_recovery_codes
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.sealing import open_sealed, seal
from fourcorners.kit.ids import new_id

__all__ = ["begin_authenticator", "confirm_authenticator", "drop_authenticator"]


def begin_authenticator(db: WriteSession, session: str, *, actor: str) -> bytes:
    """A secret to show as a QR code; the same one until a code confirms it. Raises NotFresh, NotFound once bound."""
    check_fresh(db, session, actor=actor)
    kept = db.get(Authenticator, actor, with_for_update=True, populate_existing=True)
    if kept is not None and kept.confirmed_at is not None:
        raise NotFound("An authenticator is bound already: remove it first.")
    if kept is not None:
        return open_sealed(db, actor, kept.sealed, SECRET)
    secret = new_authenticator_secret()
    db.add(Authenticator(account=actor, sealed=seal(db, actor, secret, SECRET), created_at=db.now))
    return secret


def confirm_authenticator(
    db: WriteSession, session: str, typed: str, *, actor: str, wording: Wording
) -> list[str] | None:
    """Bind it if the code fits: the recovery codes, shown this once; None for a wrong code.

    Raises NotFresh, TooOften.
    """
    check_fresh(db, session, actor=actor)
    kept = db.get(Authenticator, actor)
    if kept is None or kept.confirmed_at is not None or not check_code(db, actor, typed):
        return None
    kept.confirmed_at = db.now
    codes = new_recovery_codes()
    for code in codes:
        db.add(RecoveryCode(id=new_id("dvc"), account=actor, code_hash=hash_of_recovery(code)))
    audit(db, actor=actor, action="authenticator.bound", subject=actor, owner=actor)
    hold_withdrawals(db, actor, why="authenticator_changed", actor=actor)
    notify(db, actor, "authenticator", wording)
    return codes


def drop_authenticator(db: WriteSession, session: str, typed: str, *, actor: str, wording: Wording) -> bool:
    """Unbind it, with one of its codes or a recovery code; False for a wrong one.

    Raises NotFresh, NotFound, TooOften.
    """
    check_fresh(db, session, actor=actor)
    kept = db.get(Authenticator, actor)
    if kept is None or kept.confirmed_at is None:
        raise NotFound("There is no authenticator.")
    if not check_code(db, actor, typed):
        return False
    db.delete(kept)
    db.execute(delete(RecoveryCode).where(RecoveryCode.account == actor))
    audit(db, actor=actor, action="authenticator.removed", subject=actor, owner=actor)
    hold_withdrawals(db, actor, why="authenticator_changed", actor=actor)
    notify(db, actor, "authenticator", wording)
    return True
