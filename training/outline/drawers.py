"""Processes that draw scenes and patches all the time, each from documents and grounds that it goes on drawing."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import Queue
from pathlib import Path
from queue import Full

import cv2
import numpy as np
from numpy.typing import NDArray
from training.outline import corner_patches, grounds, papers
from training.outline.layers import RENDER
from training.outline.scenes import Seen, draw_scene

DOCUMENTS_MAX = 3
SIDE_PX, GROUND_PX = 448, 512
FIRST, KEPT = 16, 1500
SPECIMEN_SHARE, GREY_SHARE = 0.35, 0.35
SCENES, PATCHES = 16, 26
"""Drawn at a time: about 0.4 s and 0.1 s."""
SHEET = 2
Rng = np.random.Generator
Paper = tuple[NDArray[np.uint8], float, int]
Drawn = dict[str, NDArray[np.generic]]


@dataclass
class Growing:
    """Documents and grounds (as `bank_file.Papers`) that grow while they are used; specimens were drawn before."""

    specimens: list[tuple[str, float, bytes]]
    drawn: list[Paper] = field(default_factory=list)
    lands: list[NDArray[np.uint8]] = field(default_factory=list)

    def grow(self, rng: Rng) -> None:
        """One more document and one more ground; the oldest go when there are many."""
        name, picture = papers.draw(rng, 2 * SIDE_PX if rng.random() < 0.5 else SIDE_PX)
        radius = _corner_radius(picture[..., 3])
        scale = SIDE_PX / max(picture.shape[:2])
        small = cv2.resize(picture[..., :3], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        self.drawn.append((small, radius, [kind for kind, _, _ in papers.KINDS].index(name)))
        self.lands.append(grounds.draw(rng, GROUND_PX))
        del self.drawn[:-KEPT], self.lands[:-KEPT]

    def paper(self, rng: Rng, like: int | None = None) -> Paper:
        """A document's RGB, the radius of its corners as a share of its longest side, and its kind; of kind `like`."""
        if like != SHEET and self.specimens and rng.random() < SPECIMEN_SHARE / (1.0 if like is None else 0.7):
            return self._specimen(rng)
        choice = [p for p in self.drawn if like is None or (p[2] == SHEET) == (like == SHEET)] or self.drawn
        return choice[int(rng.integers(len(choice)))]

    def ground(self, rng: Rng) -> NDArray[np.uint8]:
        """A ground."""
        return self.lands[int(rng.integers(len(self.lands)))]

    def _specimen(self, rng: Rng) -> Paper:
        name, radius, file = self.specimens[int(rng.integers(len(self.specimens)))]
        picture = np.ascontiguousarray(cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_COLOR)[..., ::-1])
        kinds = [kind for kind, _, _ in papers.KINDS]
        if rng.random() < GREY_SHARE:
            return papers.in_grey(rng, picture)[..., :3], 0.0, kinds.index("grey_copy")
        return picture, radius, kinds.index(name)


def _corner_radius(alpha: NDArray[np.uint8]) -> float:
    opaque = np.flatnonzero(alpha[0] > 127)
    return float(opaque[0] / max(alpha.shape)) if len(opaque) else 0.0


def read_specimens(file: Path) -> list[tuple[str, float, bytes]]:
    """What `specimens_file.py` wrote: kind, radius of the corners, WebP."""
    with np.load(file) as held:
        ends = np.cumsum(held["lengths"])
        files = [held["files"][end - length : end] for end, length in zip(ends, held["lengths"], strict=True)]
        named = zip(held["kinds"], held["radii"], files, strict=True)
        return [(str(kind), float(radius), data.tobytes()) for kind, radius, data in named]


def draw_on(queue: "Queue[Drawn]", specimens: Path, seed: int, worker: int) -> None:
    """Draw for ever. A picture that fails is left out, and counted under `failed`."""
    cv2.setNumThreads(1)
    rng = np.random.default_rng((seed, worker))
    bank = Growing(read_specimens(specimens))
    failed = 0
    while len(bank.drawn) < FIRST:
        failed += not _tried(bank.grow, rng)
    while True:
        failed += not _tried(bank.grow, rng)
        seen, patches, fates = [], [], []
        while len(seen) < SCENES:
            try:
                seen.append(draw_scene(rng, bank))
            except (cv2.error, ValueError, IndexError, ZeroDivisionError):
                failed += 1
        while len(patches) < PATCHES:
            patch, fate = corner_patches.draw(rng, bank)
            patches.append(patch)
            fates.append(fate)
        message = {**stacked(seen), "patches": np.stack(patches), "fates": np.array(fates), "failed": np.array(failed)}
        while True:
            try:
                queue.put(message, timeout=1.0)
                break
            except Full:
                time.sleep(0.05)


def _tried(grow: Callable[[Rng], None], rng: Rng) -> bool:
    try:
        grow(rng)
    except (cv2.error, ValueError, IndexError, OSError):
        return False
    return True


def stacked(seen: list[Seen]) -> Drawn:
    """Scenes as arrays: windows (n, 256, 256, 3), quads (n, 3, 4, 2) with what is known of them, bounds (n, 4)."""
    n = len(seen)
    quads = np.zeros((n, DOCUMENTS_MAX, 4, 2), np.float32)
    visible = np.zeros((n, DOCUMENTS_MAX, 4), bool)
    there, sides = np.zeros((n, DOCUMENTS_MAX), bool), np.zeros((n, DOCUMENTS_MAX), bool)
    for i, scene in enumerate(seen):
        for k, quad in enumerate(scene.quads[:DOCUMENTS_MAX]):
            quads[i, k], visible[i, k], sides[i, k], there[i, k] = quad, scene.visible[k], scene.sides[k], True
    return {
        "windows": np.stack([s.window for s in seen]),
        "quads": quads,
        "visible": visible,
        "sides": sides,
        "there": there,
        "bounds": np.stack([np.clip(s.bounds, -RENDER, 2 * RENDER) for s in seen]).astype(np.float32),
        "is_scan": np.array([s.is_scan for s in seen]),
    }
