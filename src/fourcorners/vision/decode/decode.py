"""The one way into `Picture`."""

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePath

from fourcorners.vision.decode.coding import LOSSLESS, upright_coding
from fourcorners.vision.decode.containers import WALKS, Container
from fourcorners.vision.decode.files import read_file
from fourcorners.vision.decode.metadata import exif_orientation, exif_texts, xmp_texts
from fourcorners.vision.decode.pixels import Opened, open_picture, upright_pixels
from fourcorners.vision.decode.refusals import (
    FileDamaged,
    FileEmpty,
    FilePolyglot,
    FileTooLarge,
    FileTypeMismatch,
    FileTypeUnsupported,
    PictureAnimated,
    PictureRefused,
    PictureTooLarge,
    PictureTooSmall,
)
from fourcorners.vision.decode.signatures import foreign_part, limits, suffix_types, type_of
from fourcorners.vision.picture import Picture

__all__ = ["decode"]


def decode(
    source: bytes | str | Path, *, name: str | None = None, strict_name: bool = False, bytes_max: int | None = None
) -> Picture:
    """The picture in a file (a path) or in the bytes of one.

    `name` is what the sender called the file (of a path: its own name). With `strict_name` its extension must not
    contradict the bytes: so for what applicants hand in (IDP6), while pictures from elsewhere are judged all the same.
    `bytes_max` allows a larger file than a picture of a document or a face needs.
    Raises `PictureRefused`, and nothing else, for whatever is no good picture; the subclasses name the causes.
    """
    if not isinstance(source, bytes):
        name = PurePath(source).name if name is None else name
        source = read_file(source, _check_bytes)
    kind = _accepted_type(source, name if strict_name else None, bytes_max)
    try:
        container = WALKS[kind](source)
        _check_container(container, source)
        opened = open_picture(kind, source, container)
        _check_size(opened.size)
        # libheif turns pictures itself and ignores Exif, as the standard asks
        orientation = 1 if kind == "HEIF" else exif_orientation(opened.exif)
        pixels = upright_pixels(opened, source, orientation)
    except PictureRefused:
        raise
    except Exception as error:  # decoders raise anything on hostile bytes, and all of it means the same
        raise FileDamaged("The picture cannot be decoded.", cause=type(error).__name__) from error
    digest = hashlib.sha256(source).hexdigest()
    steps = LOSSLESS if kind == "PNG" else container.luma_steps
    coding = upright_coding(steps, opened.size, orientation)
    return Picture(pixels, kind, len(source), digest, _metadata(container, opened, name), opened.was_grey, coding)


def _accepted_type(data: bytes, name: str | None, bytes_max: int | None) -> str:
    if not data:
        raise FileEmpty("The file is empty.")
    _check_bytes(len(data), bytes_max)
    kind = type_of(data)
    if kind is None or kind not in WALKS:
        raise FileTypeUnsupported(
            f"The file is no JPEG, PNG, WebP or HEIF picture{f' but {kind}' if kind else ''}.", type=kind or "unknown"
        )
    expected = suffix_types(PurePath(name).suffix[1:]) if name else set()
    if expected and kind not in expected:
        raise FileTypeMismatch(
            f"The file is called {' or '.join(sorted(expected))} but is {kind}.", type=kind, expected=sorted(expected)
        )
    return kind


def _check_container(container: Container, data: bytes) -> None:
    if container.animated:
        raise PictureAnimated("The picture is animated; send one still picture.")
    found = foreign_part(data, container)
    if found is not None:
        raise FilePolyglot("The file is a picture and something else at once.", offset=found)
    if container.scans > limits()["jpeg_scans_max"]:
        raise FileDamaged("The picture is built up in more passes than a camera makes.")
    if container.size is not None:
        _check_size(container.size)


def _check_bytes(size: int, bytes_max: int | None = None) -> None:
    limit = limits()["file_bytes_max"] if bytes_max is None else bytes_max
    if size > limit:
        raise FileTooLarge(f"The file has more than {limit // 1_000_000} MB.", size_bytes=size, limit_bytes=limit)


def _check_size(size: tuple[int, int]) -> None:
    table = limits()
    width, height = size
    if width * height > table["pixels_max"]:
        raise PictureTooLarge(
            f"The picture has more than {table['pixels_max'] // 1_000_000} million pixels.",
            width=width,
            height=height,
            limit_px=table["pixels_max"],
        )
    if max(size) < table["long_side_px_min"] or min(size) < table["short_side_px_min"]:
        raise PictureTooSmall(f"The picture has only {width} by {height} pixels.", width=width, height=height)


def _metadata(container: Container, opened: Opened, name: str | None) -> Mapping[str, str]:
    texts: dict[str, str] = {
        **{key: opened.texts[key] for key in ("Software", "Comment", "Description") if key in opened.texts},
        **xmp_texts(container.xmp),
        **exif_texts(opened.exif),
    }
    if container.segments:
        texts["Segments"] = " ".join(dict.fromkeys(container.segments))
    if name:
        texts["FileName"] = name
    longest = limits()["metadata_value_chars_max"]
    return {key: value[:longest] for key, value in sorted(texts.items())}
