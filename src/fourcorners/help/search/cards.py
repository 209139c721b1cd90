"""The cards of the weights that the search uses: cards.toml."""

from functools import cache

from fourcorners.kit.data import load_toml
from fourcorners.vision.networks.weights import Card

__all__ = ["help_cards"]


@cache
def help_cards() -> dict[str, Card]:
    """All of them, by name."""
    table = load_toml("fourcorners.help.search", "cards.toml")
    return {name: Card(name=name, **entry) for name, entry in table.items()}
