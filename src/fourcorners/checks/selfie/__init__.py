"""Checks of a selfie, in the order shown to people."""

from types import ModuleType

from fourcorners.checks.selfie import (
    even_light,
    eyes_open,
    eyes_visible,
    face_in_oval,
    head_pose,
    inter_eye_distance,
    looks_live,
    natural_colour,
    no_glasses,
    no_hand,
    no_hat,
    no_mask,
    no_sunglasses,
    sharp,
    single_face,
    well_lit,
)

__all__ = ["CHECKS"]

CHECKS: tuple[ModuleType, ...] = (
    single_face,
    face_in_oval,
    inter_eye_distance,
    head_pose,
    eyes_open,
    eyes_visible,
    no_mask,
    no_sunglasses,
    no_glasses,
    no_hat,
    no_hand,
    well_lit,
    even_light,
    natural_colour,
    sharp,
    looks_live,
)
