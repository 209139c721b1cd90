"""The landmark network: 468 points on one face (Kartynnik et al. 2019), and its evidence that there is one."""

import numpy as np

from fourcorners.kit.geometry import Points
from fourcorners.vision.faces.crop import Affine, apply_affine, cut, square
from fourcorners.vision.networks.litert import run_litert
from fourcorners.vision.picture import Pixels

__all__ = ["POINTS", "crop_for_box", "crop_for_points", "landmarks", "presence"]

SIDE_PX = 192
POINTS = 468

CROP_PER_FACE = 1.5
"""The network was trained on squares of one and a half face sizes."""

RIGHT_EYE_OUTER, LEFT_EYE_OUTER = 33, 263


def presence(pixels: Pixels, box: Points, points: Points) -> float:
    """Evidence (a logit) that a face lies in `box` (2, 2), turned as its eyes (points 0 and 1) say."""
    return landmarks(pixels, crop_for_box(box, points))[1]


def crop_for_box(box: Points, points: Points) -> Affine:
    """The network's crop for a face from the detector."""
    dx, dy = points[1] - points[0]
    return square(box.mean(axis=0), CROP_PER_FACE * float(max(box[1] - box[0])), float(np.arctan2(dy, dx)), SIDE_PX)


def crop_for_points(points: Points) -> Affine:
    """The network's crop for a face whose 468 points are about known: tighter than the detector's box can say."""
    dx, dy = points[LEFT_EYE_OUTER, :2] - points[RIGHT_EYE_OUTER, :2]
    angle = float(np.arctan2(dy, dx))
    c, s = np.cos(angle), np.sin(angle)
    upright = points[:, :2] @ np.array([[c, -s], [s, c]])
    low, high = upright.min(axis=0), upright.max(axis=0)
    centre = np.array([[c, -s], [s, c]]) @ ((low + high) / 2)
    return square(centre, CROP_PER_FACE * float(max(high - low)), angle, SIDE_PX)


def landmarks(pixels: Pixels, to_photo: Affine) -> tuple[Points, float]:
    """Points (468, 3) in photo pixels, depth in the same unit, nearer smaller; and the evidence (a logit)."""
    crop = cut(pixels, to_photo, SIDE_PX)
    raw, logit = run_litert("face_mesh", crop[None].astype(np.float32) / 255)
    points = raw.reshape(POINTS, 3).astype(np.float64)
    scale = float(np.hypot(to_photo[0, 0], to_photo[1, 0]))
    flat = apply_affine(to_photo, points[:, :2] - 0.5)
    return np.column_stack([flat, points[:, 2] * scale]), float(logit.reshape(-1)[0])
