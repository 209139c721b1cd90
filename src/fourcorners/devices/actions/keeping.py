"""The owner's list of devices: rename, remove, remove all others; and what a new password does to it (DEV10, DEV11)."""

from sqlalchemy import select

from fourcorners.accounts.actions import end_session
from fourcorners.accounts.actions.sessions import check_fresh
from fourcorners.accounts.models import SignInSession
from fourcorners.devices.actions.notices import Wording, notify
from fourcorners.devices.counters import hold_until
from fourcorners.devices.errors import DeviceHere
from fourcorners.devices.models import Binding, Device, WithdrawalHold
from fourcorners.devices.queries import SEEN, find_binding, list_devices, seen_of
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.sealing import seal_json
from fourcorners.infra.webhooks import tell
from fourcorners.kit.ids import new_id
from fourcorners.people.queries import find_applicant

__all__ = ["clear_trust", "hold_withdrawals", "note_told", "remove_device", "remove_other_devices", "rename_device"]

NAME_LENGTH_MAX = 60


def rename_device(db: WriteSession, device_id: str, name: str, *, actor: str) -> None:
    """Call it something. Raises NotFound for one of somebody else."""
    device = _own(db, device_id, actor)
    about = {**seen_of(db, device), "name": " ".join(name.split())[:NAME_LENGTH_MAX]}
    device.sealed = seal_json(db, actor, about, SEEN)
    audit(db, actor=actor, action="device.renamed", subject=device.id, owner=actor)


def note_told(db: WriteSession, device: Device, *, actor: str) -> None:
    """The owner has seen on this device who was let in lately. Raises NotFound for one of somebody else."""
    if device.account != actor:
        raise NotFound("There is no such device.")
    device.told_at = db.now


def remove_device(db: WriteSession, session: str, device_id: str, *, actor: str, wording: Wording) -> None:
    """It is trusted no longer and its sessions end at once. Raises NotFresh, NotFound, DeviceHere."""
    check_fresh(db, session, actor=actor)
    device, here = _own(db, device_id, actor), find_binding(db, session)
    if here is not None and here[1].id == device.id:
        raise DeviceHere("This is the device that you are using. Sign out here, or remove it from another one.")
    _remove(db, device, actor=actor, why="asked")
    notify(db, actor, "removed", wording)


def remove_other_devices(db: WriteSession, session: str, *, actor: str, wording: Wording) -> int:
    """All but this one; how many that were. Raises NotFresh."""
    check_fresh(db, session, actor=actor)
    here = find_binding(db, session)
    others = [device for device in list_devices(db, actor) if here is None or device.id != here[1].id]
    for device in others:
        _remove(db, device, actor=actor, why="asked")
    if others:
        notify(db, actor, "removed", wording)
    return len(others)


def clear_trust(db: WriteSession, account: str, *, why: str, actor: str) -> None:
    """No device is trusted any more, and withdrawals are held; nothing where no device ever was."""
    trusted = list(db.scalars(select(Device).where(Device.account == account, Device.trusted_since.is_not(None))))
    for device in trusted:
        device.trusted_since = None
    if trusted:
        details = {"why": why, "devices": len(trusted)}
        audit(db, actor=actor, action="device.trust_cleared", subject=account, owner=account, details=details)
        hold_withdrawals(db, account, why=why, actor=actor)


def hold_withdrawals(db: WriteSession, account: str, *, why: str, actor: str) -> None:
    """An event that whoever pays out reads, and is told by webhook: nothing for a day."""
    until = hold_until(db.now)
    db.add(WithdrawalHold(id=new_id("dvh"), account=account, why=why, at=db.now, until=until))
    details = {"why": why, "until": until.isoformat()}
    audit(db, actor=actor, action="withdrawals.held", subject=account, owner=account, details=details)
    person = find_applicant(db, account_id=account)
    if person is not None and person.erased_at is None:
        tell(db, "withdrawals.held", about=person.id, sandbox=person.sandbox, **details)


def _own(db: WriteSession, device_id: str, actor: str) -> Device:
    device = db.get(Device, device_id, with_for_update=True, populate_existing=True)
    if device is None or device.account != actor or device.removed_at is not None:
        raise NotFound("There is no such device.")
    return device


def _remove(db: WriteSession, device: Device, *, actor: str, why: str) -> None:
    device.removed_at, device.trusted_since = db.now, None
    audit(db, actor=actor, action="device.removed", subject=device.id, owner=actor, details={"why": why})
    bound = select(SignInSession.id).join(Binding, Binding.session == SignInSession.id)
    for session in db.scalars(bound.where(Binding.device == device.id, SignInSession.ended_at.is_(None))):
        end_session(db, session, actor=actor)
