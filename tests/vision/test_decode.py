"""IDP6: JPEG, PNG, WebP or HEIF up to 10 MB whose bytes match their name; the rest is refused, never a surprise."""

import io
import os
import struct
import time
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from fourcorners.vision.decode import PictureRefused, decode
from fourcorners.vision.decode.metadata import xmp_texts

FUZZ = settings(max_examples=3000 if os.environ.get("FOURCORNERS_LONG") else 150, deadline=None)


@cache
def scene(height: int = 96, width: int = 128) -> np.ndarray:
    """A picture with a different colour in each corner, so that every turn and swap of channels shows."""
    y, x = np.mgrid[0:height, 0:width]
    return np.dstack([x * 255 // width, y * 255 // height, 255 - x * 255 // width]).astype(np.uint8)


def encoded(kind: str, image: Image.Image | None = None, **options: object) -> bytes:
    stream = io.BytesIO()
    image = Image.fromarray(scene()) if image is None else image
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(stream, quality=90, **options)
    else:
        image.save(stream, kind, **options)
    return stream.getvalue()


def refused(data: bytes | str | Path, **options: str | bool) -> str:
    with pytest.raises(PictureRefused) as caught:
        decode(data, **options)
    return caught.value.code


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_claiming(width: int, height: int) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_accepted_format_gives_the_same_picture(kind: str) -> None:
    picture = decode(encoded(kind))
    assert (picture.format, picture.width, picture.height, picture.was_grey) == (kind, 128, 96, False)
    assert np.abs(picture.pixels.astype(int) - scene()).mean() < 6
    assert len(picture.sha256) == 64


def exif_turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Utopia"
    exif[0x0131] = "Utopia Camera 1"
    return exif


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_exif_orientation_is_applied(kind: str, orientation: int) -> None:
    # what a viewer shows, by the definition of the tag: row 0 / column 0 of the stored picture are these sides
    undo: dict[int, Callable[[np.ndarray], np.ndarray]] = {
        1: lambda p: p,
        2: lambda p: p[:, ::-1],
        3: lambda p: p[::-1, ::-1],
        4: lambda p: p[::-1],
        5: lambda p: p.transpose(1, 0, 2),
        6: lambda p: np.rot90(p, 1),
        7: lambda p: p[::-1, ::-1].transpose(1, 0, 2),
        8: lambda p: np.rot90(p, -1),
    }
    stored = Image.fromarray(np.ascontiguousarray(undo[orientation](scene())))
    picture = decode(encoded(kind, stored, exif=exif_turned(orientation)))
    assert picture.pixels.shape == scene().shape
    assert np.abs(picture.pixels.astype(int) - scene()).mean() < 6
    assert picture.metadata["Make"] == "Utopia"
    assert picture.metadata["Software"] == "Utopia Camera 1"


@pytest.mark.parametrize(
    "comment", [b"ASCII\0\0\0Screenshot", b"\0" * 8 + b"Screenshot\0\0", b"UNICODE\0" + "Screenshot".encode("utf-16")]
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_users_comment_is_read_in_its_characters(kind: str, comment: bytes) -> None:
    exif = exif_turned(1)
    exif.get_ifd(0x8769)[0x9286] = comment
    assert decode(encoded(kind, exif=exif)).metadata["UserComment"] == "Screenshot"


@pytest.mark.parametrize("comment", [b"", b"ASCII\0\0\0", b"JIS\0\0\0\0\0\x1b$B", b"\xff" * 30])
def test_other_comments_are_none(comment: bytes) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = comment
    assert "UserComment" not in decode(encoded("JPEG", exif=exif)).metadata


def test_a_comment_in_xmp_is_read() -> None:
    for comment in (
        'exif:UserComment="Screenshot"',
        '><exif:UserComment><rdf:Alt><rdf:li xml:lang="x-default">Screenshot<',
    ):
        assert xmp_texts(comment.encode()) == {"UserComment": "Screenshot"}


def test_heif_is_turned_once() -> None:
    picture = decode(encoded("HEIF", exif=exif_turned(1).tobytes()))
    assert picture.metadata["Make"] == "Utopia"
    turned = decode(
        encoded("HEIF", Image.fromarray(np.ascontiguousarray(np.rot90(scene()))), exif=exif_turned(6).tobytes())
    )
    assert (turned.width, turned.height) == (128, 96)


@pytest.mark.parametrize(
    ("mode", "grey"),
    [("L", True), ("1", True), ("LA", True), ("RGBA", False), ("P", False), ("I;16", True)],
)
def test_every_kind_of_png_pixel(mode: str, grey: bool) -> None:
    if mode == "I;16":
        image = Image.fromarray((scene()[..., 0].astype(np.uint16) << 8) + 7)
    else:
        image = Image.fromarray(scene()).convert(mode)
    picture = decode(encoded("PNG", image))
    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.shape == (96, 128, 3)
    assert picture.was_grey is grey
    if mode == "I;16":
        assert np.array_equal(picture.pixels[..., 1], scene()[..., 0])


def test_sixteen_bit_colour_and_transparency() -> None:
    clear = Image.fromarray(np.dstack([scene(), np.zeros(scene().shape[:2], np.uint8)]))
    assert decode(encoded("PNG", clear)).pixels.min() == 255
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in scene().astype(np.uint16) * 257)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 128, 96, 16, 2, 0, 0, 0))
    deep = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    assert np.array_equal(decode(deep).pixels, scene())


