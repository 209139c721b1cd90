"""Where network weights come from: pinned packages, or our own files, each with a card and a SHA-256."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal

__all__ = ["Card", "WeightsMissing", "WeightsTampered", "card", "cards", "verified_path", "weights_path"]


class WeightsMissing(Refusal):
    """The package that carries these weights is not installed."""

    code = "weights_missing"


class WeightsTampered(Refusal):
    """The file is not the one that was measured."""

    code = "weights_tampered"


@dataclass(frozen=True, slots=True)
class Card:
    """One entry of `cards.toml`: what the weights are, whose, under which licence, trained on what, how good."""

    name: str
    package: str
    path: str
    sha256: str
    carrier: str
    purpose: str
    source: str
    licence: str
    data: str
    error: str
    commercial: bool


@cache
def cards() -> dict[str, Card]:
    """All cards, by name."""
    table = load_toml("fourcorners.vision.networks", "cards.toml")
    return {name: Card(name=name, **entry) for name, entry in table.items()}


def card(name: str) -> Card:
    """The card called `name`."""
    return cards()[name]


@cache
def weights_path(name: str) -> Path:
    """Path of the verified weights file of card `name`.

    Raises WeightsMissing when its package is not installed, WeightsTampered when its SHA-256 differs from the card.
    """
    return verified_path(card(name))


def verified_path(entry: Card) -> Path:
    """Path of the file of a card, verified. Raises as `weights_path` does."""
    spec = find_spec(entry.package)  # finds without importing: the carrier's own code never runs
    roots = list(spec.submodule_search_locations or []) if spec else []
    path = next((p for p in (Path(root) / entry.path for root in roots) if p.is_file()), None)
    if path is None:
        raise WeightsMissing(f"{entry.name} comes with {entry.carrier}, which is not installed.", weights=entry.name)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != entry.sha256:
        raise WeightsTampered(f"{path.name} is not the file on its card (SHA-256 {digest}).", weights=entry.name)
    return path
