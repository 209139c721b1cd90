"""Draw the patches to learn from: python -m training.originality.patches FILE [--count N] [--seed S].

Classes: 0 neither, 1 a display, 2 a print with dots or lines. Surroundings and documents are of the same stock in all
three, so that nothing but the texture tells them apart.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from training.originality.camera import taken
from training.originality.contents import contents, crop
from training.originality.displays import on_display
from training.originality.prints import in_print

__all__ = ["PATCH_PX", "patch"]

PATCH_PX = 112
"""Larger than the network's window by 16: it sees another cut each time."""
SHARES = (0.4, 0.35, 0.25)
DOCUMENTS = 20


def patch(
    rng: np.random.Generator, pool: list[NDArray[np.uint8]], side: int = PATCH_PX
) -> tuple[NDArray[np.uint8], int]:
    """One patch (side, side, 3) and its class."""
    while True:
        kind = int(rng.choice(3, p=SHARES))
        shrink = 1.0 if rng.random() < 0.55 else rng.uniform(0.4, 1.0)
        sensor = round((side + 16) / shrink)
        picture = crop(rng, pool, sensor)
        lens_px = rng.uniform(0.25, 0.7)
        if kind == 0:
            blur = lens_px if rng.random() < 0.7 else rng.uniform(0.7, 3)
            light = cv2.GaussianBlur(picture, (0, 0), blur)
        else:
            seen = (on_display if kind == 1 else in_print)(rng, picture, lens_px)
            if seen is None:
                continue
            light = seen
        return taken(rng, np.asarray(light, np.float32), side), kind


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", type=int, default=9000)
    parser.add_argument("--seed", type=int, default=5)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    rng = np.random.default_rng(arguments.seed)
    pool = contents(rng, DOCUMENTS)
    pixels = np.zeros((arguments.count, PATCH_PX, PATCH_PX, 3), np.uint8)
    kinds = np.zeros(arguments.count, np.int64)
    for i in range(arguments.count):
        pixels[i], kinds[i] = patch(rng, pool)
    np.savez(arguments.file, pixels=pixels, kinds=kinds)


if __name__ == "__main__":
    main()
