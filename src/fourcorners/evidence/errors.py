"""What is refused as evidence."""

from typing import ClassVar

from fourcorners.kit.errors import Refusal

__all__ = ["ItemUnknown", "LiveCheckOver", "SourceNotAllowed", "TooManyChallenges", "TooManyFiles"]


class SourceNotAllowed(Refusal):
    """Policy wants this picture from a live camera, not from a gallery (IDP7)."""

    code = "source_not_allowed"
    retryable: ClassVar[bool] = True


class ItemUnknown(Refusal):
    """There is no item of this name that a file could stand for."""

    code = "item_unknown"


class LiveCheckOver(Refusal):
    """A challenge is answered once."""

    code = "live_check_over"


class TooManyChallenges(Refusal):
    """Too many live checks failed or were begun; `again_at` says when the next one is possible (FR3)."""

    code = "too_many_challenges"
    retryable: ClassVar[bool] = True


class TooManyFiles(Refusal):
    """One person or institution handed in more, in number or in size, than is taken within a day."""

    code = "too_many_files"
    retryable: ClassVar[bool] = True
