"""What cannot be asked of institutions' papers."""

from typing import ClassVar

from fourcorners.kit.errors import Refusal

__all__ = ["PaperKindUnknown"]


class PaperKindUnknown(Refusal):
    """There is no such kind of paper."""

    code: ClassVar[str] = "institution_paper_kind_unknown"
