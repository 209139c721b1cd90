"""Following one face through the frames of a clip; about 10 ms a frame, 6 more for one of a face that came nearer."""

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points
from fourcorners.vision.clips.clip import ClipFrame
from fourcorners.vision.clips.grain import grain_between
from fourcorners.vision.clips.perspective import FaceLook, look_at_shape, nearness
from fourcorners.vision.clips.seen import FaceSeen, FrameSeen, PortraitSeen, Track
from fourcorners.vision.faces import Face, FaceMesh, embed, find_faces, fit_mesh, view_of
from fourcorners.vision.faces.coverings import find_coverings
from fourcorners.vision.faces.eyes import look_at_eye
from fourcorners.vision.faces.liveness import recapture_evidence
from fourcorners.vision.faces.mesh_network import crop_for_points, landmarks
from fourcorners.vision.picture import Pixels

__all__ = ["Watcher", "watch"]

THUMBNAIL_SIDE = 32

LOOK_EVERY_S = 0.4
"""How often the whole frame is searched: a second face must not stay unseen for longer."""

FOLLOWED_MIN = 8.0
"""Evidence (a logit) from which a face is followed without a new search; lost ones fall below 3."""

SECOND_FACE_SHARE = 0.33
"""Faces less wide than this share of the largest one stand far behind."""

SAME_HEAD_OVERLAP = 0.3
"""A box of which more lies over the first face is seen into that head's hair or cheek: two heads do not overlap so."""

PORTRAIT_EVERY_S = 1.2
AHEAD_DEG = 14.0
"""Portraits are taken this often, of a face turned by no more than this."""

NEARER = 1.18
"""Growth from which perspective is looked at: before, there is too little of it."""

COVERINGS = ("mask", "sunglasses", "hand")
BURNT_LEVEL = 250


class Watcher:
    """One face, followed through frames that come one at a time. It keeps numbers, the pixels of the last frame,
    and the first face that looked ahead."""

    def __init__(self, editors: tuple[str, ...] = ()) -> None:
        self._editors = editors
        self._seen: list[FrameSeen] = []
        self._portraits: list[PortraitSeen] = []
        self._mesh: FaceMesh | None = None
        self._before: Pixels | None = None
        self._far: FaceLook | None = None
        self._looked_s = -np.inf

    def see(self, frame: ClipFrame) -> FrameSeen:
        """What is measured in the next frame."""
        pixels, count = frame.pixels, None
        self._editors += tuple(name for name in frame.editors if name not in self._editors)
        followed = None if self._mesh is None else _follow(pixels, self._mesh)
        if followed is None or not 0 <= frame.at_s - self._looked_s < LOOK_EVERY_S:
            faces = find_faces(pixels)
            count = sum(f is faces[0] or _is_another(f, faces[0]) for f in faces)
            self._looked_s = frame.at_s
            if faces and (followed is None or not _is_among(followed, faces)):
                followed = fit_mesh(pixels, faces[0])
        self._mesh = followed
        face = None if followed is None else _face_seen(pixels, followed)
        change = None if face is None or self._before is None else _change(pixels, self._before, face.box)
        grain = None if self._before is None else grain_between(self._before, pixels)
        near = None if face is None else self._nearness(pixels, face)
        self._seen.append(FrameSeen(frame.at_s, face, count, _thumbnail(pixels), change, grain, near))
        self._before = pixels
        due = not self._portraits or frame.at_s - self._portraits[-1].at_s >= PORTRAIT_EVERY_S
        if followed is not None and due and max(abs(followed.pose.yaw), abs(followed.pose.roll)) <= AHEAD_DEG:
            self._portraits.append(_portrait(frame.at_s, pixels, followed))
        return self._seen[-1]

    def _nearness(self, pixels: Pixels, face: FaceSeen) -> float | None:
        """By the perspective of a face that has come nearer than it was when it first looked ahead."""
        if max(abs(face.pose.yaw), abs(face.pose.roll)) > AHEAD_DEG:
            return None
        if self._far is None:
            self._far = look_at_shape(pixels, face.points)
        if face.eye_span_px < NEARER * self._far.span_px:
            return None
        return nearness(self._far, look_at_shape(pixels, face.points))

    def track(self) -> Track:
        """Everything that was seen so far."""
        size = (0, 0) if self._before is None else (self._before.shape[1], self._before.shape[0])
        return Track(tuple(self._seen), tuple(self._portraits), size, self._editors)


