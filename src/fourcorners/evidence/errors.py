"""What is refused as evidence."""

from typing import ClassVar

from fourcorners.kit.errors import Refusal

__all__ = ["ItemUnknown", "SourceNotAllowed"]


class SourceNotAllowed(Refusal):
    """Policy wants this picture from a live camera, not from a gallery (IDP7)."""

    code = "source_not_allowed"
    retryable: ClassVar[bool] = True


class ItemUnknown(Refusal):
    """There is no item of this name that a file could stand for."""

    code = "item_unknown"
