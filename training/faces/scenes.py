"""One example to learn from: somebody, perhaps covered, before a camera."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from training.faces.bases import Base
from training.faces.canvas import UNIT, Canvas, closed_curve, inside
from training.faces.glasses import wear_clear, wear_dark, wear_glaring
from training.faces.hands import hold_before
from training.faces.headwear import FACE_OVAL, cover_hair, hair_over_eyes
from training.faces.labels import LABELS
from training.faces.masks import cover_mouth
from training.faces.variety import another_person, in_light, photographed

from fourcorners.vision.faces.coverings.window import BELOW_EYES_UNITS
from fourcorners.vision.faces.crop import Affine, square

__all__ = ["Example", "draw", "dressed"]

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
HELD_SHARE = 0.04
"""A hand or thing that covers less of the face than this lies beside it."""
TRIES = 4


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


def dressed(base: Base, rng: np.random.Generator, others: Sequence[Canvas] = ()) -> tuple[Canvas, set[str]]:
    """A face with no covering, one or several, perhaps with features of `others`; and which coverings it wears."""
    wanted = _wanted(base, rng)
    person = another_person(base.canvas, rng, () if base.wears else others)
    canvas = in_light(person, rng).uncovered()
    for name, wear in _WEAR.items():
        if name in wanted:
            canvas = _held(canvas, rng) if name == "hand" else wear(canvas, rng)
    return canvas, wanted | set(base.wears) | ({"glasses"} if "glare" in wanted else set())


def _held(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """Something held so that it covers part of the face."""
    oval = inside(closed_curve(canvas.points[list(FACE_OVAL)]), 0.8)
    for _ in range(TRIES):
        held = hold_before(canvas.uncovered(), rng)
        if float((held.covered * oval).sum() / oval.sum()) > HELD_SHARE:
            break
    return replace(held, covered=np.maximum(held.covered, canvas.covered))


def draw(base: Base, rng: np.random.Generator, window_units: float, others: Sequence[Canvas] = ()) -> Example:
    """The same before a camera. The window of `window_units` eye distances is placed as badly as the landmarks of
    covered faces are."""
    canvas, worn = dressed(base, rng, others)
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
    wanted = {str(rng.choice(list(_WEAR), p=[0.17, 0.08, 0.18, 0.13, 0.08, 0.16, 0.2]))}
    if rng.random() < 0.3:
        wanted.add(str(rng.choice(list(_WEAR))))
    eyes = [name for name in ("sunglasses", "glare", "glasses") if name in wanted]
    return wanted - set(eyes[1:])
