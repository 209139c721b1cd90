"""Why a file is not taken as a clip."""

from fourcorners.kit.errors import Refusal

__all__ = [
    "ClipDamaged",
    "ClipMissing",
    "ClipRefused",
    "ClipTooLarge",
    "ClipTooLong",
    "ClipTooShort",
    "ClipTooSmall",
    "ClipTypeUnsupported",
]


class ClipRefused(Refusal):
    """Base of every refusal of a clip file; another file from the same person may do."""

    code = "clip_refused"
    retryable = True


class ClipMissing(ClipRefused):
    """No such file, or not one that can be read."""

    code = "clip_missing"


class ClipTypeUnsupported(ClipRefused):
    """Not MP4, MOV, WebM, AVI or an animated GIF."""

    code = "clip_type_unsupported"


class ClipTooLarge(ClipRefused):
    """More bytes, or larger frames, than the limits say."""

    code = "clip_too_large"


class ClipTooSmall(ClipRefused):
    """Frames so small that no face in them could be followed."""

    code = "clip_too_small"


class ClipTooLong(ClipRefused):
    """Longer than a check of a face takes, or of more frames than the limits say."""

    code = "clip_too_long"


class ClipTooShort(ClipRefused):
    """Too few frames for anything to move."""

    code = "clip_too_short"


class ClipDamaged(ClipRefused):
    """The bytes cannot be decoded."""

    code = "clip_damaged"
