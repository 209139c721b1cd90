"""Checks of a paper that proves an address, in the order shown to people."""

from types import ModuleType

from fourcorners.checks.address import (
    address_residential,
    lease_runs,
    paper_accepted,
    paper_address_agrees,
    paper_complete,
    paper_kind_accepted,
    paper_legible,
    paper_name_agrees,
    paper_not_edited,
    paper_not_screenshot,
    paper_recent,
    paper_shows_its_text,
    paper_signed,
    paper_whole,
    supplement_complete,
)

__all__ = ["CHECKS", "FILE_CHECKS", "PAPER_CHECKS"]

FILE_CHECKS: tuple[ModuleType, ...] = (
    paper_accepted,
    paper_legible,
    paper_whole,
    paper_not_screenshot,
    paper_not_edited,
    paper_shows_its_text,
)
"""Made on each file of a paper."""

PAPER_CHECKS: tuple[ModuleType, ...] = (
    paper_kind_accepted,
    paper_complete,
    paper_recent,
    lease_runs,
    paper_signed,
    paper_name_agrees,
    paper_address_agrees,
    address_residential,
    supplement_complete,
)
"""Made on the paper as a whole, in however many files it came."""

CHECKS = (*FILE_CHECKS, *PAPER_CHECKS)
