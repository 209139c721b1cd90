"""The gate's ways by telephone, face and person, put together from the package's rules as the actions do."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fourcorners.checks.live import ResultCode
from fourcorners.checks.live.attempts import Attempt, standing
from fourcorners.devices.by_hand import Ticket, hand_in, judge, object_to, opens_door
from fourcorners.devices.counters import BY_HAND, CALLS, TEXTS, WRONG_TEXTS, WRONG_TEXTS_DAY, check_counter
from fourcorners.devices.errors import LinkOver, ProofRefused, RequestOver, TicketOver
from fourcorners.devices.facing import Looked, belongs, outcome
from fourcorners.devices.ringing import Ring, Way, event_of_key, new_code, text_fits
from fourcorners.devices.rules import FACE_PURPOSE, Event, Factor, Happening, Status, advance, seen_at
from fourcorners.kit.errors import Refusal


class CodeWrong(Refusal):
    """What was typed in, or the link that was opened, is not the one that was sent, or was used before."""

    code = "code_wrong"


PASS_AT = 0.5
"""The distance at which two faces are one, here."""


@dataclass
class Rung:
    """A call or text, and for which request."""

    ring: Ring
    kept: Any
    token: str


@dataclass
class Check:
    """A live challenge that was issued at the door."""

    looked: Looked
    network: str
    issued_at: datetime


@dataclass
class Waits:
    """A device that waits for a person: its ticket, and the secret of the mailed link."""

    ticket: Ticket
    device: str
    link: str


class OtherWays:
    """Mixed into the gate, which has `now`, `knocks`, `sessions`, `phone` and `verified`."""

    now: datetime
    phone: bool
    verified: bool
    sessions: dict[str, Any]

    def __init__(self) -> None:
        self.rung: list[Rung] = []
        self.called: list[datetime] = []
        self.texted: list[datetime] = []
        self.wrong_texts: list[datetime] = []
        self.checks: list[Check] = []
        self.faces: list[Attempt] = []
        self.waits: list[Waits] = []
        self.asked_person: list[datetime] = []

    def _still_asks(self, kept: Any, factor: Factor) -> None:
        knock = seen_at(kept.knock, self.now)
        if knock.status is not Status.PENDING or factor not in knock.missing:
            raise RequestOver("This is not asked for now.", status=knock.status.value)

    def place_call(self, kept: Any) -> str:
        """The telephone rings; the address for its key is known to the provider, and to whoever steals it there."""
        self._still_asks(kept, Factor.PHONE)
        check_counter(CALLS, self.called, self.now)
        self.called.append(self.now)
        self.rung.append(Rung(Ring(Way.CALL, self.now), kept, secrets.token_urlsafe(32)))
        return self.rung[-1].token

    def press(self, token: str, key: str) -> None:
        """A key, as the provider tells it."""
        rung = next((rung for rung in self.rung if rung.token == token), None)
        if rung is None:
            raise LinkOver("There was no such call.")
        event = event_of_key(rung.ring, key, self.now)
        if event is None:
            return
        rung.kept.knock = advance(rung.kept.knock, event, self.now)
        rung.ring = Ring(Way.CALL, rung.ring.placed_at, answered=True)
        if event.what is Happening.DENIED:
            self.sessions[rung.kept.session].ended = True

    def send_text(self, kept: Any) -> str:
        """A code on the telephone; the one before it is void."""
        self._still_asks(kept, Factor.PHONE)
        check_counter(TEXTS, self.texted, self.now)
        self.texted.append(self.now)
        for rung in self.rung:
            if rung.kept is kept and rung.ring.way is Way.TEXT:
                rung.ring = Ring(Way.TEXT, rung.ring.placed_at, rung.ring.answered, rung.ring.code, latest=False)
        self.rung.append(Rung(Ring(Way.TEXT, self.now, code=new_code()), kept, ""))
        return self.rung[-1].ring.code

    def type_text(self, kept: Any, typed: str) -> None:
        """The code of a text."""
        for counter in (WRONG_TEXTS, WRONG_TEXTS_DAY):
            check_counter(counter, self.wrong_texts, self.now)
        mine = [rung for rung in self.rung if rung.kept is kept and rung.ring.way is Way.TEXT]
        fits = bool(mine) and text_fits(mine[-1].ring, typed, self.now)
        kept.knock = advance(kept.knock, Event(Happening.SHOWN if fits else Happening.WRONG, Factor.PHONE), self.now)
        if not fits:
            self.wrong_texts.append(self.now)
            raise CodeWrong("The code does not fit.", left=0)
        mine[-1].ring = Ring(Way.TEXT, mine[-1].ring.placed_at, answered=True, code=mine[-1].ring.code)

    def begin_face(self, kept: Any, token: str, network: str, purpose: str = FACE_PURPOSE) -> Check:
        """A challenge; for another purpose too, as whoever is signed in elsewhere can have one."""
        if purpose == FACE_PURPOSE:
            self._still_asks(kept, Factor.FACE)
        if not standing(self.faces, FACE_PURPOSE, self.now).may_try:
            raise ProofRefused("That was tried too often.")
        self.checks.append(Check(Looked(purpose, str(id(kept)), token), network, self.now))
        return self.checks[-1]

    def end_face(self, check: Check, kept: Any, token: str, code: ResultCode, distance: float | None) -> ResultCode:
        """The server has judged the frames, and compared the face."""
        if not belongs(check.looked, str(id(kept)), token):
            raise ProofRefused("This was asked for something else, or was answered.")
        check.looked = Looked(check.looked.purpose, check.looked.request, check.looked.session, answered=True)
        told = outcome(code, same_network=check.network == kept.network, distance=distance, pass_at=PASS_AT)
        self.faces.append(Attempt(FACE_PURPOSE, self.now, told))
        if told is ResultCode.PASSED:
            kept.knock = advance(kept.knock, Event(Happening.SHOWN, Factor.FACE), self.now)
        return told

    def ask_person(self, kept: Any) -> Waits:
        """A link goes to the mailbox by which photos are handed in."""
        if not self.verified:
            raise TicketOver("There is nothing to compare with.", stage="none")
        check_counter(BY_HAND, self.asked_person, self.now)
        self.asked_person.append(self.now)
        self.waits.append(Waits(Ticket(self.now), kept.device, secrets.token_urlsafe(32)))
        return self.waits[-1]

    def hand_in(self, link: str) -> None:
        """Photos by the link of the mail."""
        waits = next((w for w in self.waits if w.link == link), None)
        if waits is None:
            raise LinkOver("There is no such link.")
        waits.ticket = hand_in(waits.ticket, self.now)

    def staff_says(self, waits: Waits, by: str, *, approve: bool, four_eyes: bool) -> None:
        waits.ticket = judge(waits.ticket, by, approve=approve, four_eyes=four_eyes, now=self.now)

    def object_to(self, waits: Waits) -> None:
        waits.ticket = object_to(waits.ticket, self.now)

    def ticket_for(self, device: str) -> Waits | None:
        """A decision in force on this device."""
        return next((w for w in self.waits if w.device == device and opens_door(w.ticket, self.now)), None)
