"""Finding faces of any size, in selfies, photos of 12 megapixels, and on document pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points
from fourcorners.vision.faces.blazeface import FAR, NEAR, Detector, detect
from fourcorners.vision.faces.coverings.network import face_log_odds
from fourcorners.vision.faces.crop import Affine, apply_affine, cut, square
from fourcorners.vision.faces.face import Face
from fourcorners.vision.faces.mesh_network import presence
from fourcorners.vision.picture import Pixels, quarter_turned
from fourcorners.vision.pyramid import block_means

__all__ = ["find_faces"]

Look: TypeAlias = tuple[Detector, Affine]
"""A network and the square of the view that it looks into."""

Looks: TypeAlias = Callable[[int, int], Iterator[Look]]
"""The looks to take at a view of this width and height."""


WORK_SIDE_PX = 1024
"""Faces are looked for in a copy of at most this side: one of 1/50 of the picture's side still has 20 px there."""

SAME_FACE_OVERLAP = 0.3
"""Boxes that overlap more (intersection over union) are one face; the value of MediaPipe's own pipeline."""

CONTAINED_SHARE = 0.7
"""A box this much inside a better one is part of the same face."""

PRESENCE_MIN = 3.0
"""Below it the landmark network, which sees the crop in more detail, says that this is no face."""

CLEAR_SCORE = 0.85
"""A detection this sure stands when the landmark network doubts it: hands and masks shake that network first."""

COVERED_SCORE_MIN = 0.3
FACE_LOG_ODDS_MIN = 4.2
"""Where a selfie seems to hold no face, what scores so much is one all the same if the covering network, which knows
masks and hands, gives such odds (natural logarithm)."""

SURE_PRESENCE = 20.0
"""From here on a face is found as it stands, and no other way up is tried."""

TURNED_AHEAD = 5.0
"""By so much must a turned picture's evidence (a logit) exceed the upright one's to be believed."""

FACE_SIDE_MIN_PX = 12.0
"""A smaller face says nothing about anybody."""


def find_faces(pixels: Pixels, *, expected: bool = False) -> tuple[Face, ...]:
    """All faces in RGB `pixels` (h, w, 3), in its pixels, whom the picture is about first: large, near the middle.

    About 10 ms at 12 megapixels on one core.

    Finds upright faces and those tilted by up to about 45 degrees. Faces under 1/16 of the longer side are looked for
    only when there is no larger one: people far behind are not who the picture is about. In a picture that is
    `expected` to show a face, covered ones and pictures on their side or head are tried before giving up.
    """
    if min(pixels.shape[:2]) < FACE_SIDE_MIN_PX:
        return ()
    work, shrink = _shrunken(pixels)
    faces = _looked_up(work, _wholes)
    if expected and _evidence(faces) < SURE_PRESENCE:
        faces = _in_any_turn(work, faces) or _looked_up(work, _wholes, covered=True)
    faces = faces or _looked_up(work, _tiles)
    middle = np.array([pixels.shape[1] - 1, pixels.shape[0] - 1]) / 2
    return tuple(sorted((_scaled(f, shrink) for f in faces), key=lambda f: -_prominence(f, middle)))


def _prominence(face: Face, middle: Points) -> float:
    """The face's area; half as much at the picture's corner. A bystander nearer to the lens stands at the rim."""
    away = float(np.linalg.norm(face.box.mean(axis=0) - middle) / np.linalg.norm(middle))
    return face.width * face.height * (1 - 0.5 * min(away, 1.0))


def _looked_up(work: Pixels, looks: Looks, quarter_turns: int = 0, *, covered: bool = False) -> list[Face]:
    """Faces that stand upright once the picture is turned counter-clockwise; in pixels of the picture as it is."""
    faces = _faces_in(quarter_turned(work, quarter_turns), looks, covered=covered)
    return [_turned_back(f, quarter_turns, work.shape[1], work.shape[0]) for f in faces]


def _in_any_turn(work: Pixels, upright: list[Face]) -> list[Face]:
    """`upright`, or what is found with the picture on its head or side, where that is clearly more of a face."""
    best = upright
    for quarter_turns in (2, 1, 3):
        faces = _looked_up(work, _wholes, quarter_turns)
        if _evidence(faces) > _evidence(best) + (TURNED_AHEAD if best is upright else 0.0):
            best = faces
    return best


