"""Fit how signs of a recaptured selfie weigh together, on drawn selfies, and tell the errors by kind of attack.

Genuine selfies of all kinds of light against screens and prints; even seeds fit, odd seeds measure.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from fourcorners.specimens.selfies import selfie
from fourcorners.vision.decode import decode
from fourcorners.vision.faces.liveness import recapture_measures
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["measure"]

GENUINE = ("genuine", "dark", "backlit", "off_centre", "glasses")
ATTACKS = ("screen_photo", "print")
NAMES = ("stripes", "dots", "edges", "black", "chroma", "display")
FIRST_SEED = 9000
RIDGE = 2.0
STEPS = 50


def measure(kind: str, seed: int) -> list[float] | None:
    """The measures of one drawn selfie, or None where no face is found."""
    severity = 0.1 + 0.8 * (seed * 0.618 % 1)
    size = ((720, 960), (960, 1280), (1200, 1600))[seed % 3]
    frame = SelfieFrame(decode(selfie(FIRST_SEED + seed, kind, severity, seed=FIRST_SEED + seed, size=size).encoded))
    if frame.mesh is None or frame.view is None:
        return None
    found = recapture_measures(frame.picture.pixels, frame.mesh, frame.view)
    return [found[name] for name in NAMES]


def fitted(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weights (n + 1,) of a logistic model with a ridge, the constant last; `x` in its own deviations (Newton)."""
    x = np.column_stack([x, np.ones(len(x))])
    ridge = np.diag([*[RIDGE] * (x.shape[1] - 1), 0.0])
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (y - chance) - ridge @ weights
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + ridge
        weights += np.linalg.solve(curve, slope)
    return weights


def main() -> None:
    """Draw, fit, print the errors, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="liveness.toml to write")
    parser.add_argument("--count", type=int, default=30, help="selfies a kind")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    rows = [
        (kind, seed, found)
        for kind in (*GENUINE, *ATTACKS)
        for seed in range(arguments.count)
        if (found := measure(kind, seed)) is not None
    ]
    x = np.array([found for _, _, found in rows])
    attack = np.array([kind in ATTACKS for kind, _, _ in rows], dtype=float)
    learn = np.array([seed % 2 == 0 for _, seed, _ in rows])
    mean, spread = x[learn].mean(axis=0), x[learn].std(axis=0) + 1e-9
    weights = fitted((x[learn] - mean) / spread, attack[learn])
    slopes = weights[:-1] / spread
    log_odds = weights[-1] + (x - mean) @ slopes
    for kind in (*GENUINE, *ATTACKS):
        told = np.array(
            [o for (k, _, _), o, known in zip(rows, log_odds, learn, strict=True) if k == kind and not known]
        )
        spread = ", ".join(f"{value:.1f}" for value in np.quantile(told, [0.02, 0.5, 0.98]))
        print(f"{kind:14s} n {len(told):3d}  over -1: {(told > -1).mean():.2f}  2 %, half, 98 %: {spread}")
    genuine = x[learn & (attack == 0)].mean(axis=0)
    at_genuine = weights[-1] + (genuine - mean) @ slopes
    lines = [
        "# How signs of a recaptured selfie weigh: a logistic model (log odds = genuine_log_odds + sum of weight *",
        "# (measure - genuine)), fitted to drawn selfies by `python -m training.faces.liveness --count 40`. `genuine`",
        "# is the mean of the measure on genuine ones.",
        f"genuine_log_odds = {at_genuine:.2f}",
        "",
        "[measures]",
        *(
            f"{name} = {{ weight = {slope:.4g}, genuine = {usual:.4g} }}"
            for name, slope, usual in zip(NAMES, slopes, genuine, strict=True)
        ),
    ]
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
