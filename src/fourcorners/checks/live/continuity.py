"""Signs that the clip was put together from pieces: jumps of the head or the picture, another face."""

from itertools import pairwise

import numpy as np

from fourcorners.checks.limits import limits_for
from fourcorners.checks.live.signs import Sign
from fourcorners.vision.clips import Track
from fourcorners.vision.faces import distance

__all__ = ["continuity_signs"]


def continuity_signs(track: Track) -> list[Sign]:
    """Signs of cuts and of a change of identity."""
    return [*_jumps(track), *_cuts(track), *_identity(track)]


def _jumps(track: Track) -> list[Sign]:
    """The head turns or moves faster than heads do."""
    limits = limits_for("live", "continuity")
    fastest = {"turn": (0.0, 0.0), "shift": (0.0, 0.0)}
    for before, after in pairwise(track.frames):
        seconds = after.at_s - before.at_s
        if before.face is None or after.face is None or not 0 < seconds < limits["seconds_max"]:
            continue
        a, b = before.face, after.face
        turn = float(np.hypot(b.pose.yaw - a.pose.yaw, b.pose.pitch - a.pose.pitch)) / seconds
        middle = (b.points - a.points)[:, :2].mean(axis=0)
        shift = float(np.hypot(*middle)) / a.eye_span_px / seconds
        for name, value in (("turn", turn), ("shift", shift)):
            fastest[name] = max(fastest[name], (value, after.at_s))
    most = {"turn": limits["turn_deg_s_max"], "shift": limits["shift_spans_s_max"]}
    return [Sign("stream_jumps", at, value, most[k]) for k, (value, at) in fastest.items() if value > most[k]]


def _cuts(track: Track) -> list[Sign]:
    """The whole picture changes from one frame to the next, and hardly before and after: movement lasts longer."""
    limits = limits_for("live", "continuity")
    changes = np.array([float(np.abs(b.thumbnail - a.thumbnail).mean()) for a, b in pairwise(track.frames)])
    padded = np.pad(changes, 1)
    beside = np.maximum(padded[:-2], padded[2:])
    cuts = np.flatnonzero((changes > limits["levels_max"]) & (changes > limits["times_beside_max"] * beside))
    if not len(cuts):
        return []
    at = int(cuts[changes[cuts].argmax()])
    return [Sign("stream_cut", track.frames[at + 1].at_s, float(changes[at]), limits["levels_max"])]


def _identity(track: Track) -> list[Sign]:
    """Portraits that the embedder takes for somebody else than the first one: one alone may be a slip."""
    limits = limits_for("live", "continuity")
    apart = [(distance(track.portraits[0].embedding, p.embedding), p.at_s) for p in track.portraits[1:]]
    others = [(value, at_s) for value, at_s in apart if value > limits["identity_distance_max"]]
    if len(others) < min(limits["identity_portraits"], len(apart)) or not others:
        return []
    return [Sign("face_changes", others[0][1], max(others)[0], limits["identity_distance_max"])]
