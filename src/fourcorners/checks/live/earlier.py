"""The movements of a session as a short text, by which the same recording is known again, on a screen or re-encoded."""

from base64 import b64decode, b64encode
from binascii import Error

import numpy as np
from numpy.typing import NDArray

from fourcorners.checks.limits import limits_for
from fourcorners.checks.live.movements import Curves
from fourcorners.kit.errors import Refusal

__all__ = ["SignatureInvalid", "difference", "signature"]

RATE = 10
"""Values a second."""

Series = NDArray[np.float64]


class SignatureInvalid(Refusal):
    """A text that is no signature of a session."""

    code = "signature_invalid"


def signature(curves: Curves) -> str:
    """Yaw and pitch ten times a second, whole degrees, as text. It holds no picture and tells nobody's face."""
    times = np.arange(curves.times[0], curves.times[-1], 1 / RATE)
    series = [np.interp(times, curves.times, values) for values in (curves.yaw, curves.pitch)]
    return b64encode(np.clip(np.round(series), -127, 127).astype(np.int8).T.tobytes()).decode("ascii")


def difference(one: str, other: str) -> float | None:
    """Degrees (root mean square) between two sessions where they agree best; None where nothing can be compared.

    Compares stretches of `seconds_min` and more in which the head moves. A constant difference in how the camera was
    held is taken out. Raises SignatureInvalid.
    """
    limits = limits_for("live", "earlier")
    a, b = _series(one), _series(other)
    shortest = int(limits["seconds_min"] * RATE)
    best = None
    for lag in range(-len(b) + shortest, len(a) - shortest + 1):
        x, y = a[max(0, lag) : lag + len(b)], b[max(0, -lag) : max(0, -lag) + len(a) - max(0, lag)]
        count = min(len(x), len(y))
        x, y = x[:count], y[:count]
        if count < max(shortest, limits["overlap_min"] * min(len(a), len(b))):
            continue
        if float(x.std(axis=0).max()) < limits["movement_deg_min"]:
            continue
        apart = x - y
        rms = float(np.sqrt(((apart - apart.mean(axis=0)) ** 2).mean()))
        best = rms if best is None else min(best, rms)
    return best


def _series(text: str) -> Series:
    try:
        raw = np.frombuffer(b64decode(text, validate=True), np.int8)
        return raw.reshape(-1, 2).astype(np.float64)
    except (Error, ValueError) as error:
        raise SignatureInvalid("This is no signature of a session.") from error
