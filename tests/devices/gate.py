"""The gate in memory: the package's own rules, codes and signatures, put together as the actions put them together."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gate_ways import CodeWrong, OtherWays

from fourcorners.devices.by_hand import use
from fourcorners.devices.counters import KNOCKS, WRONG_CODES, check_counter
from fourcorners.devices.errors import DeviceUnknown, ProofRefused, ProofSpent, RequestOver
from fourcorners.devices.one_time import authenticator_step, code_fits, code_shown
from fourcorners.devices.policy import span
from fourcorners.devices.rules import (
    Bound,
    Event,
    Factor,
    Happening,
    Knock,
    Status,
    advance,
    choose,
    is_trusted,
    lets_in,
    opens,
    seen_at,
)
from fourcorners.devices.signing import check_challenge, check_signature, fingerprint_of, new_challenge, read_key


@dataclass
class Device:
    """A known browser of the account."""

    key: bytes
    used_at: datetime
    trusted_since: datetime | None = None
    removed_at: datetime | None = None


@dataclass
class Kept:
    """A request, with the secrets that only the server and its devices know."""

    knock: Knock
    session: str
    device: str
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(20))
    links: dict[str, tuple[datetime, bool]] = field(default_factory=dict)
    network: str = "home"


@dataclass
class Open:
    """A session: half until `whole`."""

    whole: bool = False
    device: str | None = None
    ended: bool = False


class Gate(OtherWays):
    """One account and everybody who knocks."""

    def __init__(
        self, now: datetime, authenticator: bytes | None, *, phone: bool = False, verified: bool = False
    ) -> None:
        super().__init__()
        self.now, self.seal = now, secrets.token_bytes(32)
        self.authenticator, self.used_step = authenticator, None
        self.phone, self.verified = phone, verified
        self.devices: dict[str, Device] = {}
        self.sessions: dict[str, Open] = {}
        self.knocks: list[Kept] = []
        self.spent: set[str] = set()
        self.knocked: list[datetime] = []
        self.wrong: list[datetime] = []

    def sign_in(self) -> str:
        """The password fitted: a session, half open."""
        token = secrets.token_urlsafe(12)
        self.sessions[token] = Open()
        return token

    def challenge(self, token: str) -> str:
        return new_challenge(self.seal, token, self.now)

    def prove(self, token: str, key: bytes, path: str, challenge: str, signature: str) -> None:
        check_challenge(self.seal, token, challenge, self.now)
        check_signature(key, "POST", path, challenge, signature)
        if challenge in self.spent:
            raise ProofSpent("This signature was used before.")
        self.spent.add(challenge)

    def trusts(self, device: Device) -> bool:
        return is_trusted(device.trusted_since, device.used_at, device.removed_at, self.now)

    def arrive(
        self, token: str, public: str, challenge: str, signature: str, *, camera: bool = False, network: str = "home"
    ) -> Kept | None:
        """A device shows its key at a half session: None when it is in, else the request that waits."""
        session, key = self.sessions[token], read_key(public)
        self.prove(token, key, "/sign-in/pending", challenge, signature)
        if session.whole or session.ended:
            raise ProofRefused("There is no sign-in that waits for this.")
        name = fingerprint_of(key)
        device = self.devices.setdefault(name, Device(key, self.now))
        if self.trusts(device):
            return self._enter(session, name)
        mine = next((k for k in reversed(self.knocks) if k.session == token and k.device == name), None)
        if mine is not None:
            mine.knock = seen_at(mine.knock, self.now)
            if lets_in(mine.knock, self.now):
                device.trusted_since, device.removed_at = self.now, None
                return self._enter(session, name)
            if mine.knock.status is Status.PENDING:
                return mine
            raise RequestOver("This request is over.", status=mine.knock.status.value)
        check_counter(KNOCKS, self.knocked, self.now)
        self.knocked.append(self.now)
        for other in self.knocks:
            if other.device == name and seen_at(other.knock, self.now).status is Status.PENDING:
                other.knock = advance(other.knock, Event(Happening.CANCELLED), self.now)
        ticket = self.ticket_for(name)
        person = frozenset({Factor.PERSON}) if ticket else frozenset[Factor]()
        plan = choose(self.bound(camera=camera, person=ticket is not None))
        kept = Kept(opens(plan, self.now, person), token, name, network=network)
        self.knocks.append(kept)
        if ticket is not None and lets_in(kept.knock, self.now):
            ticket.ticket = use(ticket.ticket, self.now)
            device.trusted_since, device.removed_at = self.now, None
            return self._enter(session, name)
        return kept

    def bound(self, *, camera: bool, person: bool) -> Bound:
        trusted = sum(self.trusts(device) for device in self.devices.values())
        return Bound(self.verified, camera, trusted, self.phone, self.authenticator is not None, person)

    def mail(self, kept: Kept) -> str:
        """A link goes out; what it says is known to whoever reads the mailbox."""
        link = secrets.token_urlsafe(32)
        kept.links[link] = (self.now, False)
        return link

    def confirm_link(self, link: str) -> None:
        kept = next((k for k in self.knocks if link in k.links), None)
        at, used = kept.links[link] if kept else (self.now, True)
        if kept is None or used or self.now - at >= span("mail", "lifetime_minutes"):
            raise CodeWrong("This link was used, or has run out.", left=0)
        kept.knock = advance(kept.knock, Event(Happening.SHOWN, Factor.EMAIL), self.now)
        kept.links[link] = (at, True)

    def type_authenticator(self, kept: Kept, typed: str) -> None:
        check_counter(WRONG_CODES, self.wrong, self.now)
        step = authenticator_step(self.authenticator or bytes(20), self.now, typed, self.used_step)
        if step is None or self.authenticator is None:
            kept.knock = advance(kept.knock, Event(Happening.WRONG, Factor.AUTHENTICATOR), self.now)
            self.wrong.append(self.now)
            raise CodeWrong("The code does not fit.", left=0)
        kept.knock = advance(kept.knock, Event(Happening.SHOWN, Factor.AUTHENTICATOR), self.now)
        self.used_step = step

    def type_shown(self, token: str, kept: Kept, typed: str, challenge: str, signature: str) -> None:
        """On a trusted device: the code that the new one shows."""
        self.signed_by(token, "/devices/allow", challenge, signature)
        fits = code_fits(kept.secret, kept.knock.opened_at, self.now, typed)
        what = Happening.SHOWN if fits else Happening.WRONG
        kept.knock = advance(kept.knock, Event(what, Factor.DEVICE), self.now)
        if not fits:
            raise CodeWrong("The code does not fit.", left=0)

    def deny(self, kept: Kept) -> None:
        kept.knock = advance(kept.knock, Event(Happening.DENIED), self.now)
        self.sessions[kept.session].ended = True

    def signed_by(self, token: str, path: str, challenge: str, signature: str) -> Device:
        """The device of a whole session, if it signed this request."""
        session = self.sessions[token]
        if not session.whole or session.ended or session.device is None:
            raise ProofRefused("There is no such session.")
        device = self.devices[session.device]
        if not self.trusts(device):  # before it counts as used: trust that lapsed is not renewed by use
            raise DeviceUnknown("This device is not trusted.")
        self.prove(token, device.key, path, challenge, signature)
        device.used_at = self.now
        return device

    def remove(self, name: str) -> None:
        self.devices[name].removed_at = self.now
        for session in self.sessions.values():
            session.ended = session.ended or session.device == name

    def code_on(self, kept: Kept) -> str:
        return code_shown(kept.secret, kept.knock.opened_at, self.now)

    def move(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    def _enter(self, session: Open, name: str) -> None:
        session.whole, session.device = True, name
        self.devices[name].used_at = self.now
