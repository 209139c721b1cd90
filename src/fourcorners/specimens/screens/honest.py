"""Files that show a document and are no screenshots, though many have lost their camera's name."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import cv2
import numpy as np
from PIL import Image

from fourcorners.kit.data import load_toml
from fourcorners.specimens.capture import capture
from fourcorners.specimens.effects.sensor import intra_coded, jpeg
from fourcorners.specimens.fonts import draw_text
from fourcorners.specimens.model import Camera, Document, Pixels
from fourcorners.specimens.pictures import resized

__all__ = ["ARRIVALS", "honest_file"]

Rng = np.random.Generator
MAKE, MODEL = 0x010F, 0x0110
SENT_SIDES_PX = (1024, 1280, 1600)
A4_MM = (210.0, 297.0)
SCAN_DPI = 150


def honest_file(document: Document, arrival: str, *, seed: int, split: str) -> bytes:
    """The front of the document as a file that arrived in one of `ARRIVALS`; cameras are the split's."""
    rng = np.random.default_rng((seed, 19))
    return ARRIVALS[arrival](document, rng, split)


def _photo(document: Document, rng: Rng, split: str, kind: str = "genuine") -> tuple[Pixels, str, str]:
    """An honest photo, its maker and its model."""
    table: Mapping[str, Any] = load_toml("fourcorners.specimens.screens", "screens.toml")["cameras"]
    make, model, width, height = table[split][int(rng.integers(len(table[split])))]
    camera = list(Camera)[int(rng.integers(len(Camera)))]
    taken = capture(
        document, kind, float(rng.uniform(0, 0.8)), seed=int(rng.integers(1 << 31)), size=(width, height), camera=camera
    )
    return taken.pixels, str(make), str(model)


def _named(document: Document, rng: Rng, split: str) -> bytes:
    pixels, make, model = _photo(document, rng, split)
    exif = Image.Exif()
    exif[MAKE], exif[MODEL] = make, model
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=int(rng.integers(85, 98)), exif=exif)
    return file.getvalue()


def _unnamed(document: Document, rng: Rng, split: str) -> bytes:
    return jpeg(_photo(document, rng, split)[0], int(rng.integers(75, 97)))


def _held(document: Document, rng: Rng, split: str) -> bytes:
    return jpeg(_photo(document, rng, split, "held")[0], int(rng.integers(75, 97)))


def _sent(document: Document, rng: Rng, split: str) -> bytes:
    """As messengers send photos on: small, compressed, without a camera; some of a screen's size by chance."""
    pixels = _photo(document, rng, split, str(rng.choice(["genuine", "low_light", "glare", "held"])))[0]
    share = min(1.0, int(rng.choice(SENT_SIDES_PX)) / max(pixels.shape[:2]))
    small = resized(pixels, (round(pixels.shape[1] * share), round(pixels.shape[0] * share)))
    return jpeg(small, int(rng.integers(50, 86)))


def _from_heic(document: Document, rng: Rng, split: str) -> bytes:
    pixels = intra_coded(_photo(document, rng, split)[0], int(rng.integers(40, 92)))
    return jpeg(pixels, int(rng.integers(75, 97)))


def _as_png(document: Document, rng: Rng, split: str) -> bytes:
    pixels = _photo(document, rng, split)[0]
    return _png(pixels)


def _png(pixels: Pixels) -> bytes:
    return cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()


def _burnt(document: Document, rng: Rng, split: str) -> bytes:
    """So bright that the table, or most of the picture, is white to the last level."""
    pixels = _photo(document, rng, split)[0]
    high = float(np.quantile(pixels, rng.uniform(0.3, 0.9)))
    return jpeg(_stretched(pixels, 0, max(40.0, high)), int(rng.integers(70, 96)))


