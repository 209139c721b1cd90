"""Photos of the tuning templates as both networks see them: what limits are chosen by.

The windows are those that the checks look at; outlines and places are the true ones, portraits a little smaller, as
they are guessed from faces.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from training.originality.donors import Pixels, Rng
from training.originality.splices import NO_LINES, SHORTEST_LINE, SIZES, length_of

from fourcorners import specimens
from fourcorners.specimens import Camera
from fourcorners.specimens.designs import designs_of
from fourcorners.vision.originality.recapture import page_windows
from fourcorners.vision.originality.splice import Place, place_windows

__all__ = ["Shown", "tuning_picture"]

KINDS = {
    "genuine": 0.36, "held": 0.06, "glare": 0.03, "shadow": 0.02, "low_light": 0.03, "recompressed": 0.05,
    "edited": 0.17, "colour_copy": 0.05, "laser_print": 0.06, "inkjet_print": 0.05, "screen_photo": 0.05,
    "monitor_screen": 0.07,
}  # fmt: skip
FIRST_SEED = 5_600_000
FIRST_PERSON, PERSONS = 3000, 40
GENUINE_SEVERITY = 0.5
PORTRAIT_SHARE = 0.93


@dataclass(frozen=True)
class Shown:
    """One picture: what is known of it, and what the networks look at."""

    facts: dict[str, object]
    near: Pixels
    far: Pixels
    names: list[str]
    windows: Pixels
    shares: NDArray[np.float32]
    lines: list[bool]


def tuning_picture(rng: Rng, seed: int) -> Shown:
    """A picture of any kind but those that are kept for measuring."""
    designs = designs_of(None, "tuning")
    design = designs[int(rng.integers(len(designs)))]
    kind = str(rng.choice(list(KINDS), p=list(KINDS.values())))
    severity, camera = float(rng.uniform(0, 1)), list(Camera)[int(rng.integers(len(Camera)))]
    severity *= GENUINE_SEVERITY if kind == "genuine" else 1
    person = FIRST_PERSON + int(rng.integers(PERSONS))
    document = specimens.draw(design.kind, seed=FIRST_SEED + seed, portrait=person, design=design.name)
    size = SIZES[int(rng.integers(len(SIZES)))]
    taken = specimens.capture(document, kind, severity, seed=FIRST_SEED + seed, size=size, camera=camera)
    truth = taken.truth
    assert truth.corners is not None
    half = np.asarray(cv2.resize(taken.pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    near, far, _ = page_windows(taken.pixels, half, truth.corners)
    places = {
        name: Place(quad, True) for name, quad in truth.regions.items()
        if name not in NO_LINES and length_of(quad) >= SHORTEST_LINE
    }  # fmt: skip
    if "portrait" in truth.regions:
        quad = truth.regions["portrait"]
        middle = quad.mean(axis=0)
        places["portrait"] = Place(middle + PORTRAIT_SHARE * (quad - middle))
    names = list(places)
    windows, asked, shares = place_windows(taken.pixels, truth.corners, list(places.values()))
    facts: dict[str, object] = {
        "kind": kind, "severity": severity, "camera": camera.value, "template": design.name,
        "altered": list(truth.altered), "size": size,
    }  # fmt: skip
    told = [names[n] for n in asked]
    return Shown(facts, near, far, told, windows, shares, [places[name].is_line for name in told])
