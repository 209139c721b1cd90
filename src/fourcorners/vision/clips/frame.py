"""Frames that come one by one, as JPEG files: from a browser's camera."""

import io
import math

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from fourcorners.vision.clips.clip import ClipFrame, check_frame_size, editors_named, limits, shrunk
from fourcorners.vision.clips.refusals import ClipDamaged, ClipTooLarge, ClipTypeUnsupported

__all__ = ["frame_of"]

SCAN = b"\xff\xda"
"""Here the picture begins; what a program writes about itself comes before."""


def frame_of(jpeg: bytes, at_s: float) -> ClipFrame:
    """The frame in a JPEG file, taken `at_s` seconds after any fixed moment; about 3 ms at 640 px.

    Raises ClipTooLarge, ClipTooSmall, ClipTypeUnsupported, ClipDamaged.
    """
    if len(jpeg) > limits()["frame_bytes_max"]:
        raise ClipTooLarge(
            "The frame has too many bytes.", size_bytes=len(jpeg), limit_bytes=limits()["frame_bytes_max"]
        )
    if not math.isfinite(at_s):
        raise ClipDamaged("A frame has no time.")
    if jpeg[:3] != b"\xff\xd8\xff":
        raise ClipTypeUnsupported("The frame is no JPEG file.")
    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as opened:  # the header alone: nothing is decoded yet
            check_frame_size(*opened.size)
        decoded = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    except (cv2.error, OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise ClipDamaged("The frame cannot be decoded.", cause=type(error).__name__) from error
    if decoded is None:
        raise ClipDamaged("The frame cannot be decoded.")
    editors = editors_named(jpeg[: jpeg.find(SCAN)], limits()["frame_editors"])
    return ClipFrame(at_s, shrunk(np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), dtype=np.uint8)), editors)
