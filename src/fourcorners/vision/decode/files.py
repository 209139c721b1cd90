"""The bytes of a file, once its size was found to be in order."""

from collections.abc import Callable
from pathlib import Path

from fourcorners.vision.decode.refusals import FileMissing

__all__ = ["read_file"]


def read_file(path: str | Path, check_bytes: Callable[[int], None]) -> bytes:
    """Raises FileMissing, and whatever `check_bytes` raises for its size in bytes, before anything is read."""
    try:
        path = Path(path)
        if not path.is_file():
            raise FileMissing("There is no such file.")
        check_bytes(path.stat().st_size)
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the path
        raise FileMissing("The file cannot be read.") from error
