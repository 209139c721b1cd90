"""Privacy: how long data are kept, legal holds, erasure, and what a person may have of their own data."""

from fourcorners.privacy.actions import close, erase, hold
from fourcorners.privacy.consents import withdraw_consent
from fourcorners.privacy.export import export

__all__ = ["close", "erase", "export", "hold", "withdraw_consent"]
