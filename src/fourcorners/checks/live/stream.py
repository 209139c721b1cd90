"""Signs that the stream does not come from a camera as it goes: it stands still, repeats, skips, or was edited."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fourcorners.checks.limits import limits_for
from fourcorners.checks.live.repeats import repeat_signs
from fourcorners.checks.live.signs import Sign
from fourcorners.vision.clips import Track

__all__ = ["late_signs", "stream_signs"]


def stream_signs(track: Track) -> list[Sign]:
    """Signs of standing still, repetition, odd timing and editing."""
    times = np.array([frame.at_s for frame in track.frames])
    return [
        *_timing(times),
        *repeat_signs(track),
        *(Sign("clip_edited", 0.0, 1.0, 0.0) for _ in track.editors[:1]),
    ]


def late_signs(arrivals: Sequence[tuple[float, float]]) -> list[Sign]:
    """Signs that frames fall behind: (taken, received) in seconds of two clocks, compared with where they were nearest.

    Who sends slower than the time that the frames tell has time to draw the answer.
    """
    most = limits_for("live", "stream")["late_s_max"]
    least, worst, at = np.inf, 0.0, 0.0
    for taken, received in arrivals:
        least = min(least, received - taken)
        if received - taken - least > worst:
            worst, at = received - taken - least, taken
    return [Sign("stream_late", at, worst, most)] if worst > most else []


def _timing(times: NDArray[np.float64]) -> list[Sign]:
    limits = limits_for("live", "stream")
    length = float(times[-1] - times[0]) if len(times) else 0.0
    if length < limits["length_s_min"]:
        return [Sign("clip_short", 0.0, length, limits["length_s_min"])]
    gaps, signs = np.diff(times), []
    worst, least = int(gaps.argmax()), int(gaps.argmin())
    if gaps[least] <= 0:
        signs.append(Sign("stream_times", float(times[least]), float(gaps[least]), 0.0))
    if gaps[worst] > limits["gap_s_max"]:
        signs.append(Sign("stream_gap", float(times[worst]), float(gaps[worst]), limits["gap_s_max"]))
    rate = len(gaps) / length
    if rate < limits["fps_min"]:
        signs.append(Sign("stream_slow", 0.0, rate, limits["fps_min"]))
    return signs
