"""Why a file is not taken as a picture."""

from fourcorners.kit.errors import Refusal

__all__ = [
    "FileDamaged",
    "FileEmpty",
    "FileMissing",
    "FilePolyglot",
    "FileTooLarge",
    "FileTruncated",
    "FileTypeMismatch",
    "FileTypeUnsupported",
    "PictureAnimated",
    "PictureRefused",
    "PictureTooLarge",
    "PictureTooSmall",
]


class PictureRefused(Refusal):
    """Base of every refusal of a picture file; another file from the same person may do."""

    code = "picture_refused"
    retryable = True


class FileMissing(PictureRefused):
    """No such file, or not one that can be read."""

    code = "file_missing"


class FileEmpty(PictureRefused):
    """No bytes at all."""

    code = "file_empty"


class FileTooLarge(PictureRefused):
    """More bytes than `limit_bytes`."""

    code = "file_too_large"


class FileTypeUnsupported(PictureRefused):
    """Not JPEG, PNG, WebP or HEIF; `type` says what it is, where we know."""

    code = "file_type_unsupported"


class FileTypeMismatch(PictureRefused):
    """The name's extension belongs to another type than the bytes."""

    code = "file_type_mismatch"


class FileTruncated(PictureRefused):
    """The file ends before the picture does."""

    code = "file_truncated"


class FileDamaged(PictureRefused):
    """The bytes cannot be decoded."""

    code = "file_damaged"


class FilePolyglot(PictureRefused):
    """The file is a picture and something else at once."""

    code = "file_polyglot"


class PictureTooLarge(PictureRefused):
    """More pixels than `limit_px`, judged from the header before anything is decoded."""

    code = "picture_too_large"


class PictureTooSmall(PictureRefused):
    """So few pixels that nothing on it could be read. Merely low resolution is a finding, not a refusal."""

    code = "picture_too_small"


class PictureAnimated(PictureRefused):
    """Several frames in time."""

    code = "picture_animated"
