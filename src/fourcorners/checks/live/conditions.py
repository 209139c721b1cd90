"""What keeps a clip from being judged, and can be mended: no face, two faces, bad light, something over the face."""

import numpy as np

from fourcorners.checks.limits import limits_for
from fourcorners.checks.live.signs import Sign
from fourcorners.vision.clips import FaceSeen, Track

__all__ = ["condition_signs"]


def condition_signs(track: Track) -> list[Sign]:
    """Signs of the place and the light, not of an attack."""
    faces = [frame.face for frame in track.frames if frame.face is not None]
    signs = _presence(track)
    if faces:
        signs += [*_light(faces), *_place(track, faces), *_covered(track)]
    return signs


def _presence(track: Track) -> list[Sign]:
    """One face, all the time."""
    limits = limits_for("live", "stream")
    share = sum(frame.face is not None for frame in track.frames) / max(len(track.frames), 1)
    if share == 0:
        return [Sign("no_face", 0.0, 0.0, limits["face_share_min"])]
    signs = []
    seen_s, longest, at_s = track.frames[0].at_s, 0.0, 0.0
    for frame in track.frames:
        if frame.at_s - seen_s > longest:
            longest, at_s = frame.at_s - seen_s, seen_s
        if frame.face is not None:
            seen_s = frame.at_s
    if share < limits["face_share_min"]:
        signs.append(Sign("face_lost", at_s, share, limits["face_share_min"]))
    elif longest > limits["face_gap_s_max"]:
        signs.append(Sign("face_lost", at_s, longest, limits["face_gap_s_max"]))
    looks = [frame for frame in track.frames if frame.faces is not None]
    crowded = [frame.at_s for frame in looks if (frame.faces or 0) > 1]
    if len(crowded) > max(1, limits["second_face_share_max"] * len(looks)):
        crowd = len(crowded) / len(looks)
        signs.append(Sign("multiple_faces", crowded[0], crowd, limits["second_face_share_max"]))
    return signs


def _light(faces: list[FaceSeen]) -> list[Sign]:
    """Medians over the clip: a light that changes as the head turns is no fault."""
    limits = limits_for("live", "light")
    light, around, burnt = (
        float(np.median(values)) for values in zip(*((f.light, f.light_around, f.burnt) for f in faces), strict=True)
    )
    if light < limits["backlight_lightness_max"] and around - light > limits["backlight_difference_min"]:
        return [Sign("backlight", 0.0, around - light, limits["backlight_difference_min"])]
    if light < limits["dark_lightness_max"]:
        return [Sign("too_dark", 0.0, light, limits["dark_lightness_max"])]
    if burnt > limits["burnt_share_max"]:
        return [Sign("too_bright", 0.0, burnt, limits["burnt_share_max"])]
    return []


def _place(track: Track, faces: list[FaceSeen]) -> list[Sign]:
    """The whole face in the frame, and large enough."""
    limits = limits_for("live", "place")
    size = np.array(track.size)
    outside = [float(((f.points[:, :2] < 0) | (f.points[:, :2] > size)).any(axis=1).mean()) for f in faces]
    share = float(np.mean([part > limits["outside_face_max"] for part in outside]))
    span = float(np.median([f.eye_span_px for f in faces]))
    signs = []
    if share > limits["outside_share_max"]:
        signs.append(Sign("out_of_frame", 0.0, share, limits["outside_share_max"]))
    if span < limits["eye_span_px_min"]:
        signs.append(Sign("face_too_small", 0.0, span, limits["eye_span_px_min"]))
    return signs


def _covered(track: Track) -> list[Sign]:
    """A covering that most of the portraits show, by the limits of a selfie."""
    for name in ("mask", "sunglasses", "hand"):
        most = limits_for("selfie", f"no_{name}").scale().fail_at
        odds = [p.coverings[name] for p in track.portraits if name in p.coverings]
        if odds and float(np.median(odds)) >= most:
            return [Sign("face_covered", track.portraits[0].at_s, float(np.median(odds)), most)]
    return []
