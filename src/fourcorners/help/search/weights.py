"""The weights of the search: weights.toml, which explains them."""

from dataclasses import dataclass
from functools import cache

from fourcorners.kit.data import load_toml

__all__ = ["Answering", "Weights", "shipped_weights"]


@dataclass(frozen=True, slots=True)
class Answering:
    """Table `answer`."""

    unknown: float
    title: float
    headings: float
    body: float
    beyond: float
    elsewhere: float
    beside: float
    mended: float
    words: float
    meaning: float
    covered: float
    own: float
    own_min: float
    answered_min: float
    alone_min: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of fields, of readings, and of what an answer needs."""

    fields: tuple[tuple[str, float], ...]
    typed: float
    mistyped: float
    synonym: float
    translated: float
    general: float
    tie_share: float
    meant: float
    meant_min: float
    answer: Answering


@cache
def shipped_weights() -> Weights:
    """The weights that come with the package."""
    table = load_toml("fourcorners.help.search", "weights.toml")
    fields, answer = tuple(table["fields"].items()), Answering(**table["answer"])
    return Weights(
        fields,
        **table["readings"],
        tie_share=table["tie"]["share"],
        meant=table["meant"]["weight"],
        meant_min=table["meant"]["share_min"],
        answer=answer,
    )
