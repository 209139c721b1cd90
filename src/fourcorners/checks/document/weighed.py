"""Weak signs weighed together, by weights that are data: a logistic regression over what was measured."""

from collections.abc import Mapping, Sequence

from fourcorners.checks.finding import Fact

__all__ = ["log_odds", "said"]

CONSTANT = "one"


def log_odds(signs: Mapping[str, float], weights: Mapping[str, Sequence[float]]) -> float:
    """The log odds that several `signs` give together.

    `weights` says of each sign its weight and the least and greatest value that is believed; `one` is the constant.
    """
    return weights[CONSTANT][0] + sum(
        weights[name][0] * min(max(value, weights[name][1]), weights[name][2]) for name, value in signs.items()
    )


def said(signs: Mapping[str, float]) -> Fact:
    """The signs as evidence."""
    return Fact("signs together", tuple((name, f"{value:.2f}") for name, value in signs.items()))
