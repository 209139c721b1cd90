"""Clearance: decisions on cases, the queue for people, policy; and the one gate to whatever verification unlocks."""

from fourcorners.clearance.gate import Cleared, require
from fourcorners.clearance.rules import Outcome, Standing

__all__ = ["Cleared", "Outcome", "Standing", "require"]
