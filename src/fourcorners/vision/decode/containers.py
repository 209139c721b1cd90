"""How picture files are put together: sizes, ends and side parts, read without decoding a pixel.

Each function walks one container from its first byte and refuses what is cut short or contradicts itself. Sources:
ITU-T T.81 annex B (JPEG), W3C PNG third edition and its `acTL` chunk, RFC 9649 (WebP), ISO/IEC 14496-12 (HEIF boxes).
"""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from fourcorners.vision.decode.coding import quantisation_tables
from fourcorners.vision.decode.refusals import FileDamaged, FileTruncated

__all__ = ["WALKS", "Container"]

Span = tuple[int, int]

_MARKER_SEARCH_BYTES = 1 << 16
_STANDALONE = {0x01, *range(0xD0, 0xD9)}
_SOF = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}


@dataclass(frozen=True, slots=True)
class Container:
    """`size` (width, height) is None where only the decoder knows it; `side_parts` are byte ranges without pixels.

    `end` is where the picture's own bytes end; what follows in the file is a trailer. `segments` are names of vendor
    segments (JPEG APPn identifiers). `luma_steps` (64, row by row) are those of a JPEG's first channel.
    """

    end: int
    size: tuple[int, int] | None = None
    channels: int = 3
    scans: int = 1
    animated: bool = False
    side_parts: tuple[Span, ...] = ()
    segments: tuple[str, ...] = ()
    exif: bytes = b""
    xmp: bytes = b""
    luma_steps: tuple[int, ...] = ()


