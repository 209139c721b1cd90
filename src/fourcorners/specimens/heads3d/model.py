"""What a clip of a head is, and what is true of it."""

import json
from dataclasses import dataclass
from enum import StrEnum

from fourcorners.specimens.model import Pixels

__all__ = ["ClipKind", "HeadClip"]


class ClipKind(StrEnum):
    """Who or what is before the camera."""

    GENUINE = "genuine"
    STILL_PHOTO = "still_photo"
    HELD_PHOTO = "held_photo"
    BENT_PHOTO = "bent_photo"
    SCREEN_REPLAY = "screen_replay"
    FROZEN = "frozen"
    LOOPED = "looped"
    CUT = "cut"
    SWAPPED = "swapped"


@dataclass(frozen=True, eq=False)
class HeadClip:
    """Frames (h, w, 3) RGB with their times in seconds, and the truth: `spans` are the steps (name, start, end)."""

    frames: tuple[Pixels, ...]
    times: tuple[float, ...]
    person: int
    kind: ClipKind
    seed: int
    spans: tuple[tuple[str, float, float], ...]

    @property
    def attack(self) -> bool:
        """Is no living person performing this before the camera?"""
        return self.kind is not ClipKind.GENUINE

    def to_json(self) -> str:
        """The truth as one JSON object."""
        return json.dumps(
            {
                "person": self.person,
                "kind": self.kind,
                "attack": self.attack,
                "seed": self.seed,
                "frames": len(self.frames),
                "steps": [{"name": n, "start_s": round(a, 3), "end_s": round(b, 3)} for n, a, b in self.spans],
            },
            indent=1,
        )
