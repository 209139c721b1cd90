"""A dot that moves over the screen on a path nobody knows before, and whether the head went after it.

The path is drawn from the challenge's nonce. Heads follow late, by less or more than the dot goes, and not quite
straight: what must agree is the course of the turn, to both sides and up and down, over the whole path.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourcorners.checks.limits import limits_for
from fourcorners.checks.live.movements import Curves, Movement
from fourcorners.kit.data import load_toml

__all__ = ["DotPath", "dot_path", "followed"]

Curve = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DotPath:
    """Where the dot is: `knots` are (seconds, x, y), between which it moves evenly, from the middle and back to it.

    x runs to the person's own left, y downwards; at 1 the head is turned as far as the path ever asks.
    """

    knots: tuple[tuple[float, float, float], ...]

    @property
    def length_s(self) -> float:
        """From the first knot to the last."""
        return self.knots[-1][0]

    def at(self, seconds: Curve) -> Curve:
        """Places (n, 2) at some moments (n,) after it set out; before and after, the middle."""
        times, x, y = np.array(self.knots).T
        return np.stack([np.interp(seconds, times, x), np.interp(seconds, times, y)], axis=-1)


@lru_cache(maxsize=256)
def dot_path(nonce: str) -> DotPath:
    """The path that belongs to a nonce: always the same, and not to be guessed from another one's."""
    rules = _rules()
    rng = Random(sha256(f"dot {nonce}".encode()).digest())  # noqa: S311 - as unknown as the nonce is
    places = _places(rng, rules)
    while min(np.ptp(places, axis=0)) < rules["spread_min"]:
        places = _places(rng, rules)
    knots, now = [(0.0, 0.0, 0.0), (float(rules["rest_s"]), 0.0, 0.0)], float(rules["rest_s"])
    for x, y in places:
        arrives = now + rng.uniform(*rules["move_s"])
        now = arrives + rng.uniform(*rules["stay_s"])
        knots += [(arrives, x, y), (now, x, y)]
    knots += [(now + rules["home_s"], 0.0, 0.0), (now + rules["home_s"] + rules["rest_s"], 0.0, 0.0)]
    return DotPath(tuple((round(t, 3), round(x, 3), round(y, 3)) for t, x, y in knots))


def _places(rng: Random, rules: dict[str, Any]) -> list[tuple[float, float]]:
    """Where the dot stays for a moment, each well away from the one before."""
    places: list[tuple[float, float]] = [(0.0, 0.0)]
    while len(places) <= rules["places"]:
        x, y = rng.uniform(-1, 1), rng.uniform(-1, 1)
        if np.hypot(x - places[-1][0], y - places[-1][1]) >= rules["apart_min"]:
            places.append((x, y))
    return places[1:]


def followed(curves: Curves, path: DotPath, from_s: float, until_s: float) -> Movement | None:
    """The head's way after the dot, if it set out between `from_s` and `until_s` and agrees with the path.

    `amount` is the lower of the two axes' correlations.
    """
    limits = limits_for("live", "dot")
    best: Movement | None = None
    for start in np.arange(from_s, until_s + 1e-9, limits["step_s"]):
        inside = (curves.times >= start) & (curves.times <= start + path.length_s)
        if curves.times[-1] < start + path.length_s or inside.sum() < limits["frames_min"]:
            break
        places = path.at(curves.times[inside] - start)
        fits = [_fit(places[:, i], curves.faced[inside, i]) for i in range(2)]
        enough = all(turn >= least for (_, turn), least in zip(fits, limits["turn_deg_min"], strict=True))
        agrees = min(r for r, _ in fits)
        if enough and agrees >= limits["agrees_min"] and (best is None or agrees > best.amount):
            best = Movement("dot", float(start), float(start + path.length_s), float(agrees))
    return best


def _fit(dot: Curve, head: Curve) -> tuple[float, float]:
    """Correlation of one axis, and by how many degrees the head turns where the dot goes by 1."""
    d, h = dot - dot.mean(), head - head.mean()
    power, both = float((d * d).sum()), float((d * h).sum())
    if power <= 0:
        return 0.0, 0.0
    return both / max(float(np.sqrt(power * (h * h).sum())), 1e-9), both / power


def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_toml("fourcorners.checks.live", "challenge.toml")["dot"]
    return rules
