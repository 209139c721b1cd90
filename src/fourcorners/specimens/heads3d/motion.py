"""What a head does over the time of a clip, when it follows the steps of a challenge."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.data import load_toml
from fourcorners.specimens.heads3d.paint import Attitude
from fourcorners.specimens.model import SpecimenError

__all__ = ["STEPS", "Knots", "Motion", "add_step", "perform"]

STEPS = ("left", "right", "up", "down", "nod", "blink", "closer", "dot")
"""Names as in the challenge, seen from the person who does them."""

Knots = Sequence[tuple[float, float, float]]
"""Where a dot is: seconds, x to the person's own left, y down; between them it moves evenly."""

PIVOT = (0.0, 1.6, -1.0)
"""Heads turn about the top of the neck, in eye distances from the middle between the eyes."""

Curve = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Motion:
    """Pose, lids (0 open, 1 shut) and nearness (share of the camera's distance taken away), one value a frame.

    `spans` are the steps as they were done: (name, start, end) in seconds.
    """

    times: Curve
    yaw: Curve
    pitch: Curve
    roll: Curve
    shift_x: Curve
    shift_y: Curve
    shut: Curve
    near: Curve
    spans: tuple[tuple[str, float, float], ...]

    def attitude(self, frame: int, distance: float) -> Attitude:
        """How the head is held in a frame that a camera takes from `distance` eye distances."""
        shift = float(self.shift_x[frame]), float(self.shift_y[frame]), float(self.near[frame]) * distance
        return Attitude(float(self.yaw[frame]), float(self.pitch[frame]), float(self.roll[frame]), shift, PIVOT)


