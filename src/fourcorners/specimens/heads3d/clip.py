"""Clips of a head that follows a challenge, and of what is held before the camera in its place."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from fourcorners.specimens.effects.screen import displayed, seen_through_pixels
from fourcorners.specimens.effects.sensor import decode, jpeg
from fourcorners.specimens.heads3d.model import ClipKind, HeadClip
from fourcorners.specimens.heads3d.motion import Knots, Motion, perform
from fourcorners.specimens.heads3d.paint import Attitude, Lens, paint
from fourcorners.specimens.heads3d.relief import sheet_relief, with_lids
from fourcorners.specimens.heads3d.studio import new_lens, set_up, webcam
from fourcorners.specimens.model import Pixels, SpecimenError
from fourcorners.specimens.pictures import as_u8, blurred, resized
from fourcorners.specimens.portraits import id_portrait
from fourcorners.specimens.surfaces import draw_surface

__all__ = ["DEFAULT_SIZE", "head_clip"]

DEFAULT_SIZE = (480, 640)
SIZE_MIN = 160
EYES_AT = (0.5, 0.42)
PORTRAIT_EYE_GAP = 0.245
"""Distance between the eyes on a printed portrait, as a share of its width."""
PORTRAIT_EYES_AT = (0.5, 0.46)
PRINT_SIZE = (280, 360)
"""A print fills about as many pixels of a frame."""


def head_clip(
    person: int,
    steps: Sequence[str],
    kind: ClipKind | str = ClipKind.GENUINE,
    *,
    seed: int,
    size: tuple[int, int] = DEFAULT_SIZE,
    fps: float = 15.0,
    dot: Knots = (),
) -> HeadClip:
    """A clip of (width, height) in which `person` follows `steps`, or in which an attack of that `kind` tries to.

    `dot` is the path of the dot, for who is asked to follow it.
    The same arguments give the same frames. Raises SpecimenError.
    """
    try:
        kind = ClipKind(kind)
    except ValueError:
        raise SpecimenError(f"{kind!r} is no kind of clip; there are {', '.join(ClipKind)}.") from None
    if min(size) < SIZE_MIN or not 5 <= fps <= 60:
        raise SpecimenError(f"A clip has 5 to 60 frames a second of at least {SIZE_MIN} pixels.", size=size, fps=fps)
    rng = np.random.default_rng((seed, list(ClipKind).index(kind), 83))
    motion = perform(steps, fps, rng, dot=dot)
    frames = _TAKES[kind](person, motion, size, rng)
    times = tuple(float(i / fps) for i in range(len(frames)))
    return HeadClip(tuple(frames), times, person, kind, seed, motion.spans)


def _performed(person: int, motion: Motion, size: tuple[int, int], rng: np.random.Generator) -> list[Pixels]:
    """What passes before the lens: no camera yet."""
    place = set_up(person, size, rng)
    return [
        paint(
            place.ground,
            with_lids(place.relief, round(float(motion.shut[i]), 1)),
            motion.attitude(i, place.lens.distance),
            place.lens,
        )
        for i in range(len(motion.times))
    ]


def _filmed(frames: Sequence[Pixels], rng: np.random.Generator) -> list[Pixels]:
    camera = webcam(rng)
    return [camera(frame) for frame in frames]


def _genuine(person: int, motion: Motion, size: tuple[int, int], rng: np.random.Generator) -> list[Pixels]:
    return _filmed(_performed(person, motion, size, rng), rng)


def _photo(
    person: int, motion: Motion, size: tuple[int, int], rng: np.random.Generator, bend: float, *, moved: bool
) -> list[Pixels]:
    """A portrait photo held before the camera: turned, tilted and brought near as the steps ask, perhaps bent."""
    portrait = resized(id_portrait(person, int(rng.integers(1000))), PRINT_SIZE)
    upright = bool(rng.random() < 0.7)
    wide = 1 / PORTRAIT_EYE_GAP
    sheet = sheet_relief(_printed(portrait, rng), wide, bend, upright=upright)
    lens = new_lens(size, rng)
    lens = replace(lens, scale=lens.scale * float(rng.uniform(0.8, 1.1)))
    room = blurred(draw_surface(size, rng), max(size) * 0.008)
    above = (0.5 - PORTRAIT_EYES_AT[1]) * wide * portrait.shape[0] / portrait.shape[1]
    # a sheet shows its turn less than a head does: who holds it turns it further
    further = float(rng.uniform(1.0, 1.6)) if moved else 0.0
    frames = []
    for i in range(len(motion.times)):
        held = motion.attitude(i, lens.distance)
        yaw, pitch = (float(np.clip(a * further, -62, 62)) for a in (held.yaw, held.pitch))
        near = held.shift[2] if moved else 0.0
        shift = (2 * held.shift[0], 2 * held.shift[1] + above, near)
        frames.append(paint(room, sheet, Attitude(yaw, pitch, 2 * held.roll, shift), lens))
    return _filmed(frames, rng)


def _printed(portrait: Pixels, rng: np.random.Generator) -> Pixels:
    """A photo print: a little paler than what it shows."""
    black, white = float(rng.uniform(5, 30)), float(rng.uniform(225, 250))
    return as_u8(black + portrait.astype(np.float32) * (white - black) / 255)


def _still(person: int, motion: Motion, size: tuple[int, int], rng: np.random.Generator) -> list[Pixels]:
    return _photo(person, motion, size, rng, 0.0, moved=False)


def _held(person: int, motion: Motion, size: tuple[int, int], rng: np.random.Generator) -> list[Pixels]:
    return _photo(person, motion, size, rng, 0.0, moved=True)


def _bent(person: int, motion: Motion, size: tuple[int, int], rng: np.random.Generator) -> list[Pixels]:
    return _photo(person, motion, size, rng, float(rng.uniform(0.5, 1.7)), moved=True)


def _replayed(person: int, motion: Motion, size: tuple[int, int], rng: np.random.Generator) -> list[Pixels]:
    """An earlier clip, shown on a display and filmed from it by hand."""
    shown = _filmed(_performed(person, motion, size, rng), rng)
    grow = float(rng.uniform(1.0, 1.12))
    wide = float(size[0]) * grow
    lens = Lens((size[0] / 2, size[1] / 2), 8 * size[0] / 4.0, 1.0)
    tilt_x, tilt_y = float(rng.normal(0, 4)), float(rng.normal(0, 4))
    room = np.full((size[1], size[0], 3), int(rng.integers(10, 60)), np.uint8)
    whole = np.full((size[1], size[0]), 255, np.uint8)
    to_screen = np.diag([*(2 * [float(rng.uniform(0.5, 1.3))]), 1.0])
    to_screen[0, 1] = float(rng.normal(0, 0.02))
    to_screen[1, 0] = float(rng.normal(0, 0.02))
    look, grid = int(rng.integers(1 << 31)), int(rng.integers(1 << 31))
    severity = float(rng.uniform(0.2, 1.0))
    frames = []
    for i, frame in enumerate(shown):
        bright = displayed(frame, np.random.default_rng(look))
        sway = Attitude(
            tilt_x + 0.5 * float(motion.roll[i]), tilt_y, 0.5 * float(motion.roll[i]),
            (8 * float(motion.shift_x[i]), 8 * float(motion.shift_y[i]), 0.0),
        )  # fmt: skip
        seen = paint(room, sheet_relief(bright, wide), sway, lens)
        frames.append(seen_through_pixels(seen, whole, to_screen, severity, np.random.default_rng(grid)))
    return _filmed(frames, rng)


def _frozen(person: int, motion: Motion, size: tuple[int, int], rng: np.random.Generator) -> list[Pixels]:
    """The stream stands still for a while, as when a file is put in the camera's place."""
    frames = _genuine(person, motion, size, rng)
    start = int(rng.integers(3, max(4, len(frames) // 2)))
    return [*frames[:start], *[frames[start]] * int(rng.integers(14, 30)), *frames[start:]]


def _looped(person: int, motion: Motion, size: tuple[int, int], rng: np.random.Generator) -> list[Pixels]:
    """A piece of the stream, some movement in it, comes again."""
    frames = _genuine(person, motion, size, rng)
    _, start_s, end_s = motion.spans[int(rng.integers(len(motion.spans)))]
    fps = 1 / float(motion.times[1] - motion.times[0])
    start, end = max(0, int((start_s - 0.2) * fps)), min(len(frames), int((end_s + 0.2) * fps))
    again = [decode(jpeg(f, 80)) for f in frames[start:end]]
    return [*frames[:end], *again, *frames[end:]]


def _cut(person: int, motion: Motion, size: tuple[int, int], rng: np.random.Generator) -> list[Pixels]:
    """Two takes of the same person, the second from some moment on."""
    return _spliced(person, person, motion, size, rng)


def _swapped(person: int, motion: Motion, size: tuple[int, int], rng: np.random.Generator) -> list[Pixels]:
    """Another person goes on from some moment."""
    return _spliced(person, person + 1 + int(rng.integers(40)), motion, size, rng)


def _spliced(first: int, second: int, motion: Motion, size: tuple[int, int], rng: np.random.Generator) -> list[Pixels]:
    one, other = _genuine(first, motion, size, rng), _genuine(second, motion, size, rng)
    at = int(rng.uniform(0.3, 0.7) * len(one))
    return [*one[:at], *other[at:]]


_Take = Callable[[int, Motion, tuple[int, int], np.random.Generator], list[Pixels]]

_TAKES: dict[ClipKind, _Take] = {
    ClipKind.GENUINE: _genuine,
    ClipKind.STILL_PHOTO: _still,
    ClipKind.HELD_PHOTO: _held,
    ClipKind.BENT_PHOTO: _bent,
    ClipKind.SCREEN_REPLAY: _replayed,
    ClipKind.FROZEN: _frozen,
    ClipKind.LOOPED: _looped,
    ClipKind.CUT: _cut,
    ClipKind.SWAPPED: _swapped,
}
