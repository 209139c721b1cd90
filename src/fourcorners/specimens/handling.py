"""Documents in hands, in pouches, and with corners that cannot be seen."""

import numpy as np

from fourcorners.kit.geometry import Quad, apply_homography, polygon_area
from fourcorners.specimens.camera import Scene, lay, side_corners
from fourcorners.specimens.effects.damage import clipped, punched
from fourcorners.specimens.effects.finger import FINGER_MM, pressed
from fourcorners.specimens.effects.laminate import sheen, shimmering
from fourcorners.specimens.effects.light import lit, room_light
from fourcorners.specimens.effects.pouch import in_pouch, streaked
from fourcorners.specimens.model import MM_PER_INCH, CaptureKind, Side
from fourcorners.specimens.shapes import Points
from fourcorners.specimens.shot import Recipe, Shot, Taken, exposed, honest_pose, photographed
from fourcorners.specimens.surfaces import draw_surface

__all__ = ["HANDLING"]

ORDINARY = 0.3
THUMB_FACTOR = 1.15
"""A thumb is broader than a finger."""
CLIPPED_SHARE = 0.5
"""How often a corner is cut off instead of punched."""


def _covered_corner(shot: Shot) -> Taken:
    """A fingertip lies on a corner."""
    rng = shot.rng
    scene = photographed(shot, ORDINARY)
    corners = apply_homography(scene.matrix, side_corners(shot.side))
    corner = int(rng.integers(4))
    diagonal = corners.mean(axis=0) - corners[corner]
    inward = _turned(diagonal / float(np.hypot(*diagonal)), rng.uniform(-0.5, 0.5))
    depth_mm = 2 + 12 * shot.severity
    unit = _px_per_mm(shot.side, corners)
    tip = corners[corner] + inward * depth_mm * unit
    covered, mask = pressed(scene.pixels, tip, inward, FINGER_MM * unit * rng.uniform(0.9, 1.2), rng)
    return Taken(
        exposed(covered, shot), scene.matrix, mask, opaque=True, physics={"finger_depth_mm": round(depth_mm, 2)}
    )


def _held(shot: Shot) -> Taken:
    """Held in a hand: a thumb over the edge where it hides least, fingers behind."""
    rng = shot.rng
    scene = _in_hand(shot)
    corners = apply_homography(scene.matrix, side_corners(shot.side))
    unit = _px_per_mm(shot.side, corners)
    depth_mm = 2 + 5 * shot.severity
    regions = [apply_homography(scene.matrix, quad) for quad in shot.side.regions.values()]
    places = []
    for edge in range(4):
        start, end = corners[edge], corners[(edge + 1) % 4]
        for along in (0.3, 0.4, 0.5, 0.6, 0.7):
            outside = start + (end - start) * along
            inward = np.array([-(end - start)[1], (end - start)[0]]) / float(np.hypot(*(end - start)))
            tip = outside + inward * depth_mm * unit
            nearest = min((float(np.abs(region - tip).max(axis=1).min()) for region in regions), default=np.inf)
            inside = sum(_within(tip, region) for region in regions)
            places.append((inside, -nearest, tuple(tip.tolist()), tuple(inward.tolist())))
    _, _, tip_at, way = min(places)
    tip, inward = np.array(tip_at), _turned(np.array(way), rng.uniform(-0.3, 0.3))
    thickness = FINGER_MM * THUMB_FACTOR * unit * rng.uniform(0.9, 1.1)
    # A thumb's tip is round: what is pressed down lies half its breadth behind the tip.
    covered, mask = pressed(scene.pixels, tip - inward * thickness / 2, inward, thickness, rng)
    return Taken(
        exposed(covered, shot), scene.matrix, mask, opaque=True, physics={"thumb_depth_mm": round(depth_mm, 2)}
    )


def _punched(shot: Shot) -> Taken:
    """A document that was marked invalid: a corner punched or cut off."""
    rng = shot.rng
    corner = int(rng.integers(4))
    if rng.random() < CLIPPED_SHARE:
        legs_mm = 6 + 8 * shot.severity * rng.uniform(0.7, 1), 6 + 8 * shot.severity * rng.uniform(0.7, 1)
        marked, physics = clipped(shot.side, corner, legs_mm), {"clipped_mm": round(max(legs_mm), 2)}
    else:
        radius_mm = 2.5 + 1.5 * shot.severity
        marked, physics = punched(shot.side, corner, radius_mm, radius_mm + 1.5), {"hole_radius_mm": radius_mm}
    scene = photographed(Shot(shot.document, marked, shot.severity, rng, shot.size, shot.camera), ORDINARY)
    return Taken(exposed(scene.pixels, shot), scene.matrix, lost_corners=(corner,), physics=physics)


def _laminate_glare(shot: Shot) -> Taken:
    """An original in a pouch whose waves mirror a lamp."""
    rng = shot.rng
    margin_mm = rng.uniform(0.5, 4)
    pouch, to_pouch = in_pouch(shot.side, margin_mm)
    matrix = honest_pose(shot, ORDINARY)
    scene = lay(draw_surface(shot.size, rng), pouch, matrix @ np.linalg.inv(to_pouch), rng)
    # The room's light first: what a reflection adds to it is cut off by the sensor at its white, not at the paper's.
    shining, hidden, streaks = streaked(
        lit(scene.pixels, room_light(rng, ORDINARY)), scene.coverage, shot.severity, rng
    )
    physics = {**streaks, "film_margin_mm": round(margin_mm, 2)}
    return Taken(exposed(shining, shot), matrix, hidden, physics=physics)


def _in_hand(shot: Shot) -> Scene:
    rng = shot.rng
    matrix = honest_pose(shot, ORDINARY)
    scene = lay(draw_surface(shot.size, rng, "hand"), shimmering(shot.side, rng), matrix, rng)
    glossy = sheen(scene.pixels, scene.coverage, shot.side.laminate, rng)
    return Scene(lit(glossy, room_light(rng, ORDINARY)), scene.coverage, matrix)


def _px_per_mm(side: Side, corners: Quad) -> float:
    """Photo pixels a millimetre of the document, on average."""
    width_mm, height_mm = (value * MM_PER_INCH / side.dpi for value in side.size)
    return float(np.sqrt(polygon_area(corners) / (width_mm * height_mm)))


def _turned(way: Points, angle: float) -> Points:
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ way


def _within(point: Points, quad: Quad) -> bool:
    edges = np.roll(quad, -1, axis=0) - quad
    to_point = point - quad
    return bool((edges[:, 0] * to_point[:, 1] - edges[:, 1] * to_point[:, 0] >= 0).all())


HANDLING: dict[CaptureKind, Recipe] = {
    CaptureKind.COVERED_CORNER: _covered_corner,
    CaptureKind.HELD: _held,
    CaptureKind.PUNCHED: _punched,
    CaptureKind.LAMINATE_GLARE: _laminate_glare,
}
