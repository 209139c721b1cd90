"""The telephone at the door: a call whose key confirms or cancels, or a code by text in its place (DEV5)."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from fourcorners.accounts import get_account
from fourcorners.accounts.secret import hash_of, new_secret
from fourcorners.devices.actions.answering import refuse
from fourcorners.devices.actions.notices import Wording
from fourcorners.devices.actions.writing import lock_request, move
from fourcorners.devices.counters import CALLS, TEXTS, WRONG_TEXTS, WRONG_TEXTS_DAY, check_counter
from fourcorners.devices.errors import FactorNotAsked, LinkOver, RequestOver
from fourcorners.devices.models import DeviceRequest, PhoneNumber, RingOut, WrongCode
from fourcorners.devices.policy import span, text
from fourcorners.devices.queries import (
    CODE,
    find_number,
    find_ring,
    knock_of,
    latest_text,
    list_rings,
    list_wrong,
    number_of,
    ring_of,
    seen_of,
)
from fourcorners.devices.ringing import Way, event_of_key, new_code, text_fits
from fourcorners.devices.rules import Event, Factor, Happening, Knock, Status, seen_at
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.phone import write_phone_message
from fourcorners.infra.sealing import seal
from fourcorners.kit.ids import new_id

__all__ = ["Script", "place_call", "press_key", "send_text", "type_text"]

Script: TypeAlias = Callable[[str, str, str, dict[str, str]], tuple[str, str]]
"""What is said, and the address for the key: given the kind (`call`, `text`, `prove_call`, `prove_text`), the locale,
the secret of the address, and `agent`, `place`, `code` as far as there are."""


def place_call(db: WriteSession, request_id: str, *, actor: str, script: Script) -> None:
    """Have the bound number called. Raises RequestOver, FactorNotAsked, TooOften."""
    request, kept = _asked(db, request_id)
    for moments in _rung(db, Way.CALL, kept):
        check_counter(CALLS, moments, db.now)
    token = new_secret()
    ring = _ring(db, request, kept, Way.CALL)
    ring.token_hash = hash_of(token)
    keys = (text("call", "confirm_key"), text("call", "cancel_key"))
    _say(db, request, kept, Way.CALL, script, token=token, keys=keys)
    _note(db, request, "called", actor)


def send_text(db: WriteSession, request_id: str, *, actor: str, script: Script) -> None:
    """Have a code sent to the bound number; the one before it is void. Raises RequestOver, FactorNotAsked, TooOften."""
    request, kept = _asked(db, request_id)
    for moments in _rung(db, Way.TEXT, kept):
        check_counter(TEXTS, moments, db.now)
    code = new_code()
    ring = _ring(db, request, kept, Way.TEXT)
    ring.code = seal(db, request.account, code.encode(), CODE)
    _say(db, request, kept, Way.TEXT, script, code=code)
    _note(db, request, "text_sent", actor)


def press_key(db: WriteSession, token: str, key: str, *, wording: Wording) -> None:
    """A key was pressed, as the provider tells it, in any order and as often as it likes. Raises LinkOver.

    One confirms; one says no, which ends the sign-in and alerts; any other, or none, leaves all as it is.
    """
    ring = find_ring(db, token)
    if ring is None:
        raise LinkOver("There was no such call.")
    request = lock_request(db, ring.request)
    db.refresh(ring)
    event = event_of_key(ring_of(db, ring), key, db.now)
    if event is None or seen_at(knock_of(request), db.now).status is not Status.PENDING:
        return
    ring.answered_at = db.now
    if event.what is Happening.DENIED:
        refuse(db, request, actor=request.account, wording=wording)
        return
    move(db, request, event, actor=request.account)
    _note(db, request, "factor_shown", request.account)


def type_text(db: WriteSession, request_id: str, typed: str, *, actor: str) -> Knock:
    """The code of the latest text; a wrong one is counted, and is an answer.

    Raises RequestOver, FactorNotAsked, TooOften.
    """
    request = lock_request(db, request_id)
    if Factor.PHONE.value not in request.needed:
        raise FactorNotAsked("That was not asked for.", asked=list(request.needed))
    wrong = list_wrong(db, request.account, WRONG_TEXTS.name)
    for counter in (WRONG_TEXTS, WRONG_TEXTS_DAY):
        check_counter(counter, wrong, db.now)
    ring = latest_text(db, request.id)
    fits = ring is not None and text_fits(ring_of(db, ring), typed, db.now)
    knock = move(db, request, Event(Happening.SHOWN if fits else Happening.WRONG, Factor.PHONE), actor=actor)
    if ring is not None and fits:
        ring.answered_at = db.now
    if not fits:
        db.add(WrongCode(id=new_id("dvw"), account=request.account, kind=WRONG_TEXTS.name, at=db.now))
    _note(db, request, "factor_shown" if fits else "code_wrong", actor)
    return knock


def _asked(db: WriteSession, request_id: str) -> tuple[DeviceRequest, PhoneNumber]:
    request = lock_request(db, request_id)
    knock = seen_at(knock_of(request), db.now)
    if knock.status is not Status.PENDING:
        raise RequestOver("This request is over. Sign in again on the new device.", status=knock.status.value)
    kept = find_number(db, request.account)
    if kept is None or Factor.PHONE not in knock.missing:
        raise FactorNotAsked("That was not asked for.", asked=sorted(knock.missing))
    return request, kept


def _rung(db: WriteSession, way: Way, kept: PhoneNumber) -> list[list[datetime]]:
    return [list_rings(db, way, account=kept.account), list_rings(db, way, number_hash=kept.number_hash)]


def _ring(db: WriteSession, request: DeviceRequest, kept: PhoneNumber, way: Way) -> RingOut:
    ring = RingOut(
        id=new_id("dvp"),
        account=request.account,
        request=request.id,
        number_hash=kept.number_hash,
        way=way.value,
        placed_at=db.now,
    )
    db.add(ring)
    return ring


def _say(
    db: WriteSession,
    request: DeviceRequest,
    kept: PhoneNumber,
    way: Way,
    script: Script,
    *,
    token: str = "",
    code: str = "",
    keys: tuple[str, ...] = (),
) -> None:
    seen, locale = seen_of(db, request), get_account(db, request.account).locale
    words, address = script(way.value, locale, token, {"agent": seen["agent"], "place": seen["place"], "code": code})
    write_phone_message(
        db,
        owner=request.account,
        kind=way.value,
        to=number_of(db, kept),
        text=words,
        locale=locale,
        good_for=span(way.value, "lifetime_minutes"),
        answer_url=address if keys else "",
        keys=keys,
    )


def _note(db: WriteSession, request: DeviceRequest, what: str, actor: str) -> None:
    audit(
        db,
        actor=actor,
        action=f"device_request.{what}",
        subject=request.id,
        owner=request.account,
        details={"factor": Factor.PHONE.value},
    )