def perform(
    steps: Sequence[str], fps: float, rng: np.random.Generator, length_s: float = 0.0, dot: Knots = ()
) -> Motion:
    """A person who does `steps` one after the other, with rests, drift and blinks, for `length_s` seconds at least.

    Who is asked to follow a dot needs to be told where it goes.

    Raises SpecimenError.
    """
    if unknown := sorted(set(steps) - set(STEPS)):
        raise SpecimenError(f"There is no step {', '.join(unknown)}; there are {', '.join(STEPS)}.")
    if "dot" in steps and len(dot) < 2:
        raise SpecimenError("Nobody can follow a dot that goes nowhere.")
    data = load_toml("fourcorners.specimens.heads3d", "motion.toml")
    plan, spans, now = [], [], _between(data["rest_s"], rng)
    ways = []
    for step in steps:
        if step == "dot":
            way = _Way.drawn(now, dot, data["dot"], rng)
            ways.append(way)
            spans.append((step, now, way.end_s))
            now = way.end_s + _between(data["rest_s"], rng)
            continue
        there, hold, back = _lengths(step, data, rng)
        plan.append((step, now, there, hold, back, _amplitudes(step, data["turn"], rng)))
        spans.append((step, now, now + there + hold + back))
        now += there + hold + back + _between(data["rest_s"], rng)
    times = np.arange(0, max(now, length_s), 1 / fps)
    curves = {name: np.zeros_like(times) for name in ("yaw", "pitch", "roll", "shut", "near")}
    for _, start, there, hold, back, amplitudes in plan:
        swing = _swing(times, start, there, hold, back)
        for name, most in amplitudes.items():
            curves[name] += most * swing
    for way in ways:
        for name, turn in way.over(times).items():
            curves[name] += turn
    _blink_by_nature(curves["shut"], times, spans, data, rng)
    drift = {
        name: _drift(times, data["drift"][name], data["drift"]["memory_s"], rng) for name in ("yaw", "pitch", "roll")
    }
    sway = [_drift(times, data["drift"]["shift"], 2 * data["drift"]["memory_s"], rng) for _ in range(2)]
    return Motion(
        times,
        curves["yaw"] + drift["yaw"],
        curves["pitch"] + drift["pitch"],
        curves["roll"] + drift["roll"],
        sway[0],
        sway[1],
        np.clip(curves["shut"], 0, 1),
        curves["near"],
        tuple(spans),
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """A head that goes after a dot: `start_s` is when the dot sets out, and the head follows `late_s` after it."""

    start_s: float
    late_s: float
    knots: Knots
    turn: dict[str, float]
    memory_s: float

    @classmethod
    def drawn(cls, start_s: float, knots: Knots, data: Mapping[str, Any], rng: np.random.Generator) -> "_Way":
        turn = {"yaw": _between(data["yaw"], rng), "pitch": _between(data["pitch"], rng)}
        return cls(start_s, _between(data["late_s"], rng), knots, turn, data["memory_s"])

    @property
    def end_s(self) -> float:
        return self.start_s + self.late_s + self.knots[-1][0] + 2 * self.memory_s

    def over(self, times: Curve) -> dict[str, Curve]:
        """Degrees at some moments, smooth as heads move: the mean of the dot's course over a few moments."""
        moments, x, y = np.array(self.knots).T
        spread = np.linspace(-2, 2, 9)
        weights = np.exp(-(spread**2) / 2) / np.exp(-(spread**2) / 2).sum()
        seen = times[:, None] - self.start_s - self.late_s + self.memory_s * spread
        return {
            name: self.turn[name] * (np.interp(seen, moments, values) @ weights)
            for name, values in (("yaw", x), ("pitch", y))
        }


def add_step(motion: Motion, step: str, start_s: float, rng: np.random.Generator, dot: Knots = ()) -> Motion:
    """The same, with one of STEPS done from `start_s` on. Raises SpecimenError for a dot that goes nowhere."""
    data = load_toml("fourcorners.specimens.heads3d", "motion.toml")
    if step == "dot":
        if len(dot) < 2:
            raise SpecimenError("Nobody can follow a dot that goes nowhere.")
        way = _Way.drawn(start_s, dot, data["dot"], rng)
        turned = {name: getattr(motion, name) + turn for name, turn in way.over(motion.times).items()}
        return replace(motion, **turned, spans=(*motion.spans, (step, start_s, way.end_s)))
    there, hold, back = _lengths(step, data, rng)
    swing = _swing(motion.times, start_s, there, hold, back)
    moved = {name: getattr(motion, name) + most * swing for name, most in _amplitudes(step, data["turn"], rng).items()}
    if "shut" in moved:
        moved["shut"] = np.clip(moved["shut"], 0, 1)
    return replace(motion, **moved, spans=(*motion.spans, (step, start_s, start_s + there + hold + back)))


def _lengths(step: str, data: Mapping[str, list[float]], rng: np.random.Generator) -> tuple[float, float, float]:
    """Seconds for going there, staying, and coming back."""
    there, hold, back = (_between(data[k], rng) for k in ("move_s", "hold_s", "move_s"))
    if step == "blink":
        return 0.08, float(rng.uniform(0.1, 0.2)), 0.1
    return (0.6 * there, 0.05, 0.6 * back) if step == "nod" else (there, hold, back)


def _amplitudes(step: str, turn: Mapping[str, list[float]], rng: np.random.Generator) -> dict[str, float]:
    """How far each axis goes; nobody turns about one axis alone."""

    def between(name: str) -> float:
        return _between(turn[name], rng)

    aside = float(rng.normal(0, 2))
    moves: dict[str, Callable[[], dict[str, float]]] = {
        "left": lambda: {"yaw": between("yaw"), "pitch": aside, "roll": float(rng.normal(0, 2.5))},
        "right": lambda: {"yaw": -between("yaw"), "pitch": aside, "roll": float(rng.normal(0, 2.5))},
        "down": lambda: {"pitch": between("pitch"), "yaw": aside},
        "up": lambda: {"pitch": -between("pitch"), "yaw": aside},
        "nod": lambda: {"pitch": between("nod"), "yaw": 0.5 * aside},
        "blink": lambda: {"shut": 1.0},
        "closer": lambda: {"near": between("closer"), "pitch": aside},
    }
    return moves[step]()


def _swing(times: Curve, start: float, there: float, hold: float, back: float) -> Curve:
    """0 to 1 and back to 0, smoothly."""
    rise = np.clip((times - start) / there, 0, 1)
    fall = np.clip((times - start - there - hold) / back, 0, 1)
    ease_in, ease_out = rise * rise * (3 - 2 * rise), fall * fall * (3 - 2 * fall)
    return np.asarray(ease_in - ease_out)


def _blink_by_nature(
    shut: Curve, times: Curve, spans: Sequence[tuple[str, float, float]], data: Mapping[str, list[float]],
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """Lids fall now and then, but not while a blink is being asked for."""
    at = _between(data["blink_every_s"], rng)
    while at < times[-1]:
        long = _between(data["blink_s"], rng)
        if not any(name == "blink" and start - 0.6 < at < end + 0.6 for name, start, end in spans):
            shut += _swing(times, at, 0.35 * long, 0.3 * long, 0.35 * long)
        at += _between(data["blink_every_s"], rng)


def _drift(times: Curve, sigma: float, memory_s: float, rng: np.random.Generator) -> Curve:
    """A smooth random walk that comes back (Ornstein and Uhlenbeck), with standard deviation `sigma`."""
    step = float(times[1] - times[0]) if len(times) > 1 else 1.0
    keep = np.exp(-step / memory_s)
    values = np.zeros_like(times)
    for i in range(1, len(times)):
        values[i] = keep * values[i - 1] + sigma * np.sqrt(1 - keep**2) * rng.normal()
    smooth = np.convolve(np.pad(values, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    return np.asarray(smooth)


def _between(ends: Sequence[float], rng: np.random.Generator) -> float:
    return float(rng.uniform(ends[0], ends[1]))
