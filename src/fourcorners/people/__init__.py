"""People: the flow of an individual verification, its states and rules."""

from fourcorners.people.rules import Item, ItemState, State, Step

__all__ = ["Item", "ItemState", "State", "Step"]
