"""Is a question about what a help centre like this one answers, or uses its words for something else?

"Lost my phone" is ours, "lost my wallet on the bus" is not, though the articles have all of its words. That is told by
words, by pieces of words and by pairs of words, each with a weight learned from examples (training/help). The weights
are added up, so that one can say which words spoke for an answer and which against (`said_by`).
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import combinations, pairwise
from zlib import crc32

import numpy as np

from fourcorners.help.language import terms_of
from fourcorners.help.language.phrases import UNSPACED
from fourcorners.help.language.stems import folded
from fourcorners.help.search.cards import help_cards
from fourcorners.help.search.question import Question, Unit
from fourcorners.vision.networks.weights import verified_path

__all__ = [
    "BUCKETS",
    "ELSEWHERE",
    "UNSEEN",
    "Model",
    "Token",
    "bucket",
    "pairs_of",
    "pieces_of",
    "shipped_model",
    "tokens_of",
    "unseen",
]

BUCKETS = 1 << 18
"""Features share so many weights, by their checksum."""
PIECES = (3, 4, 5)
"""Letters of a piece of a word."""
PIECES_UNSPACED = (1, 2)
PAIRED_MAX = 12
"""So many words that carry meaning are paired with each other."""
UNSEEN = "unseen"
ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a question, or the words of a phrase that is translated.

    `names` are its terms, the first one its own; `pair` is what it is called in pairs; `unit` is the number of the unit
    it belongs to, or -1 for a word of grammar. `taken` is what a mistyped word is taken for.
    """

    text: str
    taken: str
    names: tuple[str, ...]
    pair: str
    unit: int
    known: bool
    mended: bool


def tokens_of(question: Question) -> list[Token]:
    """The words of a question in order."""
    language = question.language
    mended = dict(question.mended)
    owner = {n: number for number, unit in enumerate(question.units) for n in range(unit.first, unit.last)}
    tokens: list[Token] = []
    for n, word in enumerate(question.words):
        number = owner.get(n, -1)
        if number < 0:
            name = f"{language}={folded(word)}"
            tokens.append(Token(word, word, (name,), name, -1, known=True, mended=False))
            continue
        unit = question.units[number]
        meant = _meant(unit)
        if meant and n > unit.first:
            continue
        texts = question.words[n : unit.last] if meant else (word,)
        taken = [mended.get(text, text) for text in texts]
        own = tuple(name for text in taken for name in _own(text, language))
        pair = "+".join(meant) or (own[0] if own else folded(word))
        if unit.elsewhere:
            pair = ELSEWHERE
        names = tuple(dict.fromkeys((*own, *meant)))
        tokens.append(Token("".join(texts), "".join(taken), names, pair, number, unit.known, unit.mended))
    return tokens


def _meant(unit: Unit) -> tuple[str, ...]:
    """The terms of the first thing that it means in English, if it is translated."""
    reading = next((reading for reading in unit.readings if reading.translated), None)
    return tuple(term for slot in reading.slots for term in slot) if reading else ()


@lru_cache(maxsize=1 << 15)
def _own(word: str, language: str) -> tuple[str, ...]:
    """The terms of a word, in English as well where it could be; a number is any number."""
    if word.isdigit():
        return ("#",)
    terms = terms_of(word, language)
    if language != "en" and word.isascii():
        terms += terms_of(word, "en")
    return terms


@lru_cache(maxsize=1 << 15)
def pieces_of(text: str, language: str) -> tuple[str, ...]:
    """The pieces of a word: runs of letters, told from those at its ends."""
    word = folded(text)
    if language in UNSPACED:
        return tuple(f"~{word[at : at + n]}" for n in PIECES_UNSPACED for at in range(len(word) - n + 1))
    word = f"<{word}>"
    return tuple(f"~{word[at : at + n]}" for n in PIECES for at in range(len(word) - n + 1))


def pairs_of(tokens: list[Token]) -> Iterator[tuple[int, int, str]]:
    """Pairs of tokens, by number: neighbours in order, and all that carry meaning in any order."""
    for (i, one), (j, other) in pairwise(enumerate(tokens)):
        yield i, j, f"{one.pair} {other.pair}"
    telling = [n for n, token in enumerate(tokens) if token.unit >= 0][:PAIRED_MAX]
    for i, j in combinations(telling, 2):
        yield i, j, "&".join(sorted((tokens[i].pair, tokens[j].pair)))


def unseen(token: Token) -> str:
    """The feature of a word that no example has."""
    return f"{UNSEEN}:{token.known:d}{token.mended:d}"


def bucket(feature: str) -> int:
    """The number of the weight of a feature."""
    return crc32(feature.encode()) % BUCKETS


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of features, in steps of `step`; `seen` are the checksums of the names that examples have."""

    weights: Sequence[int]
    step: float
    bias: float
    seen: frozenset[int]

    def said_by(self, question: Question, told: Mapping[int, float]) -> dict[str, float]:
        """What each word and each pair of words says for an answer (above zero) or against it.

        `told` are the units that articles of the operator's own tell of, each with what that is worth: what was learned
        of them elsewhere does not count.
        """
        tokens = tokens_of(question)
        said = {token.text: 0.0 for token in tokens}
        named: list[Token] = []
        for token in tokens:
            if token.unit in told:
                said[token.text] += told[token.unit]
                named.append(token)
                continue
            known = not token.names or crc32(token.names[0].encode()) in self.seen
            said[token.text] += self._alone(token, question.language, known=known)
            named.append(token if known or token.unit < 0 or token.pair == ELSEWHERE else replace(token, pair=UNSEEN))
        for i, j, pair in pairs_of(named):
            if tokens[i].unit not in told and tokens[j].unit not in told:
                text = f"{tokens[i].text} {tokens[j].text}"
                said[text] = said.get(text, 0.0) + self._weight(pair)
        return said

    def score(self, question: Question, told: Mapping[int, float]) -> float:
        """The sum of all that is said: the logarithm of the odds that the question is ours."""
        return self.bias + sum(self.said_by(question, told).values())

    def _weight(self, feature: str) -> float:
        return self.step * self.weights[crc32(feature.encode()) % BUCKETS]

    def _alone(self, token: Token, language: str, *, known: bool) -> float:
        total = 0.0
        if token.unit >= 0:
            total += _pieces_weight(self, token.taken, language)
            if token.pair == ELSEWHERE:
                total += self._weight(ELSEWHERE)
        if not known:
            return total + (self._weight(unseen(token)) if token.unit >= 0 else 0.0)
        return total + sum(map(self._weight, token.names))

    def __hash__(self) -> int:
        return id(self)


@lru_cache(maxsize=1 << 15)
def _pieces_weight(model: Model, text: str, language: str) -> float:
    total = sum(model.weights[bucket(piece)] for piece in pieces_of(text, language))
    return model.step * total


@cache
def shipped_model() -> Model:
    """The model that comes with the package. Raises WeightsTampered."""
    with np.load(verified_path(help_cards()["help_about"]), allow_pickle=False) as stored:
        weights = array("b", stored["weights"].tobytes())
        return Model(weights, float(stored["step"]), float(stored["bias"]), frozenset(stored["seen"].tolist()))
