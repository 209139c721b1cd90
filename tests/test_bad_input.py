"""Whatever comes in ends in a clear finding or a clear error with a stable code, in bounded time and memory."""

import io
import json
import os
import struct
import subprocess
import sys
import time
import zlib
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import skimage.data
from PIL import Image

import fourcorners
from fourcorners import specimens

DAY = date(2026, 11, 1)
SECONDS_MAX = 2.0
MEGABYTES_MAX = 1024


def jpeg(pixels: np.ndarray, **options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", **options)
    return out.getvalue()


def png(image: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", **options)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has so many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def damaged(file: bytes) -> bytes:
    """The same file with some bytes in its middle overwritten."""
    middle = len(file) // 2
    return file[:middle] + bytes(64) + file[middle + 64 :]


CAT = skimage.data.chelsea()
GOOD = jpeg(skimage.data.astronaut())


def frames(kind: str) -> bytes:
    out = io.BytesIO()
    pictures = [Image.fromarray(np.full((80, 80, 3), v, np.uint8)) for v in (0, 128, 255)]
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:])
    return out.getvalue()


REFUSED = {
    "empty.jpg": (b"", "file_empty"),
    "truncated.jpg": (GOOD[: len(GOOD) // 2], "file_truncated"),
    "text.jpg": (b"hello, I am a photo\n" * 50, "file_type_unsupported"),
    "a-png.jpg": (png(Image.fromarray(CAT)), "file_type_mismatch"),
    "polyglot.jpg": (GOOD + b"PK\x03\x04" + b"\0" * 26 + b"evil.sh" + b"PK\x05\x06" + b"\0" * 18, "file_polyglot"),
    "bomb.png": (bomb(40_000, 40_000), "picture_too_large"),
    "animated.gif": (frames("GIF"), "file_type_unsupported"),
    "animated.webp": (frames("WEBP"), "picture_animated"),
    "tiny.png": (png(Image.fromarray(CAT).resize((50, 50))), "picture_too_small"),
    "large.jpg": (GOOD + b"\0" * 100_000_000, "file_too_large"),
    "document.pdf": (b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n", "file_type_unsupported"),
    "damaged.png": (damaged(png(Image.fromarray(CAT))), "file_damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_picture_is_a_finding_with_its_cause(name: str, tmp_path: Path) -> None:
    """IDP6: and every other check of the picture says that it was not made."""
    body, code = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(body)
    start = time.perf_counter()
    verdict = fourcorners.check(document=path, today=DAY)
    assert time.perf_counter() - start < SECONDS_MAX
    assert verdict.decision.value == "resubmit"
    assert code in verdict.reasons
    pictures = [f for f in verdict.findings if f.subject == "front" and f.check != "file_accepted"]
    assert pictures
    assert {f.outcome.value for f in pictures} == {"not_assessed"}


def odd_pictures() -> dict[str, bytes]:
    cat = Image.fromarray(CAT)
    deep = np.linspace(0, 65535, 300 * 200, dtype=np.uint16).reshape(200, 300)
    cmyk, heif = io.BytesIO(), io.BytesIO()
    cat.convert("CMYK").save(cmyk, "JPEG")
    import pillow_heif

    pillow_heif.from_pillow(cat).save(heif)
    turned = Image.Exif()
    turned[0x0112] = 6
    five = np.concatenate([skimage.data.astronaut()[:260, 120:340]] * 5, axis=1)
    two = specimens.capture(specimens.draw("id_card", seed=5), "two_documents", 0.3, seed=5, size=(800, 600))
    return {
        "16-bit.png": png(Image.fromarray(deep)),
        "cmyk.jpg": cmyk.getvalue(),
        "palette.png": png(cat.convert("P")),
        "alpha.png": png(Image.merge("RGBA", (*cat.split(), cat.convert("L")))),
        "heic.heic": heif.getvalue(),
        "rotated.jpg": jpeg(CAT, exif=turned.tobytes()),
        "cat.jpg": jpeg(CAT),
        "black.png": png(Image.new("RGB", (640, 480))),
        "line.png": png(Image.new("RGB", (64, 3000), "white")),
        "static.png": png(Image.fromarray(np.random.default_rng(1).integers(0, 256, (480, 640, 3), dtype=np.uint8))),
        "five-faces.jpg": jpeg(five),
        "two.jpg": two.encoded,
    }


@pytest.fixture(scope="module")
def odd() -> dict[str, bytes]:
    return odd_pictures()


@pytest.mark.parametrize("name", sorted(odd_pictures()))
def test_an_odd_picture_is_judged_and_never_approved(name: str, odd: dict[str, bytes]) -> None:
    """As document and as selfie at once: every check answers, and says something against it."""
    verdict = fourcorners.check(document=odd[name], selfie=odd[name], today=DAY)
    assert verdict.decision.value in {"resubmit", "review", "reject"}
    assert verdict.reasons
    assert json.loads(verdict.to_json())["verdict"] == verdict.decision.value
    assert verdict.to_html().startswith("<!doctype html>")


def test_exif_rotation_is_applied(odd: dict[str, bytes]) -> None:
    verdict = fourcorners.check(document=odd["rotated.jpg"], today=DAY, only=["resolution_sufficient"])
    assert (verdict.pictures["front"]["width"], verdict.pictures["front"]["height"]) == (CAT.shape[0], CAT.shape[1])


def test_the_worst_file_stays_within_memory(tmp_path: Path) -> None:
    """A 50-megapixel photo is the largest that is taken; a process of its own tells how much it needs."""
    rng = np.random.default_rng(2)
    tile = rng.integers(0, 256, (500, 500, 3), dtype=np.uint8)
    path = tmp_path / "huge.jpg"
    path.write_bytes(jpeg(np.kron(tile[:250, :250], np.ones((28, 28, 1), np.uint8)), quality=60))
    script = (
        "import resource, sys; from pathlib import Path; from fourcorners.vision.decode import decode\n"
        "decode(sys.argv[1]); own = Path('/proc/self/status')\n"
        "lines = own.read_text().splitlines() if own.exists() else []\n"
        "print(next((int(x.split()[1]) * 1024 for x in lines if x.startswith('VmHWM')), None)"
        " or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"  # bytes on the systems without /proc
    )
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        timeout=60,
    )
    assert int(done.stdout) / 1e6 < MEGABYTES_MAX
