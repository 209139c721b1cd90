"""What a head does in a clip: turns, nods, blinks, coming closer, each from its start to its end."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fourcorners.checks.limits import Limits, limits_for
from fourcorners.vision.clips import Track

__all__ = ["AMBIGUOUS", "Curves", "Movement", "curves_of", "movements_in"]

FRAMES_MIN = 5

AMBIGUOUS = "ambiguous"
"""A movement about two axes at once, of which neither leads."""

Curve = NDArray[np.float64]
Span = tuple[int, int, int]
"""First frame, frame of the furthest point, last frame."""


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """Pose against the neutral one in degrees, nearness (1 at the start) and openness of the eyes (1 usual), by frame.

    Only frames with a face are in them. `faced` (n, 2) is yaw and pitch as well, against one neutral pose throughout.
    """

    times: Curve
    yaw: Curve
    pitch: Curve
    near: Curve
    openness: Curve
    faced: Curve


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement from `start_s` to `end_s`; `name` is a step's, or AMBIGUOUS.

    `amount` is in degrees, growth, or share of the usual opening.
    """

    name: str
    start_s: float
    end_s: float
    amount: float


def curves_of(track: Track) -> Curves | None:
    """The curves of a track; None where hardly any frame has a face."""
    limits = limits_for("live", "movement")
    seen = [(frame.at_s, face) for frame in track.frames if (face := frame.face) is not None]
    if len(seen) < FRAMES_MIN:
        return None
    times = np.array([at_s for at_s, _ in seen])
    yaw, pitch, span = (
        _smooth(np.array(values), times, limits["smooth_s"])
        for values in zip(*((f.pose.yaw, f.pose.pitch, f.eye_span_px) for _, f in seen), strict=True)
    )
    open_ = np.array([face.openness for _, face in seen])  # a blink is too short to be smoothed
    neutral = _neutral(times, yaw, pitch, limits)
    ahead = float(np.median(yaw[neutral])) if neutral.any() else 0.0
    level = float(np.median(pitch[neutral] if neutral.any() else pitch))
    faced = np.stack([yaw - ahead, pitch - level], axis=-1)
    yaw = yaw - _resting(times, yaw, ahead, limits["yaw_deg"], limits)
    pitch = pitch - _resting(times, pitch, level, limits["pitch_deg"], limits)
    usual = (
        float(np.median(open_[np.abs(yaw) < limits["neutral_yaw_deg"]])) if neutral.any() else float(np.median(open_))
    )
    return Curves(
        times,
        yaw,
        pitch,
        span / float(np.median(span[neutral] if neutral.any() else span)),
        open_ / max(usual, 1e-6),
        faced,
    )


def movements_in(curves: Curves) -> tuple[Movement, ...]:
    """All movements in order of their start. A turn counts when it began at rest and came back."""
    limits = limits_for("live", "movement")
    closer = _closer(curves, limits)
    turns = _turns(curves, limits, [(m.start_s, m.end_s) for m in closer])
    return tuple(sorted([*closer, *_settled(turns, limits), *_blinks(curves, limits)], key=lambda m: m.start_s))


def _neutral(times: Curve, yaw: Curve, pitch: Curve, limits: Limits) -> NDArray[np.bool_]:
    """The first second in which the head rests and looks about ahead."""
    speed = (
        np.hypot(np.gradient(yaw, times), np.gradient(pitch, times))
        if (np.diff(times) > 0).all()
        else np.zeros_like(yaw)
    )
    ahead = np.abs(yaw) < limits["neutral_yaw_deg"]
    level = np.abs(pitch - np.median(pitch[ahead] if ahead.any() else pitch)) < limits["neutral_pitch_deg"]
    rests: NDArray[np.bool_] = ahead & level & (speed < limits["rest_deg_s"])
    if not rests.any():
        rests = ahead & level
    if not rests.any():
        return rests
    step = float(np.median(np.diff(times))) if len(times) > 1 else 1.0
    first = np.flatnonzero(rests)[: max(3, int(limits["neutral_s"] / max(step, 1e-3)))]
    chosen = np.zeros(len(times), dtype=bool)
    chosen[first] = True
    return chosen


def _resting(times: Curve, values: Curve, neutral: float, least: float, limits: Limits) -> Curve:
    """The pose at rest about each moment: it drifts, but not by what counts as a movement."""
    resting = np.abs(values - neutral) < limits["back_most"] * least
    base = np.full(len(values), neutral)
    for i, at in enumerate(times):
        near = resting & (np.abs(times - at) <= limits["rest_window_s"])
        if near.sum() >= FRAMES_MIN:
            base[i] = np.median(values[near])
    return base


