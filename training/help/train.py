"""Learn what questions are ours, and write both files of weights: `python -m training.help.train FOLDER`.

Logistic regression over words, pieces of words and pairs of words, with a quadratic penalty, by L-BFGS. Each example is
taken several times; each time some words are taken for never seen, as words of a real question will be. Beside it the
network of `meaning.py`. What is printed is measured on examples that nothing was learned from, a third at a time, and
what means nearly the same is in the same third, in whatever language.
"""

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.vq import kmeans2
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from training.help.examples import Example, examples, retold
from training.help.meaning import learn_meaning, save_meaning

from fourcorners.help.article import shipped
from fourcorners.help.search import SearchIndex
from fourcorners.help.search.about import (
    BUCKETS,
    ELSEWHERE,
    UNSEEN,
    Token,
    bucket,
    pairs_of,
    pieces_of,
    tokens_of,
    unseen,
)
from fourcorners.help.search.answered import covered
from fourcorners.help.search.meaning import Reader
from fourcorners.help.search.vectors import vectors_of
from fourcorners.help.search.weights import shipped_weights

FOLDS = 3
HEAPS = 150
VECTOR_SIZE = 512
COPIES = 4
PENALTY = 1.5
STEPS = 120
FORGOTTEN = {0: 0.3, 1: 0.4, 2: 0.25, 3: 0.15}
"""How often a word is taken for never seen, by how many written examples have it."""
FORGOTTEN_ELSE = 0.03
SEED = 3
TUNING_COUNTS = 2.0
"""How much more a judged query counts than a written one: it was not written for training."""

Vector = NDArray[np.float64]
Vectors = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Read:
    """An example, what it was read as, and how much of it articles cover."""

    example: Example
    tokens: tuple[Token, ...]
    language: str
    covered: float


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights of all buckets, what is added always, the names that were seen."""

    weights: Vector
    bias: float
    seen: frozenset[str]


def main() -> None:
    """Learn, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where about.npz and meaning.npz are written")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    read = read_all(examples(SEED))
    whole = np.array([r.example.source != "combined" for r in read])
    vectors = np.zeros((len(read), VECTOR_SIZE), np.float32)
    vectors[whole] = vectors_of([r.example.text for r, is_whole in zip(read, whole, strict=True) if is_whole])
    again = retold([r.example for r in read], SEED)
    told, origin = [example for _, example in again], np.array([number for number, _ in again])
    others = vectors_of([example.text for example in told])
    folds = np.where(whole, alike(vectors) % FOLDS, -1)
    said, meant = np.zeros(len(read)), np.zeros(len(read))
    for fold in range(FOLDS):
        held = folds == fold
        learned = learn([r for r, out in zip(read, held, strict=True) if not out], fold)
        said[held] = ask([r for r, out in zip(read, held, strict=True) if out], learned)
        network = _network(read, vectors, told, others, ~held, ~held[origin], fold)
        meant[held] = network.read(vectors[held])[:, 0]
        print(f"part {fold + 1} of {FOLDS} is measured", flush=True)

    report(read, said, meant)
    save(learn(read, FOLDS), str(options.folder / "about.npz"))
    everything = np.ones(len(read), bool)
    network = _network(read, vectors, told, others, everything, everything[origin], FOLDS)
    save_meaning(network, str(options.folder / "meaning.npz"))


def _network(
    read: Sequence["Read"],
    vectors: Vectors,
    told: Sequence[Example],
    others: Vectors,
    kept: Flags,
    retold_kept: Flags,
    seed: int,
) -> Reader:
    """The network of those that are kept. What was put together of words says nothing as a sentence."""
    use = kept & np.array([r.example.source not in ("combined", "mistyped") for r in read])
    known = [read[n].example for n in np.flatnonzero(use)] + [told[n] for n in np.flatnonzero(retold_kept)]
    return learn_meaning(known, np.vstack([vectors[use], others[retold_kept]]), seed)


def alike(vectors: Vectors) -> NDArray[np.int64]:
    """For each vector the number of the heap of near ones that it lies in."""
    middles, _ = kmeans2(vectors[vectors.any(axis=1)][::8], HEAPS, seed=SEED, minit="++", iter=15)
    return np.asarray(np.argmax(vectors @ middles.T - (middles**2).sum(1) / 2, axis=1))


def read_all(found: Sequence[Example]) -> list[Read]:
    """Each example as the search reads it."""
    index, limits = SearchIndex(shipped()), shipped_weights().answer
    read = []
    for example in found:
        question = index.question(example.text, example.language)
        share = covered(index.evidence(question, example.language), limits)
        read.append(Read(example, tuple(tokens_of(question)), question.language, share))
    return read


