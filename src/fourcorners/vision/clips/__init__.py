"""Clips: files to frames, and one face followed through them."""

from fourcorners.vision.clips.clip import Clip, ClipFrame, open_clip, shrunk
from fourcorners.vision.clips.frame import frame_of
from fourcorners.vision.clips.refusals import ClipRefused
from fourcorners.vision.clips.seen import FaceSeen, FrameSeen, PortraitSeen, Track
from fourcorners.vision.clips.watch import Watcher, watch

__all__ = [
    "Clip",
    "ClipFrame",
    "ClipRefused",
    "FaceSeen",
    "FrameSeen",
    "PortraitSeen",
    "Track",
    "Watcher",
    "frame_of",
    "open_clip",
    "shrunk",
    "watch",
]
