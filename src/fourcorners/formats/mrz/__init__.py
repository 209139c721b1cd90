"""Machine-readable zones: TD1, TD2, TD3, visas, the French card of 1988 and the EU driving licence."""

from .errors import MrzError
from .layouts import LAYOUTS, MrzFormat
from .write import write

__all__ = ["LAYOUTS", "MrzError", "MrzFormat", "write"]
