"""Somebody before a camera who does each step when asked: for what goes on while the camera runs."""

import numpy as np

from fourcorners.specimens.heads3d.motion import STEPS, Knots, Motion, add_step, perform
from fourcorners.specimens.heads3d.paint import paint
from fourcorners.specimens.heads3d.relief import with_lids
from fourcorners.specimens.heads3d.studio import set_up, webcam
from fourcorners.specimens.model import Pixels, SpecimenError

__all__ = ["AnsweringHead"]

REACTION_S = (0.35, 1.1)
LENGTH_S = 120


class AnsweringHead:
    """A drawn person, frame by frame, for two minutes at most; the same questions at the same frames give the same."""

    def __init__(self, person: int, *, seed: int, size: tuple[int, int] = (480, 640), fps: float = 15.0) -> None:
        self._rng = np.random.default_rng((seed, 89))
        self._place = set_up(person, size, self._rng)
        self._camera = webcam(self._rng)
        self._motion: Motion = perform((), fps, self._rng, length_s=LENGTH_S)
        self._fps, self._number = fps, 0

    def ask(self, step: str, dot: Knots = ()) -> None:
        """Have it done, after the time that people take to react; `dot` is the path of one that is to be followed.

        Raises SpecimenError.
        """
        if step not in STEPS:
            raise SpecimenError(f"There is no step {step}; there are {', '.join(STEPS)}.")
        reaction_s = 0.0 if step == "dot" else float(self._rng.uniform(*REACTION_S))  # a dot is followed late anyway
        self._motion = add_step(self._motion, step, self._number / self._fps + reaction_s, self._rng, dot)

    def wait(self, until_s: float) -> None:
        """Let time go by without being looked at, until the next frame is the first one not before `until_s`."""
        last = len(self._motion.times) - 1
        while self._number < last and self._motion.times[self._number] < until_s:
            self._number += 1

    def frame(self) -> tuple[float, Pixels]:
        """The next frame with its time in seconds. Raises SpecimenError after the last one."""
        i = self._number
        if i >= len(self._motion.times):
            raise SpecimenError(f"It stays for {LENGTH_S} seconds.")
        self._number += 1
        relief = with_lids(self._place.relief, round(float(self._motion.shut[i]), 1))
        lens = self._place.lens
        seen = paint(self._place.ground, relief, self._motion.attitude(i, lens.distance), lens)
        return float(self._motion.times[i]), self._camera(seen)
