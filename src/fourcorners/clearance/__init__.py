"""Clearance: decisions on cases, the queue for people, policy; and the one gate to whatever verification unlocks."""

from fourcorners.clearance.gate import Cleared, require, require_institution
from fourcorners.clearance.rules import Outcome, Standing

__all__ = ["Cleared", "Outcome", "Standing", "require", "require_institution"]