def walk_jpeg(data: bytes) -> Container:
    """Segments up to the end-of-image marker that closes the first picture."""
    scans, channels, exif, xmp, end = 0, 0, b"", b"", 2
    size: tuple[int, int] | None = None
    sides: list[Span] = []
    names: list[str] = []
    tables: dict[int, tuple[int, ...]] = {}
    table = 0
    for marker, start, end in _segments(data):
        body = data[start:end]
        if marker in _SOF:
            if size is not None or len(body) < 6:
                raise FileDamaged("The picture's header contradicts itself.")
            height, width, channels = struct.unpack(">HHB", body[1:6])
            size = (width, height)
            table = body[8] if len(body) > 8 else 0
        elif marker == 0xDB:
            tables |= quantisation_tables(body)
        elif marker == 0xDA:
            scans += 1
        elif 0xE0 <= marker <= 0xEF:
            sides.append((start, end))
            names.append(body.split(b"\0", 1)[0][:32].decode("ascii", "replace"))
            exif = exif or (body[6:] if body.startswith(b"Exif\0\0") else b"")
            xmp = xmp or (body[29:] if body.startswith(b"http://ns.adobe.com/xap/1.0/\0") else b"")
        elif marker == 0xFE:
            sides.append((start, end))
    if size is None or scans == 0:
        raise FileDamaged("The picture file holds no picture.")
    steps = tables.get(table, ()) if channels in (1, 3) else ()
    return Container(end, size, channels, scans, False, tuple(sides), tuple(names), exif, xmp, steps)


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, start and end of its body) of each JPEG segment; the last is the end-of-image marker."""
    position = 2
    while True:
        start = _after_next_marker(data, position)
        marker = data[start - 1]
        if marker in _STANDALONE:
            position = start
            continue
        if marker == 0xD9:
            yield marker, start, start
            return
        position = start + max(int.from_bytes(data[start : start + 2], "big"), 2)
        if position > len(data):
            raise FileTruncated("The picture file ends before the picture does.")
        yield marker, start + 2, position


def _after_next_marker(data: bytes, position: int) -> int:
    """Where the next marker ends: 0xFF and a byte that is neither stuffing, fill nor a restart (T.81 B.1.1.2).

    Coded pixels hold a 0xFF every few hundred bytes: a search of arrays, piece by piece, takes a fifth of a pattern's.
    """
    view = np.frombuffer(data, np.uint8)
    while position < len(data) - 1:
        piece = view[position : position + _MARKER_SEARCH_BYTES + 1]
        at = np.flatnonzero(piece[:-1] == 0xFF)
        second = piece[at + 1]
        at = at[(second != 0x00) & (second != 0xFF) & ((second < 0xD0) | (second > 0xD7))]
        if len(at):
            return position + int(at[0]) + 2
        position += _MARKER_SEARCH_BYTES
    raise FileTruncated("The picture file ends before the picture does.")


def walk_png(data: bytes) -> Container:
    """Chunks up to IEND, each with its checksum."""
    position = 8
    size: tuple[int, int] | None = None
    animated, exif, xmp = False, b"", b""
    sides: list[Span] = []
    kind = b""
    while kind != b"IEND":
        if position + 12 > len(data):
            raise FileTruncated("The picture file ends before the picture does.")
        length, kind = struct.unpack(">I4s", data[position : position + 8])
        start, end = position + 8, position + 8 + length
        if end + 4 > len(data):
            raise FileTruncated("The picture file ends before the picture does.")
        if zlib.crc32(data[position + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            raise FileDamaged("A part of the picture file does not match its checksum.")
        if kind == b"IHDR":
            if size is not None or length != 13:
                raise FileDamaged("The picture's header contradicts itself.")
            size = struct.unpack(">II", data[start : start + 8])
        elif size is None:
            raise FileDamaged("The picture's header is missing.")
        elif kind == b"acTL":
            animated = data[start : start + 4] > b"\0\0\0\1"
        elif kind != b"IDAT":
            sides.append((start, end))
            if kind == b"eXIf":
                exif = data[start:end]
            elif kind == b"iTXt" and data.startswith(b"XML:com.adobe.xmp\0", start):
                xmp = data[start + 22 : end]
        position = end + 4
    return Container(position, size, animated=animated, side_parts=tuple(sides), exif=exif, xmp=xmp)


def walk_webp(data: bytes) -> Container:
    """RIFF chunks. The size is that of the picture, not of the canvas that a VP8X header may claim around it."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise FileTruncated("The picture file ends before the picture does.")
    position, animated, exif, xmp = 12, False, b"", b""
    size: tuple[int, int] | None = None
    sides: list[Span] = []
    while position + 8 <= end:
        kind, length = struct.unpack("<4sI", data[position : position + 8])
        start, stop = position + 8, position + 8 + length
        if stop > end:
            raise FileDamaged("A part of the picture file is longer than the file.")
        if kind == b"VP8X" and length:
            animated = bool(data[start] & 0x02)
        elif kind in (b"ANIM", b"ANMF"):
            animated = True
        elif kind in (b"VP8 ", b"VP8L") and size is None and length >= 10:
            size = _webp_size(kind, data[start : start + 10])
        elif kind != b"ALPH":
            sides.append((start, stop))
            if kind == b"EXIF":
                exif = data[start:stop].removeprefix(b"Exif\0\0")
            elif kind == b"XMP ":
                xmp = data[start:stop]
        position = stop + (length & 1)
    if size is None and not animated:
        raise FileDamaged("The picture file holds no picture.")
    return Container(end, size, animated=animated, side_parts=tuple(sides), exif=exif, xmp=xmp)


def _webp_size(kind: bytes, body: bytes) -> tuple[int, int]:
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    bits = int.from_bytes(body[1:5], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def walk_heif(data: bytes) -> Container:
    """Top-level boxes; size and metadata are the decoder's to say."""
    position = 0
    while position + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[position : position + 8])
        if not kind.isalnum():
            break  # what follows is no box: a trailer
        if length == 1:
            length = int.from_bytes(data[position + 8 : position + 16], "big")
        elif length == 0:
            length = len(data) - position
        if length < 8:
            raise FileDamaged("A part of the picture file has no length.")
        if position + length > len(data):
            raise FileTruncated("The picture file ends before the picture does.")
        position += length
    return Container(position, animated=data[8:12] in (b"msf1", b"hevc", b"hevx", b"hevm", b"hevs"))


WALKS: Mapping[str, Callable[[bytes], Container]] = {
    "JPEG": walk_jpeg,
    "PNG": walk_png,
    "WEBP": walk_webp,
    "HEIF": walk_heif,
}
