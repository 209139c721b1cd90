"""Whether the steps of a challenge were done: all, in order, each in its time, and nothing else before they were."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fourcorners.checks.limits import limits_for
from fourcorners.checks.live.challenge import Challenge
from fourcorners.checks.live.dot import dot_path, followed
from fourcorners.checks.live.movements import Curves, Movement

__all__ = ["StepResult", "answer_s", "follow"]

LAST_LOOK_S = 0.5
"""A path whose end was just seen is read a moment later."""

UP_DOWN = ("up", "down")


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step: was it done, and from when to when (None where it was not seen).

    `instead` names another movement that was done in its place.
    """

    name: str
    passed: bool
    start_s: float | None = None
    end_s: float | None = None
    instead: str | None = None

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        start, end = (None if t is None else round(t, 3) for t in (self.start_s, self.end_s))
        return {
            "name": self.name, "passed": self.passed, "start_s": start, "end_s": end, "instead": self.instead
        }  # fmt: skip


def follow(
    challenge: Challenge, movements: Sequence[Movement], from_s: float = 0.0, curves: Curves | None = None
) -> tuple[StepResult, ...]:
    """The steps of the challenge against the movements of a clip that starts at `from_s`.

    `curves` are those that the movements were found in: without them nobody is seen to follow a dot.

    The first movement that is not the one asked for ends it: that step and all after it have failed. The same movement
    done twice counts once, and blinks that nobody asked for count for nothing. Where nothing says when steps were
    shown, no movement may follow the last one: who records every movement there is has the right ones somewhere.
    """
    results: list[StepResult] = []
    queue, now, before = list(movements), from_s, ""
    for number, name in enumerate(challenge.steps):
        shown = None if challenge.shown_s is None else challenge.shown_s[number]
        if name == "blink" and shown is not None:  # everybody blinks now and then: one before it was asked for is none
            queue = [m for m in queue if m.name != "blink" or m.start_s >= shown]
        if name == "dot":
            done = None if curves is None else _after_dot(curves, challenge.nonce, now, shown)
            instead = _before_dot(before, queue, done, now)
            done = done if instead is None else None
        else:
            done, instead = _next(name, before, queue, now)
        passed = done is not None and _in_time(done, now, shown, answer_s(challenge, name))
        start_s, end_s = (done.start_s, done.end_s) if done else (None, None)
        results.append(StepResult(name, passed, start_s, end_s, instead))
        if done is None or not passed:
            break
        within = name != "dot"  # what the head does on its way after the dot is no step
        queue = [
            m for m in queue if m.start_s >= done.end_s or (within and m.start_s > done.start_s and m.name != "blink")
        ]
        now, before = done.end_s, name
    if challenge.shown_s is None and len(results) == len(challenge.steps) and results[-1].passed:
        results[-1] = _as_last(results[-1], queue, now)
    left = challenge.steps[len(results) :]
    return (*results, *(StepResult(name, passed=False) for name in left))


def _as_last(last: StepResult, queue: Sequence[Movement], now: float) -> StepResult:
    """The last step, failed where another movement began once it had come to rest at `now`."""
    settled = [m for m in queue if m.start_s - now > limits_for("live", "movement")["settle_s"]]
    more = _next("", "", settled, now)[1]
    return last if more is None else replace(last, passed=False, instead=more)


def _next(name: str, before: str, queue: Sequence[Movement], now: float) -> tuple[Movement | None, str | None]:
    """The next movement, if it is the one asked for, else the name of the one that came in its place, if one did.

    `before` is the step that was done last, at `now`.
    """
    limits = limits_for("live", "movement")
    for seen in queue:
        if seen.name == "blink":
            if name == "blink":
                return seen, None
            continue
        upright = seen.name in UP_DOWN
        if name == "nod" and upright and seen.end_s - seen.start_s <= limits["nod_s"]:
            return seen, None
        if upright and seen.amount < limits["pitch_deg"]:
            continue  # too small for anything but a nod
        if seen.name == name:
            return seen, None
        still_nodding = before == "nod" and upright and seen.start_s - now <= limits["settle_s"]
        if seen.name != before and not still_nodding:
            return None, seen.name
    return None, None


def _after_dot(curves: Curves, nonce: str, now: float, shown: float | None) -> Movement | None:
    """The way after the dot, which sets out when it is shown, or some time after the step before it."""
    limits = limits_for("live", "dot")
    if shown is None:
        return followed(curves, dot_path(nonce), now, now + limits["wait_s_max"])
    if not np.isfinite(shown):
        return None
    return followed(
        curves, dot_path(nonce), shown + limits_for("live", "step")["reaction_s_min"], shown + limits["late_s_max"]
    )


def _before_dot(before: str, queue: Sequence[Movement], done: Movement | None, now: float) -> str | None:
    """The name of a movement that came to its end before the head went after the dot, if one did."""
    early = [m for m in queue if done is not None and m.end_s <= done.start_s]
    return _next("dot", before, early, now)[1]


def answer_s(challenge: Challenge, name: str) -> float:
    """How many seconds a step may take from being shown to being done; a dot takes as long as its path."""
    if name == "dot":
        return float(dot_path(challenge.nonce).length_s + limits_for("live", "dot")["late_s_max"] + LAST_LOOK_S)
    return float(limits_for("live", "step")["answer_s_max"])


def _in_time(done: Movement, now: float, shown: float | None, answer_s: float) -> bool:
    limits = limits_for("live", "step")
    if done.end_s - done.start_s > limits["movement_s_max"]:
        return False
    if shown is None:
        return bool(done.start_s - now <= limits["wait_s_max"])
    return bool(done.start_s >= shown + limits["reaction_s_min"] and done.end_s <= shown + answer_s)
