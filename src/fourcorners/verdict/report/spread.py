"""A measured value among those of two groups, as two bell curves with a mark."""

from dataclasses import dataclass

import numpy as np

from fourcorners.checks.finding import Spread
from fourcorners.verdict.catalogue import text

__all__ = ["Chart", "chart"]

WIDTH, HEIGHT = 300.0, 64.0
POINTS = 61
DEVIATIONS = 4.0
"""The curves are drawn this many standard deviations to either side."""
ROOM = 0.05
"""Share of the width that stays free on either side, for the words under a mark at the end."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One group's normal curve as an SVG path; (`x`) is its middle."""

    label: str
    path: str
    x: float


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws, in a view of WIDTH by HEIGHT: the unsure zone lies from `pass_x` to `fail_x`."""

    title: str
    width: float
    height: float
    curves: tuple[Curve, ...]
    x: float
    pass_x: float
    fail_x: float
    value: str


def chart(spread: Spread, locale: str) -> Chart:
    """The chart of a spread; both curves have the same height, for what counts is where the value lies."""
    reach = [m + s * DEVIATIONS * side for _, m, s in spread.groups for side in (-1, 1)]
    low, high = min(*reach, spread.value), max(*reach, spread.value)
    low, high = low - ROOM * (high - low), high + ROOM * (high - low)

    def at(value: float) -> float:
        return round(WIDTH * (value - low) / (high - low), 2)

    curves = []
    for label, mean, deviation in spread.groups:
        z = np.linspace(-DEVIATIONS, DEVIATIONS, POINTS)
        y = HEIGHT * (1 - 0.8 * np.exp(-(z**2) / 2))
        points = [f"{at(mean + k * deviation)} {v:.2f}" for k, v in zip(z, y, strict=True)]
        curves.append(Curve(text("sources", label, locale), f"M {' L '.join(points)} Z", at(mean)))
    return Chart(
        text("fields", spread.name, locale),
        WIDTH,
        HEIGHT,
        tuple(curves),
        at(spread.value),
        at(spread.pass_at),
        at(spread.fail_at),
        f"{spread.value:.3f}",
    )
