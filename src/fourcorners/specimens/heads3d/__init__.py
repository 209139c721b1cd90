"""Heads in space that move before a camera, and pictures of heads held there instead.

clip = head_clip(3, ["right", "left", "nod"], seed=1)
clip.frames, clip.times, clip.spans
"""

from fourcorners.specimens.heads3d.answering import AnsweringHead
from fourcorners.specimens.heads3d.clip import head_clip
from fourcorners.specimens.heads3d.model import ClipKind, HeadClip
from fourcorners.specimens.heads3d.motion import STEPS
from fourcorners.specimens.heads3d.saving import save_clip

__all__ = ["STEPS", "AnsweringHead", "ClipKind", "HeadClip", "head_clip", "save_clip"]
