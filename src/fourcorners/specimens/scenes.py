"""Many specimens in a row, for a demonstration, a test set or training."""

from collections.abc import Iterator, Sequence
from itertools import islice, product

import numpy as np

from fourcorners.specimens.capture import DEFAULT_SIZE, capture
from fourcorners.specimens.documents import draw
from fourcorners.specimens.model import CaptureKind, DocumentKind, Specimen, SpecimenError

__all__ = ["scene_set"]


def scene_set(
    kinds: Sequence[DocumentKind | str],
    captures: Sequence[CaptureKind | str],
    seed: int,
    count: int,
    *,
    size: tuple[int, int] = DEFAULT_SIZE,
) -> Iterator[Specimen]:
    """Yield `count` specimens that go through all pairs of document and capture, each with another person.

    Severities are spread evenly over 0..1. Documents with a back are shown from either side. Raises SpecimenError for
    an unknown kind.
    """
    pairs = list(product(captures, kinds))
    if not pairs:
        raise SpecimenError("A set needs at least one kind of document and one kind of capture.")
    rounds = (pair for _ in range(count) for pair in pairs)
    for number, (taken, kind) in enumerate(islice(rounds, count)):
        rng = np.random.default_rng((seed, number, 71))
        own = int(rng.integers(1 << 31))
        document = draw(kind, seed=own, portrait=int(rng.integers(1 << 31)))
        side = "back" if document.back is not None and rng.random() < BACK_SHARE else "front"
        yield capture(document, taken, float(rng.random()), seed=own, size=size, side=side)


BACK_SHARE = 0.35
