"""Learn what the vector of a question tells: is it ours, and which article is it about?

A network of two layers, by Adam (Kingma and Ba 2015) on batches, half of the inner numbers left out each time
(Srivastava et al. 2014). Which article is meant is learned with it from the examples of which it is known.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from training.help.examples import Example

from fourcorners.help.search.meaning import Reader

__all__ = ["learn_meaning", "save_meaning"]

INNER = 256
LEFT_OUT = 0.5
ROUNDS = 30
BATCH = 512
RATE = 5e-3
SHRINKING = 1e-4
ARTICLE_COUNTS = 0.3
"""How much it counts to name the article, beside telling what is ours."""
TUNING_COUNTS = 2.0

Table = NDArray[np.float32]


def learn_meaning(examples: Sequence[Example], vectors: Table, seed: int) -> Reader:
    """The network for these examples, each with its vector."""
    slugs = tuple(sorted({example.article for example in examples} - {""}))
    number = {slug: n for n, slug in enumerate(slugs)}
    ours = np.array([example.ours for example in examples], np.float32)
    article = np.array([number.get(example.article, -1) for example in examples])
    counted = np.array([e.weight * (TUNING_COUNTS if e.source == "tuning" else 1.0) for e in examples], np.float32)
    for side in (0, 1):
        counted[ours == side] *= len(examples) / 2 / counted[ours == side].sum()
    rng = np.random.default_rng(seed)
    weights = [
        np.vstack([rng.normal(0, 3 / np.sqrt(512), (512, INNER)), np.zeros(INNER)]).astype(np.float32),
        np.vstack([rng.normal(0, 1 / np.sqrt(INNER), (INNER, 1 + len(slugs))), np.zeros(1 + len(slugs))]).astype(
            np.float32
        ),
    ]
    first, second = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
    steps, step = ROUNDS * (len(examples) // BATCH), 0
    for _ in range(ROUNDS):
        order = rng.permutation(len(examples))
        for at in range(0, len(examples) - BATCH + 1, BATCH):
            rows = order[at : at + BATCH]
            step += 1
            slopes = _slopes(weights, vectors[rows], ours[rows], article[rows], counted[rows], rng)
            rate = RATE * (1 - step / (steps + 1))
            for n, slope in enumerate(slopes):
                first[n] = 0.9 * first[n] + 0.1 * slope
                second[n] = 0.999 * second[n] + 0.001 * slope**2
                moved = first[n] / (1 - 0.9**step) / (np.sqrt(second[n] / (1 - 0.999**step)) + 1e-8)
                weights[n] = (weights[n] - rate * (moved + SHRINKING * weights[n])).astype(np.float32)
    return Reader(weights[0], weights[1], slugs)


def _slopes(
    weights: Sequence[Table],
    table: Table,
    ours: Table,
    article: NDArray[np.int64],
    counted: Table,
    rng: np.random.Generator,
) -> tuple[Table, Table]:
    """How the error of a batch changes with each weight."""
    hidden, out = weights
    inner = table @ hidden[:-1] + hidden[-1]
    kept = (inner > 0) * (rng.random(inner.shape) >= LEFT_OUT) / (1 - LEFT_OUT)
    inner = (inner * kept).astype(np.float32)
    sums = inner @ out[:-1] + out[-1]
    wrong = np.zeros_like(sums)
    wrong[:, 0] = counted * (1 / (1 + np.exp(-np.clip(sums[:, 0], -50, 50))) - ours)
    named = np.flatnonzero(article >= 0)
    powers = np.exp(sums[named, 1:] - sums[named, 1:].max(1, keepdims=True))
    shares = powers / powers.sum(1, keepdims=True)
    shares[np.arange(len(named)), article[named]] -= 1
    wrong[named, 1:] = ARTICLE_COUNTS * counted[named, None] * shares
    wrong /= len(table)
    back = ((wrong @ out[:-1].T) * kept).astype(np.float32)
    return _with_last(table, back), _with_last(inner, wrong)


def _with_last(table: Table, wrong: Table) -> Table:
    return np.vstack([table.T @ wrong, wrong.sum(0)]).astype(np.float32)


def save_meaning(reader: Reader, path: str) -> None:
    """Weights in 16 bits."""
    hidden, out = (weights.astype(np.float16) for weights in (reader.hidden, reader.out))
    np.savez_compressed(path, hidden=hidden, out=out, slugs=np.array(reader.slugs))
