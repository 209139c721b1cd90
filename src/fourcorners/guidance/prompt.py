"""What somebody is told while a live check goes on."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from fourcorners.kit.geometry import Points

__all__ = ["Phase", "Prompt"]


class Phase(StrEnum):
    """Where a live check stands.

    PLACE: the face is not yet where it should be, the hint says why. HOLD: look ahead for a moment, for what follows is
    measured against this pose. STEPS: a step is to be done now. OVER: no more frames are looked at; all was done, or it
    can no longer pass.
    """

    PLACE = "place"
    HOLD = "hold"
    STEPS = "steps"
    OVER = "over"


@dataclass(frozen=True, slots=True, eq=False)
class Prompt:
    """What to tell the person now.

    `step` is named in Phase.STEPS only. `done` of `total` steps have been seen; `progress` (0 to 1) says how far the
    present one has gone. `hint` is one of HINTS, or None. `shape` (n, 2) is the face's contour in shares of the frame's
    width and height, or None. While a dot is to be followed, `dot` is its path from the moment at which the step was
    shown (rows of seconds, x to the person's own left, y down), and `faced` the place (x, y) that the head turns to.
    """

    phase: Phase
    step: str | None
    done: int
    total: int
    progress: float = 0.0
    hint: str | None = None
    shape: Points | None = None
    dot: tuple[tuple[float, float, float], ...] = ()
    faced: tuple[float, float] | None = None

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "phase": self.phase.value,
            "step": self.step,
            "done": self.done,
            "total": self.total,
            "progress": round(self.progress, 2),
            "hint": self.hint,
            "shape": None if self.shape is None else np.round(self.shape, 4).tolist(),
            "dot": [list(knot) for knot in self.dot],
            "faced": None if self.faced is None else [round(share, 3) for share in self.faced],
        }
