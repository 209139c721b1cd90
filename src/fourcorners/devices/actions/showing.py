"""Security items: the link in a mail, the code of an authenticator, a recovery code (DEV3, DEV6)."""

from sqlalchemy import func, select, update

from fourcorners.accounts.secret import hash_of, new_secret
from fourcorners.devices.actions.answering import refuse
from fourcorners.devices.actions.notices import Wording, notify
from fourcorners.devices.actions.writing import lock_request, move
from fourcorners.devices.counters import WRONG_CODES, WRONG_RECOVERY, check_counter
from fourcorners.devices.errors import FactorNotAsked, LinkOver
from fourcorners.devices.models import Authenticator, DeviceLink, DeviceRequest, RecoveryCode, WrongCode
from fourcorners.devices.one_time import authenticator_step, hash_of_recovery
from fourcorners.devices.policy import number
from fourcorners.devices.queries import find_link, knock_of, list_wrong
from fourcorners.devices.rules import Event, Factor, Happening, Knock, Status, seen_at
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.sealing import open_sealed
from fourcorners.kit.ids import new_id

__all__ = ["SECRET", "answer_link", "check_code", "send_link", "type_code"]

SECRET = "authenticator"  # noqa: S105 - the name of what is sealed


def send_link(db: WriteSession, request_id: str, *, actor: str, wording: Wording) -> bool:
    """Mail a link that shows the request; False where enough were sent for it."""
    request = lock_request(db, request_id)
    knock = seen_at(knock_of(request), db.now)
    if knock.status is not Status.PENDING or Factor.EMAIL not in knock.missing:
        return False
    sent = select(func.count()).select_from(DeviceLink).where(DeviceLink.request == request.id)
    if (db.scalar(sent) or 0) >= number("mail", "mails_a_request_max"):
        return False
    token = new_secret()
    db.add(DeviceLink(id=new_id("dvl"), request=request.id, token_hash=hash_of(token), created_at=db.now))
    notify(db, request.account, "asked", wording, token, request)
    audit(db, actor=actor, action="device_request.link_sent", subject=request.id, owner=request.account)
    return True


def answer_link(db: WriteSession, token: str, *, allowed: bool, wording: Wording) -> None:
    """The owner answers by the link of a mail, once. Opening it answers nothing. Raises LinkOver, RequestOver."""
    link = find_link(db, token)
    unused = update(DeviceLink).where(DeviceLink.token_hash == hash_of(token), DeviceLink.used_at.is_(None))
    used = db.execute(unused.values(used_at=db.now))
    if link is None or getattr(used, "rowcount", 0) != 1:
        raise LinkOver("This link was used before, or has run out.")
    request = lock_request(db, link.request)
    if not allowed:
        refuse(db, request, actor=request.account, wording=wording)
        return
    move(db, request, Event(Happening.SHOWN, Factor.EMAIL), actor=request.account)
    _note(db, request, "factor_shown", Factor.EMAIL)


def type_code(db: WriteSession, request_id: str, typed: str, *, actor: str) -> Knock:
    """A code of the authenticator, or a recovery code in its place; a wrong one is counted, and is an answer.

    Raises RequestOver, FactorNotAsked, TooOften.
    """
    request = lock_request(db, request_id)
    if Factor.AUTHENTICATOR.value not in request.needed:
        raise FactorNotAsked("That was not asked for.", asked=list(request.needed))
    fits = check_code(db, request.account, typed)
    knock = move(db, request, Event(Happening.SHOWN if fits else Happening.WRONG, Factor.AUTHENTICATOR), actor=actor)
    _note(db, request, "factor_shown" if fits else "code_wrong", Factor.AUTHENTICATOR)
    return knock


def check_code(db: WriteSession, account: str, typed: str) -> bool:
    """Does it fit? Codes are spent by that, and those that do not fit are counted for a day. Raises TooOften."""
    kept = db.get(Authenticator, account, with_for_update=True, populate_existing=True)
    recovery = any(letter.isalpha() for letter in typed)
    counter = WRONG_RECOVERY if recovery else WRONG_CODES
    check_counter(counter, list_wrong(db, account, counter.name), db.now)
    if kept is None:
        fits = False
    elif recovery:
        same = (RecoveryCode.account == account) & (RecoveryCode.code_hash == hash_of_recovery(typed))
        spent = db.execute(update(RecoveryCode).where(same, RecoveryCode.used_at.is_(None)).values(used_at=db.now))
        fits = getattr(spent, "rowcount", 0) == 1
    else:
        step = authenticator_step(open_sealed(db, account, kept.sealed, SECRET), db.now, typed, kept.used_step)
        fits = step is not None
        kept.used_step = step if fits else kept.used_step
    if not fits:
        db.add(WrongCode(id=new_id("dvw"), account=account, kind=counter.name, at=db.now))
    return fits


def _note(db: WriteSession, request: DeviceRequest, what: str, factor: Factor) -> None:
    audit(
        db,
        actor=request.account,
        action=f"device_request.{what}",
        subject=request.id,
        owner=request.account,
        details={"factor": factor.value},
    )
