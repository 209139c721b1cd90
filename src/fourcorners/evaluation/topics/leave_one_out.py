"""Leave one attack out: how well the originality checks together tell a kind of attack that nothing was fitted to.

For each kind of attack a logistic regression over the scores of the originality checks, and the worst of them, is
fitted to the other kinds of attack and to bona fide photos, and asked about this kind and about bona fide photos of
other templates. Half of the templates take turns. What is told is the equal error rate, at which as many attacks pass
as bona fide photos are refused. The checks themselves stay as they are: their networks have seen the kinds that
`captures.toml` lets them see.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourcorners.evaluation import drawn
from fourcorners.evaluation.topic import Item, Measure, Row
from fourcorners.evaluation.topics.attacks import BONA_FIDE, ORIGINALITY

__all__ = ["ABOUT", "NAME", "equal_error_rate", "fitted", "summarise"]

NAME = "leave_one_out"
ABOUT = "equal error rate of the originality checks fused, on a kind of attack that the fusion was not fitted to"

Floats = NDArray[np.float64]
RIDGE = 1.0
ROUNDS = 25
FOLDS = 2
WITH_METADATA = ("not_screenshot", "not_scan")
BY_OUTCOME = {"fail": 1.0, "unsure": 0.5}


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """The equal error rate of each kind of attack, their mean and the worst; nothing where too few were drawn."""
    judged = [(item, row) for item, row in zip(items, rows, strict=True) if "findings" in row]
    scores = {kind: _scores(judged, (kind,)) for kind in drawn.attack_kinds()}
    honest, fold = _scores(judged, BONA_FIDE), _folds(judged)
    if min((fold == n).sum() for n in range(FOLDS)) < 2:
        return [], []
    rates: dict[str, float] = {}
    for kind, here in scores.items():
        others = [s for name, s in scores.items() if name != kind and len(s)]
        if not len(here) or not others:
            continue
        told: list[tuple[Floats, Floats]] = []
        for turn in range(FOLDS):
            weights = fitted(honest[fold != turn], np.concatenate(others))
            told.append((_with_one(honest[fold == turn]) @ weights, _with_one(here) @ weights))
        rates[kind] = float(np.mean([equal_error_rate(good, bad) for good, bad in told]))
    if not rates:
        return [], []
    worst = max(rates, key=lambda kind: rates[kind])
    measures = [Measure(f"EER {kind}", rate) for kind, rate in rates.items()]
    measures.append(Measure("EER, mean of all kinds", float(np.mean(list(rates.values())))))
    measures.append(Measure(f"EER of the worst kind, {worst}", rates[worst]))
    return measures, []


def fitted(honest: Floats, attacks: Floats) -> Floats:
    """Weights (k + 1,), the last that of one, of a ridged logistic regression that takes attacks (n, k) for 1.

    Both classes weigh the same, however many there are (iteratively reweighted least squares).
    """
    x = _with_one(np.concatenate([honest, attacks]))
    y = np.concatenate([np.zeros(len(honest)), np.ones(len(attacks))])
    share = np.where(y > 0, 0.5 / len(attacks), 0.5 / len(honest)) * len(y)
    weights = np.zeros(x.shape[1])
    penalty = RIDGE * np.eye(x.shape[1])
    penalty[-1, -1] = 1e-6
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (share * (chance - y)) + penalty @ weights
        bend = (x * (share * np.maximum(chance * (1 - chance), 1e-6))[:, None]).T @ x + penalty
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def equal_error_rate(honest: Floats, attacks: Floats) -> float:
    """The error rate where as large a share of `attacks` scores low as of `honest` scores high, or nearly so."""
    found = np.unique(np.concatenate([honest, attacks]))
    limits = np.concatenate([[found[0] - 1], (found[1:] + found[:-1]) / 2, [found[-1] + 1]])
    missed = np.array([(attacks < limit).mean() for limit in limits])
    refused = np.array([(honest > limit).mean() for limit in limits])
    nearest = int(np.argmin(np.abs(missed - refused)))
    return float((missed[nearest] + refused[nearest]) / 2)


def _scores(judged: Sequence[tuple[Item, Row]], kinds: Sequence[str]) -> Floats:
    """How suspicious each originality check finds each picture, and the most suspicious one (n, checks + 1), 0..1.

    What was not assessed is not suspicious. The most suspicious one stands beside the others, because a kind of attack
    that only its own check tells would else be judged by weights that were fitted where this check never spoke.
    """
    found = [row["findings"] for item, row in judged if item["kind"] in kinds]
    table = [[_suspicion(check, findings.get(check, {})) for check in ORIGINALITY] for findings in found]
    each = np.array(table, dtype=np.float64).reshape(len(found), len(ORIGINALITY))
    return np.column_stack([each, each.max(axis=1)])


def _suspicion(check: str, finding: Mapping[str, Any]) -> float:
    """0..1; of checks that also weigh what the file says, only their outcome: drawn attacks carry no camera's name."""
    if check in WITH_METADATA:
        return BY_OUTCOME.get(finding.get("outcome", ""), 0.0)
    score = finding.get("score")
    return 0.0 if score is None else 1 - score / 100


def _folds(judged: Sequence[tuple[Item, Row]]) -> NDArray[np.int64]:
    """Which half of the templates each bona fide picture's belongs to."""
    names = sorted({item["template"] for item, _ in judged})
    half = {name: n % FOLDS for n, name in enumerate(names)}
    return np.array([half[item["template"]] for item, _ in judged if item["kind"] in BONA_FIDE], dtype=np.int64)


def _with_one(scores: Floats) -> Floats:
    return np.column_stack([scores, np.ones(len(scores))])