def _drowned(document: Document, rng: Rng, split: str) -> bytes:
    """So dark that the table, or most of the picture, is black to the last level."""
    pixels = _photo(document, rng, split)[0]
    low = float(np.quantile(pixels, rng.uniform(0.2, 0.7)))
    return jpeg(_stretched(pixels, min(200.0, low), 255), int(rng.integers(70, 96)))


def _scanned(document: Document, rng: Rng, split: str) -> bytes:
    """On a flatbed: a sheet's white, often to the last level, the document straight upon it or all but straight."""
    del split
    side = document.front
    dpi = SCAN_DPI * rng.uniform(0.7, 1.4)
    scale = dpi / side.dpi
    flat = resized(side.pixels, (round(side.size[0] * scale), round(side.size[1] * scale)))
    width, height = (round(mm / 25.4 * dpi) for mm in A4_MM)
    if rng.random() < 0.4:  # cut to a little more than the document
        margin = rng.uniform(1.02, 1.4)
        width, height = round(flat.shape[1] * margin), round(flat.shape[0] * margin)
    sheet = np.full((height, width, 3), int(rng.choice([255, 255, 252, 246])), np.uint8)
    x = int(rng.uniform(0, max(1, width - flat.shape[1])))
    y = int(rng.uniform(0, max(1, (height - flat.shape[0]) * 0.6)))
    sheet[y : y + flat.shape[0], x : x + flat.shape[1]] = flat[: height - y, : width - x]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.normal(0, 0.4)) * (rng.random() < 0.7), 1)
    turned = cv2.warpAffine(sheet, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    if rng.random() < 0.5:
        turned = np.clip(turned + rng.normal(0, 1.2, turned.shape), 0, 255)
    read = np.asarray(turned, np.uint8)
    return _png(read) if rng.random() < 0.25 else jpeg(read, int(rng.integers(70, 97)))


def _by_scanning_app(document: Document, rng: Rng, split: str) -> bytes:
    """Cut out along its edges by an app, its paper made white."""
    pixels = _photo(document, rng, split)[0]
    height, width = pixels.shape[:2]
    a, b = (float(share) for share in rng.uniform(0.02, 0.12, 2))
    cut = pixels[round(a * height) : round((1 - a) * height), round(b * width) : round((1 - b) * width)]
    return jpeg(_stretched(cut, 10, float(rng.uniform(150, 235))), int(rng.integers(75, 96)))


def _stretched(pixels: Pixels, low: float, high: float) -> Pixels:
    table = np.clip((np.arange(256) - low) * 255 / (high - low), 0, 255)
    return np.asarray(cv2.LUT(pixels, np.rint(table).astype(np.uint8)), np.uint8)


def _collage(document: Document, rng: Rng, split: str) -> bytes:
    """Two photos, one below or beside the other on a white ground, as applicants put front and back together."""
    photos = [_photo(document, rng, split)[0] for _ in range(2)]
    wide = int(rng.integers(600, 1100))
    beside = rng.random() < 0.3
    fitted = [resized(photo, (wide, round(wide * photo.shape[0] / photo.shape[1]))) for photo in photos]
    gap = int(rng.integers(0, 80))
    tall = max(photo.shape[0] for photo in fitted) if beside else sum(photo.shape[0] for photo in fitted) + gap
    sheet = np.full((tall + 2 * gap, (2 * wide + 3 * gap if beside else wide + 2 * gap), 3), 255, np.uint8)
    x = y = gap
    for photo in fitted:
        sheet[y : y + photo.shape[0], x : x + wide] = photo
        x, y = (x + wide + gap, y) if beside else (x, y + photo.shape[0] + gap)
    return jpeg(sheet, int(rng.integers(70, 96)))


def _page_of_a_file(document: Document, rng: Rng, split: str) -> bytes:
    """A page of a word processor or a PDF, made a picture: a photo or a scan on white, a line above some."""
    dpi = SCAN_DPI * rng.uniform(0.6, 1.3)
    width, height = (round(mm / 25.4 * dpi) for mm in A4_MM)
    sheet = np.full((height, width, 3), 255, np.uint8)
    shown = _photo(document, rng, split)[0] if rng.random() < 0.6 else document.front.pixels
    wide = round(width * rng.uniform(0.35, 0.9))
    tall = min(round(wide * shown.shape[0] / shown.shape[1]), round(height * 0.8))
    x, y = (width - wide) // 2, round(rng.uniform(0.08, 0.15) * height)
    sheet[y : y + tall, x : x + wide] = resized(shown, (wide, tall))
    if rng.random() < 0.35:
        coverage, left, top = draw_text(f"My document: {document.kind.value}", "sans-Regular", round(dpi / 6))
        patch = sheet[y // 2 + top : y // 2 + top + coverage.shape[0], x + left : x + left + coverage.shape[1]]
        patch[:] = 255 - coverage[: patch.shape[0], : patch.shape[1], None]
    return _png(sheet) if rng.random() < 0.3 else jpeg(sheet, int(rng.integers(70, 96)))


def _bordered(document: Document, rng: Rng, split: str) -> bytes:
    """White or black all round, or on two sides up to a square, as programs for photos add it."""
    pixels = _photo(document, rng, split)[0]
    height, width = pixels.shape[:2]
    level = int(rng.choice([0, 255]))
    if rng.random() < 0.5:
        side = max(height, width)
        above, left = (side - height) // 2, (side - width) // 2
    else:
        above = left = round(min(height, width) * rng.uniform(0.01, 0.06))
    framed = cv2.copyMakeBorder(pixels, above, above, left, left, cv2.BORDER_CONSTANT, value=(level,) * 3)
    return jpeg(np.asarray(framed, np.uint8), int(rng.integers(75, 96)))


def _out_of_focus(document: Document, rng: Rng, split: str) -> bytes:
    """A phone's portrait mode: all but the document is blurred and has no noise left."""
    pixels = _photo(document, rng, split)[0]
    height, width = pixels.shape[:2]
    near = np.zeros((height, width), np.float32)
    cv2.ellipse(near, (width // 2, height // 2), (round(width * 0.36), round(height * 0.36)), 0, 0, 360, (1.0,), -1)
    near = np.asarray(cv2.GaussianBlur(near, (0, 0), width / 40), np.float32)[..., None]
    far = cv2.GaussianBlur(pixels, (0, 0), width / float(rng.uniform(25, 80)))
    mixed = np.rint(pixels * near + far * (1 - near))
    return jpeg(np.asarray(mixed, np.uint8), int(rng.integers(60, 95)))


def _document_mode(document: Document, rng: Rng, split: str) -> bytes:
    """A phone's mode for documents: the light evened out, what is pale made white, edges sharpened; nothing cut off."""
    pixels = _photo(document, rng, split)[0].astype(np.float32)
    light = cv2.GaussianBlur(pixels.max(axis=2), (0, 0), pixels.shape[1] / 20)[..., None]
    even = np.clip(pixels / np.maximum(light, 20) * float(rng.uniform(235, 300)), 0, 255)
    sharp = even + float(rng.uniform(0.3, 1.2)) * (even - cv2.GaussianBlur(even, (0, 0), 1.5))
    return jpeg(np.asarray(np.rint(np.clip(sharp, 0, 255)), np.uint8), int(rng.integers(65, 95)))


ARRIVALS: Mapping[str, Callable[[Document, Rng, str], bytes]] = {
    "with its camera's name": _named,
    "without it": _unnamed,
    "held in a hand": _held,
    "sent by a messenger": _sent,
    "made from HEIC": _from_heic,
    "saved as PNG": _as_png,
    "burnt out": _burnt,
    "drowned in black": _drowned,
    "scanned": _scanned,
    "by a scanning app": _by_scanning_app,
    "two on white": _collage,
    "a page of a file": _page_of_a_file,
    "with a border": _bordered,
    "blurred around": _out_of_focus,
    "in document mode": _document_mode,
}
