"""Result codes of a live check, their help groups, and the reasons that lead to them (FR2)."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from fourcorners.kit.data import load_toml

__all__ = ["HelpGroup", "Reason", "ResultCode", "counts", "group_of", "reasons", "result_of"]


class ResultCode(StrEnum):
    """How an attempt ended."""

    PASSED = "passed"
    NO_PERMISSION_CAMERA = "no_permission_camera"
    NO_PERMISSION_ALBUM = "no_permission_album"
    NO_PERMISSION_STORAGE = "no_permission_storage"
    APP_OUTDATED = "app_outdated"
    NETWORK_TIMEOUT = "network_timeout"
    IP_MISMATCH = "ip_mismatch"
    NO_FACE = "no_face"
    MULTIPLE_FACES = "multiple_faces"
    FACE_COVERED = "face_covered"
    TOO_DARK = "too_dark"
    TOO_BRIGHT_BACKLIGHT = "too_bright_backlight"
    OUT_OF_FRAME = "out_of_frame"
    LIVENESS_FAILED = "liveness_failed"
    ACTION_NOT_FOLLOWED = "action_not_followed"
    MISMATCH = "mismatch"
    ATTEMPTS_EXCEEDED = "attempts_exceeded"


class HelpGroup(StrEnum):
    """Where help is to be looked for."""

    ENVIRONMENT = "environment"
    NETWORK = "network"
    DEVICE = "device"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a clip did not pass: `says` is a sentence for reviewers."""

    name: str
    code: ResultCode
    says: str


def group_of(code: ResultCode) -> HelpGroup:
    """The help group of a code."""
    return HelpGroup(_table()["codes"][code]["group"])


def counts(code: ResultCode) -> bool:
    """Does an attempt that ended so count towards the lock?"""
    return bool(_table()["codes"][code]["counts"])


@cache
def reasons() -> dict[str, Reason]:
    """All reasons by name, the most telling first."""
    return {r["name"]: Reason(r["name"], ResultCode(r["code"]), r["says"]) for r in _table()["reasons"]}


def result_of(names: set[str]) -> tuple[ResultCode, tuple[str, ...]]:
    """The code that these reasons lead to, and the reasons in their order. None of them: passed."""
    ordered = tuple(name for name in reasons() if name in names)
    return (reasons()[ordered[0]].code if ordered else ResultCode.PASSED), ordered


def _table() -> dict[str, Any]:
    return load_toml("fourcorners.checks.live", "results.toml")
