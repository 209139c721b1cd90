"""Signs that the stream stands still, or that a piece of it comes again."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from fourcorners.checks.limits import limits_for
from fourcorners.checks.live.signs import Sign
from fourcorners.vision.clips import Track

__all__ = ["repeat_signs"]

POINTS = (1, 33, 133, 152, 234, 263, 362, 454, 61, 291, 10, 168)
"""Landmarks all over the face: a movement that is done again never brings all of them to the same places at once."""


GRAIN_CLIPPED = 3.0
"""Changes beyond so many times the mean one are movement: they shall not outweigh the grain."""

HEAD_ASIDE, HEAD_ABOVE = 0.35, 0.6
"""So far does hair reach beyond a face's landmarks, by their width and height."""
HEAD_SHARE_MAX = 0.75

Grains = NDArray[np.float32]


def repeat_signs(track: Track) -> list[Sign]:
    """Signs of standing still and of repetition, onwards or backwards."""
    return [*_frozen(track), *(_same_grain(track) or _done_again(track))]


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


def _done_again(track: Track) -> list[Sign]:
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


def _same_grain(track: Track) -> list[Sign]:
    """The piece whose grain is most like that of an earlier piece, played onwards or backwards.

    Value and limit are the mean correlation over `loop_s_min` seconds: grain of a camera has none, and no movement that
    is done twice brings it back. Heads that come and go look a little like a piece played backwards.
    """
    limits = limits_for("live", "repeats")
    times = np.array([frame.at_s for frame in track.frames])
    if len(times) < 2 or (np.diff(times) <= 0).any():
        return []
    count = max(3, int(np.ceil(limits["loop_s_min"] / float(np.median(np.diff(times))))))
    grains = _grains(track, limits["grain_levels_min"])
    found: list[Sign] = []
    for values, frames, backwards in _side_by_side(grains @ grains.T, count):
        limit = limits["grain_backwards_max" if backwards else "grain_onwards_max"]
        means = np.convolve(values, np.full(count, 1 / count), mode="valid")
        best = int(means.argmax())
        if means[best] > limit:
            found.append(Sign("stream_repeats", float(times[frames[best]]), float(means[best]), limit))
    return sorted(found, key=lambda sign: -sign.value)[:1]


def _side_by_side(alike: Grains, count: int) -> Iterator[tuple[Grains, NDArray[np.int_], bool]]:
    """Likeness of each piece with each later one of `count` frames and more, the later one's frames, and: backwards?

    A piece played backwards has its changes with the other sign, and from the last to the first.
    """
    last = len(alike)
    for lag in range(count, last - count):
        yield np.diagonal(alike, lag), np.arange(lag, last), False
    for both in range(2 * count, 2 * last - 1):
        first = np.arange(max(0, both - last + 1), (both + 1) // 2)
        if len(first) >= count:
            yield -alike[first, both - first], both - first, True


def _grains(track: Track, least: float) -> Grains:
    """The grain of each frame as a vector of length 1, or 0 where there is none to speak of (n, points)."""
    size = next((frame.grain.size for frame in track.frames if frame.grain is not None), 1)
    grains = np.zeros((len(track.frames), size), np.float32)
    for i, frame in enumerate(track.frames):
        if frame.grain is not None and frame.grain.size == size:
            grains[i] = frame.grain
    still = _beside_head(track, size)
    mean = (np.abs(grains) * still).sum(axis=1, keepdims=True) / still.sum(axis=1, keepdims=True)
    grains = np.clip(grains, -GRAIN_CLIPPED * mean, GRAIN_CLIPPED * mean)
    grains = (grains - (grains * still).sum(axis=1, keepdims=True) / still.sum(axis=1, keepdims=True)) * still
    lengths = np.linalg.norm(grains, axis=1, keepdims=True)
    return np.where(mean >= least, grains / np.maximum(lengths, 1e-9), 0).astype(np.float32)


def _beside_head(track: Track, size: int) -> NDArray[np.bool_]:
    """The points of each frame that lie beside the head (n, points): what moves there is no grain.

    All of them where the head fills the frame, or is not seen.
    """
    side = round(size**0.5)
    beside = np.ones((len(track.frames), size), dtype=bool)
    if side * side != size:
        return beside
    width, height = track.size
    x, y = np.meshgrid(np.linspace(2, width - 3, side), np.linspace(2, height - 3, side))
    for i, frame in enumerate(track.frames):
        if frame.face is None:
            continue
        (left, top), (right, bottom) = frame.face.box
        aside, above = HEAD_ASIDE * (right - left), HEAD_ABOVE * (bottom - top)
        head = (x > left - aside) & (x < right + aside) & (y > top - above) & (y < bottom)
        if head.mean() < HEAD_SHARE_MAX:
            beside[i] = ~head.ravel()
    return beside


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Starts and stops (one past the end) of runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