def test_grey_and_cmyk_jpeg() -> None:
    assert decode(encoded("JPEG", Image.fromarray(scene()).convert("L"))).was_grey
    cmyk = decode(encoded("JPEG", Image.fromarray(scene()).convert("CMYK"), quality=95))
    assert not cmyk.was_grey
    assert np.abs(cmyk.pixels.astype(int) - scene()).mean() < 12


@FUZZ
@given(st.data())
def test_a_jpeg_read_as_a_file_or_as_bytes_is_the_same_picture(data: st.DataObject) -> None:
    """Also where its coded pixels are damaged: which way a system decodes (vision/decode/pixels.py) decides nothing."""
    jpeg = bytearray(data.draw(st.sampled_from([encoded("JPEG"), encoded("JPEG", progressive=True)])))
    for _ in range(data.draw(st.integers(0, 4))):
        jpeg[data.draw(st.integers(700, len(jpeg) - 3))] = data.draw(st.integers(0, 255))
    flags = cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION
    expected = cv2.imdecode(np.frombuffer(bytes(jpeg), np.uint8), flags)
    try:
        found = decode(bytes(jpeg)).pixels
    except PictureRefused:
        return  # damaged beyond decoding, or where the container is looked over before any pixel
    assert np.array_equal(found, expected)


def test_paths_and_names(tmp_path: Path) -> None:
    good = tmp_path / "front.JPG"
    good.write_bytes(encoded("JPEG"))
    assert decode(good).metadata["FileName"] == "front.JPG"
    assert decode(str(good)).sha256 == decode(good.read_bytes()).sha256
    good.rename(tmp_path / "front.png")
    assert refused(tmp_path / "front.png", strict_name=True) == "file_type_mismatch"
    assert refused(encoded("PNG"), name="x.jpeg", strict_name=True) == "file_type_mismatch"
    assert refused(encoded("PNG"), name="x.pdf", strict_name=True) == "file_type_mismatch"
    assert decode(tmp_path / "front.png").format == "JPEG"
    assert decode(encoded("PNG"), name="x.2024", strict_name=True).format == "PNG"
    assert refused(tmp_path / "none.jpg") == "file_missing"
    assert refused(tmp_path) == "file_missing"
    assert refused("a\0b.jpg") == "file_missing"


def test_other_files_are_named() -> None:
    assert refused(b"") == "file_empty"
    assert refused(b"hello") == "file_type_unsupported"
    for kind, data in [
        ("PDF", b"%PDF-1.7\n%"),
        ("PDF", b"\n\n%PDF-1.4"),
        ("GIF", encoded("GIF")),
        ("BMP", encoded("BMP")),
        ("TIFF", encoded("TIFF")),
        ("ZIP", b"PK\3\4" + bytes(60)),
        ("AVIF", b"\0\0\0\x1cftypavif" + bytes(60)),
        ("video", b"\0\0\0\x1cftypisom" + bytes(60)),
    ]:
        with pytest.raises(PictureRefused) as caught:
            decode(data)
        assert caught.value.fields["type"] == kind
        assert caught.value.code == "file_type_unsupported"
        assert kind in caught.value.message


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.999])
def test_a_cut_file_is_called_cut(kind: str, share: float) -> None:
    data = encoded(kind)
    assert refused(data[: int(len(data) * share)]) in {"file_truncated", "file_damaged"}
    if kind != "WEBP":
        assert refused(data[:-1]) == "file_truncated"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("tail", [b"PK\3\4rest", b"%PDF-1.4", b"<SCRIPT>alert()</script>", b"\x7fELF\2", b"Rar!\x1a\7"])
