"""Checks that compare faces, in the order shown to people."""

from types import ModuleType

from fourcorners.checks.match import face_matches

__all__ = ["CHECKS"]

CHECKS: tuple[ModuleType, ...] = (face_matches,)
