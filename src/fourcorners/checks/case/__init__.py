"""Checks of the case as a whole: its files, its dates, and whether all sources say the same."""

from types import ModuleType

from fourcorners.checks.case import (
    barcode_agrees,
    barcode_valid,
    birth_date_present,
    claims_agree,
    file_accepted,
    in_date,
    mrz_present,
    mrz_valid,
    old_enough,
    print_agrees,
    sides_differ,
    sides_given,
)

__all__ = ["CHECKS"]

CHECKS: tuple[ModuleType, ...] = (
    file_accepted,
    sides_given,
    sides_differ,
    in_date,
    birth_date_present,
    old_enough,
    mrz_present,
    mrz_valid,
    barcode_valid,
    print_agrees,
    barcode_agrees,
    claims_agree,
)
