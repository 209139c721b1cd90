"""An honest photo: what every capture starts from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad
from fourcorners.specimens.camera import Scene, lay, pose
from fourcorners.specimens.effects.bayer import developed, random_sensor
from fourcorners.specimens.effects.blur import soft_lens
from fourcorners.specimens.effects.laminate import sheen, shimmering
from fourcorners.specimens.effects.light import lit, room_light
from fourcorners.specimens.effects.sensor import intra_coded, jpeg, noisy, sharpened
from fourcorners.specimens.model import Camera, Document, DocumentKind, Pixels, Plane, Side
from fourcorners.specimens.surfaces import draw_alike, draw_surface
from fourcorners.specimens.surrounds import opposite_page

__all__ = ["Recipe", "Shot", "Taken", "camera_file", "exposed", "honest_pose", "photographed"]

BOOKLET_SHARE = 0.6
"""How often a passport lies open with the page opposite in view."""
ALIKE_SHARE = 0.07
"""How often the surface has nearly the document's own colour."""


@dataclass(frozen=True)
class Shot:
    """What is to be photographed, how badly, and into what size (width, height)."""

    document: Document
    side: Side
    severity: float
    rng: np.random.Generator
    size: tuple[int, int]
    camera: Camera = Camera.SIMPLE


@dataclass(frozen=True)
class Taken:
    """The file that came of it. `matrix` carries the side's pixels to the photo's; None where no document is shown.

    `disturbed` is 255 where nothing can be read, on a plane of the photo's proportions, `opaque` if because something
    lies there; `altered` the fields that now say something else; `others` the outlines of further documents;
    `lost_corners` those cut off the document; `physics` the parameters of what was simulated, units in their names.
    """

    encoded: bytes
    matrix: NDArray[np.float64] | None
    disturbed: Plane | None = None
    opaque: bool = False
    altered: Mapping[str, str] = field(default_factory=dict)
    others: tuple[Quad, ...] = ()
    lost_corners: tuple[int, ...] = ()
    physics: Mapping[str, float | str] = field(default_factory=dict)


Recipe: TypeAlias = Callable[[Shot], Taken]


def honest_pose(shot: Shot, carelessness: float) -> NDArray[np.float64]:
    """How somebody holds the phone who wants the document to be seen."""
    rng, size = shot.rng, shot.size
    turn = rng.normal(0, 2 + 8 * carelessness)
    if size[0] < size[1] and rng.random() < 0.4:
        turn += 90 * float(rng.choice([-1, 1]))  # a phone held upright, the document turned to fill its frame
    if rng.random() < 0.15 * carelessness:
        turn += 180
    fill = rng.uniform(0.92 - 0.3 * carelessness, 0.98)
    return pose(size, shot.side, rng, tilt_deg=4 + 16 * carelessness, turn_deg=turn, fill=fill)


def photographed(shot: Shot, carelessness: float, *, matrix: NDArray[np.float64] | None = None) -> Scene:
    """The light that reaches the lens: the document on a surface, in a room."""
    rng = shot.rng
    if matrix is None:
        matrix = honest_pose(shot, carelessness)
    if rng.random() < ALIKE_SHARE:
        paper = np.median(shot.side.pixels[::16, ::16].reshape(-1, 3), axis=0)
        ground = draw_alike(shot.size, rng, np.asarray(paper, np.float64))
    else:
        ground = draw_surface(shot.size, rng)
    if shot.document.kind is DocumentKind.PASSPORT and rng.random() < BOOKLET_SHARE:
        page, to_side = opposite_page(shot.side, rng)
        ground = lay(ground, page, matrix @ to_side, rng).pixels
    scene = lay(ground, shimmering(shot.side, rng), matrix, rng)
    glossy = sheen(scene.pixels, scene.coverage, shot.side.laminate, rng)
    return Scene(lit(glossy, room_light(rng, carelessness)), scene.coverage, matrix)


def exposed(picture: Pixels, shot: Shot, *, noise: float = 1.0) -> bytes:
    """The file that the shot's camera makes of the light; `noise` is how much worse than in good light."""
    if shot.camera is Camera.SIMPLE:
        return camera_file(picture, shot.rng, noise=noise)
    rng = shot.rng
    developed_picture = developed(picture, random_sensor(rng, dimness=min(1.0, (noise - 1) / 5)), rng)
    crisp = sharpened(developed_picture, rng.uniform(0.2, 0.7))
    if shot.camera is Camera.BAYER_HEIC:
        crisp = intra_coded(crisp, int(rng.integers(70, 92)))
    return jpeg(crisp, int(rng.integers(84, 97)))


def camera_file(picture: Pixels, rng: np.random.Generator, *, noise: float = 1.0, quality: int | None = None) -> bytes:
    """What a simple camera makes of the light: lens, sensor noise (times `noise`), sharpening, JPEG."""
    fine = max(picture.shape) / 4000
    softened = soft_lens(picture, rng.uniform(0.5, 0.7) + 0.5 * fine)
    grainy = noisy(softened, rng.uniform(1.2, 3.0) * noise, rng, 1 + 0.6 * fine)
    crisp = sharpened(grainy, rng.uniform(0.25, 0.7), 0.9 + 0.6 * fine)
    return jpeg(crisp, quality or int(rng.integers(86, 96)))
