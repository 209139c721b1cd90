"""Writing a specimen as a file, its truth beside it."""

from pathlib import Path
from typing import Protocol

from PIL import Image

__all__ = ["file_bytes", "save"]

JPEG_MAGIC = b"\xff\xd8"
PHONE = {0x010F: "Utopia", 0x0110: "Utopia Phone", 0x0131: "Utopia Camera 1.0", 0x0132: "2026:06:01 12:00:00"}
"""EXIF of a phone that does not exist: Make, Model, Software, DateTime."""


class _Truth(Protocol):
    def to_json(self) -> str: ...

    @property
    def from_camera(self) -> bool: ...


class _Saveable(Protocol):
    @property
    def encoded(self) -> bytes: ...

    @property
    def truth(self) -> _Truth: ...


def file_bytes(specimen: _Saveable) -> bytes:
    """The picture as the file that an applicant hands in.

    A photo straight from the camera carries the EXIF of a fictional phone; what went through a screen, a scanner or an
    editor carries none.
    """
    if specimen.encoded.startswith(JPEG_MAGIC) and specimen.truth.from_camera:
        return _with_exif(specimen.encoded)
    return specimen.encoded


def save(specimen: _Saveable, path: Path) -> Path:
    """Write `file_bytes`, and the truth as `.json` beside it; returns the path written, with the suffix of its type."""
    target = path.with_suffix(".jpg" if specimen.encoded.startswith(JPEG_MAGIC) else ".png")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file_bytes(specimen))
    target.with_suffix(".json").write_text(specimen.truth.to_json() + "\n", encoding="utf-8")
    return target


def _with_exif(encoded: bytes) -> bytes:
    """The same JPEG with an APP1 segment after its start marker: no pixel is coded anew."""
    exif = Image.Exif()
    for tag, value in PHONE.items():
        exif[tag] = value
    body = exif.tobytes()
    segment = b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
    return encoded[:2] + segment + encoded[2:]
