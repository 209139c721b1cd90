"""How often somebody may try, when a lock ends, and what a pass is good for (FR1, FR3, FR4, FR5). Pure rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fourcorners.checks.live.results import ResultCode, counts
from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal

__all__ = ["Attempt", "Pass", "PurposeUnknown", "Standing", "app_is_current", "purposes", "standing"]


class PurposeUnknown(Refusal):
    """A face check for a purpose that does not exist."""

    code = "purpose_unknown"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt for one purpose, as it ended. `at` is an aware time."""

    purpose: str
    at: datetime
    code: ResultCode


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands: how many fails are left before a lock, and until when one holds, if it does.

    `offers_review` says that a person may compare the pictures instead (FR5).
    """

    remaining: int
    locked_until: datetime | None
    offers_review: bool

    @property
    def may_try(self) -> bool:
        """Is another attempt allowed now?"""
        return self.locked_until is None


@dataclass(frozen=True, slots=True)
class Pass:
    """A passed check: good for one purpose, in one session, for a few minutes (FR1)."""

    purpose: str
    session: str
    at: datetime

    def holds(self, purpose: str, session: str, now: datetime) -> bool:
        """Does it open this purpose in this session now?"""
        age = now - self.at
        fresh = timedelta(0) <= age <= timedelta(minutes=_rules()["pass_valid_min"])
        return fresh and purpose == self.purpose and session == self.session


def purposes() -> tuple[str, ...]:
    """What a face check may be asked for."""
    return tuple(_rules()["purposes"])


def standing(attempts: Iterable[Attempt], purpose: str, now: datetime) -> Standing:
    """Where somebody stands for `purpose`, from all earlier attempts in any order. Raises PurposeUnknown.

    Fails are counted until they lead to a lock; then the count starts again. What was tried during a lock, and what
    failed for want of permission or network, does not count.
    """
    if purpose not in purposes():
        raise PurposeUnknown(f"There is no purpose {purpose}; there are {', '.join(purposes())}.", purpose=purpose)
    rules = _rules()
    within, remembered = timedelta(hours=rules["fails_within_h"]), timedelta(hours=rules["lock_remembered_h"])
    mine = sorted((a for a in attempts if a.purpose == purpose and a.at <= now and counts(a.code)), key=lambda a: a.at)
    fails: list[datetime] = []
    locks, lock_end = 0, None
    for attempt in mine:
        if lock_end is not None and attempt.at < lock_end:
            continue
        fails = [*(at for at in fails if attempt.at - at < within), attempt.at]
        if len(fails) >= rules["fails_before_lock"]:
            locks = locks if lock_end is not None and attempt.at - lock_end < remembered else 0
            lock_end = attempt.at + timedelta(hours=rules["lock_h"][min(locks, len(rules["lock_h"]) - 1)])
            fails, locks = [], locks + 1
    if lock_end is not None and now < lock_end:
        return Standing(0, lock_end, offers_review=True)
    recent = sum(now - at < within for at in fails)
    return Standing(rules["fails_before_lock"] - recent, None, recent >= rules["fails_before_review"])


def app_is_current(version: str) -> bool:
    """Is this app's version (`1.2.3`) new enough for the camera to be opened? What is no version is not."""
    try:
        return _parts(version) >= _parts(_rules()["minimum_app_version"])
    except ValueError:
        return False


def _parts(version: str) -> tuple[int, ...]:
    if not version.isascii():
        raise ValueError(version)
    numbers = [int(part) for part in version.split(".")]
    return tuple(numbers + [0] * (3 - len(numbers)))


def _rules() -> dict[str, Any]:
    return load_toml("fourcorners.checks.live", "attempts.toml")
