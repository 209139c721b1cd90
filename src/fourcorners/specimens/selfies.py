"""Selfies of the people on the documents: honest ones, spoiled ones, and pictures of pictures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from fourcorners.kit.data import load_toml
from fourcorners.kit.geometry import Quad, apply_homography
from fourcorners.specimens.camera import lay, overlay, pose, side_corners
from fourcorners.specimens.effects.blur import defocused
from fourcorners.specimens.effects.coverings import COVERINGS
from fourcorners.specimens.effects.glare import mirrored_light
from fourcorners.specimens.effects.light import lit, room_light
from fourcorners.specimens.effects.printing import colour_copied
from fourcorners.specimens.effects.screen import displayed, seen_through_pixels
from fourcorners.specimens.effects.sensor import decode
from fourcorners.specimens.heads import relit, turned
from fourcorners.specimens.model import Pixels, Plane, Side, SpecimenError, box_quad
from fourcorners.specimens.people import head
from fourcorners.specimens.pictures import as_u8, blurred, dimmed, mixed
from fourcorners.specimens.portraits import carried, dress, head_placement
from fourcorners.specimens.selfie_model import Selfie, SelfieKind, SelfieTruth
from fourcorners.specimens.shapes import Points
from fourcorners.specimens.shot import camera_file
from fourcorners.specimens.surfaces import draw_surface
from fourcorners.specimens.surrounds import display, sheet

__all__ = ["selfie"]

DEFAULT_SIZE = (960, 1280)
SMALLEST_SIDE = 96
EYES_AT = (0.5, 0.44)
EYE_GAP = 0.235
"""Eyes apart as a share of the frame's width: the face then fills three quarters of the oval guide (62 % wide)."""
PRINT_DPI = 200


@dataclass(frozen=True)
class _Sitting:
    """Somebody before the lens: the light that reaches it, where the person is, and the landmarks."""

    pixels: Pixels
    person: Plane
    landmarks: Mapping[str, Points]


def selfie(
    person: int,
    kind: SelfieKind | str = SelfieKind.GENUINE,
    severity: float = 0.3,
    *,
    seed: int,
    size: tuple[int, int] = DEFAULT_SIZE,
) -> Selfie:
    """A selfie of (width, height) of the person of that number: the same face as `draw(..., portrait=person)`.

    `severity` runs from 0 (barely so) to 1 (grossly so). The same arguments give the same bytes. Raises SpecimenError
    for an unknown kind or a size too small.
    """
    try:
        kind = SelfieKind(kind)
    except ValueError:
        raise SpecimenError(f"{kind!r} is no kind of selfie; there are {', '.join(SelfieKind)}.") from None
    if not 0 <= severity <= 1:
        raise SpecimenError("The severity lies between 0 and 1.", severity=severity)
    if min(size) < SMALLEST_SIDE:
        raise SpecimenError(f"A selfie is at least {SMALLEST_SIDE} pixels wide and high.", size=size)
    rng = np.random.default_rng((seed, list(SelfieKind).index(kind), 61))
    encoded, sitters = _RECIPES[kind](person, severity, rng, size)
    facts = load_toml("fourcorners.specimens", "captures.toml")["selfie"][kind]
    truth = SelfieTruth(
        person=person,
        capture=kind,
        severity=severity,
        seed=seed,
        size=size,
        faces=tuple(_face_box(marks) for marks in sitters),
        landmarks=sitters[0] if sitters else {},
        faults=tuple(facts["faults"]) if severity >= facts["certain_from"] else (),
        attack=facts["attack"],
    )
    return Selfie(decode(encoded), truth, encoded)


_Result = tuple[bytes, list[Mapping[str, Points]]]
_Recipe = Callable[[int, float, np.random.Generator, tuple[int, int]], _Result]


