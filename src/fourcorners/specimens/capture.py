"""From a drawn document to a picture of it, with the truth."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad, apply_homography
from fourcorners.specimens.camera import Scene, lay, pose, side_corners
from fourcorners.specimens.effects.blur import soft_lens
from fourcorners.specimens.effects.light import lit, room_light
from fourcorners.specimens.effects.sensor import decode, jpeg, noisy, sharpened
from fourcorners.specimens.model import CaptureKind, Document, Pixels, Side, Specimen, SpecimenError, Truth
from fourcorners.specimens.surfaces import draw_surface

__all__ = ["DEFAULT_SIZE", "capture"]

DEFAULT_SIZE = (1600, 1200)


def capture(
    document: Document,
    kind: CaptureKind | str = CaptureKind.GENUINE,
    severity: float = 0.3,
    *,
    seed: int,
    size: tuple[int, int] = DEFAULT_SIZE,
    side: str = "front",
) -> Specimen:
    """Photograph one side of a document as `kind` says, into a picture of (width, height).

    `severity` runs from 0 (barely so) to 1 (grossly so); for a genuine photo it is how careless the photographer was.
    The same arguments give the same bytes. Raises SpecimenError for an unknown kind or a side that is not there.
    """
    try:
        kind = CaptureKind(kind)
    except ValueError:
        raise SpecimenError(f"{kind!r} is no kind of capture; there are {', '.join(CaptureKind)}.") from None
    if not 0 <= severity <= 1:
        raise SpecimenError("The severity lies between 0 and 1.", severity=severity)
    if kind is not CaptureKind.GENUINE:
        raise SpecimenError(f"Captures of kind {kind} cannot be made yet.")
    chosen = side_of(document, side)
    rng = np.random.default_rng((seed, 51))
    scene = photographed(chosen, severity, rng, size)
    encoded = camera_file(scene.pixels, rng)
    truth = truth_of(document, side, chosen, scene.matrix, kind, severity, seed, size)
    return Specimen(decode(encoded), truth, encoded)


def side_of(document: Document, side: str) -> Side:
    """The front or the back. Raises SpecimenError where the document has none."""
    chosen = {"front": document.front, "back": document.back}.get(side)
    if chosen is None:
        raise SpecimenError(f"This {document.kind} has no {side}.", side=side)
    return chosen


def photographed(side: Side, severity: float, rng: np.random.Generator, size: tuple[int, int]) -> Scene:
    """An honest photo up to the lens: the document on a surface, in the light of a room."""
    turn = rng.normal(0, 2 + 8 * severity)
    if size[0] < size[1] and rng.random() < 0.4:
        turn += 90 * rng.choice([-1, 1])  # a phone held upright, the document turned to fill its frame
    if rng.random() < 0.15 * severity:
        turn += 180
    fill = rng.uniform(0.92 - 0.3 * severity, 0.98)
    matrix = pose(size, side, rng, tilt_deg=4 + 16 * severity, turn_deg=turn, fill=fill)
    scene = lay(draw_surface(size, rng), side, matrix, rng)
    return Scene(lit(scene.pixels, room_light(rng, severity)), scene.coverage, matrix)


def camera_file(picture: Pixels, rng: np.random.Generator, *, noise: float = 1.0, quality: int | None = None) -> bytes:
    """What a phone's camera makes of the light: lens, sensor noise (times `noise`), sharpening, JPEG."""
    fine = max(picture.shape) / 4000
    softened = soft_lens(picture, rng.uniform(0.5, 0.7) + 0.5 * fine)
    grainy = noisy(softened, rng.uniform(1.2, 3.0) * noise, rng, 1 + 0.6 * fine)
    crisp = sharpened(grainy, rng.uniform(0.25, 0.7), 0.9 + 0.6 * fine)
    return jpeg(crisp, quality or int(rng.integers(86, 96)))


def truth_of(
    document: Document,
    side: str,
    chosen: Side,
    matrix: NDArray[np.float64],
    kind: CaptureKind,
    severity: float,
    seed: int,
    size: tuple[int, int],
) -> Truth:
    """The truth about a picture into which `matrix` carries the side."""
    return Truth(
        document=document.kind,
        design=document.design,
        side=side,
        state=document.state,
        capture=kind,
        severity=severity,
        seed=seed,
        size=size,
        corners=apply_homography(matrix, side_corners(chosen)),
        fields=chosen.fields,
        printed=chosen.printed,
        regions=carried(chosen.regions, matrix),
        mrz=chosen.mrz,
        barcode=chosen.barcode,
    )


def carried(regions: Mapping[str, Quad], matrix: NDArray[np.float64]) -> dict[str, Quad]:
    """Regions in the photo's pixels."""
    return {name: apply_homography(matrix, quad) for name, quad in regions.items()}
