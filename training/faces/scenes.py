"""One example to learn from: somebody, perhaps covered, before a camera."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from training.faces.bases import Base
from training.faces.canvas import UNIT, Canvas
from training.faces.glasses import wear_clear, wear_dark, wear_glaring
from training.faces.headwear import cover_hair, hair_over_eyes, hold_before
from training.faces.labels import LABELS
from training.faces.masks import cover_mouth
from training.faces.variety import another_person, in_light, photographed

from fourcorners.vision.faces.coverings.window import BELOW_EYES_UNITS
from fourcorners.vision.faces.crop import Affine, square

__all__ = ["Example", "draw"]

_WEAR: dict[str, Callable[[Canvas, np.random.Generator], Canvas]] = {
    "hat": cover_hair,
    "hair": hair_over_eyes,
    "sunglasses": wear_dark,
    "glasses": wear_clear,
    "glare": wear_glaring,
    "mask": cover_mouth,
    "hand": hold_before,
}
"""In the order in which things are put on."""

BARE_SHARE = 0.3


@dataclass(frozen=True, eq=False)
class Example:
    """`pixels` of the canvas, what is worn (8,), where it is `covered` (0..1), and where the network's window lies."""

    pixels: np.ndarray
    worn: np.ndarray
    covered: np.ndarray
    middle: np.ndarray
    side: float
    angle: float

    def window(self, size: int) -> Affine:
        """The map from a window of `size` pixels to the canvas."""
        return square(self.middle, self.side, self.angle, size)


def draw(base: Base, rng: np.random.Generator, window_units: float) -> Example:
    """A face with no covering, one or several. The window of `window_units` eye distances is placed as badly as the
    landmarks of covered faces are."""
    wanted = _wanted(base, rng)
    canvas = in_light(another_person(base.canvas, rng), rng).uncovered()
    for name, wear in _WEAR.items():
        if name in wanted:
            canvas = wear(canvas, rng)
    worn = wanted | set(base.wears) | ({"glasses"} if "glare" in wanted else set())
    middle = canvas.points[[33, 133, 362, 263]].mean(axis=0) + rng.normal(0, 0.05 * UNIT, 2)
    angle = float(np.arctan2(*(canvas.points[263] - canvas.points[33])[::-1]) + np.radians(rng.normal(0, 2.5)))
    down = np.array([-np.sin(angle), np.cos(angle)])
    centre = middle + down * UNIT * BELOW_EYES_UNITS
    side = window_units * UNIT * float(np.exp(rng.normal(0, 0.06)))
    label = np.array([name in worn | {"face"} for name in LABELS], dtype=np.float32)
    return Example(photographed(canvas.pixels, rng), label, canvas.covered, centre, side, angle)


def _wanted(base: Base, rng: np.random.Generator) -> set[str]:
    if base.wears or rng.random() < BARE_SHARE:
        return set()
    wanted = {str(rng.choice(list(_WEAR), p=[0.15, 0.08, 0.2, 0.15, 0.08, 0.19, 0.15]))}
    if rng.random() < 0.3:
        wanted.add(str(rng.choice(list(_WEAR))))
    eyes = [name for name in ("sunglasses", "glare", "glasses") if name in wanted]
    return wanted - set(eyes[1:])