def _sit(
    person: int,
    rng: np.random.Generator,
    ground: Pixels,
    *,
    shift: tuple[float, float] = (0.0, 0.0),
    zoom: float = 1.0,
    light: float = 0.25,
) -> _Sitting:
    """Put a person before a ground, turned and lit a little differently each time."""
    size = ground.shape[1], ground.shape[0]
    angle = rng.uniform(0, 2 * np.pi)
    posed = relit(turned(head(person), rng.normal(0, 4), rng.normal(0, 3)), (np.cos(angle), np.sin(angle)), light)
    eyes_at = EYES_AT[0] + rng.normal(0, 0.015) + shift[0], EYES_AT[1] + rng.normal(0, 0.012) + shift[1]
    gap = EYE_GAP * zoom * rng.uniform(0.94, 1.05)
    matrix = head_placement(posed, size, eyes_at, gap)
    pivot = np.array(eyes_at) * size
    roll = np.radians(rng.normal(0, 2.5))
    spin = np.array([[np.cos(roll), -np.sin(roll)], [np.sin(roll), np.cos(roll)]])
    matrix = np.column_stack([spin @ matrix[:, :2], spin @ (matrix[:, 2] - pivot) + pivot])
    picture, where = dress(posed, ground, matrix, rng)
    return _Sitting(picture, where, carried(posed, matrix))


def _room(size: tuple[int, int], rng: np.random.Generator) -> Pixels:
    """A room behind, out of focus."""
    name = str(rng.choice(["clutter", "plain", "paper", "tiles", "stone", "pattern"]))
    return blurred(draw_surface(size, rng, name), max(size) * rng.uniform(0.006, 0.025))


def _seated(person: int, rng: np.random.Generator, size: tuple[int, int], light: float = 0.25) -> _Sitting:
    return _sit(person, rng, _room(size, rng), light=light)


def _finished(picture: Pixels, rng: np.random.Generator, severity: float, noise: float = 1.0) -> bytes:
    return camera_file(lit(picture, room_light(rng, severity)), rng, noise=noise)


def _genuine(person: int, severity: float, rng: np.random.Generator, size: tuple[int, int]) -> _Result:
    sitting = _seated(person, rng, size, light=0.1 + 0.35 * severity)
    return _finished(sitting.pixels, rng, severity * 0.6), [sitting.landmarks]


def _covered(name: str) -> _Recipe:
    def recipe(person: int, severity: float, rng: np.random.Generator, size: tuple[int, int]) -> _Result:
        sitting = _seated(person, rng, size)
        covered = COVERINGS[name](sitting.pixels, sitting.landmarks, rng)
        return _finished(covered, rng, 0.5 * severity), [sitting.landmarks]

    return recipe


def _dark(person: int, severity: float, rng: np.random.Generator, size: tuple[int, int]) -> _Result:
    sitting = _seated(person, rng, size, light=0.5)
    dim = as_u8(np.full((2, 2), 255 * (0.5 - 0.32 * severity)))
    return _finished(dimmed(sitting.pixels, dim), rng, 0.5, noise=2 + 4 * severity), [sitting.landmarks]


