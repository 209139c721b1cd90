"""Machine-readable zones: TD1, TD2, TD3, visas, the French card of 1988 and the EU driving licence."""

from .check_digits import CheckDigit, check_digit, check_rules, verify
from .dates import MrzDate
from .errors import MrzCharacterError, MrzError, MrzFieldError, MrzLengthError
from .layouts import ALPHABET, FILLER, LAYOUTS, CheckRule, Field, Layout, MrzFormat, Position, layout_for
from .model import Mrz
from .parse import parse
from .write import write

__all__ = [
    "ALPHABET",
    "FILLER",
    "LAYOUTS",
    "CheckDigit",
    "CheckRule",
    "Field",
    "Layout",
    "Mrz",
    "MrzCharacterError",
    "MrzDate",
    "MrzError",
    "MrzFieldError",
    "MrzFormat",
    "MrzLengthError",
    "Position",
    "check_digit",
    "check_rules",
    "layout_for",
    "parse",
    "verify",
    "write",
]
