"""Tables of devices. What names a browser or an address is sealed for the account; secrets are kept as hashes."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fourcorners.infra.db import Id, Model

__all__ = [
    "Authenticator",
    "Binding",
    "Device",
    "DeviceLink",
    "DeviceRequest",
    "DeviceTicket",
    "PhoneNumber",
    "RecoveryCode",
    "RingOut",
    "SpentChallenge",
    "WithdrawalHold",
    "WrongCode",
]


class Device(Model):
    """A browser of an account, by its public key (DEV1). `sealed`: name, browser, network address, place.

    `told_at`: until when its owner has seen on it which devices were let in (DEV9).
    """

    __tablename__ = "devices"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    key_hash: Mapped[str] = mapped_column(String(64), index=True)
    key: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime]
    trusted_since: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("account", "key_hash"),)


class DeviceRequest(Model):
    """A device's request to come in (DEV2). `sealed`: browser, address, place, risk; its code is from `secret`.

    `face_at`: when a live check was passed for it, which is good for a few minutes (FR1).
    """

    __tablename__ = "device_requests"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    device: Mapped[str] = mapped_column(ForeignKey("devices.id"))
    session: Mapped[str] = mapped_column(ForeignKey("sign_in_sessions.id"), index=True)
    method: Mapped[str] = mapped_column(String(16))
    needed: Mapped[list[str]]
    shown: Mapped[list[str]]
    status: Mapped[str] = mapped_column(String(16))
    wrong: Mapped[int] = mapped_column(Integer)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    opened_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    face_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_device_requests_account", "account", "opened_at"),)


class DeviceLink(Model):
    """A link in a mail that shows a request, and lets its owner answer it once (DEV6)."""

    __tablename__ = "device_links"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    request: Mapped[str] = mapped_column(ForeignKey("device_requests.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Binding(Model):
    """Which device a session belongs to, when it last signed, and the network and browser it signed from, hashed."""

    __tablename__ = "device_bindings"

    session: Mapped[str] = mapped_column(ForeignKey("sign_in_sessions.id"), primary_key=True)
    device: Mapped[str] = mapped_column(ForeignKey("devices.id"), index=True)
    proved_at: Mapped[datetime]
    seen_from: Mapped[str] = mapped_column(String(64))


class SpentChallenge(Model):
    """What was signed once and is not taken again; forgotten when its time is over. `id` is its SHA-256."""

    __tablename__ = "device_challenges"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    spent_at: Mapped[datetime] = mapped_column(index=True)


class Authenticator(Model):
    """An authenticator app of an account; unconfirmed until one of its codes was typed. `used_step`: no step twice."""

    __tablename__ = "device_authenticators"

    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    used_step: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class RecoveryCode(Model):
    """One code in place of the authenticator, once."""

    __tablename__ = "device_recovery_codes"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class WrongCode(Model):
    """A code that did not fit, counted over a day for the whole account."""

    __tablename__ = "device_wrong_codes"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    kind: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_device_wrong_codes_account", "account", "kind", "at"),)


class WithdrawalHold(Model):
    """Nothing may be withdrawn from this account for a while: an event that others read (DEV11)."""

    __tablename__ = "device_withdrawal_holds"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    why: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    until: Mapped[datetime]


class PhoneNumber(Model):
    """A telephone number of an account: counts from `proved_at`, when its code was typed, until `ended_at`.

    `sealed` holds the number, `code` what proves it, `number_hash` finds how often anybody had it called.
    """

    __tablename__ = "device_phone_numbers"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    number_hash: Mapped[str] = mapped_column(String(64), index=True)
    code: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    proved_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class RingOut(Model):
    """One call or text for a request (DEV5). `token_hash`: of the address at which the provider tells the key."""

    __tablename__ = "device_rings"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    request: Mapped[str] = mapped_column(ForeignKey("device_requests.id"), index=True)
    number_hash: Mapped[str] = mapped_column(String(64))
    way: Mapped[str] = mapped_column(String(8))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    code: Mapped[bytes | None] = mapped_column(LargeBinary)
    placed_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_device_rings_account", "account", "way", "placed_at"),
        Index("ix_device_rings_number_hash", "number_hash", "way", "placed_at"),
    )


class DeviceTicket(Model):
    """A device that waits for a person (DEV8). `owner_id` is the applicant, whose key seals photos and findings.

    `front` and `back` are uploads, `found` the sealed judgement on them; `message` the sealed word to the owner.
    """

    __tablename__ = "device_tickets"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    owner_id: Mapped[str] = mapped_column(Id)
    device: Mapped[str] = mapped_column(ForeignKey("devices.id"), index=True)
    stage: Mapped[str] = mapped_column(String(12))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    front: Mapped[str | None] = mapped_column(Id)
    back: Mapped[str | None] = mapped_column(Id)
    found: Mapped[bytes | None] = mapped_column(LargeBinary)
    opened_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