def _evidence(faces: list[Face]) -> float:
    return max((f.presence for f in faces), default=-np.inf)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A detection: `row` holds box and points in pixels of the view."""

    score: float
    row: NDArray[np.float64]


def _faces_in(view: Pixels, looks: Looks, *, covered: bool) -> list[Face]:
    found: list[_Found] = []
    for detector, to_view in looks(view.shape[1], view.shape[0]):
        least = COVERED_SCORE_MIN if covered else None
        scores, rows = detect(detector, cut(view, to_view, detector.side), least)
        in_view = apply_affine(to_view, rows.reshape(-1, 2)).reshape(-1, 16)
        one_look = [_Found(float(score), row) for score, row in zip(scores, in_view, strict=True)]
        found += _one_a_face(one_look, blend=True)
    faces = []
    for one in _one_a_face(found, blend=False):
        box, points = one.row[:4].reshape(2, 2), one.row[4:].reshape(6, 2)
        if min(box[1] - box[0]) < FACE_SIDE_MIN_PX:
            continue
        evidence = presence(view, box, points)
        if covered:
            believed = face_log_odds(view, points[:2]) >= FACE_LOG_ODDS_MIN
        else:
            believed = evidence >= PRESENCE_MIN or one.score >= CLEAR_SCORE
        if believed:
            faces.append(Face(box, points, one.score, evidence))
    return faces


def _wholes(w: int, h: int) -> Iterator[Look]:
    """The whole view, and the whole with a wide margin for faces larger than the frame."""
    middle = np.array([(w - 1) / 2, (h - 1) / 2])
    for detector, factor in ((NEAR, 1.0), (NEAR, 1.6), (FAR, 1.0)):
        yield detector, square(middle, max(w, h) * factor, 0.0, detector.side)


def _tiles(w: int, h: int) -> Iterator[Look]:
    """Overlapping squares of half the longer side, for small faces."""
    tile = min(max(w, h) / 2, float(min(w, h)))
    for top in _starts(h, tile):
        for left in _starts(w, tile):
            yield FAR, square(np.array([left, top]) + (tile - 1) / 2, tile, 0.0, FAR.side)


def _starts(length: int, tile: float) -> list[float]:
    """Starts of tiles that cover `length` and overlap by a third or more."""
    count = 1 if length <= tile else int(np.ceil((length - tile) / (tile * 2 / 3))) + 1
    return [float(v) for v in np.linspace(0, max(0.0, length - tile), count)]


def _one_a_face(found: list[_Found], *, blend: bool) -> list[_Found]:
    """One detection a face, the best; `blend` averages those that overlap it by their scores.

    BlazeFace's authors propose to blend instead of dropping; that holds within one look, where all come from the same
    pixels, but not between looks of different scale: those only agree, or do not.
    """
    left = sorted(found, key=lambda f: -f.score)
    faces = []
    while left:
        best = left[0]
        overlaps = [_overlap(best.row, other.row) for other in left]
        same = [f for f, (iou, _) in zip(left, overlaps, strict=True) if iou > SAME_FACE_OVERLAP]
        if blend:
            row = np.average([f.row for f in same], axis=0, weights=[f.score for f in same])
            faces.append(_Found(best.score, row))
        else:
            faces.append(best)
        apart = [iou <= SAME_FACE_OVERLAP and part < CONTAINED_SHARE for iou, part in overlaps]
        left = [f for f, other in zip(left, apart, strict=True) if other]
    return faces


def _overlap(a: NDArray[np.float64], b: NDArray[np.float64]) -> tuple[float, float]:
    """Intersection over union of two boxes, and the share of the smaller that lies in the other."""
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    shared = max(0.0, w) * max(0.0, h)
    area_a, area_b = (a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1])
    return float(shared / (area_a + area_b - shared)), float(shared / min(area_a, area_b))


def _shrunken(pixels: Pixels) -> tuple[Pixels, int]:
    """A copy of at most WORK_SIDE_PX, and the whole number it was shrunk by: those shrink fastest."""
    shrink = -(-max(pixels.shape[:2]) // WORK_SIDE_PX)
    return block_means(pixels, shrink), shrink


def _turned_back(face: Face, quarter_turns: int, w: int, h: int) -> Face:
    """The face in the upright picture (w, h), found after turning that counter-clockwise."""

    def back(points: Points) -> Points:
        x, y = points[:, 0], points[:, 1]
        turned_back = {0: (x, y), 1: (w - 1 - y, x), 2: (w - 1 - x, h - 1 - y), 3: (y, h - 1 - x)}[quarter_turns]
        return np.column_stack(turned_back)

    corners = back(face.box)
    return Face(np.array([corners.min(axis=0), corners.max(axis=0)]), back(face.points), face.score, face.presence)


def _scaled(face: Face, factor: int) -> Face:
    shift = (factor - 1) / 2  # pixel centres
    return Face(face.box * factor + shift, face.points * factor + shift, face.score, face.presence)
