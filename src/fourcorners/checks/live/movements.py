"""What a head does in a clip: turns, nods, blinks, coming closer, each from its start to its end."""

from dataclasses import dataclass
from itertools import pairwise

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

    Only frames with a face are in them; `frames` are their places in the track.
    """

    frames: NDArray[np.int_]
    times: Curve
    yaw: Curve
    pitch: Curve
    near: Curve
    openness: Curve


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
    frames = np.array([i for i, frame in enumerate(track.frames) if frame.face is not None], dtype=np.int_)
    faces = [face for frame in track.frames if (face := frame.face) is not None]
    if len(faces) < FRAMES_MIN:
        return None
    times = np.array([track.frames[i].at_s for i in frames])
    yaw, pitch, span, open_ = (
        _smooth(np.array(values), times, limits["smooth_s"] if wide else 0.0)
        for values, wide in (
            ([f.pose.yaw for f in faces], True),
            ([f.pose.pitch for f in faces], True),
            ([f.eye_span_px for f in faces], True),
            ([f.openness for f in faces], False),
        )
    )
    neutral = _neutral(times, yaw, pitch, limits)
    usual = (
        float(np.median(open_[np.abs(yaw) < limits["neutral_yaw_deg"]])) if neutral.any() else float(np.median(open_))
    )
    return Curves(
        frames,
        times,
        yaw - (float(np.median(yaw[neutral])) if neutral.any() else 0.0),
        pitch - float(np.median(pitch[neutral] if neutral.any() else pitch)),
        span / float(np.median(span[neutral] if neutral.any() else span)),
        open_ / max(usual, 1e-6),
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


def _turns(curves: Curves, limits: Limits, busy: list[tuple[float, float]]) -> list[Movement]:
    """Turns about either axis; where both move at once, the one that leads."""
    found: list[tuple[str, Span, float, float]] = []  # name, span, degrees, degrees by what the axis takes
    for curve, names, least in (
        (curves.yaw, ("right", "left"), limits["yaw_deg"]),
        (curves.pitch, ("up", "down"), limits["nod_deg"]),
    ):
        measure = limits["yaw_deg"] if least == limits["yaw_deg"] else limits["pitch_deg"]
        for sign, name in zip((-1, 1), names, strict=True):
            for span in _excursions(sign * curve, least, least * limits["back_share"]):
                amount = float(sign * curve[span[1]])
                found.append((name, span, amount, amount / measure))
    kept = []
    for name, span, amount, weight in found:
        start, end = float(curves.times[span[0]]), float(curves.times[span[2]])
        if any(start < b and end > a for a, b in busy):
            continue
        rivals = [
            w for other, s, _, w in found
            if (other in ("left", "right")) != (name in ("left", "right")) and s[0] < span[2] and s[2] > span[0]
        ]  # fmt: skip
        strongest = max(rivals, default=0.0)
        if weight < strongest / limits["dominant"] and weight < strongest:
            continue
        clear = weight >= limits["dominant"] * strongest
        kept.append(Movement(name if clear else AMBIGUOUS, start, end, amount))
    return sorted(kept, key=lambda m: m.start_s)


def _excursions(curve: Curve, least: float, back: float) -> list[Span]:
    """Where the curve leaves rest (below `back`), reaches `least` and comes back to rest."""
    spans = []
    resting = np.flatnonzero(curve <= back)
    for before, after in pairwise(resting):
        if after - before > 1:
            peak = int(before + 1 + np.argmax(curve[before + 1 : after]))
            if curve[peak] >= least:
                spans.append((int(before), peak, int(after)))
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
        ahead = float(np.abs(curves.yaw[start:stop]).max()) <= limits["blink_yaw_deg"]
        if ahead and ended - began <= limits["blink_s"]:
            found.append(Movement("blink", began, ended, float(curves.openness[start:stop].min())))
    return found


def _smooth(values: Curve, times: Curve, over_s: float) -> Curve:
    """A running median of three, then a mean over `over_s`: single frames on which the landmarks slip say nothing."""
    if over_s <= 0 or len(values) < 3:
        return values
    padded = np.pad(values, 1, mode="edge")
    calm = np.median(np.stack([padded[:-2], padded[1:-1], padded[2:]]), axis=0)
    step = float(np.median(np.diff(times)))
    count = 1 if step <= 0 else 2 * int(over_s / (2 * step)) + 1
    if count < 3:
        return np.asarray(calm)
    return np.convolve(np.pad(calm, count // 2, mode="edge"), np.ones(count) / count, mode="valid")