def features(read: Read, forgotten: Sequence[bool], *, mended: bool = False) -> list[str]:
    """What of a question has a weight; `forgotten` says which of its words count as never seen.

    Learned are the pieces of what was typed; asked for are those of what a mistyped word is taken for.
    """
    found: list[str] = []
    named: list[Token] = []
    for token, gone in zip(read.tokens, forgotten, strict=True):
        if token.unit < 0:
            found += () if gone else token.names
            named.append(token)
            continue
        found += pieces_of(token.taken if mended else token.text, read.language)
        found += [unseen(token)] if gone else token.names
        found += [ELSEWHERE] if token.pair == ELSEWHERE else []
        named.append(replace(token, pair=UNSEEN) if gone and token.pair != ELSEWHERE else token)
    return found + [pair for _, _, pair in pairs_of(named)]


def matrix(rows: Sequence[Sequence[str]]) -> csr_matrix:
    """One row a question, one column a bucket."""
    numbers = [[bucket(feature) for feature in row] for row in rows]
    ends = np.cumsum([0, *map(len, numbers)])
    flat = np.array([number for row in numbers for number in row], dtype=np.int64)
    table = csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(rows), BUCKETS))
    table.sum_duplicates()
    return table


def learn(read: Sequence[Read], seed: int) -> Learned:
    """Weights for these examples."""
    rng = random.Random(seed)  # noqa: S311 - nothing here is secret
    natural = [r for r in read if r.example.source in ("written", "tuning", "article")]
    counts = Counter(name for r in natural for name in {n for token in r.tokens for n in token.names})
    rows, right, counted = [], [], []
    for _ in range(COPIES):
        for r in read:
            rows.append(features(r, [_forgets(token, counts, rng) for token in r.tokens]))
            right.append(1.0 if r.example.ours else -1.0)
            counted.append(r.example.weight * (TUNING_COUNTS if r.example.source == "tuning" else 1.0) / COPIES)
    table, side, weight = matrix(rows), np.array(right), np.array(counted)
    for one in (1.0, -1.0):
        weight[side == one] *= len(read) / 2 / weight[side == one].sum()
    turned = table.T.tocsr()

    def loss(values: Vector) -> tuple[float, Vector]:
        inner, bias = values[:-1], values[-1]
        margins = side * (table @ inner + bias)
        wrong = weight * side / (1 + np.exp(np.clip(margins, -50, 50)))
        cost = float(weight @ np.logaddexp(0, -margins) + PENALTY / 2 * inner @ inner)
        return cost, np.append(PENALTY * inner - turned @ wrong, -wrong.sum())

    best = minimize(loss, np.zeros(BUCKETS + 1), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return Learned(best[:-1], float(best[-1]), frozenset(n for r in read for token in r.tokens for n in token.names))


def _forgets(token: Token, counts: Counter[str], rng: random.Random) -> bool:
    if token.unit < 0:
        return False
    return not token.names or rng.random() < FORGOTTEN.get(counts[token.names[0]], FORGOTTEN_ELSE)


def ask(read: Sequence[Read], learned: Learned) -> Vector:
    """What the weights say of examples that they do not know."""
    gone = [[not t.names or t.names[0] not in learned.seen for t in r.tokens] for r in read]
    rows = [features(r, words, mended=True) for r, words in zip(read, gone, strict=True)]
    return np.asarray(matrix(rows) @ learned.weights + learned.bias)


def report(read: Sequence[Read], said: Vector, meant: Vector) -> None:
    """Print how many are refused, by how many that should be answered are lost, and the limit for that."""
    limits = shipped_weights().answer
    ours = np.array([r.example.ours for r in read])
    total = limits.words * said + limits.meaning * meant + limits.covered * np.array([r.covered for r in read])
    named = np.array([r.example.batch or r.example.source for r in read])
    languages = np.array([r.example.language for r in read])
    groups = {name: named == name for name in ("tuning", *sorted({r.example.batch for r in read} - {""}))}
    groups |= {f"spoken, {code}": (named == "spoken") & (languages == code) for code in sorted(set(languages))}
    for name, of in groups.items():
        good, bad = np.sort(total[of & ours]), total[of & ~ours]
        if not (len(good) and len(bad)):
            continue
        for lost in (0.01, 0.02, 0.05):
            limit = good[int(lost * len(good))]
            refused = f"{np.mean(bad < limit):.1%} of {len(bad)} refused"
            print(f"{name}: {lost:.1%} of {len(good)} lost, {refused} at {limit:.2f}", flush=True)


def save(learned: Learned, path: str) -> None:
    """Weights in 255 steps."""
    step = float(np.abs(learned.weights).max() / 127)
    weights = np.round(learned.weights / step).astype(np.int8)
    seen = np.array(sorted(crc32(name.encode()) for name in learned.seen), dtype=np.uint32)
    np.savez_compressed(path, weights=weights, step=np.float64(step), bias=np.float64(learned.bias), seen=seen)


if __name__ == "__main__":
    main()
