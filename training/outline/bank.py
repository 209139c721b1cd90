"""Draw the documents and grounds that scenes are made of, once.

    python -m training.outline.bank FOLDER [--papers N] [--grounds N] [--seed S] [--specimens SHARE]

A share of the documents are fourcorners.specimens (no template that is kept for tuning or evaluation), the rest random
layouts, so that the network learns what documents have in common and not how ours look.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
from training.outline import grounds, papers

from fourcorners import specimens
from fourcorners.specimens.designs import designs_of

SIDE_PX, GROUND_PX = 448, 512
GREY_SHARE = 0.35


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--papers", type=int, default=1500)
    parser.add_argument("--grounds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--specimens", type=float, default=0.35, help="share of the documents")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    draw_papers(arguments.folder, arguments.papers, arguments.seed, arguments.specimens)
    rng = np.random.default_rng(arguments.seed + 1)
    np.save(
        arguments.folder / "grounds.npy", np.stack([grounds.draw(rng, GROUND_PX) for _ in range(arguments.grounds)])
    )


def draw_papers(folder: Path, count: int, seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    pixels = np.zeros((count, SIDE_PX, SIDE_PX, 3), np.uint8)
    sizes, radii, kinds = np.zeros((count, 2), np.int32), np.zeros(count, np.float32), np.zeros(count, np.int8)
    names = [name for name, _, _ in papers.KINDS]
    pool = specimen_sides(rng, max(1, int(count * share / 2)))
    for i in range(count):
        if rng.random() < share:
            name, picture = pool[int(rng.integers(len(pool)))]
            if rng.random() < GREY_SHARE:
                name, picture = "grey_copy", papers.in_grey(rng, picture)
        else:
            name, picture = papers.draw(rng, 2 * SIDE_PX if rng.random() < 0.5 else SIDE_PX)
        kinds[i] = names.index(name)
        radii[i] = corner_radius(picture[..., 3])
        scale = SIDE_PX / max(picture.shape[:2])
        small = cv2.resize(picture[..., :3], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)[:SIDE_PX, :SIDE_PX]
        h, w = small.shape[:2]
        pixels[i, :h, :w], sizes[i] = small, (w, h)
    for name, array in (("papers", pixels), ("sizes", sizes), ("radii", radii), ("kinds", kinds)):
        np.save(folder / f"{name}.npy", array)


def specimen_sides(rng: np.random.Generator, count: int) -> list[tuple[str, np.ndarray]]:
    """Fronts and backs of specimens as RGBA: templates for training and for demonstrations."""
    designs = [*designs_of(None, "train"), *designs_of(None, "demo")]
    sides = []
    for i in range(count):
        design = designs[i % len(designs)]
        seed = int(rng.integers(1 << 30))
        document = specimens.draw(design.kind, seed=seed, design=design.name, portrait=int(rng.integers(100)), dpi=200)
        name = "passport" if design.kind == specimens.DocumentKind.PASSPORT else "card"
        both = [side for side in (document.front, document.back) if side is not None]
        sides += [(name, np.dstack([side.pixels, side.alpha])) for side in both]
    return sides


def corner_radius(alpha: np.ndarray) -> float:
    """Radius of the rounded corners as a share of the longest side, from how long the top row stays clear."""
    opaque = np.flatnonzero(alpha[0] > 127)
    return float(opaque[0] / max(alpha.shape)) if len(opaque) else 0.0


if __name__ == "__main__":
    main()