def test_a_second_format_behind_the_picture(kind: str, tail: bytes) -> None:
    assert refused(encoded(kind) + tail) == "file_polyglot"
    assert refused(encoded(kind) + bytes(5000) + tail) == "file_polyglot"


def test_a_second_format_inside_the_header() -> None:
    jpeg = encoded("JPEG")
    comment = b"\xff\xfe" + struct.pack(">H", 2 + 20) + b"<?php system($_GET);"
    assert refused(jpeg[:2] + comment + jpeg[2:]) == "file_polyglot"
    png = encoded("PNG")
    assert refused(png[:33] + chunk(b"tEXt", b"Comment\0%PDF-1.4 hello") + png[33:]) == "file_polyglot"


def test_camera_trailers_are_taken() -> None:
    jpeg = encoded("JPEG")
    assert decode(jpeg + jpeg).width == 128  # gain map or second picture (MPO)
    assert decode(jpeg + b"\0\0\0\x18ftypmp42" + bytes(3000)).width == 128  # a phone's short video
    assert decode(jpeg + b"\0" * 64).width == 128


def test_pixel_bombs_are_judged_from_the_header() -> None:
    started = time.process_time()
    assert refused(png_claiming(60_000, 60_000)) == "picture_too_large"
    jpeg = bytearray(encoded("JPEG"))
    at = jpeg.index(b"\xff\xc0")
    jpeg[at + 5 : at + 9] = b"\xff\xf0\xff\xf0"
    assert refused(bytes(jpeg)) == "picture_too_large"
    assert refused(encoded("JPEG") + bytes(10_000_000)) == "file_too_large"
    assert refused(png_claiming(63, 63)) == "picture_too_small"
    assert time.process_time() - started < 1


def test_a_jpeg_built_of_endless_scans_is_refused() -> None:
    jpeg = encoded("JPEG", progressive=True)
    at = jpeg.rindex(b"\xff\xda")
    assert refused(jpeg[:at] + jpeg[at:-2] * 200 + b"\xff\xd9") == "file_damaged"


def test_animations() -> None:
    frames = [Image.fromarray(scene()), Image.fromarray(255 - scene())]
    assert refused(encoded("PNG", frames[0], save_all=True, append_images=frames[1:])) == "picture_animated"
    assert refused(encoded("WEBP", frames[0], save_all=True, append_images=frames[1:])) == "picture_animated"


def test_the_largest_pictures_are_quick() -> None:
    rng = np.random.default_rng(5)
    tile = rng.integers(90, 166, (300, 400, 3), dtype=np.uint8)
    jpeg = encoded("JPEG", Image.fromarray(np.tile(tile, (10, 10, 1))), quality=60)
    started = time.perf_counter()
    assert decode(jpeg).pixels.shape == (3000, 4000, 3)
    assert time.perf_counter() - started < 2


def survives(data: bytes) -> None:
    refusal = None
    try:
        assert decode(data).pixels.ndim == 3
    except PictureRefused as caught:
        refusal = caught
    assert refusal is None or (refusal.code != "picture_refused" and refusal.message)


@FUZZ
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x40\0\0\0WEBP", b"\0\0\0\x18ftypheic"]),
)
def test_random_bytes(data: bytes, start: bytes) -> None:
    survives(start + data)


@cache
def samples() -> tuple[bytes, ...]:
    exif = exif_turned(6)
    image = Image.fromarray(scene())
    return (
        encoded("JPEG", exif=exif),
        encoded("JPEG", progressive=True),
        encoded("JPEG", image.convert("CMYK")),
        encoded("PNG", exif=exif),
        encoded("PNG", image.convert("P")),
        encoded("WEBP", exif=exif),
        encoded("HEIF", exif=exif.tobytes()),
    )


@FUZZ
@given(st.data())
def test_mutated_pictures(data: st.DataObject) -> None:
    original = data.draw(st.sampled_from(samples()))
    changed = bytearray(original)
    for _ in range(data.draw(st.integers(1, 6))):
        # headers are where the structure is: hit them more often than chance would
        reach = data.draw(st.sampled_from([64, 700, len(changed)]))
        at = data.draw(st.integers(0, min(reach, len(changed)) - 1))
        cut = data.draw(st.integers(0, 3))
        changed[at : at + cut] = data.draw(st.binary(max_size=4))
    survives(bytes(changed))
