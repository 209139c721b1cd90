"""Front and back are two different sides, not the same one twice (IDP5)."""

import cv2
import numpy as np

from fourcorners.checks.finding import Fact, Finding, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.checks.subject import Case
from fourcorners.kit.geometry import Points
from fourcorners.vision.picture import Pixels

__all__ = ["NAME", "REASONS", "VERSION", "check", "likeness"]

NAME = "sides_differ"
VERSION = 1
REASONS = ("same_side_twice", "not_assessed_one_side")

SIDE_PX = 640
FEATURES_MAX = 600
NEIGHBOUR_RATIO = 0.8
"""A feature counts as found again when its best match is this much nearer than its second best (Lowe 2004)."""
REPROJECTION_PX_MAX = 6.0


def check(case: Case, limits: Limits) -> Finding:
    """The share of print features found again, in one common geometry, on the other picture; 1 for the same file."""
    if case.front is None or case.back is None:
        return not_assessed(NAME, VERSION, "not_assessed_one_side")
    same_file = case.front.picture.sha256 == case.back.picture.sha256
    raw = 1.0 if same_file else likeness(case.front.page.pixels, case.back.page.pixels)
    seen = [Fact("sides", (), "the same file twice" if same_file else "two files")]
    return judge(NAME, VERSION, raw, limits.scale(), "same_side_twice", seen)


def likeness(a: Pixels, b: Pixels) -> float:
    """How much of what is printed on page `a` stands in the same arrangement on page `b`, 0..1, whatever the rotation.

    ORB features (Rublee et al. 2011), matched with the ratio test, counted where one homography explains them.
    """
    points_a, words_a = _features(a)
    points_b, words_b = _features(b)
    if min(len(points_a), len(points_b)) < 8:
        return 0.0
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(words_a, words_b, k=2)
    kept = [p[0] for p in pairs if len(p) == 2 and p[0].distance < NEIGHBOUR_RATIO * p[1].distance]
    if len(kept) < 8:
        return 0.0
    here = np.array([points_a[m.queryIdx] for m in kept])
    there = np.array([points_b[m.trainIdx] for m in kept])
    _, inliers = cv2.findHomography(here, there, cv2.RANSAC, REPROJECTION_PX_MAX)
    return 0.0 if inliers is None else float(inliers.sum()) / min(len(points_a), len(points_b))


def _features(pixels: Pixels) -> tuple[Points, Pixels]:
    scale = SIDE_PX / max(pixels.shape[:2])
    grey = cv2.cvtColor(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    keypoints, words = cv2.ORB.create(FEATURES_MAX).detectAndCompute(grey, None)
    if words is None:
        return np.zeros((0, 2)), np.zeros((0, 32), np.uint8)
    return np.array([k.pt for k in keypoints], dtype=np.float64), np.asarray(words, dtype=np.uint8)
