"""What was seen in one frame of a preview."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from fourcorners.kit.data import load_toml
from fourcorners.kit.geometry import Points

__all__ = ["HINTS", "Look", "rules_for", "settled"]

HINTS = (
    "show_document",
    "one_document",
    "show_all_corners",
    "move_closer",
    "hold_flat",
    "avoid_glare",
    "show_face",
    "one_person",
    "fit_oval",
    "move_back",
    "look_straight",
    "more_light",
    "less_light",
    "even_light",
    "hold_still",
    "ready",
)
"""Everything that can be said; the words stand in the locales."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One frame: the `hint` for the first thing that is amiss, `hold_still` or `ready` when nothing is.

    `shape` (n, 2) is the document's outline or the face's contour in pixels of the frame, None when there is none.
    `still_frames` counts the good frames in a row, this one included, between which the shape hardly moved.
    """

    hint: str
    shape: Points | None
    still_frames: int = 0

    @property
    def ready(self) -> bool:
        """May the shutter go?"""
        return self.hint == "ready"


def rules_for(subject: str) -> Mapping[str, Any]:
    """The table of `document` or `face` in guidance.toml."""
    rules: Mapping[str, Any] = load_toml("fourcorners.guidance", "guidance.toml")[subject]
    return rules


def settled(shape: Points, before: Look | None, rules: Mapping[str, Any], diagonal: float) -> Look:
    """The look at a frame in which all is well: is it still enough, for long enough?"""
    moved = np.inf
    if before is not None and before.shape is not None and before.shape.shape == shape.shape:
        moved = float(np.linalg.norm(shape - before.shape, axis=1).max()) / diagonal
    frames = 1 + (before.still_frames if before is not None and moved <= rules["move_share_max"] else 0)
    return Look("ready" if frames >= rules["hold_frames"] else "hold_still", shape, frames)
