"""Where clips are taken: a person in a room, a lens, and what a webcam makes of what it sees."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from fourcorners.specimens.effects.sensor import decode, jpeg, noisy
from fourcorners.specimens.heads import relit
from fourcorners.specimens.heads3d.paint import Lens
from fourcorners.specimens.heads3d.relief import Relief, head_relief
from fourcorners.specimens.model import Pixels
from fourcorners.specimens.people import head
from fourcorners.specimens.pictures import as_u8, blurred
from fourcorners.specimens.portraits import dress, head_placement
from fourcorners.specimens.surfaces import draw_surface

__all__ = ["Place", "new_lens", "set_up", "webcam"]

EYES_AT = (0.5, 0.42)


@dataclass(frozen=True)
class Place:
    """Where the person sits: body and room without the head, and the camera."""

    relief: Relief
    ground: Pixels
    lens: Lens


def set_up(person: int, size: tuple[int, int], rng: np.random.Generator) -> Place:
    """A person before a camera in some room and light; `size` is (width, height) of the picture."""
    angle = rng.uniform(0, 2 * np.pi)
    lit = relit(head(person), (float(np.cos(angle)), float(np.sin(angle))), float(rng.uniform(0.05, 0.35)))
    lens = new_lens(size, rng)
    at = lens.centre[0] / size[0], lens.centre[1] / size[1]
    room = blurred(
        draw_surface(size, rng, str(rng.choice(["clutter", "plain", "paper", "tiles", "stone", "pattern"]))),
        max(size) * rng.uniform(0.006, 0.02),
    )
    headless = replace(lit, alpha=np.zeros_like(lit.alpha))
    matrix = head_placement(lit, size, at, lens.scale / size[0])
    ground, _ = dress(headless, room, matrix, rng)
    return Place(head_relief(lit), ground, lens)


def new_lens(size: tuple[int, int], rng: np.random.Generator) -> Lens:
    """A camera at about arm's length."""
    scale = min(size[0], 0.75 * size[1]) * float(rng.uniform(0.13, 0.19))
    at = (EYES_AT[0] + rng.normal(0, 0.02)) * size[0], (EYES_AT[1] + rng.normal(0, 0.015)) * size[1]
    return Lens((float(at[0]), float(at[1])), float(rng.uniform(6.5, 10)), scale)


def webcam(rng: np.random.Generator) -> Callable[[Pixels], Pixels]:
    """A webcam: its light, noise that is new in each frame, compression."""
    sigma, quality = float(rng.uniform(1.5, 5)), int(rng.integers(60, 88))
    gain, soft = float(rng.uniform(0.75, 1.1)), float(rng.uniform(0.3, 0.9))

    def film(frame: Pixels) -> Pixels:
        lit = as_u8(cv2.convertScaleAbs(frame, alpha=gain))
        return decode(jpeg(noisy(blurred(lit, soft), sigma, rng), quality))

    return film
