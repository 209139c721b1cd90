"""The one way from a file to the frames of a clip."""

import hashlib
import os
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from fourcorners.kit.data import load_toml
from fourcorners.vision.clips.refusals import (
    ClipDamaged,
    ClipMissing,
    ClipTooLarge,
    ClipTooLong,
    ClipTooShort,
    ClipTooSmall,
    ClipTypeUnsupported,
)
from fourcorners.vision.picture import Pixels

__all__ = ["Clip", "ClipFrame", "check_frame_size", "editors_named", "limits", "open_clip", "shrunk"]

HEAD_BYTES = 1 << 16
"""Containers name their type, and most of them their writer, within the first of these bytes or the last."""

os.environ.setdefault("OPENCV_FFMPEG_CAPTURE_OPTIONS", "protocol_whitelist;file")
"""A container may point elsewhere; FFmpeg must not follow it to a network."""


@dataclass(frozen=True, slots=True, eq=False)
class ClipFrame:
    """One frame: RGB `pixels` (h, w, 3), upright, at most `work_side_px` long, `at_s` seconds from the start.

    `editors` are the programs that the frame's own file names, which a camera's does not.
    """

    at_s: float
    pixels: Pixels
    editors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clip:
    """A file that looks like a clip. `kind` is MP4, WEBM, AVI or GIF; `editors` the programs that it names."""

    path: Path
    kind: str
    size_bytes: int
    sha256: str
    editors: tuple[str, ...]

    def frames(self) -> Iterator[ClipFrame]:
        """The frames, at most `work_fps` a second, decoded as they are asked for.

        Times are the container's own: gaps, and steps backwards, are kept. Raises ClipRefused, and nothing else, for
        what cannot be decoded, is too large or small, too long or short.
        """
        rate, count = limits()["work_fps"], 0
        last = -np.inf
        try:
            for at_s, frame in _gif(self.path) if self.kind == "GIF" else _video(self.path, rate):
                if self.kind == "GIF" and 0 <= at_s - last < 0.9 / rate:
                    continue
                last, count = at_s, count + 1
                yield ClipFrame(at_s, shrunk(frame))
        except (cv2.error, struct.error, OSError, SyntaxError, ValueError, LookupError, EOFError, MemoryError) as error:
            raise ClipDamaged("The clip cannot be decoded.", cause=type(error).__name__) from error
        if count < limits()["frames_min"]:
            raise ClipTooShort("The clip has too few frames.", frames=count)


def limits() -> dict[str, Any]:
    """What is taken as a clip."""
    return load_toml("fourcorners.vision.clips", "limits.toml")


def open_clip(path: str | Path) -> Clip:
    """The clip in a file, nothing of it decoded yet. Raises ClipRefused."""
    path = Path(path)
    try:
        size = path.stat().st_size if path.is_file() else -1
        if size < 0:
            raise ClipMissing("There is no such file.")
        if size > limits()["file_bytes_max"]:
            raise ClipTooLarge("The clip has too many bytes.", size_bytes=size, limit_bytes=limits()["file_bytes_max"])
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            file.seek(max(0, size - HEAD_BYTES))
            tail = file.read()
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the path
        raise ClipMissing("The file cannot be read.") from error
    kind = _kind(head)
    if kind is None:
        raise ClipTypeUnsupported("The file is no MP4, MOV, WebM, AVI or animated GIF.")
    return Clip(path, kind, size, digest, editors_named(head + tail))


def editors_named(data: bytes, further: Sequence[str] = ()) -> tuple[str, ...]:
    """The programs that edit or make up pictures, of those known and some `further` ones, whose names are in `data`."""
    return tuple(name for name in (*limits()["editors"], *further) if name.encode() in data)


def _kind(head: bytes) -> str | None:
    """By the bytes alone: FFmpeg would also open playlists, which name other files and addresses."""
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free"):
        return "MP4"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "WEBM"
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return "AVI"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "GIF"
    return None


def _video(path: Path, rate: float) -> Iterator[tuple[float, Pixels]]:
    """Frames `1 / rate` seconds apart or more; those between are passed over without being decoded to pixels."""
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])
    try:
        if not capture.isOpened():
            raise ClipDamaged("The clip cannot be opened.")
        check_frame_size(int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)), int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)))
        last, count = -np.inf, 0
        while capture.grab():
            count += 1
            at_s = float(capture.get(cv2.CAP_PROP_POS_MSEC)) / 1000
            _check_length(at_s, count)
            if 0 <= at_s - last < 0.9 / rate:
                continue
            there, frame = capture.retrieve()
            if not there:
                raise ClipDamaged("A frame of the clip cannot be decoded.", at_s=at_s)
            last = at_s
            yield at_s, np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), dtype=np.uint8)
    finally:
        capture.release()


def _gif(path: Path) -> Iterator[tuple[float, Pixels]]:
    try:
        opened = Image.open(path)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise ClipDamaged("The clip cannot be opened.", cause=type(error).__name__) from error
    with opened:
        check_frame_size(*opened.size)
        at_s = 0.0
        for number in range(limits()["frames_max"] + 1):
            try:
                opened.seek(number)
            except EOFError:
                return
            _check_length(at_s, number + 1)
            yield at_s, np.asarray(opened.convert("RGB"), dtype=np.uint8)
            at_s += max(float(opened.info.get("duration", 100)), 10.0) / 1000


def check_frame_size(width: int, height: int) -> None:
    """Raises ClipTooSmall, ClipTooLarge for frames of a size that is not looked at."""
    if min(width, height) < limits()["side_px_min"]:
        raise ClipTooSmall("The clip's frames are too small.", width=width, height=height)
    if max(width, height) > limits()["side_px_max"]:
        raise ClipTooLarge("The clip's frames are too large.", width=width, height=height)


def _check_length(at_s: float, count: int) -> None:
    if at_s > limits()["length_s_max"] or count > limits()["frames_max"]:
        raise ClipTooLong(f"The clip is longer than {limits()['length_s_max']} seconds.")


def shrunk(frame: Pixels) -> Pixels:
    """The frame with its longer side at most `work_side_px`."""
    scale = limits()["work_side_px"] / max(frame.shape[:2])
    if scale >= 1:
        return frame
    size = round(frame.shape[1] * scale), round(frame.shape[0] * scale)
    return np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
