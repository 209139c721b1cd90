"""Honest photos that went wrong."""

import numpy as np

from fourcorners.kit.geometry import apply_homography
from fourcorners.specimens.camera import lay, pose, side_corners
from fourcorners.specimens.documents import draw
from fourcorners.specimens.effects.blur import defocused, shaken
from fourcorners.specimens.effects.finger import fingered
from fourcorners.specimens.effects.glare import mirrored_light
from fourcorners.specimens.effects.light import lit, room_light
from fourcorners.specimens.effects.sensor import decode, jpeg
from fourcorners.specimens.effects.shadow import shaded
from fourcorners.specimens.model import CaptureKind, DocumentKind
from fourcorners.specimens.pictures import resized
from fourcorners.specimens.shot import Recipe, Shot, Taken, exposed, honest_pose, photographed
from fourcorners.specimens.surfaces import draw_surface

__all__ = ["MISHAPS"]

ORDINARY = 0.3
"""How careless the photographer is in everything but the mishap."""
CASTS = [(1.0, 0.62, 0.28), (1.0, 0.8, 0.5), (0.6, 0.8, 1.0), (0.72, 1.0, 0.7), (1.0, 0.55, 0.8)]
"""Candle and bulb, warm lamp, blue shade, old fluorescent tube, coloured lamp: factors of red, green, blue."""

SECOND_KINDS = (DocumentKind.ID_CARD, DocumentKind.ID_CARD_TD2, DocumentKind.PASSPORT, DocumentKind.DRIVING_LICENCE)
"""What may lie beside a document."""


def _genuine(shot: Shot) -> Taken:
    scene = photographed(shot, shot.severity)
    return Taken(exposed(scene.pixels, shot), scene.matrix)


def _blur(shot: Shot) -> Taken:
    scene = photographed(shot, ORDINARY)
    width = _width_px(scene.matrix, shot)
    soft = defocused(scene.pixels, width * (0.0015 + 0.009 * shot.severity))
    return Taken(exposed(soft, shot), scene.matrix)


def _motion_blur(shot: Shot) -> Taken:
    scene = photographed(shot, ORDINARY)
    width = _width_px(scene.matrix, shot)
    moved = shaken(scene.pixels, width * (0.006 + 0.034 * shot.severity), shot.rng)
    return Taken(exposed(moved, shot), scene.matrix)


def _low_light(shot: Shot) -> Taken:
    scene = photographed(shot, ORDINARY)
    darkness = 0.5 - 0.36 * shot.severity
    tint = np.array([1.0, 0.93, 0.82], np.float32)
    dark = lit(scene.pixels, room_light(shot.rng, 0.8) * np.float32(darkness) * tint)
    return Taken(exposed(dark, shot, noise=2 + 4 * shot.severity), scene.matrix)


def _noise(shot: Shot) -> Taken:
    scene = photographed(shot, ORDINARY)
    return Taken(exposed(scene.pixels, shot, noise=4 + 12 * shot.severity), scene.matrix)


def _colour_cast(shot: Shot) -> Taken:
    scene = photographed(shot, ORDINARY)
    cast = np.array(CASTS[int(shot.rng.integers(len(CASTS)))], np.float32)
    share = np.float32(0.2 + 0.8 * shot.severity)
    tinted = lit(scene.pixels, room_light(shot.rng, 0.2) * (1 - share + share * cast))
    return Taken(exposed(tinted, shot), scene.matrix)


def _glare(shot: Shot) -> Taken:
    scene = photographed(shot, ORDINARY)
    corners = apply_homography(scene.matrix, side_corners(shot.side))
    bright, washed_out = mirrored_light(scene.pixels, corners, shot.severity, shot.rng)
    return Taken(exposed(bright, shot), scene.matrix, washed_out)


def _shadow(shot: Shot) -> Taken:
    scene = photographed(shot, ORDINARY)
    corners = apply_homography(scene.matrix, side_corners(shot.side))
    return Taken(exposed(shaded(scene.pixels, corners, shot.severity, shot.rng), shot), scene.matrix)


def _finger(shot: Shot) -> Taken:
    scene = photographed(shot, ORDINARY)
    corners = apply_homography(scene.matrix, side_corners(shot.side))
    names = sorted(shot.side.regions)
    target = shot.side.regions[names[int(shot.rng.integers(len(names)))]] if names else side_corners(shot.side)
    where = apply_homography(scene.matrix, target)
    covered, mask = fingered(scene.pixels, corners, where, shot.severity, shot.rng)
    return Taken(exposed(covered, shot), scene.matrix, mask, opaque=True)


