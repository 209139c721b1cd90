"""A telephone number is bound once the code that was sent to it was typed; a change holds withdrawals."""

import hmac
from typing import Literal

from sqlalchemy import select, update

from fourcorners.accounts import get_account
from fourcorners.accounts.actions.sessions import check_fresh
from fourcorners.devices.actions.keeping import hold_withdrawals
from fourcorners.devices.actions.notices import Wording, notify
from fourcorners.devices.actions.telephone import Script
from fourcorners.devices.counters import NUMBER_PROOFS, NUMBER_PROOFS_TO, WRONG_TEXTS, WRONG_TEXTS_DAY, check_counter
from fourcorners.devices.models import PhoneNumber, WrongCode
from fourcorners.devices.numbers import read_number
from fourcorners.devices.policy import span
from fourcorners.devices.queries import CODE, NUMBER, find_number, find_number_to_prove, list_wrong
from fourcorners.devices.ringing import new_code
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.phone import write_phone_message
from fourcorners.infra.sealing import fingerprint, open_sealed, seal, seal_json
from fourcorners.kit.ids import new_id

__all__ = ["begin_number", "confirm_number", "drop_number"]


def begin_number(
    db: WriteSession, session: str, typed: str, *, way: Literal["call", "text"], actor: str, script: Script
) -> None:
    """Send a code to a number, by text or said in a call; the one that was bound before stays until it is typed.

    Raises NotFresh, NumberUnusable, TooOften.
    """
    check_fresh(db, session, actor=actor)
    number = read_number(typed)
    number_hash = fingerprint(db, number, NUMBER)
    mine = select(PhoneNumber.created_at).where(PhoneNumber.account == actor)
    anybody = select(PhoneNumber.created_at).where(PhoneNumber.number_hash == number_hash)
    check_counter(NUMBER_PROOFS, list(db.scalars(mine)), db.now)
    check_counter(NUMBER_PROOFS_TO, list(db.scalars(anybody)), db.now)
    unproved = update(PhoneNumber).where(PhoneNumber.account == actor, PhoneNumber.proved_at.is_(None))
    db.execute(unproved.where(PhoneNumber.ended_at.is_(None)).values(ended_at=db.now))
    code = new_code()
    kept = PhoneNumber(
        id=new_id("dvn"),
        account=actor,
        sealed=seal_json(db, actor, {"number": number}, NUMBER),
        number_hash=number_hash,
        code=seal(db, actor, code.encode(), CODE),
        created_at=db.now,
    )
    db.add(kept)
    locale = get_account(db, actor).locale
    said = " ".join(code) if way == "call" else code  # digit by digit, as a voice reads it
    words, _ = script(f"prove_{way}", locale, "", {"agent": "", "place": "", "code": said})
    good_for = span("phone", "code_lifetime_minutes")
    write_phone_message(db, owner=actor, kind=way, to=number, text=words, locale=locale, good_for=good_for)
    audit(db, actor=actor, action="phone.code_sent", subject=kept.id, owner=actor, details={"way": way})


def confirm_number(db: WriteSession, session: str, typed: str, *, actor: str, wording: Wording) -> bool:
    """Bind the number if the code fits; False for a wrong one. Raises NotFresh, NotFound, TooOften."""
    check_fresh(db, session, actor=actor)
    kept = find_number_to_prove(db, actor)
    if kept is None:
        raise NotFound("No number waits for a code.")
    wrong = list_wrong(db, actor, WRONG_TEXTS.name)
    for counter in (WRONG_TEXTS, WRONG_TEXTS_DAY):
        check_counter(counter, wrong, db.now)
    plain = "".join(letter for letter in typed if letter in "0123456789")
    if not hmac.compare_digest(plain.encode(), open_sealed(db, actor, kept.code, CODE)):
        db.add(WrongCode(id=new_id("dvw"), account=actor, kind=WRONG_TEXTS.name, at=db.now))
        return False
    before = find_number(db, actor)
    if before is not None:
        before.ended_at = db.now
    kept.proved_at = db.now
    _changed(db, kept, "phone.bound", actor=actor, wording=wording)
    return True


def drop_number(db: WriteSession, session: str, *, actor: str, wording: Wording) -> None:
    """Take the number away. Raises NotFresh, NotFound."""
    check_fresh(db, session, actor=actor)
    kept = find_number(db, actor)
    if kept is None:
        raise NotFound("There is no number.")
    kept.ended_at = db.now
    _changed(db, kept, "phone.removed", actor=actor, wording=wording)


def _changed(db: WriteSession, kept: PhoneNumber, action: str, *, actor: str, wording: Wording) -> None:
    db.flush()
    audit(db, actor=actor, action=action, subject=kept.id, owner=actor)
    hold_withdrawals(db, actor, why="phone_changed", actor=actor)
    notify(db, actor, "phone", wording)
