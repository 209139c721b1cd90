"""Driver's licences and identification cards of North America: the data of their barcodes (AAMVA DL/ID standard)."""

from .errors import AamvaError
from .write import write

__all__ = ["AamvaError", "write"]
