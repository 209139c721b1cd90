"""Measure find_outline on drawn photos that training never saw.

    python -m training.outline.measure [--count N] [--size W H] [--seed S]

Held out: the last design of each kind of document, and everything about the capture (fourcorners.specimens draws its
own grounds, light, lens and hands). Prints a line for each kind of capture: overlap with the truth (IoU), milliseconds.
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=8, help="pictures for each kind of capture")
    parser.add_argument("--size", type=int, nargs=2, default=(1080, 1440))
    parser.add_argument("--seed", type=int, default=1000)
    arguments = parser.parse_args()
    rows = defaultdict(list)
    for kind in specimens.CaptureKind:
        for i in range(0 if kind in LEFT_OUT else arguments.count):
            rows[kind].append(one(kind, arguments.seed + i, tuple(arguments.size)))
    seen = [r for kind, row in rows.items() if kind not in ("no_document", "two_documents") for r in row]
    for name, row in [*rows.items(), ("all with one document", seen)]:
        overlap, seconds = (np.array([r[k] for r in row], dtype=float) for k in (0, 1))
        share, middle = (overlap > 0.95).mean(), np.median(overlap)
        print(f"{name:22} n {len(row):3} mean {overlap.mean():.4f} median {middle:.4f}", end=" ")
        print(f"above 0.95 {share:.3f} worst {overlap.min():.3f} ms {1000 * np.median(seconds):.0f}")


def one(kind: specimens.CaptureKind, seed: int, size: tuple[int, int]) -> tuple[float, float]:
    """Overlap with the truth (1 for a rightly reported absence) and seconds taken."""
    kinds = list(specimens.DocumentKind)
    design = designs_of(kinds[seed % len(kinds)])[-1]
    document = specimens.draw(design.kind, seed=seed, design=design.name, portrait=seed)
    rng = np.random.default_rng(seed)
    taken = specimens.capture(document, kind, float(rng.uniform(0.1, 0.9)), seed=seed, size=size)
    start = time.perf_counter()
    outline = find_outline(taken.pixels)
    seconds = time.perf_counter() - start
    if taken.truth.corners is None:
        return float(outline is None), seconds
    return 0.0 if outline is None else quad_iou(outline.quad, taken.truth.corners), seconds


if __name__ == "__main__":
    main()
