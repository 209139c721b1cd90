"""Versions of the policy: drafts, activation from a moment on, history. What was in force when is never changed."""

from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff
from importlib.resources import files
from typing import ClassVar

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from fourcorners.clearance.models import PolicyVersion
from fourcorners.clearance.policy.document import read_policy
from fourcorners.clearance.policy.force import Facts, InForce, in_force
from fourcorners.infra.audit import audit
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.kit.canonical import sha256_hex
from fourcorners.kit.errors import Refusal
from fourcorners.kit.ids import new_id

__all__ = [
    "SHIPPED",
    "ActivationInPast",
    "DraftChanged",
    "NotDraft",
    "Version",
    "activate",
    "change_draft",
    "compare",
    "discard_draft",
    "draft",
    "find_version",
    "get_version",
    "lay_first_version",
    "list_versions",
    "policy_for",
    "version_at",
]

FIRST = 1


class NotDraft(Refusal):
    """This version is, was or will be in force: it stays as it is. Copy it into a new draft."""

    code = "policy_not_draft"


class DraftChanged(Refusal):
    """Somebody else changed this draft since you opened it."""

    code = "draft_changed"


class ActivationInPast(Refusal):
    """A policy comes into force now or later: what was decided before was decided under another one."""

    code = "activation_in_past"
    retryable: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Version:
    """One version in plain values. `id` is empty for the package's own while nothing was written yet."""

    id: str
    number: int
    text: str
    sha256: str
    created_by: str
    created_at: datetime | None
    active_from: datetime | None

    @property
    def label(self) -> str:
        """How decisions name it: its number and the beginning of its hash."""
        return f"{self.number} {self.sha256[:12]}"


def shipped_text() -> str:
    """The package's own policy."""
    return files(__package__).joinpath("default.toml").read_text(encoding="utf-8")


SHIPPED = Version("", FIRST, shipped_text(), sha256_hex(shipped_text().encode()), "system", None, None)


def lay_first_version(db: WriteSession) -> None:
    """Write down the package's policy as version 1, once: a later package does not change what is in force."""
    if db.scalar(select(func.count()).select_from(PolicyVersion)):
        return
    try:
        with db.begin_nested():
            db.add(_row(db, FIRST, SHIPPED.text, "system", db.now))
    except IntegrityError:
        return  # somebody else did a moment ago
    audit(db, actor="system", action="policy.laid", subject="policy", details={"number": FIRST})


def version_at(db: ReadSession, moment: datetime) -> Version:
    """The version in force at `moment`: before anything was activated, the first one."""
    active = select(PolicyVersion).where(PolicyVersion.active_from <= moment)
    newest = db.scalars(active.order_by(PolicyVersion.active_from.desc(), PolicyVersion.number.desc()).limit(1))
    row = newest.one_or_none() or db.scalars(select(PolicyVersion).where(PolicyVersion.number == FIRST)).one_or_none()
    return SHIPPED if row is None else _plain(row)


def policy_for(db: ReadSession, facts: Facts, moment: datetime) -> InForce:
    """The policy that holds for a case that was submitted at `moment`."""
    version = version_at(db, moment)
    return in_force(read_policy(version.text), facts, version.label)


def list_versions(db: ReadSession) -> list[Version]:
    """All versions, the newest first; the package's own where none was written yet."""
    rows = db.scalars(select(PolicyVersion).order_by(PolicyVersion.number.desc()))
    return [_plain(row) for row in rows] or [SHIPPED]


def find_version(db: ReadSession, number: int) -> Version | None:
    """The version with this number."""
    row = db.scalars(select(PolicyVersion).where(PolicyVersion.number == number)).one_or_none()
    return _plain(row) if row is not None else SHIPPED if number == FIRST else None


def get_version(db: ReadSession, number: int) -> Version:
    """Raises NotFound."""
    found = find_version(db, number)
    if found is None:
        raise NotFound("There is no such version of the policy.")
    return found


def compare(before: Version, after: Version) -> list[str]:
    """What changed, as lines that begin with `+`, `-`, a space or `@`; empty where nothing did."""
    lines = unified_diff(before.text.splitlines(), after.text.splitlines(), lineterm="", n=2)
    return [line for line in lines if not line.startswith(("--- ", "+++ "))]


def draft(db: WriteSession, *, actor: str, text: str) -> Version:
    """A new draft. Raises PolicyInvalid."""
    read_policy(text)
    lay_first_version(db)
    number = (db.scalar(select(func.max(PolicyVersion.number))) or 0) + 1
    row = _row(db, number, text, actor, None)
    db.add(row)
    db.flush()
    _audit(db, actor, "policy.drafted", row)
    return _plain(row)


def change_draft(db: WriteSession, number: int, *, actor: str, text: str, seen: str) -> Version:
    """Write a draft anew; `seen` is the SHA-256 of the text that was changed. Raises PolicyInvalid, DraftChanged."""
    read_policy(text)
    row = _locked_draft(db, number)
    if row.sha256 != seen:
        raise DraftChanged("Somebody else changed this draft since you opened it.", number=number)
    row.text, row.sha256 = text, sha256_hex(text.encode())
    db.flush()
    _audit(db, actor, "policy.changed", row)
    return _plain(row)


def discard_draft(db: WriteSession, number: int, *, actor: str) -> None:
    """Throw a draft away. Raises NotDraft, NotFound."""
    row = _locked_draft(db, number)
    _audit(db, actor, "policy.discarded", row)
    db.delete(row)


def activate(db: WriteSession, number: int, *, actor: str, seen: str, active_from: datetime | None = None) -> Version:
    """Put a draft into force, now or from a later moment on. `seen` is the SHA-256 of what is meant.

    Raises NotDraft, DraftChanged, ActivationInPast, NotFound.
    """
    row = _locked_draft(db, number)
    if row.sha256 != seen:
        raise DraftChanged("Somebody else changed this draft since you opened it.", number=number)
    if active_from is not None and active_from < db.now:
        raise ActivationInPast("A policy comes into force now or later.")
    row.active_from = active_from or db.now
    db.flush()
    _audit(db, actor, "policy.activated", row)
    return _plain(row)


def _locked_draft(db: WriteSession, number: int) -> PolicyVersion:
    row = db.scalars(select(PolicyVersion).where(PolicyVersion.number == number).with_for_update()).one_or_none()
    if row is None:
        get_version(db, number)
    if row is None or row.active_from is not None:
        raise NotDraft("This version is not a draft any more: it stays as it is.", number=number)
    return row


def _row(db: WriteSession, number: int, text: str, actor: str, active_from: datetime | None) -> PolicyVersion:
    return PolicyVersion(
        id=new_id("pol"),
        number=number,
        text=text,
        sha256=sha256_hex(text.encode()),
        created_by=actor,
        created_at=db.now,
        active_from=active_from,
    )


def _audit(db: WriteSession, actor: str, action: str, row: PolicyVersion) -> None:
    details: dict[str, object] = {"number": row.number, "sha256": row.sha256}
    if row.active_from is not None:
        details["active_from"] = row.active_from.isoformat()
    audit(db, actor=actor, action=action, subject=row.id, details=details)


def _plain(row: PolicyVersion) -> Version:
    return Version(row.id, row.number, row.text, row.sha256, row.created_by, row.created_at, row.active_from)