def _cut_off(shot: Shot) -> Taken:
    """Part of the document lies outside the frame."""
    matrix = honest_pose(shot, ORDINARY)
    corners = apply_homography(matrix, side_corners(shot.side))
    low, high = corners.min(axis=0), corners.max(axis=0)
    frame = np.array(shot.size, dtype=np.float64)
    lost = (0.02 + 0.23 * shot.severity) * (high - low)
    axes = [(1, 0), (0, 1), (1, 1)][int(shot.rng.integers(3))]
    forward = shot.rng.random(2) < 0.5
    shift = np.where(forward, frame - high + lost, -low - lost) * np.array(axes)
    moved = np.array([[1, 0, shift[0]], [0, 1, shift[1]], [0, 0, 1]]) @ matrix
    scene = photographed(shot, ORDINARY, matrix=moved)
    return Taken(exposed(scene.pixels, shot), moved)


def _recompressed(shot: Shot) -> Taken:
    """Sent through messengers: shrunk and compressed again and again."""
    scene = photographed(shot, ORDINARY)
    encoded = exposed(scene.pixels, shot)
    matrix = scene.matrix
    for _ in range(1 + int(shot.rng.integers(0, 3))):
        picture = decode(encoded)
        share = 1 - shot.severity * shot.rng.uniform(0.2, 0.5)
        smaller = max(64, round(picture.shape[1] * share)), max(64, round(picture.shape[0] * share))
        encoded = jpeg(resized(picture, smaller), int(80 - 62 * shot.severity + shot.rng.integers(0, 8)))
    restored = resized(decode(encoded), shot.size)
    return Taken(jpeg(restored, 80), matrix)


def _two_documents(shot: Shot) -> Taken:
    """A second document lies beside the first, or half under it."""
    rng = shot.rng
    kind = SECOND_KINDS[int(rng.integers(len(SECOND_KINDS)))]
    other = draw(kind, seed=int(rng.integers(1 << 31)), portrait=int(rng.integers(1, 50)))
    smaller = 0.6 - 0.1 * shot.severity
    ours = pose(shot.size, shot.side, rng, tilt_deg=6, turn_deg=rng.normal(0, 8), fill=smaller)
    theirs = pose(shot.size, other.front, rng, tilt_deg=6, turn_deg=rng.normal(0, 20), fill=smaller)
    corners = [apply_homography(m, side_corners(s)) for m, s in ((ours, shot.side), (theirs, other.front))]
    frame = np.array(shot.size)
    upright = frame[1] > frame[0]
    placed = []
    for matrix, quad, at in zip((ours, theirs), corners, rng.permutation([0.27, 0.73]), strict=True):
        aim = frame * ([0.5, at] if upright else [at, 0.5])
        low, high = quad.min(axis=0), quad.max(axis=0)
        shift = np.clip(aim - (low + high) / 2, -low, frame - high)
        placed.append(np.array([[1, 0, shift[0]], [0, 1, shift[1]], [0, 0, 1]]) @ matrix)
    under = lay(draw_surface(shot.size, rng), other.front, placed[1], rng)
    over = lay(under.pixels, shot.side, placed[0], rng)
    picture = lit(over.pixels, room_light(rng, ORDINARY))
    outline = apply_homography(placed[1], side_corners(other.front))
    return Taken(exposed(picture, shot), placed[0], others=(outline,))


def _far(shot: Shot) -> Taken:
    """Taken from too far away: the document is small, and much else is in sight."""
    fill = 0.65 - 0.35 * shot.severity
    matrix = pose(shot.size, shot.side, shot.rng, tilt_deg=9, turn_deg=float(shot.rng.normal(0, 20)), fill=fill)
    scene = photographed(shot, ORDINARY, matrix=matrix)
    return Taken(exposed(scene.pixels, shot), matrix)


def _no_document(shot: Shot) -> Taken:
    ground = lit(draw_surface(shot.size, shot.rng), room_light(shot.rng, shot.severity))
    return Taken(exposed(ground, shot), None)


def _width_px(matrix: np.ndarray[tuple[int, ...], np.dtype[np.float64]], shot: Shot) -> float:
    """Width of the document in the photo."""
    corners = apply_homography(matrix, side_corners(shot.side))
    return float(np.hypot(*(corners[1] - corners[0])))


MISHAPS: dict[CaptureKind, Recipe] = {
    CaptureKind.GENUINE: _genuine,
    CaptureKind.BLUR: _blur,
    CaptureKind.MOTION_BLUR: _motion_blur,
    CaptureKind.LOW_LIGHT: _low_light,
    CaptureKind.NOISE: _noise,
    CaptureKind.COLOUR_CAST: _colour_cast,
    CaptureKind.GLARE: _glare,
    CaptureKind.SHADOW: _shadow,
    CaptureKind.FINGER: _finger,
    CaptureKind.CUT_OFF: _cut_off,
    CaptureKind.RECOMPRESSED: _recompressed,
    CaptureKind.TWO_DOCUMENTS: _two_documents,
    CaptureKind.NO_DOCUMENT: _no_document,
    CaptureKind.FAR: _far,
}
