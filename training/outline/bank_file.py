"""Documents and grounds drawn beforehand, as `bank.py` writes them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Rng = np.random.Generator


class Papers(Protocol):
    """Where scenes take their documents and grounds from."""

    def paper(self, rng: Rng, like: int | None = None) -> tuple[NDArray[np.uint8], float, int]:
        """A document's RGB, the radius of its corners as a share of its longest side, and its kind; of kind `like`."""

    def ground(self, rng: Rng) -> NDArray[np.uint8]:
        """A ground (size, size, 3)."""


@dataclass(frozen=True, slots=True)
class Bank:
    """`part` says which share may be used."""

    papers: NDArray[np.uint8]
    sizes: NDArray[np.int32]
    radii: NDArray[np.float32]
    kinds: NDArray[np.int8]
    grounds: NDArray[np.uint8]
    part: tuple[float, float] = (0.0, 0.9)

    @staticmethod
    def load(folder: Path, part: tuple[float, float] = (0.0, 0.9)) -> "Bank":
        """A bank written by `bank.py`."""
        names = ("papers", "sizes", "radii", "kinds", "grounds")
        return Bank(*(np.load(folder / f"{name}.npy", mmap_mode="r") for name in names), part=part)

    def paper(self, rng: Rng, like: int | None = None) -> tuple[NDArray[np.uint8], float, int]:
        """A document's RGB, the radius of its corners as a share of its longest side, and its kind; of kind `like`."""
        low, high = (int(p * len(self.papers)) for p in self.part)
        choice = np.arange(low, high)
        if like is not None:
            choice = choice[(self.kinds[low:high] == 2) == (like == 2)]
        i = int(rng.choice(choice))
        w, h = self.sizes[i]
        return self.papers[i, :h, :w], float(self.radii[i]), int(self.kinds[i])

    def ground(self, rng: Rng) -> NDArray[np.uint8]:
        """A ground."""
        low, high = (int(p * len(self.grounds)) for p in self.part)
        return np.asarray(self.grounds[int(rng.integers(low, high))])
