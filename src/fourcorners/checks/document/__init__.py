"""Checks of one photo of a document, in the order shown to people."""

from types import ModuleType

from fourcorners.checks.document import (
    corners_visible,
    document_present,
    evenly_lit,
    in_colour,
    kind_known,
    no_glare,
    not_covered,
    not_edited,
    not_photocopy,
    not_scan,
    not_screen_photo,
    not_screenshot,
    one_document,
    portrait_clear,
    portrait_present,
    resolution_sufficient,
    sharp,
    signature_present,
)

__all__ = ["CHECKS"]

CHECKS: tuple[ModuleType, ...] = (
    document_present,
    one_document,
    kind_known,
    corners_visible,
    in_colour,
    not_screenshot,
    not_screen_photo,
    not_photocopy,
    not_scan,
    not_edited,
    resolution_sufficient,
    sharp,
    no_glare,
    evenly_lit,
    not_covered,
    portrait_present,
    portrait_clear,
    signature_present,
)
