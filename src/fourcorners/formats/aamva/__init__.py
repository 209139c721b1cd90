"""Driver's licences and identification cards of North America: the data of their barcodes (AAMVA DL/ID standard)."""

from .errors import AamvaError, AamvaFieldError, AamvaLengthError, AamvaUnreadableError
from .model import Aamva, Issuer, Problem, find_issuer
from .parse import parse
from .write import write

__all__ = [
    "Aamva",
    "AamvaError",
    "AamvaFieldError",
    "AamvaLengthError",
    "AamvaUnreadableError",
    "Issuer",
    "Problem",
    "find_issuer",
    "parse",
    "write",
]
