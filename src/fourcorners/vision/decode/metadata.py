"""The few text values in a picture file that checks look at; damaged metadata is no metadata, never an error."""

import re
import struct
from collections.abc import Iterator

__all__ = ["exif_orientation", "exif_texts", "xmp_texts"]

# Exif 3.0 (CIPA DC-008) tag numbers; the names are Exif's own.
_TEXT_TAGS = {
    0x000B: "ProcessingSoftware",
    0x010E: "ImageDescription",
    0x010F: "Make",
    0x0110: "Model",
    0x0131: "Software",
    0x0132: "DateTime",
    0x013C: "HostComputer",
    0x9003: "DateTimeOriginal",
    0xA434: "LensModel",
}
_USER_COMMENT = 0x9286
"""Bytes, the first eight of which name their characters; telephones write "Screenshot" there."""
_COMMENT_CODES = {b"ASCII\0\0\0": "utf-8", b"UNICODE\0": "utf-16", b"\0" * 8: "utf-8"}
_ORIENTATION = 0x0112
_EXIF_DIRECTORY = 0x8769
_ENTRIES_MAX = 512

_XMP_TOOL = re.compile(
    rb"xmp:CreatorTool(?:=[\"']|>)([^\"'<]{1,200})|stEvt:softwareAgent(?:=[\"']|>)([^\"'<]{1,200})"
    rb"|Iptc4xmpExt:DigitalSourceType(?:=[\"']|>)([^\"'<]{1,200})"
    rb"|exif:UserComment(?:=[\"']|>(?:\s*<rdf:[^>]{1,80}>){0,2}\s*)([^\"'<]{1,200})"
)
_XMP_NAMES = ("CreatorTool", "SoftwareAgent", "DigitalSourceType", "UserComment")


def exif_texts(exif: bytes) -> dict[str, str]:
    """The text values of an Exif block (a TIFF file of its own), by Exif name."""
    texts: dict[str, str] = {}
    for tag, kind, count, value_at, _ in _entries(exif):
        if tag in _TEXT_TAGS and kind == 2:
            text = exif[value_at : value_at + count].split(b"\0", 1)[0].decode("utf-8", "replace").strip()
            if text:
                texts.setdefault(_TEXT_TAGS[tag], text)
        elif tag == _USER_COMMENT and kind in (1, 7) and count > 8:  # some write bytes instead of "undefined"
            code = _COMMENT_CODES.get(exif[value_at : value_at + 8])
            text = exif[value_at + 8 : value_at + count].decode(code or "utf-8", "replace").strip("\0 \ufffd")
            if text and code:
                texts.setdefault("UserComment", text)
    return texts


def exif_orientation(exif: bytes) -> int:
    """The orientation 1..8 of an Exif block; 1 (as it stands) where there is none that makes sense."""
    for tag, kind, count, value_at, order in _entries(exif):
        if tag == _ORIENTATION and kind == 3 and count == 1 and value_at + 2 <= len(exif):
            value = struct.unpack_from(order + "H", exif, value_at)[0]
            return value if 1 <= value <= 8 else 1
    return 1


def xmp_texts(xmp: bytes) -> dict[str, str]:
    """The programs that an XMP packet names, the IPTC digital source type (of generated pictures), a comment."""
    texts: dict[str, str] = {}
    for groups in _XMP_TOOL.findall(xmp):
        for name, value in zip(_XMP_NAMES, groups, strict=True):
            if value:
                texts.setdefault(name, value.decode("utf-8", "replace").strip())
    return texts


def _entries(exif: bytes) -> Iterator[tuple[int, int, int, int, str]]:
    """(tag, type, count, offset of the value, byte order) of the first directory and the Exif directory."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None or len(exif) < 8:
        return
    directories = [struct.unpack_from(order + "I", exif, 4)[0]]
    for round_ in range(2):
        if len(directories) <= round_:
            return
        at = directories[round_]
        if at + 2 > len(exif):
            return
        count = min(struct.unpack_from(order + "H", exif, at)[0], _ENTRIES_MAX)
        for start in range(at + 2, at + 2 + 12 * count, 12):
            if start + 12 > len(exif):
                break
            tag, kind, number, value = struct.unpack_from(order + "HHII", exif, start)
            if tag == _EXIF_DIRECTORY and round_ == 0:
                directories.append(value)
            size = number * {1: 1, 2: 1, 3: 2, 4: 4}.get(kind, 8)
            yield tag, kind, number, (start + 8 if size <= 4 else value), order
