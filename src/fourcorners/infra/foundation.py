"""What must be there before the first action: the beginning of the audit chain, and the house's own key."""

from fourcorners.infra.audit import begin_chain
from fourcorners.infra.db import WriteSession
from fourcorners.infra.sealing import make_house_key

__all__ = ["lay_foundation"]


def lay_foundation(db: WriteSession) -> None:
    """Make them; does nothing where they are."""
    begin_chain(db)
    make_house_key(db)
