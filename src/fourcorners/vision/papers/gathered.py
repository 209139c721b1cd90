"""What is known of a paper before its holder is looked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from fourcorners.vision.papers.blocks import AddressBlock
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.parties import Role

__all__ = ["Gathered"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The lines of a paper, the height of its first page in pixels, and what was found among them.

    `blocks` are its blocks with addresses, `roles` who is who in a contract; `kind` and `issuer` are "" until found.
    """

    lines: Sequence[PaperLine]
    page_height: float
    blocks: Sequence[AddressBlock]
    roles: Sequence[Role]
    issuer: str = ""
    kind: str = ""
