"""Checks of institutions' papers, in the order shown to people."""

from types import ModuleType

from . import (
    paper_address_matches,
    paper_dated,
    paper_in_force,
    paper_incorporation_matches,
    paper_is_signed,
    paper_kind_expected,
    paper_lists_match,
    paper_name_matches,
    paper_numbers_match,
    paper_original,
    paper_user_named,
)

__all__ = ["CHECKS"]

CHECKS: tuple[ModuleType, ...] = (
    paper_kind_expected,
    paper_name_matches,
    paper_numbers_match,
    paper_incorporation_matches,
    paper_address_matches,
    paper_dated,
    paper_in_force,
    paper_is_signed,
    paper_lists_match,
    paper_user_named,
    paper_original,
)
