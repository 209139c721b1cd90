"""Selfies to judge, and how to judge them."""

from functools import cache

import numpy as np

from fourcorners.checks import selfie as group
from fourcorners.checks.finding import Finding
from fourcorners.checks.limits import limits_for
from fourcorners.specimens import selfie
from fourcorners.vision.decode import decode
from fourcorners.vision.picture import Picture
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["frame_of", "judged", "taken"]

MODULES = {module.NAME: module for module in group.CHECKS}


@cache
def taken(kind: str = "genuine", severity: float = 0.3, seed: int = 20_000, person: int = 3) -> SelfieFrame:
    """A specimen, decoded; kept, so that its measures are taken once. Seeds from 20,000 on were never tuned on."""
    return SelfieFrame(decode(selfie(person, kind, severity, seed=seed, size=(720, 960)).encoded))


def frame_of(pixels: np.ndarray) -> SelfieFrame:
    """A frame of these pixels."""
    return SelfieFrame(Picture(np.ascontiguousarray(pixels, dtype=np.uint8), "JPEG", 1, "0" * 64))


def judged(check: str, frame: SelfieFrame) -> Finding:
    """What `check` says of `frame`."""
    finding: Finding = MODULES[check].check(frame, limits_for("selfie", check))
    return finding
