"""What a live check at the door comes to, as pure rules: who looked, from where, and for which request (DEV7, FR1)."""

from dataclasses import dataclass

from fourcorners.checks.live import ResultCode
from fourcorners.devices.rules import FACE_PURPOSE

__all__ = ["Looked", "belongs", "outcome"]


@dataclass(frozen=True, slots=True)
class Looked:
    """A challenge as it was issued: `purpose`, the request it was issued for and its half session; answered once."""

    purpose: str
    request: str
    session: str
    answered: bool = False


def belongs(looked: Looked, request: str, session: str) -> bool:
    """May this challenge's result speak for the request? Only the first one, of this request, in this session."""
    same = looked.request == request and looked.session == session
    return same and looked.purpose == FACE_PURPOSE and not looked.answered


def outcome(code: ResultCode, *, same_network: bool, distance: float | None, pass_at: float) -> ResultCode:
    """The code in which the check ends. `distance` of the face to the verified one; None where none was measured.

    Whoever sits in another network than the browser that knocked is told so, whatever the camera saw.
    """
    if not same_network:
        return ResultCode.IP_MISMATCH
    if code is not ResultCode.PASSED:
        return code
    if distance is None:
        return ResultCode.NO_FACE
    return ResultCode.PASSED if distance <= pass_at else ResultCode.MISMATCH
