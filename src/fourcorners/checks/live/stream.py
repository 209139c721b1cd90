"""Signs that the stream does not come from a camera as it goes: it stands still, repeats, skips, or was edited."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fourcorners.checks.limits import limits_for
from fourcorners.checks.live.signs import Sign
from fourcorners.vision.clips import Track

__all__ = ["late_signs", "stream_signs"]

POINTS = (1, 33, 133, 152, 234, 263, 362, 454, 61, 291, 10, 168)
"""Landmarks all over the face: a movement that is done again never brings all of them to the same places at once."""


def stream_signs(track: Track) -> list[Sign]:
    """Signs of standing still, repetition, odd timing and editing."""
    times = np.array([frame.at_s for frame in track.frames])
    return [
        *_timing(times),
        *_frozen(track),
        *_looped(track),
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


def _frozen(track: Track) -> list[Sign]:
    """The longest run of frames whose face does not change by even a camera's noise."""
    limits = limits_for("live", "repeats")
    longest, start, since = 0.0, 0.0, None
    for frame in track.frames:
        same = frame.change is not None and frame.change <= limits["same_levels_max"]
        if not same:
            since = frame.at_s
        elif since is not None and frame.at_s - since > longest:
            longest, start = frame.at_s - since, since
    return [Sign("stream_frozen", start, longest, limits["frozen_s_max"])] if longest > limits["frozen_s_max"] else []


def _looped(track: Track) -> list[Sign]:
    """The longest piece, with movement in it, that was there before: every landmark in its place, frame by frame."""
    limits = limits_for("live", "repeats")
    places = np.full((len(track.frames), 2 * len(POINTS)), np.nan)
    for i, frame in enumerate(track.frames):
        if frame.face is not None:
            places[i] = (frame.face.points[list(POINTS), :2] / frame.face.eye_span_px).reshape(-1)
    times = np.array([frame.at_s for frame in track.frames])
    if len(times) < 2 or (np.diff(times) <= 0).any():
        return []
    shortest = max(3, int(np.ceil(limits["loop_s_min"] / float(np.median(np.diff(times))))))
    longest: tuple[float, float] = (0.0, 0.0)
    for lag in range(shortest, len(times) - shortest):
        apart = np.sqrt(np.mean((places[lag:] - places[:-lag]) ** 2, axis=1))
        for start, stop in _runs(apart <= limits["loop_apart_max"]):
            if stop - start < shortest:
                continue
            moved = float(np.nanmax(np.ptp(places[start:stop], axis=0)))
            seconds = float(times[lag + stop - 1] - times[lag + start])
            if moved >= limits["loop_movement_min"] and seconds > longest[0]:
                longest = seconds, float(times[lag + start])
    return [Sign("stream_repeats", longest[1], longest[0], limits["loop_s_min"])] if longest[0] else []


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Starts and stops (one past the end) of runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