def _turns(curves: Curves, limits: Limits, busy: list[tuple[float, float]]) -> list[Movement]:
    """Turns about either axis; where both move at once, the one that leads."""
    sideways = _swings(curves, curves.yaw, ("right", "left"), limits["yaw_deg"], limits)
    upright = _swings(curves, curves.pitch, ("up", "down"), limits["pitch_deg"], limits)
    small = _swings(curves, curves.pitch, ("up", "down"), limits["nod_deg"], limits)
    upright += [s for s in small if not any(_meet(s, large) for large in upright)]
    kept = []
    for own, others in ((sideways, upright), (upright, sideways)):
        for turn in own:
            if any(turn.start_s < end and turn.end_s > start for start, end in busy):
                continue
            rival = max((other.amount for other in others if _meet(other, turn)), default=0.0)
            if turn.amount >= limits["dominant"] * rival:
                kept.append(turn)
            elif rival < limits["dominant"] * turn.amount:
                kept.append(replace(turn, name=AMBIGUOUS))
    return sorted(kept, key=lambda m: m.start_s)


def _meet(one: Movement, other: Movement) -> bool:
    return one.start_s < other.end_s and one.end_s > other.start_s


def _swings(curves: Curves, curve: Curve, names: tuple[str, str], least: float, limits: Limits) -> list[Movement]:
    """Swings to the negative and the positive side that reach `least` degrees."""
    found = []
    for sign, name in zip((-1, 1), names, strict=True):
        for start, peak, end in _excursions(sign * curve, least, limits):
            found.append(
                Movement(name, float(curves.times[start]), float(curves.times[end]), float(sign * curve[peak]))
            )
    return found


def _excursions(curve: Curve, least: float, limits: Limits) -> list[Span]:
    """Where the curve leaves rest, reaches `least` and comes back: nobody returns to the very same pose.

    It is back within a share of its furthest point, which must be small against what counts as a movement.
    """
    spans = []
    left = curve.copy()
    while (peak := int(left.argmax())) >= 0 and left[peak] >= least:
        back = float(np.clip(limits["back_share"] * curve[peak], 0.5 * least, limits["back_most"] * least))
        before, after = np.flatnonzero(curve[:peak] <= back), np.flatnonzero(curve[peak:] <= back)
        start = int(before[-1]) if len(before) else -1
        end = peak + int(after[0]) if len(after) else len(curve)
        if start >= 0 and end < len(curve):
            spans.append((start, peak, end))
        left[max(start, 0) : end + 1] = -np.inf
    return spans


def _settled(turns: list[Movement], limits: Limits) -> list[Movement]:
    """Without the small swing back over the middle that ends a quick turn."""
    kept: list[Movement] = []
    for turn in turns:
        last = kept[-1] if kept else None
        after = last is not None and turn.start_s - last.end_s <= limits["settle_s"]
        if last is not None and after and abs(turn.amount) < limits["settle_share"] * abs(last.amount):
            continue
        kept.append(turn)
    return kept


def _closer(curves: Curves, limits: Limits) -> list[Movement]:
    """The face grows, as of one that comes nearer. It need not go back."""
    found = []
    inside = curves.near >= limits["near_begins"]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(np.int8), [0]])))
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        peak = int(start + np.argmax(curves.near[start:stop]))
        if start > 0 and curves.near[peak] >= limits["near"]:
            end = min(stop, len(curves.times) - 1)
            found.append(
                Movement("closer", float(curves.times[start - 1]), float(curves.times[end]), float(curves.near[peak]))
            )
    return found


def _blinks(curves: Curves, limits: Limits) -> list[Movement]:
    """Both lids fall and rise again while the head looks ahead."""
    shut = (curves.openness < limits["blink_share"]).astype(np.int8)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], shut, [0]])))
    found = []
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        if start == 0 or stop >= len(shut):
            continue
        began, ended = float(curves.times[start - 1]), float(curves.times[stop])
        ahead = float(np.hypot(curves.yaw[start:stop], curves.pitch[start:stop]).max()) <= limits["blink_ahead_deg"]
        if ahead and ended - began <= limits["blink_s"]:
            found.append(Movement("blink", began, ended, float(curves.openness[start:stop].min())))
    return found


def _smooth(values: Curve, times: Curve, over_s: float) -> Curve:
    """A running median of three, then a mean over `over_s`: single frames on which the landmarks slip say nothing."""
    if len(values) < 3:
        return values
    padded = np.pad(values, 1, mode="edge")
    calm = np.median(np.stack([padded[:-2], padded[1:-1], padded[2:]]), axis=0)
    step = float(np.median(np.diff(times)))
    count = 1 if step <= 0 else 2 * int(over_s / (2 * step)) + 1
    if count < 3:
        return np.asarray(calm)
    return np.convolve(np.pad(calm, count // 2, mode="edge"), np.ones(count) / count, mode="valid")
