"""Checks of one photo of a document, in the order shown to people."""

from types import ModuleType

from fourcorners.checks.document import (
    corners_visible,
    document_present,
    kind_known,
    one_document,
    portrait_clear,
    portrait_present,
    resolution_sufficient,
)

__all__ = ["CHECKS"]

CHECKS: tuple[ModuleType, ...] = (
    document_present,
    one_document,
    kind_known,
    corners_visible,
    resolution_sufficient,
    portrait_present,
    portrait_clear,
)
