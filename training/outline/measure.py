"""Measure find_outline on drawn photos that training never saw.

    python -m training.outline.measure [--count N] [--size W H] [--seed S] [--split evaluation|tuning]

Held out: the templates of the split, and everything about the capture (fourcorners.specimens draws its own grounds,
light, lens and hands). Prints a line for each kind of capture: overlap with the truth (IoU), the share of photos in
which exactly the corners that are hidden or outside were said not to be visible, milliseconds. What the checks make of
it is measured by `fourcorners evaluate --iso`.
"""

import argparse
import time
from collections import defaultdict

import numpy as np

from fourcorners import specimens
from fourcorners.kit.geometry import quad_iou
from fourcorners.specimens.designs import designs_of
from fourcorners.vision.outline import find_outline

LEFT_OUT = {"screenshot", "recompressed", "edited"}
WITHOUT_ONE = {"no_document", "two_documents"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=8, help="pictures for each kind of capture")
    parser.add_argument("--size", type=int, nargs=2, default=(1080, 1440))
    parser.add_argument("--seed", type=int, default=7000)
    parser.add_argument("--split", default="evaluation")
    arguments = parser.parse_args()
    rows: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for k, kind in enumerate(kind for kind in specimens.CaptureKind if kind not in LEFT_OUT):
        for i in range(arguments.count):
            seed = arguments.seed + k * arguments.count + i
            rows[kind].append(one(kind, seed, tuple(arguments.size), arguments.split))
    rows["all with one document"] = [r for kind, row in rows.items() if kind not in WITHOUT_ONE for r in row]
    for name, row in rows.items():
        overlap, corners, seconds = np.array(row).T
        called = corners[np.isfinite(corners)]
        print(f"{name:22} n {len(row):3} overlap mean {overlap.mean():.4f} median {np.median(overlap):.4f}", end=" ")
        print(f"above 0.95 {(overlap > 0.95).mean():.3f} worst {overlap.min():.3f}", end=" ")
        print(f"corners {called.mean() if len(called) else 1.0:.3f} ms {1000 * np.median(seconds):.0f}")


def one(kind: specimens.CaptureKind, seed: int, size: tuple[int, int], split: str) -> tuple[float, float, float]:
    """Overlap with the truth, 1 if the corners were rightly called visible or not (else 0), seconds taken.

    For `no_document` and `two_documents` the overlap is 1 if the absence or the second document was reported.
    """
    designs = designs_of(None, split)
    design = designs[seed % len(designs)]
    document = specimens.draw(design.kind, seed=seed, design=design.name, portrait=seed)
    severity = float(np.random.default_rng(seed).uniform(0.1, 0.9))
    taken = specimens.capture(document, kind, severity, seed=seed, size=size)
    start = time.perf_counter()
    outline = find_outline(taken.pixels)
    seconds = time.perf_counter() - start
    truth = taken.truth.corners
    if truth is None or outline is None:
        return float(outline is None and truth is None), float("nan"), seconds
    if kind == "two_documents":
        return float(outline.other_documents > 0), float("nan"), seconds
    order = np.linalg.norm(outline.quad[:, None] - truth, axis=2).argmin(axis=0)
    seen = {i for i, at in enumerate(order) if outline.corner_visible[at]}
    inside = ((truth > 0) & (truth < np.array(size) - 1)).all(axis=1)
    right = seen == set(np.flatnonzero(inside)) - set(taken.truth.hidden_corners)
    return quad_iou(outline.quad, truth), float(right), seconds


if __name__ == "__main__":
    main()
