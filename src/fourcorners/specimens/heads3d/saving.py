"""Clips as files."""

from pathlib import Path

import cv2

from fourcorners.specimens.heads3d.model import HeadClip
from fourcorners.specimens.model import SpecimenError

__all__ = ["save_clip"]


def save_clip(clip: HeadClip, stem: Path) -> Path:
    """Write `stem`.avi (Motion JPEG: the same clip gives the same bytes) and `stem`.json beside it; the clip's path.

    Raises SpecimenError where it cannot be written.
    """
    stem.parent.mkdir(parents=True, exist_ok=True)
    path = stem.with_name(f"{stem.name}.avi")
    height, width = clip.frames[0].shape[:2]
    rate = (len(clip.times) - 1) / (clip.times[-1] - clip.times[0]) if len(clip.times) > 1 else 15.0
    four = cv2.VideoWriter.fourcc(*"MJPG")
    writer = cv2.VideoWriter(str(path), cv2.CAP_OPENCV_MJPEG, four, rate, (width, height))
    if not writer.isOpened():
        raise SpecimenError(f"{path} cannot be written.", file=str(path))
    for frame in clip.frames:
        writer.write(cv2.cvtColor(frame, cv2.COLOR_RGB2BGR))
    writer.release()
    stem.with_name(f"{stem.name}.json").write_text(clip.to_json() + "\n", encoding="utf-8")
    return path