def watch(frames: Iterable[ClipFrame], editors: tuple[str, ...] = ()) -> Track:
    """Everything that is judged about a clip, from its frames in order. Raises what the frames raise."""
    watcher = Watcher(editors)
    for frame in frames:
        watcher.see(frame)
    return watcher.track()


def _follow(pixels: Pixels, before: FaceMesh) -> FaceMesh | None:
    """The face that was there a frame before, or None where it was lost."""
    points, presence = landmarks(pixels, crop_for_points(before.points))
    if presence < FOLLOWED_MIN:
        return None
    right = look_at_eye(pixels, points[[33, 133], :2], mirrored=True)
    left = look_at_eye(pixels, points[[263, 362], :2], mirrored=False)
    return FaceMesh(points, presence, right, left)


def _is_another(face: Face, first: Face) -> bool:
    """Is it the face of a second person, of a size that matters?"""
    across, down = np.minimum(face.box[1], first.box[1]) - np.maximum(face.box[0], first.box[0])
    over = max(float(across), 0.0) * max(float(down), 0.0)
    return face.width >= SECOND_FACE_SHARE * first.width and over <= SAME_HEAD_OVERLAP * face.width * face.height


def _is_among(mesh: FaceMesh, faces: tuple[Face, ...]) -> bool:
    """Is the followed face one of those found, and no much smaller one than the largest?"""
    middle = mesh.points[:, :2].mean(axis=0)
    around = [f for f in faces if (f.box[0] <= middle).all() and (middle <= f.box[1]).all()]
    return any(f.width >= 0.7 * faces[0].width for f in around)


def _face_seen(pixels: Pixels, mesh: FaceMesh) -> FaceSeen:
    w = pixels.shape[1]
    low, high = mesh.box
    span = high - low
    face = _part(pixels, low + 0.2 * span, high - 0.2 * span)
    sides = [
        _part(pixels, np.array([0, low[1]]), np.array([low[0] - 0.3 * span[0], high[1]])),
        _part(pixels, np.array([high[0] + 0.3 * span[0], low[1]]), np.array([w, high[1]])),
    ]
    light, burnt = _lightness(face), float((face.max(axis=-1) >= BURNT_LEVEL).mean()) if face.size else 0.0
    around = [_lightness(side) for side in sides if side.size]
    openness = (mesh.right_eye.openness + mesh.left_eye.openness) / 2
    light_around = float(np.mean(around)) if around else light
    return FaceSeen(mesh.points, mesh.presence, mesh.pose, openness, light, burnt, light_around)


def _part(pixels: Pixels, low: NDArray[np.float64], high: NDArray[np.float64]) -> Pixels:
    """About a thousand pixels of an upright box; none where it lies outside."""
    (x0, y0), (x1, y1) = np.maximum(low, 0).astype(int), np.maximum(high, 0).astype(int)
    part = pixels[y0:y1, x0:x1]
    step = max(1, int((part.shape[0] * part.shape[1] / 1000) ** 0.5))
    return part[::step, ::step]


def _lightness(part: Pixels) -> float:
    """Median L* of some pixels; 0 for none."""
    if not part.size:
        return 0.0
    lab = cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_RGB2LAB)
    return float(np.median(lab[..., 0])) * 100 / 255


def _change(pixels: Pixels, before: Pixels, box: Points) -> float | None:
    """Mean absolute difference over the face, in levels."""
    (x0, y0), (x1, y1) = np.maximum(box, 0).astype(int)
    now, then = pixels[y0:y1, x0:x1], before[y0:y1, x0:x1]
    return float(cv2.absdiff(now, then).mean()) if now.size and now.shape == then.shape else None


def _thumbnail(pixels: Pixels) -> NDArray[np.float32]:
    small = cv2.resize(pixels, (THUMBNAIL_SIDE, THUMBNAIL_SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), dtype=np.float32)


def _portrait(at_s: float, pixels: Pixels, mesh: FaceMesh) -> PortraitSeen:
    odds = find_coverings(pixels, mesh).log_odds
    found = recapture_evidence(pixels, mesh, view_of(pixels, mesh))
    worn = {name: odds[name] for name in COVERINGS}
    return PortraitSeen(at_s, embed(pixels, mesh), worn, found.log_odds, found.display)