def _backlit(person: int, severity: float, rng: np.random.Generator, size: tuple[int, int]) -> _Result:
    """A bright window behind: the camera exposes for it and the face goes dark."""
    sitting = _seated(person, rng, size, light=0.0)
    bright = lit(sitting.pixels, np.full((2, 2, 3), 1.2 + 0.75 * severity, np.float32))
    dark = dimmed(sitting.pixels, as_u8(np.full((2, 2), 255 * (0.6 - 0.42 * severity))))
    haze = blurred(as_u8(255 - sitting.person), max(size) * 0.02)
    picture = mixed(bright, dark, as_u8(np.minimum(sitting.person, 255 - haze // 5)))
    return _finished(picture, rng, 0.2, noise=1.5), [sitting.landmarks]


def _blurred(person: int, severity: float, rng: np.random.Generator, size: tuple[int, int]) -> _Result:
    sitting = _seated(person, rng, size)
    return _finished(defocused(sitting.pixels, size[0] * (0.004 + 0.018 * severity)), rng, 0.3), [sitting.landmarks]


def _off_centre(person: int, severity: float, rng: np.random.Generator, size: tuple[int, int]) -> _Result:
    """Too far to a side, too near or too far away."""
    away = (0.1 + 0.25 * severity) * np.array([rng.choice([-1, 1]), rng.choice([-0.7, 0.9])]) * [1, rng.uniform(0, 1)]
    zoom = float(rng.choice([1.0, 1 - 0.45 * severity, 1 + 0.6 * severity]))
    sitting = _sit(person, rng, _room(size, rng), shift=(float(away[0]), float(away[1])), zoom=zoom)
    return _finished(sitting.pixels, rng, 0.3), [sitting.landmarks]


def _two_faces(person: int, severity: float, rng: np.random.Generator, size: tuple[int, int]) -> _Result:
    side = float(rng.choice([-1, 1]))
    shift, zoom = (0.36 * side, rng.uniform(-0.12, 0.1)), 0.45 + 0.3 * severity
    second = _sit(person + 1 + int(rng.integers(100)), rng, _room(size, rng), shift=shift, zoom=zoom)
    first = _sit(person, rng, second.pixels, shift=(-0.1 * side, 0.05), zoom=0.8)
    return _finished(first.pixels, rng, 0.3), [first.landmarks, second.landmarks]


def _no_face(person: int, severity: float, rng: np.random.Generator, size: tuple[int, int]) -> _Result:
    del person
    return _finished(draw_surface(size, rng), rng, severity), []


def _recaptured(
    person: int, severity: float, rng: np.random.Generator, size: tuple[int, int], *, printed: bool
) -> _Result:
    """A selfie shown to the camera on a display, or on paper."""
    shown_size = (960, 1280)
    sitting = _seated(person, rng, shown_size)
    picture = decode(_finished(sitting.pixels, rng, 0.2))
    whole = np.full(picture.shape[:2], 255, np.uint8)
    content = Side(picture, whole, np.zeros_like(whole), PRINT_DPI)
    if printed:
        content = colour_copied(content, severity, rng)
        surround, to_content = sheet(content, rng.uniform(0, 25, 4), rng)
    else:
        content = Side(displayed(picture, rng), whole, np.zeros_like(whole), PRINT_DPI)
        surround, to_content = display(content, rng.uniform(0.03, 0.1, 4), rng)
    matrix = pose(size, content, rng, tilt_deg=7, turn_deg=rng.normal(0, 3), fill=rng.uniform(0.8, 1.15), margin=0.0)
    ground = lit(lay(_room(size, rng), surround, matrix @ to_content, rng).pixels, room_light(rng, 0.5))
    scene = overlay(ground, content, matrix)
    laid = scene.pixels
    corners = apply_homography(matrix, side_corners(content))
    if not printed:
        across = float(np.hypot(*(corners[1] - corners[0]))) * rng.uniform(0.4, 1.35) / content.size[0]
        grid = np.diag([across, across, 1.0]) @ np.linalg.inv(matrix)
        laid = seen_through_pixels(laid, scene.coverage, grid, severity, rng)
    if rng.random() < 0.6:
        laid, _ = mirrored_light(laid, corners, rng.uniform(0, 1), rng, peak=rng.uniform(20, 160))
    points = {name: apply_homography(matrix, point[None])[0] for name, point in sitting.landmarks.items()}
    return _finished(laid, rng, 0.3), [points]


def _screen_photo(person: int, severity: float, rng: np.random.Generator, size: tuple[int, int]) -> _Result:
    return _recaptured(person, severity, rng, size, printed=False)


def _print(person: int, severity: float, rng: np.random.Generator, size: tuple[int, int]) -> _Result:
    return _recaptured(person, severity, rng, size, printed=True)


def _face_box(marks: Mapping[str, Points]) -> Quad:
    """The upright box from the forehead to the chin and from cheek to cheek."""
    points = np.array(
        [marks[name] for name in ("forehead", "chin", "cheek_right", "cheek_left", "jaw_right", "jaw_left")]
    )
    low, high = points.min(axis=0), points.max(axis=0)
    return box_quad(low[0], low[1], high[0] - low[0], high[1] - low[1])


_RECIPES: dict[SelfieKind, _Recipe] = {
    SelfieKind.GENUINE: _genuine,
    SelfieKind.MASK: _covered("mask"),
    SelfieKind.SUNGLASSES: _covered("sunglasses"),
    SelfieKind.GLASSES: _covered("glasses"),
    SelfieKind.HAT: _covered("hat"),
    SelfieKind.HAND: _covered("hand"),
    SelfieKind.DARK: _dark,
    SelfieKind.BACKLIT: _backlit,
    SelfieKind.BLURRED: _blurred,
    SelfieKind.OFF_CENTRE: _off_centre,
    SelfieKind.TWO_FACES: _two_faces,
    SelfieKind.NO_FACE: _no_face,
    SelfieKind.SCREEN_PHOTO: _screen_photo,
    SelfieKind.PRINT: _print,
}
